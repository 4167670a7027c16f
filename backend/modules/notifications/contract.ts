import { Type, type Static } from 'typebox';

/** `action`: the reader has something to do (要处理), shown before `info` (告知). */
export const NotificationKind = { action: 'action', info: 'info' } as const;
export type NotificationKind = (typeof NotificationKind)[keyof typeof NotificationKind];

export const Channel = { email: 'email', sms: 'sms' } as const;
export type Channel = (typeof Channel)[keyof typeof Channel];

/** `skipped`: no address on file, or the channel is not configured; the inbox has the message all the same. */
export const DeliveryStatus = {
  waiting: 'waiting',
  sent: 'sent',
  failed: 'failed',
  skipped: 'skipped',
} as const;
export type DeliveryStatus = (typeof DeliveryStatus)[keyof typeof DeliveryStatus];

const Id = Type.String({ pattern: '^[0-9a-f]{24}$' });
const Instant = Type.String({ format: 'date-time' });

export const NotificationView = Type.Object({
  id: Id,
  /** `applications.accepted`: which message it is, for an icon. */
  template: Type.String(),
  kind: Type.Enum(Object.values(NotificationKind)),
  /** A call to act that a later message on the same case has overtaken, or that the reader has opened and done. */
  settled: Type.Boolean(),
  title: Type.String(),
  /** One sentence, in the language of the request. */
  text: Type.String(),
  /** One action; `href` is a path of this portal. */
  link: Type.Union([Type.Object({ href: Type.String(), label: Type.String() }), Type.Null()]),
  at: Instant,
  readAt: Type.Union([Instant, Type.Null()]),
  /** A sentence when an e-mail or a text message could not be delivered, else null. */
  deliveryNote: Type.Union([Type.String(), Type.Null()]),
});
export type NotificationView = Static<typeof NotificationView>;

export const NotificationListQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  unread: Type.Optional(Type.Boolean()),
});
export type NotificationListQuery = Static<typeof NotificationListQuery>;

/** `GET /api/notifications`: open calls to act first, then the rest; newest first in each. */
export const NotificationList = Type.Object({
  items: Type.Array(NotificationView),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  unreadCount: Type.Integer({ minimum: 0 }),
  /** Open calls to act. */
  actionCount: Type.Integer({ minimum: 0 }),
});
export type NotificationList = Static<typeof NotificationList>;

/** `POST /api/notifications/:id/read` answers the notification as it now is. */
export const NotificationParams = Type.Object({ id: Id });
export type NotificationParams = Static<typeof NotificationParams>;

/** Where messages go besides the inbox. Addresses are shown masked. */
export const NotificationSettings = Type.Object({
  /** Confirmed address, masked as `l***@example.cn`. */
  email: Type.Union([Type.String(), Type.Null()]),
  /** An address that waits for its code, masked. */
  pendingEmail: Type.Union([Type.String(), Type.Null()]),
  byEmail: Type.Boolean(),
  bySms: Type.Boolean(),
  /** Channels that this deployment can send by. */
  available: Type.Array(Type.Enum(Object.values(Channel))),
});
export type NotificationSettings = Static<typeof NotificationSettings>;

/** `PATCH /api/notifications/settings`. */
export const SettingsBody = Type.Object({
  byEmail: Type.Optional(Type.Boolean()),
  bySms: Type.Optional(Type.Boolean()),
});
export type SettingsBody = Static<typeof SettingsBody>;

/** `POST /api/notifications/email` sends a code to the address; `…/email/confirm` takes it. */
export const EmailBody = Type.Object({ email: Type.String({ format: 'email', maxLength: 200 }) });
export type EmailBody = Static<typeof EmailBody>;

export const EmailCodeBody = Type.Object({ code: Type.String({ pattern: '^[0-9]{8}$' }) });
export type EmailCodeBody = Static<typeof EmailCodeBody>;
