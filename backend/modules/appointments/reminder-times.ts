import { instantAt, legalDayOf } from '../../platform/time.ts';

/** When people are reminded: at 18:00 of the day before, and two hours before the window begins. */
const EVENING = '18:00';
const HOURS_BEFORE = 2;
const DAY_MS = 86_400_000;

/** Every moment of a reminder, in order. */
export function reminderTimes(startAt: Date): Date[] {
  const dayBefore = legalDayOf(new Date(startAt.getTime() - DAY_MS));
  return [instantAt(dayBefore, EVENING), new Date(startAt.getTime() - HOURS_BEFORE * 3_600_000)];
}

/** The next moment after `now`; null when none is left. */
export function reminderAfter(startAt: Date, now: Date): Date | null {
  return reminderTimes(startAt).find((at) => at > now) ?? null;
}
