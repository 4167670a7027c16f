import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildCalendar,
  type Calendar,
  type CalendarYear,
  type OfficeHours,
} from '../../backend/modules/clock/calendar.ts';
import type { Limit } from '../../backend/modules/clock/contract.ts';
import type { Pause } from '../../backend/modules/clock/pauses.ts';

const LONG = process.env.PROPERTY_RUNS === undefined ? null : Number(process.env.PROPERTY_RUNS);

/** How often a property is tried: PROPERTY_RUNS cases each (`npm run test:properties`), else a quick number over `cost`. */
export const runs = (cost = 1): { numRuns: number } => ({ numRuns: LONG ?? Math.ceil(2_000 / cost) });

const folder = join(process.cwd(), 'seeds/reference/calendars');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

export const years = readdirSync(folder)
  .filter((name) => /^\d{4}\.json$/.test(name))
  .map((name) => read(name) as CalendarYear);
/** The timetable that every vector is made with. */
export const hours = (read('office-hours.json') as { versions: [OfficeHours] }).versions[0];
export const calendar: Calendar = buildCalendar(years, hours);

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const FIRST = Date.parse('2007-01-01T00:00:00+08:00');
const LAST = Date.parse('2027-06-30T00:00:00+08:00');

/** Minutes of the day at which rules turn: midnight, opening, noon, close and their neighbours. */
const EDGES = [0, 1, 509, 510, 511, 719, 720, 809, 810, 1019, 1020, 1021, 1439];
const minuteOfDay = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: 0, max: 1439 }));

const specialDays = [...calendar.off.keys(), ...calendar.makeUp.keys()].map(
  (day) => day * DAY - 8 * 60 * MINUTE,
);
const anyDay = fc.integer({ min: 0, max: (LAST - FIRST) / DAY }).map((days) => FIRST + days * DAY);
const nearHoliday = fc
  .tuple(fc.constantFrom(...specialDays), fc.integer({ min: -8, max: 8 }))
  .map(([day, shift]) => Math.max(FIRST, day + shift * DAY));

export const acceptedAt = fc
  .tuple(fc.oneof(anyDay, nearHoliday, nearHoliday), minuteOfDay)
  .map(([day, minute]) => new Date(day + minute * MINUTE));

export const limitInDays: fc.Arbitrary<Limit> = fc
  .integer({ min: 1, max: 40 })
  .map((amount) => ({ amount, unit: 'workingDay' as const }));

export const anyLimit: fc.Arbitrary<Limit> = fc.oneof(
  limitInDays,
  fc.integer({ min: 1, max: 16 }).map((amount) => ({ amount, unit: 'workingHour' as const })),
  fc.integer({ min: 1, max: 95 }).map((amount) => ({ amount, unit: 'day' as const })),
  fc.integer({ min: 1, max: 37 }).map((amount) => ({ amount, unit: 'month' as const })),
);

interface RelativePause {
  startDay: number;
  startMinute: number;
  length: number | null;
  reason: string;
}

const lengthMinutes = fc.oneof(
  fc.integer({ min: 0, max: 600 }),
  fc.integer({ min: 0, max: 20 }).map((days) => days * 1_440),
  fc.integer({ min: 0, max: 30_000 }),
);

const relativePause = (open: boolean): fc.Arbitrary<RelativePause> =>
  fc.record({
    startDay: fc.integer({ min: -2, max: 45 }),
    startMinute: minuteOfDay,
    length: open ? fc.option(lengthMinutes, { freq: 12 }) : lengthMinutes,
    reason: fc.constantFrom('supplement', 'notice', 'waitTax', 'suspendedByLaw'),
  });

export interface RandomCase {
  acceptedAt: Date;
  limit: Limit;
  pauses: Pause[];
}

function place({
  acceptedAt: at,
  limit,
  relative,
}: {
  acceptedAt: Date;
  limit: Limit;
  relative: RelativePause[];
}): RandomCase {
  const midnight = Math.floor((at.getTime() + 8 * 60 * MINUTE) / DAY) * DAY - 8 * 60 * MINUTE;
  const pauses = relative.map(({ startDay, startMinute, length, reason }) => {
    const from = midnight + startDay * DAY + startMinute * MINUTE;
    return { from: new Date(from), to: length === null ? null : new Date(from + length * MINUTE), reason };
  });
  return { acceptedAt: at, limit, pauses };
}

/** A case with pauses that nest, overlap, touch, start before acceptance, or never end (if `open`). */
export function randomCase(
  limit: fc.Arbitrary<Limit>,
  { open = true, most = 4 } = {},
): fc.Arbitrary<RandomCase> {
  return fc
    .record({ acceptedAt, limit, relative: fc.array(relativePause(open), { maxLength: most }) })
    .map(place);
}
