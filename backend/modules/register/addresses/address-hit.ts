import type { EncryptedField } from '../../../platform/crypto/suite.ts';
import type { Platform } from '../../../platform/platform.ts';
import { errors } from '../errors.ts';

/** As long as somebody may take from finding a home to asking about it, a night between included. */
const GOOD_FOR_MS = 24 * 3_600_000;
const PARTS = /^([\w-]{1,40})\.([\w-]{16})\.([\w-]{1,200})\.([\w-]{22})$/;

const contextOf = (accountId: string) => `address-hit|${accountId}|unitCode`;
const url = (base64: string) => Buffer.from(base64, 'base64').toString('base64url');
const plain = (base64url: string) => Buffer.from(base64url, 'base64url').toString('base64');

/**
 * What stands for a unit that was found by its address: its code, sealed for the one who searched, for a day. Who knows where a home is
 * does not learn its code from us; what a query then may show of it, the code among it, is the query's to decide.
 */
export function sealHit(p: Platform, accountId: string, unitCode: string): string {
  const until = p.time.now().getTime() + GOOD_FOR_MS;
  const { k, n, c, t } = p.crypto.fields.encrypt(`${until}|${unitCode}`, contextOf(accountId));
  return [k, url(n), url(c), url(t)].join('.');
}

/** The unit's code. Throws `register.addressHitGone` for a hit that is old, another's or made up. */
export function openHit(p: Platform, accountId: string, hit: string): string {
  const parts = PARTS.exec(hit);
  if (!parts) return errors.fail('register.addressHitGone');
  const [, k = '', n = '', c = '', t = ''] = parts;
  const field: EncryptedField = { k, n: plain(n), c: plain(c), t: plain(t) };
  const [until = '', unitCode = ''] = decrypted(p, field, accountId).split('|');
  return Number(until) > p.time.now().getTime() ? unitCode : errors.fail('register.addressHitGone');
}

function decrypted(p: Platform, field: EncryptedField, accountId: string): string {
  try {
    return p.crypto.fields.decrypt(field, contextOf(accountId));
  } catch {
    return '';
  }
}
