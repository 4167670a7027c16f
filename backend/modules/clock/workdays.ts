import type { Calendar, HoursSpan } from './calendar.ts';
import { instantOf, weekdayOf } from './days.ts';

/**
 * Working days (工作日) by prefix sums: counting and searching cost the same for a day and for a century. Days outside
 * the known calendar count by weekday only, and every result that reaches there is provisional.
 */

/** Weekdays Monday to Friday from day 0 (a Thursday) up to and with `day`; exact for negative days as well. */
function weekdaysUpTo(day: number): number {
  // Shifted so that index 0 is Monday 1969-12-29.
  const shifted = day + 3;
  const weeks = Math.floor(shifted / 7);
  return weeks * 5 + Math.min(shifted - weeks * 7 + 1, 5);
}

/** Working days up to and with `day`, from an arbitrary but fixed zero. */
function workdaysUpTo(calendar: Calendar, day: number): number {
  const { knownFrom, knownThrough, prefix } = calendar;
  if (day < knownFrom) return weekdaysUpTo(day) - weekdaysUpTo(knownFrom - 1);
  if (day <= knownThrough) return prefix[day - knownFrom] ?? 0;
  return (prefix[prefix.length - 1] ?? 0) + weekdaysUpTo(day) - weekdaysUpTo(knownThrough);
}

export function isWorkday(calendar: Calendar, day: number): boolean {
  if (calendar.makeUp.has(day)) return true;
  return weekdayOf(day) < 6 && !calendar.off.has(day);
}

export function isProvisional(calendar: Calendar, day: number): boolean {
  return day > calendar.knownThrough || day < calendar.knownFrom;
}

/** Working days d with `after < d <= through`; 0 when the span is empty. */
export function countWorkdays(calendar: Calendar, after: number, through: number): number {
  if (through <= after) return 0;
  return workdaysUpTo(calendar, through) - workdaysUpTo(calendar, after);
}

/** The n-th working day after `day` (n ≥ 1), which itself is not counted (民法典第二百零一条). */
export function nthWorkdayAfter(calendar: Calendar, day: number, n: number): number {
  const target = workdaysUpTo(calendar, day) + n;
  let low = day + n;
  // Thirty days hold far more than the fifteen working days asked of them below, whatever the holidays.
  let high = day + n * 2 + 30;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (workdaysUpTo(calendar, middle) >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `day` itself when it is worked, else the next working day (民法典第二百零三条). */
export function workdayOnOrAfter(calendar: Calendar, day: number): number {
  return isWorkday(calendar, day) ? day : nthWorkdayAfter(calendar, day, 1);
}

/** The office hours of a day. There are a few timetables at most, and mostly the last is asked for. */
export function hoursOn({ hours }: Calendar, day: number): HoursSpan {
  let place = hours.length - 1;
  while (place > 0 && hours[place]!.from > day) place -= 1;
  return hours[place]!;
}

/** Office minutes of the working days d with `after < d <= through`. */
export function officeMinutesOf(calendar: Calendar, after: number, through: number): number {
  return calendar.hours.reduce((total, { from, minutes }, place) => {
    const first = place === 0 ? after : Math.max(after, from - 1);
    const last = Math.min(through, (calendar.hours[place + 1]?.from ?? Infinity) - 1);
    return total + countWorkdays(calendar, first, last) * minutes;
  }, 0);
}

/** The first office hour of a day, the same wall time on days off. */
export function openingOf(calendar: Calendar, day: number): Date {
  return instantOf(day, hoursOn(calendar, day).segments[0]?.opens ?? 0);
}

/** The close of a day: the end of its last office segment, the same wall time on days off. */
export function closeOf(calendar: Calendar, day: number): Date {
  return instantOf(day, hoursOn(calendar, day).close);
}
