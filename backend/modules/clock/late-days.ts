import type { Calendar } from './calendar.ts';
import { isPausedAt, type Interval } from './pauses.ts';
import { closeOf, isWorkday } from './workdays.ts';

/**
 * 超期: the working days past a due day at whose close the clock ran, in order. The rule is that of the days before it: no
 * day is charged at whose close the case waited for somebody else. Faces, sheets and alarms all count these and nothing
 * else. Ends where a pause without end begins; without one it never does. `pauses` are merged.
 */
export function* lateDaysAfter(
  calendar: Calendar,
  pauses: readonly Interval[],
  dueDay: number,
): Generator<number, void> {
  const open = pauses.find(({ to }) => to === Infinity);
  for (let day = dueDay + 1; ; day++) {
    const close = closeOf(calendar, day).getTime();
    if (open && open.from <= close) return;
    if (isWorkday(calendar, day) && !isPausedAt(pauses, close)) yield day;
  }
}

/** How many of them through a day. One that has not closed yet is the day at hand, and is told as begun. */
export function countLateDays(
  calendar: Calendar,
  pauses: readonly Interval[],
  dueDay: number,
  through: number,
): number {
  let count = 0;
  for (const day of lateDaysAfter(calendar, pauses, dueDay)) {
    if (day > through) break;
    count += 1;
  }
  return count;
}
