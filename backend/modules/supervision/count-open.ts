import { perPlatform } from '../../platform/database/gather.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { applications } from '../applications/index.ts';
import { openFigures, type OpenFigures, type OpenGroup } from './open-figures.model.ts';

const DAY_MS = 86_400_000;
/** Due days that the desk shows lie within this, holidays of a week included. */
const AHEAD_DAYS = 24;
/** Hours are kept for two days: the desk compares with yesterday. */
const KEPT_MS = 2 * DAY_MS;
/** Counting takes at most a sixtieth of the time. */
const REST = 60;

/** The light of an open case as an expression; the same comparisons as `lightOf` of the work list. */
function lightExpression(now: Date) {
  const past = (path: string) => ({ $and: [{ $gt: [path, null] }, { $lt: [path, now] }] });
  return {
    $switch: {
      branches: [
        { case: past('$work.statutoryDueAt'), then: 'black' },
        { case: past('$work.dueAt'), then: 'red' },
        { case: '$work.paused', then: 'paused' },
        { case: { $not: { $gt: ['$work.dueAt', null] } }, then: 'none' },
        {
          case: { $and: [{ $gt: ['$work.yellowAt', null] }, { $lte: ['$work.yellowAt', now] }] },
          then: 'yellow',
        },
      ],
      default: 'green',
    },
  };
}

async function groupsAt(p: Platform, now: Date): Promise<OpenGroup[]> {
  const rows = (await applications(p)
    .collection.aggregate(
      [
        { $match: { 'work.open': true } },
        {
          $group: {
            _id: {
              type: '$typeCode',
              office: '$officeId',
              clerk: '$handler.accountId',
              step: '$work.step',
              light: lightExpression(now),
              pause: '$work.pause',
              pauseOverdue: {
                $and: [{ $gt: ['$work.pauseEndsAt', null] }, { $lt: ['$work.pauseEndsAt', now] }],
              },
            },
            count: { $sum: 1 },
          },
        },
      ],
      { hint: 'open-figures', allowDiskUse: true },
    )
    .toArray()) as { _id: Partial<Omit<OpenGroup, 'count'>>; count: number }[];
  return rows.map(({ _id, count }) => ({
    type: _id.type ?? '',
    office: _id.office ?? null,
    clerk: _id.clerk ?? null,
    step: _id.step ?? null,
    light: _id.light ?? 'none',
    pause: _id.pause ?? null,
    pauseOverdue: _id.pauseOverdue ?? false,
    count,
  }));
}

async function dueAhead(p: Platform, now: Date): Promise<OpenFigures['due']> {
  const today = instantAt(legalDayOf(now));
  const rows = (await applications(p)
    .collection.aggregate(
      [
        {
          $match: {
            'work.open': true,
            'work.dueAt': { $gte: today, $lt: new Date(today.getTime() + AHEAD_DAYS * DAY_MS) },
          },
        },
        {
          $group: { _id: { type: '$typeCode', office: '$officeId', at: '$work.dueAt' }, count: { $sum: 1 } },
        },
      ],
      { hint: 'open-figures', allowDiskUse: true },
    )
    .toArray()) as { _id: { type: string; office?: string | null; at: Date }; count: number }[];
  return rows.map(({ _id: { type, office, at }, count }) => ({ type, office: office ?? null, at, count }));
}

/** All open cases by everything the desk shows, from the index alone. */
export async function countOpen(p: Platform, now: Date): Promise<OpenFigures> {
  const startedAt = performance.now();
  const groups = await groupsAt(p, now);
  const due = await dueAhead(p, now);
  const overdue = groups.reduce(
    (sum, { light, count }) => (light === 'red' || light === 'black' ? sum + count : sum),
    0,
  );
  const costMs = Math.round(performance.now() - startedAt);
  return { _id: 'open', countedAt: now, costMs, groups, due, overdue };
}

/** The hour that this process has kept already; the count itself comes round every second. */
const lastHourOf = perPlatform(() => ({ hour: '' }));

/** Counts, and keeps the count for all processes. */
export async function keepCount(p: Platform, now: Date): Promise<OpenFigures> {
  const figures = await countOpen(p, now);
  const { collection } = openFigures(p);
  const { _id, ...rest } = figures;
  await collection.updateOne({ _id: _id as never }, { $set: rest as never }, { upsert: true });
  const hour = `hour:${now.toISOString().slice(0, 13)}`;
  const last = lastHourOf(p);
  if (last.hour === hour) return figures;
  const { countedAt, overdue } = figures;
  await collection.updateOne(
    { _id: hour as never },
    { $setOnInsert: { countedAt, overdue, costMs: 0, groups: [], due: [] } as never },
    { upsert: true },
  );
  await collection.deleteMany({
    _id: {
      $gte: 'hour:',
      $lt: `hour:${new Date(now.getTime() - KEPT_MS).toISOString().slice(0, 13)}`,
    } as never,
  });
  last.hour = hour;
  return figures;
}

export const countOpenJob: Job = {
  name: 'supervision.open',
  everyMs: 1_000,
  restFactor: REST,
  async run(p, now) {
    await keepCount(p, now);
    return undefined;
  },
};

/** A count that is older than this is not shown: then the reader waits for a new one. */
const STALE_MS = 120_000;

/** The count as it was last read, by database: at a million cases it is large, and changes once in many looks. */
const kept = new WeakMap<object, OpenFigures>();

/** The latest count; counted afresh where no job has counted lately. Writes nothing. */
export async function latestCount(p: Platform): Promise<OpenFigures> {
  const now = p.time.now();
  const { collection } = openFigures(p);
  const id = { _id: 'open' as never };
  const head = (await collection.findOne(id, {
    projection: { countedAt: 1, costMs: 1 },
  })) as unknown as Pick<OpenFigures, 'countedAt' | 'costMs'> | null;
  const age = head && Math.abs(now.getTime() - head.countedAt.getTime());
  if (head === null || age === null || age >= Math.max(STALE_MS, head.costMs * REST * 2))
    return countOpen(p, now);
  const known = kept.get(p.database.connection);
  if (known && known.countedAt.getTime() === head.countedAt.getTime() && known.costMs === head.costMs)
    return known;
  const found = (await collection.findOne(id)) as unknown as OpenFigures | null;
  if (!found) return countOpen(p, now);
  kept.set(p.database.connection, found);
  return found;
}
