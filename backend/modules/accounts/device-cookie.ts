import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';

/** A family or an office shares one browser: it may be known to a few accounts at once. */
const MOST_ACCOUNTS = 4;
const KEPT_MS = 180 * 24 * 3_600_000;

interface KnownDevice {
  accountId: string;
  nonce: string;
  mac: string;
}

type Owner = Pick<AccountDocument, '_id' | 'generation'>;

export function readDeviceCookie(p: Platform, ctx: Context): string {
  return ctx.cookies.get(cookieName(p)) ?? '';
}

/**
 * The nonce of a device that this account signed in on since its last change of password; null otherwise. It lets the
 * owner past the throttle and proves nothing more: the password is still asked.
 */
export function findKnownDevice(p: Platform, cookie: string, account: Owner | null): string | null {
  if (!account) return null;
  const known = parse(cookie).find(({ accountId }) => accountId === account._id);
  if (!known) return null;
  const expected = Buffer.from(macOf(p, account, known.nonce));
  const given = Buffer.from(known.mac);
  return expected.length === given.length && timingSafeEqual(expected, given) ? known.nonce : null;
}

/** Remembers the device after a complete sign-in; the nonce is kept, so that its own counter is too. */
export function rememberDevice(p: Platform, ctx: Context, account: Owner): void {
  const cookie = readDeviceCookie(p, ctx);
  const nonce = findKnownDevice(p, cookie, account) ?? p.random.bytes(16).toString('base64url');
  const entry: KnownDevice = { accountId: account._id, nonce, mac: macOf(p, account, nonce) };
  const others = parse(cookie).filter(({ accountId }) => accountId !== account._id);
  const value = [entry, ...others]
    .slice(0, MOST_ACCOUNTS)
    .map((known) => `${known.accountId}~${known.nonce}~${known.mac}`)
    .join('.');
  const secure = p.config.publicOrigin.startsWith('https://');
  ctx.cookies.secure = secure;
  ctx.cookies.set(cookieName(p), value, {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    signed: false,
    overwrite: true,
    maxAge: KEPT_MS,
  });
}

function parse(cookie: string): KnownDevice[] {
  return cookie
    .split('.')
    .slice(0, MOST_ACCOUNTS)
    .map((entry) => /^([0-9a-f]{24})~([\w-]{22})~([\w-]{43})$/.exec(entry))
    .flatMap((match) => (match ? [{ accountId: match[1]!, nonce: match[2]!, mac: match[3]! }] : []));
}

function macOf(p: Platform, account: Owner, nonce: string): string {
  return p.crypto.mac('known-device', `${account._id}|${account.generation}|${nonce}`);
}

function cookieName(p: Platform): string {
  return p.config.publicOrigin.startsWith('https://') ? '__Host-device' : 'device';
}
