import { defineModel } from '../../platform/database/model.ts';
import type { Channel, DeliveryStatus } from './contract.ts';
import type { TemplateKey } from './templates.ts';
import type { Value } from './words.ts';

/** Place in the inbox: open calls to act come first. */
export const Group = { open: 0, rest: 1 } as const;

export interface NotificationDocument {
  /** Derived from event and account, so that an event delivered twice is one message. */
  _id: string;
  eventId: string;
  accountId: string;
  template: TemplateKey;
  params: Record<string, Value>;
  /** Path in the portal. */
  link: string | null;
  /** What it is about: a case, a file. A later message about the same settles an open call to act. */
  about: string | null;
  group: 0 | 1;
  at: Date;
  readAt: Date | null;
}

export const notifications = defineModel<NotificationDocument>({
  collection: 'notifications',
  fields: {
    _id: String,
    eventId: String,
    accountId: String,
    template: String,
    params: {},
    link: String,
    about: String,
    group: Number,
    at: Date,
    readAt: Date,
  },
  // `_id` is the invariant: one message for an event and an account.
  indexes: [
    {
      key: { accountId: 1, group: 1, at: -1, _id: -1 },
      options: { name: 'inbox' },
      because: 'one inbox by cursor, open calls to act first',
    },
    {
      key: { accountId: 1, readAt: 1, group: 1, at: -1, _id: -1 },
      options: { name: 'unread' },
      because: 'the unread ones, and how many there are',
    },
    {
      // Of the open calls alone: most messages call for nothing, and cost this index nothing.
      key: { about: 1, accountId: 1 },
      options: { name: 'open-calls', partialFilterExpression: { group: Group.open } },
      because: 'a later message settles the open ones about the same thing',
    },
  ],
});

export interface DeliveryDocument {
  /** `notification|channel`. */
  _id: string;
  notificationId: string;
  accountId: string;
  channel: Channel;
  status: DeliveryStatus;
  attempts: number;
  /** When it is tried next; also the lease of the one who is trying. */
  nextAt: Date;
  /** Who is trying: a mark of its own for each claim. */
  claim: string | null;
  /** A closed word or a reply code, never an address. */
  lastError: string | null;
  createdAt: Date;
  settledAt: Date | null;
}

export const deliveries = defineModel<DeliveryDocument>({
  collection: 'delivery-attempts',
  fields: {
    _id: String,
    notificationId: String,
    accountId: String,
    channel: String,
    status: String,
    attempts: Number,
    nextAt: Date,
    claim: String,
    lastError: String,
    createdAt: Date,
    settledAt: Date,
  },
  // `_id` is the invariant: a message goes out by a channel once, as far as a mail server lets us know.
  indexes: [
    {
      key: { status: 1, nextAt: 1 },
      options: { name: 'due' },
      because: 'what waits and is due, oldest first',
    },
    {
      key: { notificationId: 1 },
      options: { name: 'of-notification' },
      because: 'failures shown in the inbox',
    },
  ],
});
