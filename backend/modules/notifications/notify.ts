import { createHash } from 'node:crypto';
import type { Collection } from 'mongodb';
import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { Channel, DeliveryStatus, NotificationKind } from './contract.ts';
import { deliverSoon } from './deliver.ts';
import {
  deliveries,
  Group,
  notifications,
  type DeliveryDocument,
  type NotificationDocument,
} from './notification.model.ts';
import { templateOf, type TemplateKey, type TemplateParams } from './templates.ts';

export interface Message<T extends TemplateKey = TemplateKey> {
  eventId: string;
  /** When it happened; the inbox sorts by it. */
  at: Date;
  /**
   * Whose inbox. Somebody without an account is named by a reference that only the contact source knows (as
   * `party:<case>:<party>`): nobody opens that inbox, but e-mail and text message go out.
   */
  accountIds: readonly string[];
  template: T;
  params: TemplateParams<T>;
  /** Path in the portal, as `/cases/2026100900017`. */
  link: string | null;
  /** The case (or file) it is about: open calls to act about the same are settled by it. */
  about?: string | null;
}

/** 24 hexadecimal digits that are the same for the same event and account, whoever computes them. */
function idOf(eventId: string, accountId: string): string {
  return createHash('sha256').update(`${eventId}|${accountId}`).digest('hex').slice(0, 24);
}

function configuredChannels(p: Platform): Channel[] {
  return [...(p.outside.mail ? [Channel.email] : []), ...(p.outside.textMessage ? [Channel.sms] : [])];
}

interface Prepared {
  inbox: NotificationDocument[];
  queued: DeliveryDocument[];
}

function prepare(p: Platform, message: Message, configured: readonly Channel[]): Prepared {
  const { eventId, at, template, params, link, about = null } = message;
  const { kind, channels } = templateOf(template);
  const now = p.time.now();
  const inbox: NotificationDocument[] = [...new Set(message.accountIds)].map((accountId) => ({
    _id: idOf(eventId, accountId),
    eventId,
    accountId,
    template,
    params,
    link,
    about,
    group: kind === NotificationKind.action ? Group.open : Group.rest,
    at,
    readAt: null,
  }));
  const queued: DeliveryDocument[] = inbox.flatMap(({ _id, accountId }) =>
    configured
      .filter((channel) => channels.includes(channel))
      .map((channel) => ({
        _id: `${_id}|${channel}`,
        notificationId: _id,
        accountId,
        channel,
        status: DeliveryStatus.waiting,
        attempts: 0,
        nextAt: now,
        claim: null,
        lastError: null,
        createdAt: now,
        settledAt: null,
      })),
  );
  return { inbox, queued };
}

/**
 * Writes messages into inboxes and queues their delivery by e-mail and text message: a batch of events costs what one
 * does. Idempotent by event and account: every id is derived, so a second call completes what a first one left undone and
 * changes nothing else.
 */
async function notifyAll(
  p: Platform,
  messages: readonly Message[],
  done: readonly Settled[] = [],
): Promise<void> {
  const configured = configuredChannels(p);
  const prepared = messages.map((message) => prepare(p, message, configured));
  const inbox = prepared.flatMap((one) => one.inbox);
  const queued = prepared.flatMap((one) => one.queued);
  await insertAbsent(notifications(p).collection, inbox);
  const overtaken = messages.flatMap(({ accountIds, about, at }) =>
    about ? [{ accountIds, about, before: at }] : [],
  );
  await settleAll(p, [...done, ...overtaken]);
  await insertAbsent(deliveries(p).collection, queued);
  if (queued.length > 0) deliverSoon(p);
}

/** One message to one or more people. */
export function notify<T extends TemplateKey>(p: Platform, message: Message<T>): Promise<void> {
  return notifyAll(p, [message as unknown as Message]);
}

interface Settled {
  accountIds: readonly string[];
  about: string;
  before: Date;
}

/**
 * Looks first: nearly always nothing is open, and a look by index costs less than a journaled write for each.
 */
async function settleAll(p: Platform, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const abouts = [...new Set(settled.map(({ about }) => about))];
  const collection = notifications(p).collection as unknown as Collection<NotificationDocument>;
  const open = await collection
    .find({ about: { $in: abouts }, group: Group.open }, { projection: { accountId: 1, about: 1, at: 1 } })
    .toArray();
  const ids = open
    .filter((one) =>
      settled.some(
        ({ accountIds, about, before }) =>
          one.about === about && one.at < before && accountIds.includes(one.accountId),
      ),
    )
    .map(({ _id }) => _id);
  if (ids.length === 0) return;
  await notifications(p).updateMany({ _id: { $in: ids } }, { $set: { group: Group.rest } });
}

/**
 * Closes the open calls to act that these accounts have about one thing and that came before `before`: the thing was
 * done, or has moved on.
 */
export function settleActions(p: Platform, settled: Settled): Promise<void> {
  return settleAll(p, [settled]);
}

/** What one event means for inboxes: messages to send, and calls to act that are done with. */
export interface Reaction {
  messages?: readonly Omit<Message, 'eventId' | 'at'>[];
  settle?: readonly { accountIds: readonly string[]; about: string }[];
}

/**
 * A subscriber that turns events into messages. `react` looks up who is concerned and the words' values; null means that
 * nobody is told. Used in subscriptions.ts, where alone the modules above are known.
 */
export function notificationSubscriber(options: {
  name: string;
  types: readonly string[];
  react(p: Platform, event: DeliveredEvent): Promise<Reaction | null>;
}): Subscriber {
  return {
    name: options.name,
    types: options.types,
    async handle(p, events) {
      const reactions = await Promise.all(events.map((event) => options.react(p, event)));
      const messages: Message[] = [];
      const settled: Settled[] = [];
      events.forEach(({ id, at }, index) => {
        const reaction = reactions[index];
        for (const done of reaction?.settle ?? []) settled.push({ ...done, before: at });
        for (const told of reaction?.messages ?? []) messages.push({ ...told, eventId: id, at });
      });
      await notifyAll(p, messages, settled);
    },
  };
}

/** A message with its parameters checked against its template: for building a Reaction. */
export function message<T extends TemplateKey>(
  content: Omit<Message<T>, 'eventId' | 'at'>,
): Omit<Message, 'eventId' | 'at'> {
  return content as unknown as Omit<Message, 'eventId' | 'at'>;
}
