import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import type { StaffActor } from './actor.ts';
import { changeAccount } from './change-account.ts';
import type { ReasonBody } from './contract.ts';
import { getOtherStaff } from './staff.ts';

/** Every session is dead within a second in every process; a link not used yet opens nothing more. */
export async function disableStaff(
  p: Platform,
  actor: StaffActor,
  id: string,
  { revision, reason }: ReasonBody,
): Promise<AccountDocument> {
  const account = await getOtherStaff(p, actor, id);
  return changeAccount(p, actor.accountId, account, revision, {
    from: ['enrolling', 'active'],
    set: { status: 'disabled', disabled: { at: p.time.now(), by: actor.accountId, reason } },
    unset: { ticket: 1 },
    endsSessions: true,
    event: 'accounts.disabled',
  });
}
