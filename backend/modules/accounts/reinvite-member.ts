import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import { changeAccount } from './change-account.ts';
import type { RevisionBody } from './contract.ts';
import { issueTicket, type IssuedTicket } from './tickets.ts';

/** A new link for someone who lost theirs, or forgot the password: the old password and sessions end. */
export async function reinviteMember(
  p: Platform,
  byAccountId: string,
  member: AccountDocument,
  { revision }: RevisionBody,
): Promise<{ account: AccountDocument; issued: IssuedTicket }> {
  const issued = issueTicket(p, member._id, 'enrolment', false);
  const account = await changeAccount(p, byAccountId, member, revision, {
    from: ['enrolling', 'active'],
    set: { status: 'enrolling', passwordHash: null, factor: null, ticket: issued.ticket },
    endsSessions: true,
    event: 'accounts.member_invited',
  });
  return { account, issued };
}
