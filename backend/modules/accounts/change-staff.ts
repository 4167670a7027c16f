import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import type { StaffActor } from './actor.ts';
import { changeAccount } from './change-account.ts';
import type { ChangeStaffBody } from './contract.ts';
import { failOnProblems } from './errors.ts';
import { checkRoles, getOtherStaff } from './staff.ts';

/** Roles and office. Holds for the next request of every session, which stays alive. */
export async function changeStaff(
  p: Platform,
  actor: StaffActor,
  id: string,
  body: ChangeStaffBody,
): Promise<AccountDocument> {
  const account = await getOtherStaff(p, actor, id);
  const problems: Problem[] = [];
  checkRoles(body.roles, problems);
  failOnProblems(problems);
  return changeAccount(p, actor.accountId, account, body.revision, {
    from: ['enrolling', 'active'],
    set: { roles: [...body.roles], officeId: body.officeId },
    endsSessions: false,
    event: 'accounts.roles_changed',
    data: { before: account.roles, after: body.roles },
  });
}
