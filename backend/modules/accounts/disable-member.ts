import type { Platform } from '../../platform/platform.ts';
import type { AccountDocument } from './account.model.ts';
import { changeAccount } from './change-account.ts';
import type { ReasonBody } from './contract.ts';
import { accountErrors } from './errors.ts';

/** At once, and never oneself: an organisation keeps an administrator. */
export async function disableMember(
  p: Platform,
  byAccountId: string,
  member: AccountDocument,
  { revision, reason }: ReasonBody,
): Promise<AccountDocument> {
  if (byAccountId === member._id) return accountErrors.fail('accounts.own_account');
  return changeAccount(p, byAccountId, member, revision, {
    from: ['enrolling', 'active'],
    set: { status: 'disabled', disabled: { at: p.time.now(), by: byAccountId, reason } },
    endsSessions: true,
    event: 'accounts.disabled',
  });
}
