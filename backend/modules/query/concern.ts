import type { Platform } from '../../platform/platform.ts';
import { findUnit } from '../register/index.ts';
import type { Concern } from './policy.ts';
import type { QueryDocument } from './query.model.ts';

/** Whom a query concerns: who asked, whom it asks about, and everybody whom the register names on the unit. */
export async function concernOf(
  p: Platform,
  { asker, person, unitCode }: Pick<QueryDocument, 'asker' | 'person' | 'unitCode'>,
): Promise<Concern> {
  const unit = unitCode === null ? null : await findUnit(p, unitCode);
  const holders = unit ? [...unit.rights, ...unit.encumbrances].flatMap((one) => one.holders) : [];
  const named = holders.map(({ idIndex }) => idIndex);
  const others = [asker.personIndex, person?.idIndex].flatMap((index) => index ?? []);
  return { personIndexes: [...new Set([...others, ...named])] };
}
