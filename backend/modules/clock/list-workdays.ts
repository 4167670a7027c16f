import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { HOLIDAY_NAMES } from './calendar.ts';
import type { WorkdayItem } from './contract.ts';
import { isLegalDay, toDayNumber, toLegalDay } from './days.ts';
import { clockErrors } from './errors.ts';
import { getCalendar } from './get-calendar.ts';
import { isProvisional, isWorkday } from './workdays.ts';

/** Two years: enough for any booking or limit that a page shows. */
const MOST_DAYS = 800;
const LAST_YEARS_AHEAD = 5;

/** Which days between two legal days, both included, are worked, and why not. */
export async function listWorkdays(
  p: Platform,
  { from, to }: { from: string; to: string },
): Promise<WorkdayItem[]> {
  const calendar = await getCalendar(p);
  const problems: Problem[] = [];
  const first = toLegalDay(calendar.knownFrom);
  const last = `${Number(toLegalDay(calendar.knownThrough).slice(0, 4)) + LAST_YEARS_AHEAD}-12-31`;
  for (const [name, day] of Object.entries({ from, to })) {
    const pointer = `/query/${name}`;
    if (!isLegalDay(day)) problems.push({ pointer, code: 'clock.not_a_day' });
    else if (day < first || day > last) {
      problems.push({ pointer, code: 'clock.outside_calendar', params: { from: first, to: last } });
    }
  }
  if (problems.length === 0 && from > to)
    problems.push({ pointer: '/query/to', code: 'clock.span_reversed' });
  else if (problems.length === 0 && toDayNumber(to) - toDayNumber(from) >= MOST_DAYS) {
    problems.push({ pointer: '/query/to', code: 'clock.span_too_long', params: { most: MOST_DAYS } });
  }
  if (problems.length > 0) clockErrors.fail('clock.invalid_request', { count: problems.length }, problems);
  const items: WorkdayItem[] = [];
  for (let day = toDayNumber(from); day <= toDayNumber(to); day++) {
    const special = calendar.off.get(day) ?? calendar.makeUp.get(day);
    items.push({
      date: toLegalDay(day),
      workday: isWorkday(calendar, day),
      ...(special ? { name: { ...HOLIDAY_NAMES[special.name] } } : {}),
      makeUp: calendar.makeUp.has(day),
      provisional: isProvisional(calendar, day),
    });
  }
  return items;
}
