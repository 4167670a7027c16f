import type { Platform } from '../../platform/platform.ts';
import type { Actor } from './actor.ts';
import { forgetRemembered } from './authenticate.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { getAccount } from './reads.ts';
import { sessions } from './session.model.ts';
import { ownBucket } from './sign-in-buckets.ts';
import { beginAttempt } from './throttle.ts';
import { acceptTotp } from './totp.ts';

export interface GivenFactor {
  password?: string | undefined;
  totp?: string | undefined;
}

/**
 * Asks once more that it is really the account's owner, before something is signed or recorded: a code of the
 * authenticator where one is enrolled, the password otherwise. The session remembers when.
 * @param pointer where the form asked for it, so that the problem is shown there.
 * @throws accounts.invalid_fields with password_wrong or totp_wrong at the pointer; accounts.sign_in_throttled
 */
export async function confirmFactor(
  p: Platform,
  actor: Actor,
  given: GivenFactor,
  pointer?: string,
): Promise<void> {
  const account = await getAccount(p, actor.accountId);
  const attempt = await beginAttempt(p, [ownBucket('confirm', account._id)]);
  if (account.factor) {
    if (!(await acceptTotp(p, account, given.totp ?? ''))) {
      failOnProblems([{ pointer: pointer ?? '/totp', code: 'accounts.totp_wrong' }]);
    }
  } else {
    const stored = account.passwordHash;
    if (stored === null || !(await p.crypto.passwords.verify(stored, given.password ?? ''))) {
      failOnProblems([{ pointer: pointer ?? '/password', code: 'accounts.password_wrong' }]);
    }
  }
  await attempt.succeeded();
  await sessions(p).updateOne({ _id: actor.sessionId }, { $set: { factorAt: p.time.now() } });
  forgetRemembered(p);
}

/** 登簿 and other acts of great weight ask for a factor given not long ago (ASVS 5.0 7.5.3). */
export const FRESH_FACTOR_MS = 5 * 60_000;

/** @throws accounts.fresh_factor_needed */
export function requireFreshFactor(p: Platform, actor: Actor, maxAgeMs = FRESH_FACTOR_MS): void {
  if (p.time.now().getTime() - actor.factorAt.getTime() > maxAgeMs) {
    accountErrors.fail('accounts.fresh_factor_needed');
  }
}
