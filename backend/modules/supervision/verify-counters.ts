import { isDeepStrictEqual } from 'node:util';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { markDays } from './collect-facts.ts';
import { counterDays, periodCounters, type CounterDay, type PeriodCounter } from './counter.model.ts';
import { countDay } from './fold-days.ts';

/** Days of one run: the whole history is gone through in turns. */
const DAYS = 40;

/**
 * Compares the counters of some days with a recount of their facts; a day that differs is logged and counted again.
 * @param from first legal day; those after it in turn
 */
export async function verifyCounters(
  p: Platform,
  from: string,
): Promise<{ checked: number; wrong: number; last: string | null }> {
  const days = (await counterDays(p)
    .collection.find({ _id: { $gte: from } as never, dirty: false })
    .sort({ _id: 1 })
    .limit(DAYS)
    .toArray()) as unknown as CounterDay[];
  const wrong: string[] = [];
  for (const { _id: day } of days) {
    const stored = (await periodCounters(p)
      .collection.find({ period: day }, { hint: 'period' })
      .toArray()) as unknown as PeriodCounter[];
    const counted = await countDay(p, day);
    const same =
      stored.length === counted.size &&
      stored.every(({ dimension, tally }) => isDeepStrictEqual(tally, counted.get(dimension)?.tally));
    if (!same) wrong.push(day);
  }
  if (wrong.length > 0) {
    p.log.error({ days: wrong }, 'counters differed from a recount');
    await markDays(p, wrong);
  }
  return { checked: days.length, wrong: wrong.length, last: days.at(-1)?._id ?? null };
}

/** Where the next run goes on, by database. */
const nextDay = new WeakMap<object, string>();

export const verifyCountersJob: Job = {
  name: 'supervision.verify',
  everyMs: 600_000,
  async run(p) {
    const { connection } = p.database;
    const { checked, wrong, last } = await verifyCounters(p, nextDay.get(connection) ?? '');
    nextDay.set(connection, checked < DAYS || last === null ? '' : `${last}x`);
    return { wrong };
  },
};
