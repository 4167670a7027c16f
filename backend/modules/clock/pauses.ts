import type { Calendar } from './calendar.ts';
import { dayNumberOf } from './days.ts';
import { closeOf } from './workdays.ts';

/** A stretch in which the clock stands still, half-open: paused at `from`, running again at `to`. Null: still open. */
export interface Pause {
  from: Date;
  to: Date | null;
  reason: string;
}

/** Milliseconds; `Infinity` for an open end. */
export interface Interval {
  from: number;
  to: number;
}

/**
 * The union of pauses that may nest, overlap or touch: the clock runs when none is open, so splitting a pause at an
 * instant or recording it twice changes nothing. Empty pauses vanish.
 */
export function mergePauses(pauses: readonly Pause[]): Interval[] {
  const sorted = pauses
    .map(({ from, to }) => ({ from: from.getTime(), to: to === null ? Infinity : to.getTime() }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged[merged.length - 1];
    if (last && interval.from <= last.to) last.to = Math.max(last.to, interval.to);
    else merged.push({ ...interval });
  }
  return merged;
}

export function isPausedAt(intervals: readonly Interval[], instant: number): boolean {
  return intervals.some(({ from, to }) => from <= instant && instant < to);
}

/** The last day whose close lies strictly before an instant. */
export function lastDayClosedBefore(calendar: Calendar, instant: number): number {
  const day = dayNumberOf(new Date(instant));
  return closeOf(calendar, day).getTime() < instant ? day : day - 1;
}

/** The last day whose close has come at an instant. */
export function lastDayClosedAt(calendar: Calendar, instant: number): number {
  const day = dayNumberOf(new Date(instant));
  return closeOf(calendar, day).getTime() <= instant ? day : day - 1;
}
