import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import { forgetRemembered } from './authenticate.ts';
import type { EnrolBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { checkPassword, contextOf } from './new-account.ts';
import { ownBucket } from './sign-in-buckets.ts';
import { beginAttempt } from './throttle.ts';
import { getTicketAccount, totpSecretOf } from './tickets.ts';
import { findTotpStep } from './totp.ts';

/**
 * Sets the password, and enrols the second factor where the ticket carries one, by one update that only the ticket's
 * first use matches. Every earlier session ends.
 * @throws accounts.ticket_invalid, accounts.invalid_fields
 */
export async function redeemTicket(p: Platform, body: EnrolBody): Promise<void> {
  const { account, ticket } = await getTicketAccount(p, body.token);
  const problems: Problem[] = [];
  const idNumber = p.crypto.fields.decrypt(account.idNumber, contextOf(account._id, 'idNumber'));
  const phone = p.crypto.fields.decrypt(account.phone, contextOf(account._id, 'phone'));
  const { name, loginName } = account;
  checkPassword(body.password, { name, idNumber, phone, ...(loginName ? { loginName } : {}) }, problems);
  const attempt = await beginAttempt(p, [ownBucket('confirm', account._id)]);
  const factor = factorFrom(p, account, totpSecretOf(p, account, ticket), body.totpCode, problems);
  if (!problems.some(({ pointer }) => pointer === '/totpCode')) await attempt.succeeded();
  failOnProblems(problems);
  const { modifiedCount } = await accounts(p).updateOne(
    { _id: account._id, 'ticket.mac': ticket.mac, revision: account.revision },
    {
      $set: {
        status: 'active',
        passwordHash: await p.crypto.passwords.hash(body.password),
        ...(factor ? { factor } : {}),
      },
      $unset: { ticket: 1 },
      $inc: { generation: 1, revision: 1 },
      $push: {
        outbox: p.outbox.event(
          ticket.purpose === 'enrolment' ? 'accounts.enrolled' : 'accounts.recovered',
          account._id,
          { accountId: account._id },
        ),
      },
    },
  );
  if (modifiedCount === 0) return accountErrors.fail('accounts.ticket_invalid');
  forgetRemembered(p);
  p.outbox.notify('accounts');
}

/** The code proves that the authenticator holds the secret; its step counts as used. */
function factorFrom(
  p: Platform,
  account: AccountDocument,
  secret: string | null,
  code: string | undefined,
  problems: Problem[],
): AccountDocument['factor'] {
  if (secret === null) return null;
  const step = code === undefined ? null : findTotpStep(secret, code, p.time.now());
  if (step === null) {
    problems.push({ pointer: '/totpCode', code: 'accounts.totp_wrong' });
    return null;
  }
  return {
    secret: p.crypto.fields.encrypt(secret, contextOf(account._id, 'factor')),
    enrolledAt: p.time.now(),
    lastStep: step,
  };
}
