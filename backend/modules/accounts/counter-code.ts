import { timingSafeEqual } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { Actor } from './actor.ts';
import { accountErrors } from './errors.ts';

const LASTS_MS = 10 * 60_000;
const LIMIT = 100_000_000;

/**
 * A code of eight digits that a citizen shows at the counter (核验码). It proves that the person with the ID card is the
 * one who holds the account: without it, someone could sign up with another's number and wait for the owner to be
 * verified into the account.
 */
export async function issueCounterCode(
  p: Platform,
  actor: Actor,
): Promise<{ code: string; expiresAt: Date }> {
  const code = newCode(p);
  const expiresAt = new Date(p.time.now().getTime() + LASTS_MS);
  const { matchedCount } = await accounts(p).updateOne(
    { _id: actor.accountId, status: 'active' },
    { $set: { counterCode: { mac: macOf(p, actor.accountId, code), expiresAt } } },
  );
  if (matchedCount === 0) return accountErrors.fail('accounts.wrong_status');
  return { code, expiresAt };
}

export function isCounterCode(p: Platform, account: AccountDocument, code: string): boolean {
  const stored = account.counterCode;
  if (!stored || stored.expiresAt <= p.time.now()) return false;
  const given = Buffer.from(macOf(p, account._id, code.replace(/\D/g, '')));
  const expected = Buffer.from(stored.mac);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Uniform: a draw above the last whole multiple of the limit is drawn again. */
function newCode(p: Platform): string {
  const bound = Math.floor(2 ** 32 / LIMIT) * LIMIT;
  let drawn: number;
  do drawn = p.random.bytes(4).readUInt32BE();
  while (drawn >= bound);
  return String(drawn % LIMIT).padStart(8, '0');
}

function macOf(p: Platform, accountId: string, code: string): string {
  return p.crypto.mac('counter-code', `${accountId}|${code}`);
}
