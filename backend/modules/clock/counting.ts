import type { Calendar } from './calendar.ts';
import type { Limit } from './contract.ts';
import { addMonths, dayNumberOf, instantOf } from './days.ts';
import { isPausedAt, lastDayClosedBefore, type Interval } from './pauses.ts';
import { closeOf, countWorkdays, hoursOn, isWorkday, nthWorkdayAfter, workdayOnOrAfter } from './workdays.ts';

/**
 * How each unit of a limit reaches its end. A day counts if and only if the clock runs at its close; the due day is the
 * N-th counted day and the due instant its close (民法典第二百零一条至第二百零三条).
 */

/** What can count: working days (工作日), or every day (日, 月). */
interface Counter {
  count(after: number, through: number): number;
  nthAfter(day: number, n: number): number;
}

function counterOf(calendar: Calendar, unit: Limit['unit']): Counter {
  if (unit === 'workingDay') {
    return {
      count: (after, through) => countWorkdays(calendar, after, through),
      nthAfter: (day, n) => nthWorkdayAfter(calendar, day, n),
    };
  }
  return { count: (after, through) => Math.max(0, through - after), nthAfter: (day, n) => day + n };
}

export interface Due {
  /** Null when a pause without end comes before the limit is reached. */
  day: number | null;
  at: Date | null;
  /** Counted days, or office minutes for limits in hours, that were still to come when the open pause began; else 0. */
  left: number;
}

export interface CountInput {
  calendar: Calendar;
  limit: Limit;
  acceptedAt: Date;
  /** Merged: see mergePauses. */
  pauses: readonly Interval[];
  /** Added by extensions, in working days (working days and hours) or days. */
  extraDays: number;
}

/** Days that a limit in days or months counts before pauses and before the shift off a rest day. */
export function amountInDays({
  limit,
  acceptedAt,
  extraDays,
}: Pick<CountInput, 'limit' | 'acceptedAt' | 'extraDays'>): number {
  if (limit.unit !== 'month') return limit.amount + extraDays;
  const start = dayNumberOf(acceptedAt);
  return addMonths(start, limit.amount) - start + extraDays;
}

function nthRunningDay(counter: Counter, input: CountInput, amount: number): Due {
  const { calendar, acceptedAt, pauses } = input;
  let cursor = dayNumberOf(acceptedAt);
  let left = amount;
  for (const { from, to } of pauses) {
    const ran = counter.count(cursor, lastDayClosedBefore(calendar, from));
    if (ran >= left) break;
    left -= ran;
    if (to === Infinity) return { day: null, at: null, left };
    cursor = Math.max(cursor, lastDayClosedBefore(calendar, to));
  }
  const day = counter.nthAfter(cursor, left);
  return { day, at: closeOf(calendar, day), left: 0 };
}

/** 民法典 203: a last day that is a day off moves to the next working day, here to one at whose close the clock runs. */
function shiftToWorkday(input: CountInput, nominal: number): Due {
  const { calendar, pauses } = input;
  let day = workdayOnOrAfter(calendar, nominal);
  for (;;) {
    const close = closeOf(calendar, day).getTime();
    const pause = pauses.find(({ from, to }) => from <= close && close < to);
    if (!pause) return { day, at: closeOf(calendar, day), left: 0 };
    if (pause.to === Infinity) return { day: null, at: null, left: 0 };
    day = workdayOnOrAfter(calendar, Math.max(day + 1, lastDayClosedBefore(calendar, pause.to) + 1));
  }
}

/** Office time of one day in milliseconds, pauses cut out, in order. */
export function runningSpans(
  calendar: Calendar,
  day: number,
  start: number,
  pauses: readonly Interval[],
): Interval[] {
  if (!isWorkday(calendar, day)) return [];
  const spans: Interval[] = [];
  for (const { opens, closes } of hoursOn(calendar, day).segments) {
    let from = Math.max(instantOf(day, opens).getTime(), start);
    const end = instantOf(day, closes).getTime();
    for (const pause of pauses) {
      if (pause.to <= from || pause.from >= end) continue;
      if (pause.from > from) spans.push({ from, to: pause.from });
      from = Math.max(from, pause.to);
    }
    if (from < end) spans.push({ from, to: end });
  }
  return spans;
}

/** A limit in hours in office minutes; a day of extension is as long as that of acceptance. */
export function hoursInMinutes({
  calendar,
  limit,
  acceptedAt,
  extraDays,
}: Pick<CountInput, 'calendar' | 'limit' | 'acceptedAt' | 'extraDays'>): number {
  return limit.amount * 60 + extraDays * hoursOn(calendar, dayNumberOf(acceptedAt)).minutes;
}

/** The first instant at which the running time inside office hours reaches the amount. */
function dueByHours(input: CountInput): Due {
  const { calendar, acceptedAt, pauses } = input;
  let left = hoursInMinutes(input) * 60_000;
  const open = pauses.find(({ to }) => to === Infinity);
  for (let day = dayNumberOf(acceptedAt); ; day++) {
    for (const { from, to } of runningSpans(calendar, day, acceptedAt.getTime(), pauses)) {
      if (to - from >= left) return { day, at: new Date(from + left), left: 0 };
      left -= to - from;
    }
    if (open && instantOf(day, 24 * 60).getTime() > open.from)
      return { day: null, at: null, left: Math.ceil(left / 60_000) };
  }
}

/** Where a limit ends. Pure: the same input gives the same due day in any zone, at any time. */
export function computeDue(input: CountInput): Due {
  const { calendar, limit } = input;
  if (limit.unit === 'workingHour') return dueByHours(input);
  const counter = counterOf(calendar, limit.unit);
  const due = nthRunningDay(counter, input, amountInDays(input));
  if (limit.unit === 'workingDay' || due.day === null) return due;
  return shiftToWorkday(input, due.day);
}

/** Counted days whose close has come at `through` (a day number). */
export function countedThrough(input: CountInput, through: number): number {
  const { calendar, limit, acceptedAt, pauses } = input;
  const counter = counterOf(calendar, limit.unit);
  const start = dayNumberOf(acceptedAt);
  let counted = counter.count(start, through);
  for (const { from, to } of pauses) {
    const first = Math.max(start, lastDayClosedBefore(calendar, from));
    const last = to === Infinity ? through : Math.min(through, lastDayClosedBefore(calendar, to));
    counted -= counter.count(first, last);
  }
  return counted;
}

/** Milliseconds of running office time from acceptance to an instant. */
export function officeMsUntil(input: CountInput, until: number): number {
  const { calendar, acceptedAt, pauses } = input;
  let total = 0;
  for (let day = dayNumberOf(acceptedAt); day <= dayNumberOf(new Date(until)); day++) {
    for (const { from, to } of runningSpans(calendar, day, acceptedAt.getTime(), pauses)) {
      total += Math.max(0, Math.min(to, until) - from);
    }
  }
  return total;
}

/** Whether a day is counted for the limit: the calendar lets it count and the clock runs at its close. */
export function isCounted(input: CountInput, day: number): boolean {
  const { calendar, limit, acceptedAt, pauses } = input;
  if (day <= dayNumberOf(acceptedAt)) return false;
  if (limit.unit === 'workingDay' && !isWorkday(calendar, day)) return false;
  return !isPausedAt(pauses, closeOf(calendar, day).getTime());
}
