import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import { forgetRemembered } from './authenticate.ts';
import type { AccountStatus } from './contract.ts';
import { accountErrors } from './errors.ts';

export interface AccountChange {
  /** States in which it makes sense. */
  from: readonly AccountStatus[];
  set: Partial<AccountDocument>;
  unset?: Record<string, 1>;
  /** Raises the generation: every session of the account dies with this write. */
  endsSessions: boolean;
  event: string;
  data?: Record<string, unknown>;
}

/**
 * An administrator's change of someone's account: one update guarded by revision and state, with its event.
 * @throws accounts.wrong_status, accounts.changed_meanwhile
 */
export async function changeAccount(
  p: Platform,
  byAccountId: string | null,
  account: AccountDocument,
  revision: number,
  { from, set, unset, endsSessions, event, data }: AccountChange,
): Promise<AccountDocument> {
  if (!from.includes(account.status)) return accountErrors.fail('accounts.wrong_status');
  const changed = await accounts(p)
    .findOneAndUpdate(
      { _id: account._id, revision, status: account.status },
      {
        $set: set,
        ...(unset ? { $unset: unset } : {}),
        $inc: { revision: 1, generation: endsSessions ? 1 : 0 },
        $push: { outbox: p.outbox.event(event, byAccountId, { accountId: account._id, ...data }) },
      },
      { returnDocument: 'after' },
    )
    .lean<AccountDocument>();
  if (!changed) return accountErrors.fail('accounts.changed_meanwhile');
  forgetRemembered(p);
  p.outbox.notify('accounts');
  return changed;
}
