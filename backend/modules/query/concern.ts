import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { findUnit, type UnitDocument } from '../register/index.ts';
import { MOST_UNITS, ownedUnits } from './owned-units.ts';
import type { Concern } from './policy.ts';
import { queries, type QueryDocument } from './query.model.ts';

type Subject = Pick<QueryDocument, 'asker' | 'person' | 'unitCode'>;

/**
 * Whom a query concerns: who asked, whom it asks about, and everybody whom the register names on the unit, or on the units of the person
 * that it asks about.
 */
export async function concernOf(p: Platform, query: Subject): Promise<Concern> {
  const holders = (await unitsOf(p, query))
    .flatMap(({ rights, encumbrances }) => [...rights, ...encumbrances])
    .flatMap((one) => one.holders);
  return { personIndexes: [...new Set([...namedIn(query), ...holders.map(({ idIndex }) => idIndex)])] };
}

const namedIn = ({ asker, person }: Subject): string[] =>
  [asker.personIndex, person?.idIndex].flatMap((index) => index ?? []);

/**
 * What is stored when it is asked. Of a query that names a person nothing is looked up while the asker waits: how long that takes would
 * tell how much the person owns, without a clerk and without a trace. `fillConcerns` does it afterwards.
 */
export async function concernsAtAsking(
  p: Platform,
  query: Subject,
): Promise<Pick<QueryDocument, 'concerns' | 'concernsOpen'>> {
  if (query.person === null) return { concerns: [...(await concernOf(p, query)).personIndexes] };
  return { concerns: namedIn(query), concernsOpen: true };
}

/** Idempotent: what is filled in stays filled in. Until then the query is on no clerk's list (desk-scope.ts). */
export const fillConcerns: Subscriber = {
  name: 'query.concerns',
  types: ['query.asked'],
  async handle(p, events: readonly DeliveredEvent[]) {
    const ids = [...new Set(events.map(({ data }) => String(data.queryId)))];
    const open = await queries(p)
      .find({ _id: { $in: ids }, concernsOpen: true }, { asker: 1, person: 1, unitCode: 1 })
      .lean<(Subject & Pick<QueryDocument, '_id'>)[]>();
    for (const query of open) {
      const { personIndexes } = await concernOf(p, query);
      await queries(p).collection.updateOne(
        { _id: query._id } as never,
        { $set: { concerns: [...personIndexes] }, $unset: { concernsOpen: '' } } as never,
      );
    }
  },
};

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
