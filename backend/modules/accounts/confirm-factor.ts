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

/**
 * Acts of great weight ask for a factor given not long ago (ASVS 5.0 7.5.3): a desk that was left open must not be enough for them.
 * They are those that write the register or close the way to it (登簿, 不予登记), that say who somebody is (实名核验), and that give
 * power over either: an account of staff made, given other posts, enabled or reset, an organisation let in, enabled or given a member by
 * the office (a court's member seizes homes). Not asked: what another person still looks at before it takes effect (受理, 初审,
 * 核定; 不予受理, after which one files again), and what takes power away (disabling), which must be quick when somebody has broken in.
 */
export const FRESH_FACTOR_MS = 5 * 60_000;

/** @throws accounts.fresh_factor_needed */
export async function requireFreshFactor(
  p: Platform,
  actor: Actor,
  maxAgeMs = FRESH_FACTOR_MS,
): Promise<void> {
  const isFresh = (at: Date) => p.time.now().getTime() - at.getTime() <= maxAgeMs;
  if (isFresh(actor.factorAt)) return;
  // Another process may remember the session as it was before the factor was given there.
  const session = await sessions(p).findById(actor.sessionId, { factorAt: 1 }).lean();
  if (!session || !isFresh(session.factorAt)) accountErrors.fail('accounts.fresh_factor_needed');
}
