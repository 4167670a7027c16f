import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import type { InviteMemberBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { insertAccount } from './insert-account.ts';
import { checkLoginName, checkPerson, newAccount } from './new-account.ts';
import { issueTicket, type IssuedTicket } from './tickets.ts';

/**
 * Members of an organisation are invited by its own administrator, or by an administrator of the office (a court's
 * first member). Who invites sees the one-time link and passes it on.
 * @throws accounts.invalid_fields, accounts.member_exists
 */
export async function inviteMember(
  p: Platform,
  byAccountId: string,
  organisationId: string,
  body: InviteMemberBody,
): Promise<{ account: AccountDocument; issued: IssuedTicket }> {
  const problems: Problem[] = [];
  const person = checkPerson(p, body, problems);
  const loginName = checkLoginName(body.loginName, problems);
  failOnProblems(problems);
  const account: AccountDocument = {
    ...newAccount(p, { kind: 'organisation', person, createdBy: byAccountId, loginName, organisationId }),
    organisationAdministrator: body.administrator,
  };
  const issued = issueTicket(p, account._id, 'enrolment', false);
  account.ticket = issued.ticket;
  const data = { accountId: account._id, organisationId };
  account.outbox = [p.outbox.event('accounts.member_invited', byAccountId, data)];
  const outcome = await insertAccount(p, account);
  if (outcome === 'personTaken') return accountErrors.fail('accounts.member_exists');
  if (outcome === 'loginNameTaken') {
    failOnProblems([{ pointer: '/loginName', code: 'accounts.login_name_taken' }]);
  }
  return { account, issued };
}
