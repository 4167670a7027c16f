import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import type { StaffActor } from './actor.ts';
import type { CreateStaffBody } from './contract.ts';
import { accountErrors, failOnProblems } from './errors.ts';
import { insertAccount } from './insert-account.ts';
import { checkLoginName, checkPerson, newAccount } from './new-account.ts';
import { checkRoles } from './staff.ts';
import { issueTicket, type IssuedTicket } from './tickets.ts';

/**
 * An administrator creates a staff account. The person sets password and second factor through a one-time link.
 * @throws accounts.invalid_fields, accounts.staff_exists
 */
export async function createStaff(
  p: Platform,
  actor: Pick<StaffActor, 'accountId'> | null,
  body: CreateStaffBody,
): Promise<{ account: AccountDocument; issued: IssuedTicket }> {
  const problems: Problem[] = [];
  const person = checkPerson(p, body, problems);
  const loginName = checkLoginName(body.loginName, problems);
  checkRoles(body.roles, problems);
  failOnProblems(problems);
  const by = actor?.accountId ?? null;
  const account: AccountDocument = {
    ...newAccount(p, { kind: 'staff', person, createdBy: by, loginName }),
    roles: [...body.roles],
    officeId: body.officeId,
  };
  const issued = issueTicket(p, account._id, 'enrolment', true);
  account.ticket = issued.ticket;
  const data = { accountId: account._id, roles: body.roles };
  account.outbox = [p.outbox.event('accounts.staff_created', by, data)];
  const outcome = await insertAccount(p, account);
  if (outcome === 'personTaken') return accountErrors.fail('accounts.staff_exists');
  if (outcome === 'loginNameTaken') {
    failOnProblems([{ pointer: '/loginName', code: 'accounts.login_name_taken' }]);
  }
  return { account, issued };
}
