import type { DeadlineAnswer } from '../../../backend/modules/applications/contract.ts';
import { legalDay } from '../../i18n/format.ts';
import { weekdayOf } from './days.ts';

type WireRow = NonNullable<DeadlineAnswer['promised']>['trace'][number];

/** What the strip needs to know of a day, from the server's day-by-day sheet. Where it stands to today is added. */
export interface TraceDay {
  date: string;
  weekday: number;
  kind: 'start' | 'counted' | 'off' | 'paused' | 'late';
  /** A Saturday or Sunday that is worked. */
  makeUp: boolean;
  /** Part of a holiday, not just a weekend; `name` where the notice names it. */
  holiday: boolean;
  name: WireRow['holiday'];
  /** Which counted day it is. */
  ordinal: number | null;
  basis: WireRow['basis'];
  provisional: boolean;
  today: boolean;
  /** Before today, or up to the day on which the clock stopped. */
  past: boolean;
  due: boolean;
  late: boolean;
  /** The day on which the case was recorded, and its clock stopped. */
  stopped: boolean;
}

export interface TraceTotals {
  counted: number;
  holidays: number;
  weekends: number;
  paused: number;
}

const KINDS = {
  start: 'start',
  counted: 'counted',
  makeUp: 'counted',
  extended: 'counted',
  off: 'off',
  paused: 'paused',
  late: 'late',
} as const satisfies Record<WireRow['kind'], TraceDay['kind']>;

/** A weekend that touches a weekday off belongs to that holiday, as the State Council's notice counts it. */
function markHolidays(days: TraceDay[]): void {
  let from = 0;
  while (from < days.length) {
    let to = from;
    while (days[to]?.kind === 'off') to += 1;
    const run = days.slice(from, to);
    const isHoliday = run.some((day) => day.weekday <= 5 || day.name !== null);
    for (const day of run) day.holiday = isHoliday;
    from = to + 1;
  }
}

export function traceDays(
  clock: { dueOn: string | null; trace: readonly WireRow[] },
  now: string,
  stoppedAt: string | null,
): TraceDay[] {
  const today = legalDay(now);
  const stoppedOn = stoppedAt === null ? null : legalDay(stoppedAt);
  const days = clock.trace.map((row): TraceDay => {
    const kind = KINDS[row.kind];
    return {
      date: row.date,
      weekday: weekdayOf(row.date),
      kind,
      makeUp: row.makeUp,
      holiday: false,
      name: row.holiday,
      ordinal: row.ordinal,
      basis: row.basis,
      provisional: row.provisional,
      today: stoppedOn === null && row.date === today,
      past: row.date < (stoppedOn ?? today) || row.date === stoppedOn,
      due: row.due,
      late: kind === 'late',
      stopped: row.date === stoppedOn,
    };
  });
  markHolidays(days);
  return days;
}

/** Counted so far and what did not count, up to the end of the sheet. */
export function traceTotals(days: readonly TraceDay[]): TraceTotals {
  return {
    counted: days.filter((day) => day.kind === 'counted' && day.past).length,
    holidays: days.filter((day) => day.kind === 'off' && day.holiday).length,
    weekends: days.filter((day) => day.kind === 'off' && !day.holiday).length,
    paused: days.filter((day) => day.kind === 'paused').length,
  };
}
