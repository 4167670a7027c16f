import type { Calendar } from './calendar.ts';
import { instantOf, toDayNumber } from './days.ts';
import { closeOf, workdayOnOrAfter } from './workdays.ts';

/**
 * Up to when a pause is as long as it was planned to be. A plan that names a day off means the next working day (民法典203), at whose
 * close it is over. The term of a supplement (补正) is its applicant's to the last minute of the day.
 */
export function planEndOf(calendar: Calendar, plannedEnd: string, reason: string): Date {
  const day = workdayOnOrAfter(calendar, toDayNumber(plannedEnd));
  return reason === 'supplement' ? instantOf(day + 1, 0) : closeOf(calendar, day);
}

/** A supplement is ended by the portal itself when its term is over: nobody forgets to. */
export const endsItself = (reason: string): boolean => reason === 'supplement';
