import type { Platform } from '../../platform/platform.ts';
import { findUnit, type UnitDocument } from '../register/index.ts';
import { MOST_UNITS, ownedUnits } from './owned-units.ts';
import type { Concern } from './policy.ts';
import type { QueryDocument } from './query.model.ts';

type Subject = Pick<QueryDocument, 'asker' | 'person' | 'unitCode'>;

/**
 * Whom a query concerns: who asked, whom it asks about, and everybody whom the register names on the unit, or on the units of the person
 * that it asks about.
 */
export async function concernOf(p: Platform, query: Subject): Promise<Concern> {
  const { asker, person } = query;
  const holders = (await unitsOf(p, query))
    .flatMap(({ rights, encumbrances }) => [...rights, ...encumbrances])
    .flatMap((one) => one.holders);
  const others = [asker.personIndex, person?.idIndex].flatMap((index) => index ?? []);
  return { personIndexes: [...new Set([...others, ...holders.map(({ idIndex }) => idIndex)])] };
}

async function unitsOf(p: Platform, { unitCode, person }: Subject): Promise<UnitDocument[]> {
  if (unitCode !== null) return [(await findUnit(p, unitCode)) ?? []].flat();
  const units: UnitDocument[] = [];
  if (person === null) return units;
  for await (const unit of ownedUnits(p, person.idIndex)) {
    units.push(unit);
    // Of more nobody is answered; to say so here would tell whoever asks that there are that many.
    if (units.length > MOST_UNITS) break;
  }
  return units;
}
