import type { Calendar } from './calendar.ts';
import { dayNumberOf, toLegalDay } from './days.ts';
import { closeOf, isProvisional, nthWorkdayAfter } from './workdays.ts';

/**
 * The close of the n-th working day after an instant: for short duties such as the answer to an online submission
 * within one working day (C4, domain.md §2.1) or the term set for a correction.
 */
export function dueAfterWorkdays(
  calendar: Calendar,
  from: Date,
  workdays: number,
): { dueOn: string; dueAt: Date; provisional: boolean } {
  const day = nthWorkdayAfter(calendar, dayNumberOf(from), workdays);
  return { dueOn: toLegalDay(day), dueAt: closeOf(calendar, day), provisional: isProvisional(calendar, day) };
}
