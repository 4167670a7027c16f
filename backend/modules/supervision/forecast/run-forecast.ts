import type { Job } from '../../../platform/jobs/scheduler.ts';
import type { Platform } from '../../../platform/platform.ts';
import { newId } from '../../../platform/ids.ts';
import { closeOf, dayNumberOf, nthWorkdayAfter } from '../../clock/index.ts';
import { judgedDays, lastCloseBefore, scoreDays, type BackTest } from './back-test.ts';
import type { Rules } from './course.ts';
import { forecastRuns, forecasts, type ForecastDocument } from './forecast.model.ts';
import { loadEnded, loadOpen, loadRules, type OpenCase } from './load-courses.ts';
import { chanceOfBreach, fitOutlook, type Outlook } from './outlook.ts';
import { pastOf, type Past } from './past.ts';
import { standingsAt } from './standing.ts';
import { workingTime } from './working-time.ts';

const DAY_MS = 86_400_000;
/** Calendar days looked back: the days that are forecast again, and before each of them the weeks that teach. */
const LOOK_BACK_DAYS = 126;
const JUDGED_DAYS = 63;
/** What the weeks teach hardly changes in an hour. */
const LEARNT_MS = 3_600_000;
/** With fewer known breaches nothing can be learnt: then the likeness alone speaks, in its own odds. */
const FEWEST_BROKEN = 20;
const PLAIN: Outlook = { weights: [0, 1, 0, 0, 0], line: 0.5, examples: 0 };

interface Learnt {
  at: number;
  rules: Rules;
  past: Past;
  outlook: Outlook;
  backTest: Omit<BackTest, 'outlook'> | null;
}

const memory = new WeakMap<object, Learnt>();
const breathe = () => new Promise((resolve) => setImmediate(resolve));

/** The past days forecast again and judged, and weights from all of them for the days to come. */
async function learn(p: Platform, open: readonly OpenCase[], rules: Rules): Promise<Learnt> {
  const now = p.time.now().getTime();
  const ended = await loadEnded(p, new Date(now - LOOK_BACK_DAYS * DAY_MS));
  const courses = [...ended, ...open.map(({ course }) => course)];
  const to = lastCloseBefore(rules, now);
  const days = await judgedDays(courses, rules, { from: to - JUDGED_DAYS, to, breathe });
  const all = days.flatMap(({ judged }) => judged);
  const enough = all.filter(({ broken }) => broken).length >= FEWEST_BROKEN;
  const { outlook: _first, ...backTest } = scoreDays(days);
  return {
    at: now,
    rules,
    past: pastOf(courses, workingTime(rules.calendar)),
    outlook: enough ? fitOutlook(all) : PLAIN,
    backTest: enough ? backTest : null,
  };
}

async function learnt(p: Platform, open: readonly OpenCase[], rules: Rules): Promise<Learnt> {
  const key = p.database.connection;
  const known = memory.get(key);
  const fresh = known && Math.abs(p.time.now().getTime() - known.at) < LEARNT_MS;
  if (fresh && known.rules.calendar.version === rules.calendar.version) return known;
  const made = await learn(p, open, rules);
  memory.set(key, made);
  return made;
}

/**
 * Forecasts every open case and replaces what was forecast before. Reads documents and writes only what can be made again, so it may be
 * cut off anywhere: then the older forecasts stand until the next run.
 */
export async function runForecast(p: Platform): Promise<{ open: number; likely: number }> {
  const startedAt = performance.now();
  const rules = await loadRules(p);
  const open = await loadOpen(p, rules);
  const { past, outlook, backTest } = await learnt(p, open, rules);
  const computedAt = p.time.now();
  const at = computedAt.getTime();
  const time = workingTime(rules.calendar);
  const courses = open.map(({ course }) => course);
  const docs = new Map(open.map(({ doc }) => [doc._id, doc]));
  const horizon = closeOf(
    rules.calendar,
    nthWorkdayAfter(rules.calendar, dayNumberOf(computedAt), 1),
  ).getTime();
  const run = newId();
  const written = standingsAt(courses, at, rules, { past, time }).flatMap((one): ForecastDocument[] => {
    const { id, type, office, due, ...standing } = one;
    const doc = docs.get(id);
    if (!doc) return [];
    const chance = due === null ? null : due <= at ? 1 : chanceOfBreach(outlook, one);
    return [
      {
        _id: id,
        no: doc.no ?? '',
        typeCode: type,
        officeId: office === '' ? null : office,
        clerk: doc.handler && { accountId: doc.handler.accountId, name: doc.handler.name },
        dueAt: due === null ? null : new Date(due),
        chance,
        order: Math.round((1 - (chance ?? 0)) * 1e9),
        likely: chance !== null && due !== null && due > at && due <= horizon && chance >= outlook.line,
        standing,
        run,
      },
    ];
  });
  const { collection } = forecasts(p);
  for (let start = 0; start < written.length; start += 200) {
    await collection.bulkWrite(
      written.slice(start, start + 200).map(({ _id, ...rest }) => ({
        replaceOne: { filter: { _id: _id as never }, replacement: rest as never, upsert: true },
      })),
      { ordered: false },
    );
  }
  await collection.deleteMany({ run: { $ne: run } });
  const figures = { open: written.length, likely: written.filter(({ likely }) => likely).length };
  const costMs = Math.round(performance.now() - startedAt);
  await forecastRuns(p).collection.updateOne(
    { _id: 'latest' as never },
    { $set: { computedAt, ...figures, backTest, costMs } as never },
    { upsert: true },
  );
  return figures;
}

/** Under the scheduler's lease. Its figure goes to no log: it is the same minute after minute. */
export const forecastJob: Job = {
  name: 'supervision.forecast',
  everyMs: 60_000,
  async run(p) {
    await runForecast(p);
    return undefined;
  },
};
