import { Secret, TOTP } from 'otpauth';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import { foldNumber } from './identity-numbers.ts';
import { contextOf } from './new-account.ts';

/** RFC 6238 as every authenticator knows it: SHA-1, 6 digits, 30 s. */
const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** One step to either side: a phone's clock may be off by half a minute. */
const WINDOW = 1;
const ISSUER = '聊城市不动产登记';

/** 160 bits, base32: the length RFC 4226 recommends. */
export function newTotpSecret(p: Platform): string {
  const bytes = p.random.bytes(20);
  return new Secret({ buffer: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 20) as ArrayBuffer })
    .base32;
}

export function totpUri(secret: string, loginName: string): string {
  return totpOf(secret, loginName).toString();
}

/** The code of an instant: for tests, and for the demo accounts printed at start. */
export function totpCodeAt(secret: string, at: Date): string {
  return totpOf(secret).generate({ timestamp: at.getTime() });
}

/** The step that a code belongs to, within the window around `now`; null when it is wrong. */
export function findTotpStep(secret: string, code: string, now: Date): number | null {
  const delta = totpOf(secret).validate({
    token: foldNumber(code),
    timestamp: now.getTime(),
    window: WINDOW,
  });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

/**
 * Accepts a code once. The step is remembered by a guarded update, so of two requests with one code exactly one is
 * right, and a code that was seen over a shoulder is worth nothing (RFC 6238 §5.2).
 */
export async function acceptTotp(p: Platform, account: AccountDocument, code: string): Promise<boolean> {
  if (!account.factor) return false;
  const secret = p.crypto.fields.decrypt(account.factor.secret, contextOf(account._id, 'factor'));
  const step = findTotpStep(secret, code, p.time.now());
  if (step === null) return false;
  const { modifiedCount } = await accounts(p).updateOne(
    { _id: account._id, generation: account.generation, 'factor.lastStep': { $lt: step } },
    { $set: { 'factor.lastStep': step } },
  );
  return modifiedCount === 1;
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_SECONDS,
  });
}
