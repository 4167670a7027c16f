import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { alarms } from './alarm.model.ts';
import type { LatenessHistogram, LatenessQuery } from './contract.ts';
import { errors } from './errors.ts';

/** Upper bounds of the bins in milliseconds. */
export const BOUNDS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000] as const;

const DAY_MS = 86_400_000;
const PROMPT_MS = 10_000;

/** How long after its instant each alarm of these days was raised (lateness of firing), from the index alone. */
export async function measureLateness(p: Platform, query: LatenessQuery): Promise<LatenessHistogram> {
  const today = legalDayOf(p.time.now());
  const to = query.to ?? today;
  const from = query.from ?? legalDayOf(new Date(instantAt(to).getTime() - 29 * DAY_MS));
  if (from > to) return errors.fail('supervision.period_wrong');
  const groups = (await alarms(p)
    .collection.aggregate(
      [
        {
          $match: {
            raisedAt: { $gte: instantAt(from), $lt: new Date(instantAt(to).getTime() + DAY_MS) },
          },
        },
        { $group: { _id: '$latenessMs', count: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ],
      { hint: 'lateness' },
    )
    .toArray()) as { _id: number; count: number }[];
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const atMost = (bound: number) =>
    groups.reduce((sum, { _id, count }) => (_id <= bound ? sum + count : sum), 0);
  /** The least lateness that at least this part of the alarms did not exceed. */
  const percentile = (part: number): number | null => {
    let seen = 0;
    for (const { _id, count } of groups) {
      seen += count;
      if (seen >= Math.ceil(total * part)) return _id;
    }
    return null;
  };
  const cumulative = [...BOUNDS.map(atMost), total];
  return {
    from,
    to,
    alarms: total,
    bins: cumulative.map((count, place) => ({
      atMostMs: BOUNDS[place] ?? null,
      count: count - (cumulative[place - 1] ?? 0),
    })),
    medianMs: percentile(0.5),
    p99Ms: percentile(0.99),
    maxMs: groups.at(-1)?._id ?? null,
    promptShare: total === 0 ? null : atMost(PROMPT_MS) / total,
  };
}
