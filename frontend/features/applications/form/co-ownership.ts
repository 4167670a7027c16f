import type { BusinessType, PartyAnswer } from '../../../../backend/modules/catalogue/contract.ts';
import type { Answers } from './form-model.ts';

/**
 * Where a type lets several people become owners, one answer says how they own (共有方式: 0 单独, 1 共同, 2 按份).
 * With one person there is nothing to ask; shares are asked beside the answer that calls for them.
 */
export interface CoOwnership {
  /** Key of the answer, `coOwnership`. */
  key: string;
  /** Key of the list of owners, `buyers`. */
  owners: string;
}

export const SOLE = '0';
export const IN_SHARES = '2';

export function findCoOwnership(type: BusinessType): CoOwnership | null {
  const rule = type.rules.find((one) => one.rule === 'sharesMatchCoOwnership');
  return rule?.other ? { key: rule.other.slice(1), owners: rule.field.slice(1) } : null;
}

export function ownersOf(co: CoOwnership, answers: Answers): Partial<PartyAnswer>[] {
  const owners = answers[co.owners];
  return Array.isArray(owners) ? (owners as Partial<PartyAnswer>[]) : [];
}

/** Choosing a way of owning without shares lets go of shares that were filled in before. */
export function withoutShares(owners: readonly Partial<PartyAnswer>[]): Partial<PartyAnswer>[] {
  return owners.map(({ share: _share, ...rest }) => rest);
}

/**
 * Problems about shares are shown where shares are asked, though they point at the list of people. A rule broken by
 * the list as a whole, while it has people in it, is always one about shares.
 */
export function isAboutShares(problem: { pointer: string; code: string }, owners: number): boolean {
  if (/\/share(\/|$)/.test(problem.pointer)) return true;
  const wholeList = /^(\/answers)?\/[^/]+$/.test(problem.pointer);
  return wholeList && owners > 0 && problem.code === 'catalogue.answer_wrong';
}
