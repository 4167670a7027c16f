import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts } from './account.model.ts';
import type { Actor } from './actor.ts';
import { forgetRemembered } from './authenticate.ts';
import type { ChangePasswordBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { checkPassword } from './new-account.ts';
import { getAccount, getIdentity } from './reads.ts';
import { ownBucket } from './sign-in-buckets.ts';
import { beginAttempt } from './throttle.ts';

/**
 * Changes the password and ends every session of the account, this one included: the generation rises in the same
 * write, so no session outlives the change in any process.
 * @throws accounts.invalid_fields, accounts.sign_in_throttled
 */
export async function changePassword(p: Platform, actor: Actor, body: ChangePasswordBody): Promise<void> {
  const account = await getAccount(p, actor.accountId);
  const attempt = await beginAttempt(p, [ownBucket('confirm', account._id)]);
  const stored = account.passwordHash;
  if (stored === null || !(await p.crypto.passwords.verify(stored, body.currentPassword))) {
    failOnProblems([{ pointer: '/currentPassword', code: 'accounts.password_wrong' }]);
  }
  await attempt.succeeded();
  const problems: Problem[] = [];
  const { name, idNumber, phone } = await getIdentity(p, account._id);
  const { loginName } = account;
  checkPassword(
    body.newPassword,
    { name, idNumber, phone, ...(loginName ? { loginName } : {}) },
    problems,
    '/newPassword',
  );
  if (body.newPassword === body.currentPassword) {
    problems.push({ pointer: '/newPassword', code: 'accounts.password_same' });
  }
  failOnProblems(problems);
  const { modifiedCount } = await accounts(p).updateOne(
    { _id: account._id, generation: account.generation, passwordHash: stored },
    {
      $set: { passwordHash: await p.crypto.passwords.hash(body.newPassword) },
      $inc: { generation: 1, revision: 1 },
      $push: {
        outbox: p.outbox.event('accounts.password_changed', actor.accountId, { accountId: account._id }),
      },
    },
  );
  if (modifiedCount === 0) return accountErrors.fail('accounts.changed_meanwhile');
  forgetRemembered(p);
  p.outbox.notify('accounts');
}
