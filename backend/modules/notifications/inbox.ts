/** One person's inbox: what they read, and marking it read. Nobody sees another's. */
import type { Language } from '../../platform/errors.ts';
import { OBJECT_ID_PATTERN } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  Channel,
  DeliveryStatus,
  NotificationKind,
  type NotificationList,
  type NotificationListQuery,
  type NotificationView,
} from './contract.ts';
import { notificationErrors } from './errors.ts';
import { deliveries, Group, notifications, type NotificationDocument } from './notification.model.ts';
import { render } from './render.ts';
import { templateOf } from './templates.ts';

const DEFAULT_LIMIT = 20;
const ID = new RegExp(OBJECT_ID_PATTERN);

const FAILURE_NOTES: Record<Channel, { zh: string; en: string }> = {
  [Channel.sms]: {
    zh: '短信未送达，已改站内信。',
    en: 'The text message did not arrive; it is here instead.',
  },
  [Channel.email]: { zh: '邮件未送达，已改站内信。', en: 'The e-mail did not arrive; it is here instead.' },
};

function present(
  notification: NotificationDocument,
  failedChannels: readonly Channel[],
  language: Language,
  now: Date,
): NotificationView {
  const { title, text, action } = render(notification, language, now);
  const { kind } = templateOf(notification.template);
  const notes = failedChannels.map((channel) => FAILURE_NOTES[channel][language === 'en' ? 'en' : 'zh']);
  return {
    id: notification._id,
    template: notification.template,
    kind,
    settled: kind === NotificationKind.action && notification.group === Group.rest,
    title,
    text,
    link: notification.link === null ? null : { href: notification.link, label: action },
    at: notification.at.toISOString(),
    readAt: notification.readAt?.toISOString() ?? null,
    deliveryNote: notes.length > 0 ? notes.join('') : null,
  };
}

async function failuresOf(p: Platform, ids: readonly string[]): Promise<Map<string, Channel[]>> {
  const failed = await deliveries(p)
    .find(
      { notificationId: { $in: [...ids] }, status: DeliveryStatus.failed },
      { notificationId: 1, channel: 1 },
    )
    .lean();
  const byNotification = new Map<string, Channel[]>();
  for (const { notificationId, channel } of failed) {
    byNotification.set(notificationId, [...(byNotification.get(notificationId) ?? []), channel]);
  }
  return byNotification;
}

function cursorOf({ group, at, _id }: NotificationDocument): string {
  return Buffer.from(`${group}.${at.getTime()}.${_id}`).toString('base64url');
}

/** What comes after a cursor in the inbox's order. */
function after(cursor: string): Record<string, unknown> {
  const [group = '', time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (!/^[01]$/.test(group) || !/^\d{1,15}$/.test(time) || !ID.test(id)) {
    return notificationErrors.fail('notifications.bad_cursor');
  }
  const at = new Date(Number(time));
  const same = Number(group);
  return {
    $or: [{ group: { $gt: same } }, { group: same, at: { $lt: at } }, { group: same, at, _id: { $lt: id } }],
  };
}

/** One page, open calls to act first, newest first in each group. */
export async function listInbox(
  p: Platform,
  accountId: string,
  query: NotificationListQuery,
  language: Language,
): Promise<NotificationList> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const own = { accountId, ...(query.unread === true ? { readAt: null } : {}) };
  const filter = query.cursor ? { $and: [own, after(query.cursor)] } : own;
  const [found, unreadCount, actionCount] = await Promise.all([
    notifications(p)
      .find(filter)
      .sort({ group: 1, at: -1, _id: -1 })
      .limit(limit + 1)
      .lean(),
    notifications(p).countDocuments({ accountId, readAt: null }),
    notifications(p).countDocuments({ accountId, group: Group.open }),
  ]);
  const page = found.slice(0, limit);
  const failures = await failuresOf(
    p,
    page.map(({ _id }) => _id),
  );
  const now = p.time.now();
  const last = page.at(-1);
  return {
    items: page.map((one) => present(one, failures.get(one._id) ?? [], language, now)),
    nextCursor: found.length > limit && last ? cursorOf(last) : null,
    unreadCount,
    actionCount,
  };
}

/**
 * Marks a message read; safe to repeat, the first time stays.
 * @throws notifications.not_found, for another person's message too
 */
export async function markRead(
  p: Platform,
  accountId: string,
  id: string,
  language: Language,
): Promise<NotificationView> {
  await notifications(p).updateOne({ _id: id, accountId, readAt: null }, { $set: { readAt: p.time.now() } });
  const notification = await notifications(p).findOne({ _id: id, accountId }).lean();
  if (!notification) return notificationErrors.fail('notifications.not_found');
  const failures = await failuresOf(p, [id]);
  return present(notification, failures.get(id) ?? [], language, p.time.now());
}
