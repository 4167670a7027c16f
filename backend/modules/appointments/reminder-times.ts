import { instantAt, legalDayOf } from '../../platform/time.ts';

/**
 * When people are reminded: in time to give up without a no-show, at 10:00 of the day on which that ends; the evening
 * before where that day was an earlier one, as before a Monday or after a holiday; and two hours before the window begins.
 */
const MORNING = '10:00';
const EVENING = '18:00';
const HOURS_BEFORE = 2;
/** A hall whose hour comes so soon after the morning's reminder sends it the evening before: nobody could act on it. */
const LEAST_TO_ACT_MS = 2 * 3_600_000;
const DAY_MS = 86_400_000;

const dayBefore = (instant: Date): string => legalDayOf(new Date(instant.getTime() - DAY_MS));

function inTimeFor(hallFree: Date): Date {
  const morning = instantAt(legalDayOf(hallFree), MORNING);
  const canAct = hallFree.getTime() - morning.getTime() >= LEAST_TO_ACT_MS;
  return canAct ? morning : instantAt(dayBefore(hallFree), EVENING);
}

/** Every moment of a reminder, in order. `hallFree` ends the hall's time for free cancelling; null where it is not known. */
export function reminderTimes(startAt: Date, hallFree: Date | null): Date[] {
  const evening = instantAt(dayBefore(startAt), EVENING);
  const last = new Date(startAt.getTime() - HOURS_BEFORE * 3_600_000);
  if (!hallFree) return [evening, last];
  const inTime = inTimeFor(hallFree);
  return legalDayOf(inTime) === dayBefore(startAt) ? [inTime, last] : [inTime, evening, last];
}

/** The next moment after `now`; null when none is left. */
export function reminderAfter(startAt: Date, hallFree: Date | null, now: Date): Date | null {
  return reminderTimes(startAt, hallFree).find((at) => at > now) ?? null;
}
