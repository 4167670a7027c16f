import type { Platform } from '../../platform/platform.ts';
import { findUnit, type UnitDocument } from '../register/index.ts';
import type { Concern } from './policy.ts';
import type { QueryDocument } from './query.model.ts';

type Subject = Pick<QueryDocument, 'asker' | 'person' | 'unitCode'>;

/** Whom a query concerns: who asked, whom it asks about, and everybody whom the register names on the unit. */
export async function concernOf(p: Platform, query: Subject): Promise<Concern> {
  const unit = query.unitCode === null ? null : await findUnit(p, query.unitCode);
  return { personIndexes: concernedBy(query, unit) };
}

/** Pure. */
export function concernedBy(
  { asker, person }: Omit<Subject, 'unitCode'>,
  unit: UnitDocument | null,
): string[] {
  const holders = unit ? [...unit.rights, ...unit.encumbrances].flatMap((one) => one.holders) : [];
  const others = [asker.personIndex, person?.idIndex].flatMap((index) => index ?? []);
  return [...new Set([...others, ...holders.map(({ idIndex }) => idIndex)])];
}
