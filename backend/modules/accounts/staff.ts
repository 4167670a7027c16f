import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { StaffActor } from './actor.ts';
import { changeAccount } from './change-account.ts';
import type { StaffRole } from './contract.ts';
import { accountErrors } from './errors.ts';
import { issueTicket, type IssuedTicket } from './tickets.ts';

/** What the acts of an administrator on staff have in common. */

/** 管理员 and 监督 do not act on cases (domain.md §3.4), so neither goes together with any other role. */
const EXCLUSIVE_ROLES: readonly StaffRole[] = ['administrator', 'supervisor'];

/** @throws accounts.not_found */
export async function getStaff(p: Platform, id: string): Promise<AccountDocument> {
  const account = await accounts(p).findOne({ _id: id, kind: 'staff' }).lean<AccountDocument>();
  return account ?? accountErrors.fail('accounts.not_found');
}

/**
 * An administrator never changes their own account: whoever acts stays one, so the last one cannot be removed.
 * @throws accounts.own_account, accounts.not_found
 */
export async function getOtherStaff(p: Platform, actor: StaffActor, id: string): Promise<AccountDocument> {
  if (actor.accountId === id) return accountErrors.fail('accounts.own_account');
  return getStaff(p, id);
}

export function checkRoles(roles: readonly StaffRole[], problems: Problem[]): void {
  if (roles.length > 1 && roles.some((role) => EXCLUSIVE_ROLES.includes(role))) {
    problems.push({ pointer: '/roles', code: 'accounts.roles_conflict' });
  }
}

/** Password and second factor start anew by a one-time link; every session ends. */
export async function restartStaff(
  p: Platform,
  actor: StaffActor,
  id: string,
  revision: number,
  { from, event }: { from: readonly AccountDocument['status'][]; event: string },
): Promise<{ account: AccountDocument; issued: IssuedTicket }> {
  const before = await getOtherStaff(p, actor, id);
  const issued = issueTicket(p, id, 'enrolment', true);
  const account = await changeAccount(p, actor.accountId, before, revision, {
    from,
    set: { status: 'enrolling', passwordHash: null, factor: null, disabled: null, ticket: issued.ticket },
    endsSessions: true,
    event,
  });
  return { account, issued };
}
