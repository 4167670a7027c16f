/** Where one person wants messages besides the inbox. An e-mail address counts only after a code sent to it came back. */
import type { Language } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { Channel, type NotificationSettings, type SettingsBody } from './contract.ts';
import { notificationErrors } from './errors.ts';
import { emailContext, settings, type SettingsDocument } from './settings.model.ts';

const CODE_LIFE_MS = 10 * 60_000;
/** 5 guesses at 8 digits: one in 20 million. */
const GUESSES = 5;

const DEFAULTS = { email: null, pending: null, byEmail: true, bySms: true } as const;

const CODE_MAIL = {
  'zh-CN': {
    subject: '【聊城不动产】邮箱验证码',
    text: (code: string) => `验证码 ${code}，10 分钟内有效。不是您本人操作，请不用理会这封邮件。\n`,
  },
  en: {
    subject: '[Liaocheng Real Estate] Your code',
    text: (code: string) =>
      `Your code is ${code}, valid for 10 minutes. If you did not ask for it, ignore this e-mail.\n`,
  },
} as const;

/** `li@example.cn` → `l***@example.cn`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}***${email.slice(at)}`;
}

async function findSettings(p: Platform, accountId: string): Promise<SettingsDocument> {
  return (await settings(p).findOne({ _id: accountId }).lean()) ?? { _id: accountId, ...DEFAULTS };
}

/** Decrypted, for sending. */
export async function findDelivery(
  p: Platform,
  accountId: string,
): Promise<{ email: string | null; byEmail: boolean; bySms: boolean }> {
  const { email, byEmail, bySms } = await findSettings(p, accountId);
  return { email: email && p.crypto.fields.decrypt(email, emailContext(accountId)), byEmail, bySms };
}

export async function showSettings(p: Platform, accountId: string): Promise<NotificationSettings> {
  const { email, pending, byEmail, bySms } = await findSettings(p, accountId);
  const masked = (field: SettingsDocument['email']) =>
    field && maskEmail(p.crypto.fields.decrypt(field, emailContext(accountId)));
  return {
    email: masked(email),
    pendingEmail: pending && pending.expiresAt > p.time.now() ? masked(pending.email) : null,
    byEmail,
    bySms,
    available: [...(p.outside.mail ? [Channel.email] : []), ...(p.outside.textMessage ? [Channel.sms] : [])],
  };
}

export async function changeSettings(
  p: Platform,
  accountId: string,
  body: SettingsBody,
): Promise<NotificationSettings> {
  await write(p, accountId, { ...body });
  return showSettings(p, accountId);
}

/**
 * Sends a code to a new address, which replaces one that was still waiting.
 * @throws notifications.email_unavailable, notifications.email_not_sent
 */
export async function requestEmail(
  p: Platform,
  accountId: string,
  email: string,
  language: Language,
): Promise<NotificationSettings> {
  const { mail } = p.outside;
  if (!mail) return notificationErrors.fail('notifications.email_unavailable');
  // 48 random bits: that 10^8 does not divide 2^48 shifts no code's chance by more than one in a million.
  const code = String(p.random.bytes(6).readUIntBE(0, 6) % 100_000_000).padStart(8, '0');
  const pending = {
    email: p.crypto.fields.encrypt(email, emailContext(accountId)),
    codeMac: macOf(p, accountId, code),
    expiresAt: new Date(p.time.now().getTime() + CODE_LIFE_MS),
    guesses: GUESSES,
  };
  await write(p, accountId, { pending });
  const { subject, text } = CODE_MAIL[language];
  await mail.send({ to: email, subject, text: text(code) }).catch((error: unknown) => {
    p.log.warn({ reason: (error as { code?: string }).code ?? 'unknown' }, 'a code could not be sent');
    notificationErrors.fail('notifications.email_not_sent');
  });
  return showSettings(p, accountId);
}

/**
 * Takes the code back. A guess is used up before it is looked at, so that parallel ones cannot be more than allowed.
 * @throws notifications.email_code_wrong
 */
export async function confirmEmail(
  p: Platform,
  accountId: string,
  code: string,
): Promise<NotificationSettings> {
  const before = await settings(p)
    .findOneAndUpdate(
      { _id: accountId, 'pending.guesses': { $gt: 0 }, 'pending.expiresAt': { $gt: p.time.now() } },
      { $inc: { 'pending.guesses': -1 } },
      { returnDocument: 'before' },
    )
    .lean();
  const pending = before?.pending;
  if (!pending || pending.codeMac !== macOf(p, accountId, code))
    notificationErrors.fail('notifications.email_code_wrong');
  // The code in the filter is the guard: it is used once, and not for an address that has been asked for since.
  const { matchedCount } = await settings(p).collection.updateOne(
    { _id: accountId as never, 'pending.codeMac': pending?.codeMac },
    { $set: { email: pending?.email, byEmail: true, pending: null } },
  );
  if (matchedCount === 0) notificationErrors.fail('notifications.email_code_wrong');
  return showSettings(p, accountId);
}

export async function removeEmail(p: Platform, accountId: string): Promise<NotificationSettings> {
  await write(p, accountId, { email: null, pending: null });
  return showSettings(p, accountId);
}

function macOf(p: Platform, accountId: string, code: string): string {
  return p.crypto.mac('notification-email', `${accountId}|${code}`);
}

async function write(
  p: Platform,
  accountId: string,
  change: Partial<Omit<SettingsDocument, '_id'>>,
): Promise<void> {
  const rest = Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => !(name in change)));
  await settings(p).collection.updateOne(
    { _id: accountId as never },
    { ...(Object.keys(change).length > 0 ? { $set: change } : {}), $setOnInsert: rest },
    { upsert: true },
  );
}
