import {
  getCalendar,
  isProvisional,
  isWorkday,
  toDayNumber,
  toLegalDay,
  type Calendar,
} from '../clock/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { instantAt } from '../../platform/time.ts';
import type { HallRules, HallSchedule } from './contract.ts';
import { planDay, type CalendarDay } from './plan-day.ts';

/** The city's working calendar as appointments see it: make-up Saturdays are worked, holidays are not (domain.md §2.5). */

export function calendarDayOf(calendar: Calendar, date: string): CalendarDay {
  const day = toDayNumber(date);
  return {
    date,
    // 1970-01-01 was a Thursday.
    weekday: ((((day + 3) % 7) + 7) % 7) + 1,
    makeUp: calendar.makeUp.has(day),
    holiday: calendar.off.has(day),
    unknown: isProvisional(calendar, day),
  };
}

export function nameOfHoliday(calendar: Calendar, date: string) {
  return calendar.off.get(toDayNumber(date))?.name ?? null;
}

/** The instant from which a day can be booked: the hour of release, so many working days before it. */
export function releaseOf(
  calendar: Calendar,
  date: string,
  { aheadWorkdays, releaseAt }: Pick<HallRules, 'aheadWorkdays' | 'releaseAt'>,
): Date {
  let day = toDayNumber(date);
  // The first day from which `aheadWorkdays` working days reach the date: it is released that day at the hour.
  for (let left = aheadWorkdays; left > 0;) {
    day -= 1;
    if (isWorkday(calendar, day)) left -= 1;
  }
  return instantAt(toLegalDay(day), releaseAt);
}

/** Until when giving up an appointment is free: the hour of the working day before (长沙B: 前一工作日16:00). */
export function freeUntil(calendar: Calendar, date: string, cancelUntil: string): Date {
  let day = toDayNumber(date) - 1;
  while (!isWorkday(calendar, day)) day -= 1;
  return instantAt(toLegalDay(day), cancelUntil);
}

/** Whether a hall takes nobody that day, by its schedule and this calendar. */
export const isClosedDay = (schedule: HallSchedule, calendar: Calendar, date: string): boolean =>
  planDay(schedule, calendarDayOf(calendar, date)).windows.length === 0;

export const calendarOf = (p: Platform): Promise<Calendar> => getCalendar(p);
export { toDayNumber, toLegalDay };
