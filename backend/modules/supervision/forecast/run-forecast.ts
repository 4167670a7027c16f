import type { IsHeld, Job } from '../../../platform/jobs/scheduler.ts';
import type { Platform } from '../../../platform/platform.ts';
import { closeOf, dayNumberOf, nthWorkdayAfter } from '../../clock/index.ts';
import { breather } from './breathe.ts';
import { forecastRuns, type ForecastDocument } from './forecast.model.ts';
import { keepForecasts } from './keep-forecasts.ts';
import { learnt } from './learn.ts';
import { loadOpen, loadRules, type OpenCase } from './load-courses.ts';
import { chanceOfBreach, type Outlook } from './outlook.ts';
import { standingsAt, type Standing } from './standing.ts';
import { workingTime } from './working-time.ts';

interface Moment {
  at: number;
  /** The close of the next working day: what ends by then is the day ahead. */
  horizon: number;
}

function forecastOf(
  standing: Standing,
  { no, clerk }: OpenCase,
  outlook: Outlook,
  { at, horizon }: Moment,
): Omit<ForecastDocument, 'print'> {
  const { id, type, office, due, ...rest } = standing;
  const chance = due === null ? null : due <= at ? 1 : chanceOfBreach(outlook, standing);
  return {
    _id: id,
    no,
    typeCode: type,
    officeId: office === '' ? null : office,
    clerk,
    dueAt: due === null ? null : new Date(due),
    chance,
    order: Math.round((1 - (chance ?? 0)) * 1e9),
    likely: chance !== null && due !== null && due > at && due <= horizon && chance >= outlook.line,
    standing: rest,
  };
}

/**
 * Forecasts every open case and brings what was forecast before up to it. Reads documents and writes only what can be made again, so
 * it may be cut off anywhere: then the older forecasts stand until the next run. It gives way to requests all along.
 */
export async function runForecast(
  p: Platform,
  isHeld: IsHeld = () => Promise.resolve(true),
): Promise<{ open: number; likely: number; written: number }> {
  const startedAt = performance.now();
  const breathe = breather();
  const rules = await loadRules(p);
  const open = await loadOpen(p, rules, breathe);
  const { past, outlook, backTest } = await learnt(p, open, rules, breathe);
  const computedAt = p.time.now();
  const { calendar } = rules;
  const moment = {
    at: computedAt.getTime(),
    horizon: closeOf(calendar, nthWorkdayAfter(calendar, dayNumberOf(computedAt), 1)).getTime(),
  };
  const courses = open.map(({ course }) => course);
  const standings = await standingsAt(courses, moment.at, rules, {
    past,
    time: workingTime(calendar),
    breathe,
  });
  const cases = new Map(open.map((one) => [one.course.id, one]));
  const figures = { open: 0, likely: 0 };
  function* made() {
    for (const standing of standings) {
      const one = cases.get(standing.id);
      if (!one) continue;
      const forecast = forecastOf(standing, one, outlook, moment);
      figures.open += 1;
      if (forecast.likely) figures.likely += 1;
      yield forecast;
    }
  }
  const written = await keepForecasts(p, made(), { breathe, isHeld });
  const costMs = Math.round(performance.now() - startedAt);
  // A run that lost its lease on the way says nothing: whoever has it now knows later.
  if (await isHeld())
    await forecastRuns(p).collection.updateOne(
      { _id: 'latest' as never },
      { $set: { computedAt, ...figures, backTest, costMs } as never },
      { upsert: true },
    );
  return { ...figures, written };
}

/** Under the scheduler's lease. Its figure goes to no log: it is the same minute after minute. */
export const forecastJob: Job = {
  name: 'supervision.forecast',
  everyMs: 60_000,
  // At a hundred thousand open cases a run takes many seconds of a core: no more than a thirtieth of the time.
  restFactor: 30,
  async run(p, _now, isHeld) {
    await runForecast(p, isHeld);
    return undefined;
  },
};
