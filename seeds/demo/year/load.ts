import { takeOverCases } from '../../../backend/modules/applications/index.ts';
import { recordEvents } from '../../../backend/modules/audit/index.ts';
import { getCalendar } from '../../../backend/modules/clock/index.ts';
import {
  advanceFill,
  beginFill,
  collectFacts,
  factTypes,
  findFill,
  recordEarlierAlarms,
} from '../../../backend/modules/supervision/index.ts';
import type { Job } from '../../../backend/platform/jobs/scheduler.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { buildCase, type CasePlace } from './build-case.ts';
import { YEAR_CASES } from './bureau.ts';
import { loadYearPeople, type YearPeople } from './people.ts';
import { placesOf, unitsFor } from './places.ts';
import { simulateYear, type PlannedCase } from './simulate.ts';
import { generateYearUnits, loadYearUnits } from './units.ts';

/** Cases in one write. A kill loses the work on as many, no more. */
const BATCH = 50;
/** A run ends after this and the next one begins a little later: what people ask for comes in between. */
const RUN_MS = 900;

interface Ready {
  asOf: number;
  /** Those loaded are let go. */
  cases: (PlannedCase | null)[];
  places: CasePlace[];
  people: YearPeople;
}

const ready = new WeakMap<object, Ready>();

/** Plan, people and units, made again by a process that goes on where another one died: the same, by the same seed and day. */
async function prepare(p: Platform, asOf: Date, count: number): Promise<Ready> {
  const key = p.database.connection;
  const known = ready.get(key);
  if (known?.asOf === asOf.getTime()) return known;
  const { cases, clerks } = await simulateYear({ calendar: await getCalendar(p), now: asOf, count });
  const people = await loadYearPeople(p, clerks);
  const { units, imports } = generateYearUnits(unitsFor(cases));
  await loadYearUnits(p, imports);
  const made = { asOf: asOf.getTime(), cases, places: placesOf(cases, units), people };
  ready.set(key, made);
  return made;
}

async function loadBatch(
  p: Platform,
  { cases, places, people }: Ready,
  from: number,
  to: number,
): Promise<void> {
  const imports = [];
  for (let n = from; n < to; n += 1) {
    const one = cases[n];
    const place = places[n];
    if (one && place) imports.push(buildCase(one, place, people, 'year'));
  }
  const { events, alarms } = await takeOverCases(p, imports);
  await recordEvents.handle(p, events);
  const counted = events.filter(({ type }) => factTypes.includes(type));
  await collectFacts(p, counted);
  await recordEarlierAlarms(p, alarms);
  cases.fill(null, from, to);
}

/**
 * A part of the year: as many batches as fit in the time. Each batch can be done again, so a process may die anywhere; the next one
 * goes on from the last that was written down.
 * @returns how many cases are there now, of how many
 */
export async function loadSomeOfYear(
  p: Platform,
  { count = YEAR_CASES, runMs = RUN_MS }: { count?: number; runMs?: number } = {},
): Promise<{ done: number; total: number }> {
  if (p.config.production) throw new Error('demo data is refused in production');
  const until = performance.now() + runMs;
  const fill = (await findFill(p)) ?? (await beginFill(p, { asOf: p.time.now(), total: count }));
  const { total } = fill;
  let { done } = fill;
  if (done >= total) return { done, total };
  const plan = await prepare(p, fill.asOf, total);
  // At least one, however long the preparation took.
  do {
    const to = Math.min(total, done + BATCH);
    await loadBatch(p, plan, done, to);
    done = to;
    await advanceFill(p, done);
  } while (done < total && performance.now() < until);
  if (done >= total) ready.delete(p.database.connection);
  return { done, total };
}

/** The whole year at once, for tests and benches that ask for it. */
export async function loadYear(p: Platform, options: { count?: number } = {}): Promise<void> {
  for (;;) {
    const { done, total } = await loadSomeOfYear(p, { ...options, runMs: 60_000 });
    if (done >= total) return;
  }
}

const finished = new WeakSet<object>();

/** Fills in the demo year after the portal has begun to serve, under a lease, so that one process at a time does. */
export const fillDemoYear: Job = {
  name: 'demo.year',
  everyMs: 1_000,
  async run(p) {
    const key = p.database.connection;
    if (finished.has(key)) return undefined;
    const { done, total } = await loadSomeOfYear(p, { count: p.config.demoCases });
    if (done < total) return undefined;
    finished.add(key);
    return { cases: total };
  },
};
