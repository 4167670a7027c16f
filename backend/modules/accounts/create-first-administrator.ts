import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import { changeAccount } from './change-account.ts';
import type { Person } from './new-account.ts';
import { createStaff } from './create-staff.ts';
import { invitationOf, issueTicket, type IssuedTicket } from './tickets.ts';

/** The login name of an administrator made at the first start. */
const LOGIN_NAME = 'administrator';

/**
 * A deployment without demo data has nobody who could create the first account. While no administrator can sign in, one is
 * created for the given person, and the one-time link to enrol is returned for the operator's terminal; null otherwise.
 * Asked again before anyone enrolled, it gives a new link for the same account, and the old one ends.
 * Two processes at once: the unique login name lets one win.
 * @throws accounts.invalid_fields
 */
export async function createFirstAdministrator(
  p: Platform,
  person: Person,
): Promise<{ loginName: string; link: string; expiresAt: string } | null> {
  const existing = await accounts(p)
    .find({ kind: 'staff', roles: 'administrator', status: { $ne: 'disabled' } })
    .lean<AccountDocument[]>();
  if (existing.some(({ status }) => status === 'active')) return null;
  const waiting = existing.find(({ loginName }) => loginName === LOGIN_NAME);
  const issued = waiting ? await issueAgain(p, waiting) : await create(p, person);
  const { link, expiresAt } = invitationOf(p, issued);
  return { loginName: LOGIN_NAME, link, expiresAt };
}

async function create(p: Platform, person: Person): Promise<IssuedTicket> {
  const roles = ['administrator' as const];
  return (await createStaff(p, null, { ...person, loginName: LOGIN_NAME, roles, officeId: null })).issued;
}

async function issueAgain(p: Platform, account: AccountDocument): Promise<IssuedTicket> {
  const issued = issueTicket(p, account._id, 'enrolment', true);
  await changeAccount(p, null, account, account.revision, {
    from: ['enrolling'],
    set: { ticket: issued.ticket },
    endsSessions: false,
    event: 'accounts.invited_again',
  });
  return issued;
}
