import type { Collection } from 'mongodb';
import { onlyDuplicates } from '../../platform/database/insert-absent.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { caseFacts, type CaseFact } from './case-fact.model.ts';
import { counterDays, periodCounters, type CounterDay, type PeriodCounter } from './counter.model.ts';
import { addTally, emptyTally, tallyFacts, type Tally } from './tally.ts';

/**
 * Counters by recount: a day that facts came in for is counted again from its facts, and its month from its days. Nothing is ever
 * added to a counter, so no event can count twice, and a run that was cut off is made good by the next.
 */

interface Counted {
  tally: Tally;
  name: string | null;
}

/** Replaces the tallies of a period, but never newer ones. */
async function replace(
  p: Platform,
  period: string,
  revision: number,
  counted: ReadonlyMap<string, Counted>,
): Promise<void> {
  if (counted.size === 0) return;
  const countedAt = p.time.now();
  const writes = [...counted].map(([dimension, { tally, name }]) => ({
    updateOne: {
      filter: { _id: `${period}|${dimension}` as never, revision: { $lte: revision } },
      update: { $set: { period, dimension, revision, tally, name, countedAt } },
      upsert: true,
    },
  }));
  try {
    await periodCounters(p).collection.bulkWrite(writes as never, { ordered: false });
  } catch (error) {
    // A newer count is there already: the upsert of an older one meets its key.
    if (!onlyDuplicates(error)) throw error;
  }
}

/** The facts of one day, counted. */
export async function countDay(p: Platform, day: string): Promise<Map<string, Counted>> {
  const collection = caseFacts(p).collection as unknown as Collection<CaseFact>;
  const projection = { kind: 1, typeCode: 1, officeId: 1, clerk: 1, end: 1 };
  const facts = await collection.find({ day }, { projection, hint: 'day' }).toArray();
  const names = new Map(facts.map(({ clerk }) => [`clerk:${clerk?.accountId}`, clerk?.name ?? null]));
  return new Map(
    [...tallyFacts(facts)].map(([dimension, tally]) => [
      dimension,
      { tally, name: names.get(dimension) ?? null },
    ]),
  );
}

async function foldMonth(p: Platform, month: string): Promise<void> {
  // The revisions first: a day that is counted meanwhile makes this count an older one.
  const days = (await counterDays(p)
    .collection.find({ _id: { $gte: `${month}-01`, $lte: `${month}-31` } as never })
    .toArray()) as unknown as CounterDay[];
  const revision = days.reduce((sum, day) => sum + day.revision, 0);
  const tallies = (await periodCounters(p)
    .collection.find({ period: { $gte: `${month}-01`, $lte: `${month}-31` } }, { hint: 'period' })
    .toArray()) as unknown as PeriodCounter[];
  const counted = new Map<string, Counted>();
  for (const { dimension, tally, name } of tallies) {
    const known = counted.get(dimension) ?? { tally: emptyTally(), name };
    counted.set(dimension, known);
    addTally(known.tally, tally);
  }
  await replace(p, month, revision, counted);
}

/** Counts again every day that facts came in for, and the months they lie in. @returns the days */
export async function foldDirtyDays(p: Platform): Promise<string[]> {
  const dirty = (await counterDays(p)
    .collection.find({ dirty: true }, { hint: 'dirty' })
    .sort({ dirty: 1 })
    .limit(100)
    .toArray()) as unknown as CounterDay[];
  for (const { _id: day, revision } of dirty) await replace(p, day, revision, await countDay(p, day));
  for (const month of new Set(dirty.map(({ _id }) => _id.slice(0, 7)))) await foldMonth(p, month);
  for (const { _id, revision } of dirty) {
    // Facts that came in meanwhile raised the revision: the day stays to be counted again.
    await counterDays(p).collection.updateOne({ _id: _id as never, revision }, { $set: { dirty: false } });
  }
  return dirty.map(({ _id }) => _id);
}

export const foldCounters: Job = {
  name: 'supervision.counters',
  everyMs: 1_000,
  // On a busy day all of its facts are counted again each time.
  restFactor: 60,
  async run(p) {
    const days = await foldDirtyDays(p);
    return { days: days.length };
  },
};
