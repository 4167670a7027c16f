import type { Platform } from '../../../platform/platform.ts';
import {
  findAccountByPersonIndex,
  findActiveMembers,
  findOrganisationByCreditCode,
} from '../../accounts/index.ts';
import {
  findUnitsByCodes,
  liveRight,
  openIdNumber,
  type Holder,
  type UnitDocument,
} from '../../register/index.ts';

export interface Owner {
  accountId: string;
  /** Blind index under which the register knows them. */
  holderIndex: string;
}

/** The accounts that act for one holder: of a person their own, its name verified; of an organisation those of all members. */
export async function accountsOf(p: Platform, unitCode: string, holder: Holder): Promise<Owner[]> {
  const { partyKind, idIndex: holderIndex } = holder;
  if (partyKind === 'person') {
    const account = await findAccountByPersonIndex(p, holderIndex);
    return account ? [{ accountId: account.accountId, holderIndex }] : [];
  }
  const organisation = await findOrganisationByCreditCode(p, openIdNumber(p, unitCode, holder));
  if (organisation?.status !== 'active') return [];
  const members = await findActiveMembers(p, organisation._id);
  return members.map((accountId) => ({ accountId, holderIndex }));
}

/**
 * Whom the register names as owners of a unit, as far as they have an account: all co-owners, however new the account, whoever
 * applies. `formerBy` adds those whose right ended by that case.
 */
export async function findOwners(
  p: Platform,
  unit: UnitDocument,
  { formerBy }: { formerBy?: string } = {},
): Promise<Owner[]> {
  const rights = unit.rights.filter(
    ({ closedByCaseId }) => formerBy !== undefined && closedByCaseId === formerBy,
  );
  const holders = [liveRight(unit), ...rights].flatMap((right) => right?.holders ?? []);
  const distinct = [...new Map(holders.map((holder) => [holder.idIndex, holder])).values()];
  const found = (await Promise.all(distinct.map((holder) => accountsOf(p, unit._id, holder)))).flat();
  return [...new Map(found.map((owner) => [owner.accountId, owner])).values()];
}

/** One owner may own several of the units that something is about, and is told of them in one message. */
export async function ownersOfUnits(
  p: Platform,
  codes: readonly string[],
  except: readonly string[],
): Promise<{ accountId: string; units: UnitDocument[] }[]> {
  const byAccount = new Map<string, UnitDocument[]>();
  for (const unit of await findUnitsByCodes(p, codes)) {
    for (const { accountId } of await findOwners(p, unit)) {
      if (except.includes(accountId)) continue;
      byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), unit]);
    }
  }
  return [...byAccount].map(([accountId, units]) => ({ accountId, units }));
}
