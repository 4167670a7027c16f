/**
 * Sends what is queued. Each delivery is claimed by moving its next attempt into the future, so two processes do not send
 * it at once, and a killed one's comes up again by itself: at least once, twice only if a process died between the mail
 * server's yes and our note of it.
 */
import { gatherUpdates, perPlatform } from '../../platform/database/gather.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { Channel, DeliveryStatus } from './contract.ts';
import { findContact, type Contact } from './contacts.ts';
import {
  deliveries,
  notifications,
  type DeliveryDocument,
  type NotificationDocument,
} from './notification.model.ts';
import { render } from './render.ts';

const MINUTE_MS = 60_000;
/** After the first, second, … failure; then it has failed and the inbox says so. About a day in all. */
const RETRY_AFTER_MINUTES = [1, 5, 30, 120, 360, 960] as const;
/** A claim outlives the slowest transport (20 s). */
const CLAIM_MS = 2 * MINUTE_MS;
const RUN = 200;
/** At most this many are on their way at once, so that a batch ends well before its claim does. */
const BATCH = 20;
const TEXT_MESSAGE_CHARACTERS = 300;

const SENDER = { 'zh-CN': '【聊城不动产】', en: '[Liaocheng Real Estate] ' } as const;
const SIGN_IN = {
  'zh-CN': '请登录“一网通办”查看。',
  en: ' Sign in to the portal to read it.',
} as const;

let running: Promise<unknown> | null = null;

/** Starts a run unless one is under way. Failures stay queued and are logged. */
export function deliverSoon(p: Platform): void {
  running ??= deliverDue(p)
    .catch((error: unknown) => p.log.warn({ err: error }, 'messages could not be delivered now'))
    .finally(() => (running = null));
}

/** Sends everything that is due, oldest first. */
export async function deliverDue(p: Platform): Promise<Record<string, number>> {
  const figures = { sent: 0, retried: 0, failed: 0, skipped: 0 };
  for (let count = 0; count < RUN; count += BATCH) {
    const claimed = await claimDue(p);
    if (claimed.length === 0) break;
    const messages = await messagesOf(p, claimed);
    const contacts = contactsOf(p);
    const attempts = claimed.map(async (delivery) => {
      figures[await attempt(p, delivery, messages.get(delivery.notificationId) ?? null, contacts)] += 1;
    });
    await Promise.all(attempts);
  }
  return figures;
}

/** Claims up to a batch: whoever's mark a delivery carries sends it. Three commands, however many there are. */
async function claimDue(p: Platform): Promise<DeliveryDocument[]> {
  const now = p.time.now();
  const due = { status: DeliveryStatus.waiting, nextAt: { $lte: now } };
  const found = await deliveries(p).find(due, { _id: 1 }).sort({ nextAt: 1 }).limit(BATCH).lean();
  if (found.length === 0) return [];
  const claim = newId();
  const ids = found.map(({ _id }) => _id);
  await deliveries(p).updateMany(
    { _id: { $in: ids }, ...due },
    { $set: { nextAt: new Date(now.getTime() + CLAIM_MS), claim }, $inc: { attempts: 1 } },
  );
  return deliveries(p)
    .find({ _id: { $in: ids }, claim })
    .sort({ createdAt: 1 })
    .lean();
}

async function messagesOf(
  p: Platform,
  claimed: readonly DeliveryDocument[],
): Promise<Map<string, NotificationDocument>> {
  const ids = claimed.map(({ notificationId }) => notificationId);
  const found = await notifications(p)
    .find({ _id: { $in: ids } })
    .lean();
  return new Map(found.map((one) => [one._id, one]));
}

type Contacts = (accountId: string) => Promise<Required<Contact> | null>;

/** One person's contact is looked up once in a batch. */
function contactsOf(p: Platform): Contacts {
  const asked = new Map<string, Promise<Required<Contact> | null>>();
  return (accountId) => {
    const known = asked.get(accountId) ?? findContact(p, accountId);
    asked.set(accountId, known);
    return known;
  };
}

async function attempt(
  p: Platform,
  delivery: DeliveryDocument,
  notification: NotificationDocument | null,
  contacts: Contacts,
): Promise<'sent' | 'retried' | 'failed' | 'skipped'> {
  const contact = notification && (await contacts(delivery.accountId));
  const send = notification && contact ? sendingOf(p, delivery.channel, notification, contact) : null;
  if (!send) return settle(p, delivery, DeliveryStatus.skipped, 'no_address');
  try {
    await send();
    return settle(p, delivery, DeliveryStatus.sent, null);
  } catch (error) {
    return failed(p, delivery, error);
  }
}

/** How to send it, or null where there is no address or no transport. */
function sendingOf(
  p: Platform,
  channel: Channel,
  notification: NotificationDocument,
  { email, phone, language }: Required<Contact>,
): (() => Promise<void>) | null {
  const { mail, textMessage } = p.outside;
  const { title, text, action } = render(notification, language, p.time.now());
  if (channel === Channel.email && mail && email) {
    const link = notification.link ? `\n\n${action}: ${p.config.publicOrigin}${notification.link}` : '';
    return () => mail.send({ to: email, subject: SENDER[language] + title, text: `${text}${link}\n` });
  }
  if (channel === Channel.sms && textMessage && phone) {
    const whole = SENDER[language] + text + SIGN_IN[language];
    return () => textMessage.send({ to: phone, text: [...whole].slice(0, TEXT_MESSAGE_CHARACTERS).join('') });
  }
  return null;
}

/** What ends at the same moment is noted by one command. */
const writerOf = perPlatform((p: Platform) => gatherUpdates(() => deliveries(p).collection as never));

async function settle<S extends 'sent' | 'failed' | 'skipped'>(
  p: Platform,
  delivery: DeliveryDocument,
  status: S,
  lastError: string | null,
): Promise<S> {
  await writerOf(p)({
    filter: { _id: delivery._id },
    update: { $set: { status, lastError, settledAt: p.time.now() } },
    proof: {},
  });
  return status;
}

/** Only codes: the text of a mail server's refusal repeats the address. */
function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return (
    [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ') ||
    'unknown'
  );
}

async function failed(
  p: Platform,
  delivery: DeliveryDocument,
  error: unknown,
): Promise<'retried' | 'failed'> {
  const lastError = codeOf(error).slice(0, 60);
  const minutes = RETRY_AFTER_MINUTES[delivery.attempts - 1];
  const permanent = (error as { permanent?: boolean }).permanent === true || minutes === undefined;
  p.log.warn(
    { delivery: delivery._id, attempts: delivery.attempts, reason: lastError, permanent },
    'a message was not taken',
  );
  if (permanent) return settle(p, delivery, DeliveryStatus.failed, lastError);
  const nextAt = new Date(p.time.now().getTime() + minutes * MINUTE_MS);
  await deliveries(p).updateOne({ _id: delivery._id }, { $set: { nextAt, lastError } });
  return 'retried';
}

/** For the administrator's health page. */
export async function deliveryHealth(p: Platform): Promise<{ waiting: number; failed: number }> {
  return {
    waiting: await deliveries(p).countDocuments({ status: DeliveryStatus.waiting }),
    failed: await deliveries(p).countDocuments({ status: DeliveryStatus.failed }),
  };
}
