import { readdirSync, readFileSync } from 'node:fs';

/**
 * A second, slow and plain reading of the deadline rules, to check the clock against. It walks day by day (minute by
 * minute for office hours) over text dates and the raw calendar files, and shares no code with the clock on purpose:
 * a mistake must be made twice, in two different ways, to stay unseen.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FOLDER = new URL('../../seeds/reference/calendars/', import.meta.url);

export interface OracleCalendar {
  off: Set<string>;
  work: Set<string>;
}

interface RawVersion {
  version: number;
  publishedOn: string;
  off: { from: string; to: string }[];
  makeUp: { on: string }[];
}

export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + DAY).toISOString().substring(0, 10);

/** Days off and worked weekends as the notices in force on a day (default: all of them) have them. */
export function readOracleCalendar(asOf = '9999-12-31'): OracleCalendar {
  const calendar: OracleCalendar = { off: new Set(), work: new Set() };
  for (const name of readdirSync(FOLDER)) {
    if (!/^\d{4}\.json$/.test(name)) continue;
    const { versions } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as {
      versions: RawVersion[];
    };
    let chosen: RawVersion | undefined;
    for (const version of versions) {
      if (version.publishedOn <= asOf && (!chosen || version.version > chosen.version)) chosen = version;
    }
    for (const { from, to } of chosen?.off ?? []) {
      for (let day = from; day <= to; day = nextDay(day)) calendar.off.add(day);
    }
    for (const { on } of chosen?.makeUp ?? []) calendar.work.add(on);
  }
  return calendar;
}

export function oracleIsWorkday(calendar: OracleCalendar, day: string): boolean {
  if (calendar.work.has(day)) return true;
  if (calendar.off.has(day)) return false;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

export interface OraclePause {
  from: number;
  to: number | null;
}

export interface OracleCase {
  amount: number;
  unit: string;
  acceptedAt: number;
  pauses: readonly OraclePause[];
  extraDays?: number;
}

/** The calendar date in China at an instant. */
export const chinaDay = (instant: number): string =>
  new Date(instant + 8 * HOUR).toISOString().substring(0, 10);

const closeAt = (day: string): number => Date.parse(`${day}T17:00:00+08:00`);

const pausedAt = (pauses: readonly OraclePause[], instant: number): boolean =>
  pauses.some(
    ({ from, to }) => instant >= from && (to === null || instant < to) && (to === null || to > from),
  );

const foreverPausedAfter = (pauses: readonly OraclePause[], instant: number): boolean =>
  pauses.some(({ from, to }) => to === null && from <= instant);

export interface OracleAnswer {
  dueOn: string;
  dueAt: number;
}

function openAt(calendar: OracleCalendar, instant: number): boolean {
  if (!oracleIsWorkday(calendar, chinaDay(instant))) return false;
  const time = new Date(instant + 8 * HOUR).toISOString().substring(11, 16);
  return (time >= '08:30' && time < '12:00') || (time >= '13:30' && time < '17:00');
}

function hoursDue(calendar: OracleCalendar, input: OracleCase): OracleAnswer | null {
  let left = input.amount * 60 + (input.extraDays ?? 0) * 420;
  for (let instant = input.acceptedAt; ; instant += 60_000) {
    if (foreverPausedAfter(input.pauses, instant)) return null;
    if (!openAt(calendar, instant) || pausedAt(input.pauses, instant)) continue;
    left -= 1;
    if (left === 0) return { dueOn: chinaDay(instant), dueAt: instant + 60_000 };
  }
}

function monthsLater(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const total = year * 12 + (month - 1) + months;
  const prefix = `${String(Math.floor(total / 12))}-${String((total % 12) + 1).padStart(2, '0')}`;
  for (let candidate = date; ; candidate--) {
    const text = `${prefix}-${String(candidate).padStart(2, '0')}`;
    const parsed = Date.parse(`${text}T12:00:00Z`);
    // An engine may roll 31 April over to 1 May: only a date that stays itself exists.
    if (!Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(text)) return text;
  }
}

/** When a case is due, or null when a pause without end comes first. */
export function oracleDue(calendar: OracleCalendar, input: OracleCase): OracleAnswer | null {
  if (input.unit === 'workingHour') return hoursDue(calendar, input);
  const start = chinaDay(input.acceptedAt);
  let left = input.amount;
  if (input.unit === 'month') {
    left = 0;
    for (let day = start; day < monthsLater(start, input.amount); day = nextDay(day)) left += 1;
  }
  left += input.extraDays ?? 0;
  let day = start;
  while (left > 0) {
    day = nextDay(day);
    if (foreverPausedAfter(input.pauses, closeAt(day))) return null;
    if (input.unit === 'workingDay' && !oracleIsWorkday(calendar, day)) continue;
    if (!pausedAt(input.pauses, closeAt(day))) left -= 1;
  }
  while (!oracleIsWorkday(calendar, day) || pausedAt(input.pauses, closeAt(day))) {
    day = nextDay(day);
    if (foreverPausedAfter(input.pauses, closeAt(day))) return null;
  }
  return { dueOn: day, dueAt: closeAt(day) };
}

/** Office minutes from one instant to another, by walking every minute of every worked day between them. */
export function oracleOfficeMinutes(
  calendar: OracleCalendar,
  from: number,
  to: number,
  pauses: readonly OraclePause[] = [],
): number {
  let minutes = 0;
  for (let day = chinaDay(from); day <= chinaDay(to); day = nextDay(day)) {
    if (!oracleIsWorkday(calendar, day)) continue;
    for (const [opens, closes] of [
      ['08:30', '12:00'],
      ['13:30', '17:00'],
    ]) {
      const end = Date.parse(`${day}T${closes}:00+08:00`);
      for (let at = Date.parse(`${day}T${opens}:00+08:00`); at < end; at += 60_000) {
        if (at >= from && at < to && !pausedAt(pauses, at)) minutes += 1;
      }
    }
  }
  return minutes;
}

/** Whether the rest of a limit is at most max(1 day, a third of it), or a third of its hours where it is no longer than a day. */
export function oracleIsYellow(
  calendar: OracleCalendar,
  one: OracleCase,
  dueAt: number,
  now: number,
): boolean {
  const perUnit = { workingHour: 60, workingDay: 420, day: 420, month: 30 * 420 }[one.unit] ?? 0;
  const total = one.amount * perUnit + (one.extraDays ?? 0) * 420;
  const threshold = total <= 420 ? total / 3 : Math.max(420, total / 3);
  const hours = one.unit === 'workingHour';
  const tomorrow = Date.parse(`${nextDay(chinaDay(one.acceptedAt))}T00:00:00+08:00`);
  const from = hours ? Math.max(now, one.acceptedAt) : Math.max(now, tomorrow);
  return oracleOfficeMinutes(calendar, from, dueAt, hours ? one.pauses : []) <= threshold;
}
