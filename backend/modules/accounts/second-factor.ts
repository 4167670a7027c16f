import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import { findSessionOwner } from './authenticate.ts';
import { findKnownDevice } from './device-cookie.ts';
import { accountErrors } from './errors.ts';
import { completeSession, findSessionByToken, type StartedSession } from './sessions.ts';
import { factorBuckets } from './sign-in-buckets.ts';
import { beginAttempt } from './throttle.ts';
import { acceptTotp } from './totp.ts';

export interface SecondFactorInput {
  /** Of the session that waits for it. */
  token: string;
  code: string;
  address: string;
  deviceCookie: string;
}

/**
 * Completes a session with a code of the authenticator; the session goes on under a new token.
 * @throws accounts.second_factor_not_expected, accounts.totp_wrong, accounts.sign_in_throttled
 */
export async function giveSecondFactor(
  p: Platform,
  { token, code, address, deviceCookie }: SecondFactorInput,
): Promise<{ session: StartedSession; account: AccountDocument }> {
  const waiting = await findWaitingSession(p, token);
  if (!waiting) return accountErrors.fail('accounts.second_factor_not_expected');
  const { session, account } = waiting;
  const device = findKnownDevice(p, deviceCookie, account);
  const attempt = await beginAttempt(p, factorBuckets(p, account._id, { address, device }));
  if (!(await acceptTotp(p, account, code))) {
    p.log.warn(
      { event: 'accounts.second_factor_failed', accountId: account._id, from: address },
      'code refused',
    );
    return accountErrors.fail('accounts.totp_wrong', {}, [{ pointer: '/code', code: 'accounts.totp_wrong' }]);
  }
  await attempt.succeeded();
  const completed = await completeSession(p, session, account);
  if (!completed) return accountErrors.fail('accounts.second_factor_not_expected');
  return { session: completed, account };
}

/** A living session that has the password but not yet the second factor. */
export async function findWaitingSession(p: Platform, token: string) {
  const session = await findSessionByToken(p, token);
  if (!session || session.complete) return null;
  const owner = await findSessionOwner(p, session, p.time.now());
  return owner && { session, account: owner.account };
}
