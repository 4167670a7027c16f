import type { Platform } from '../../platform/platform.ts';
import { getCalendar, readCalendarYears, toLegalDay } from '../clock/index.ts';
import type { CalendarList } from './contract.ts';
import { countBehind } from './rules-stamps.ts';

/** The calendar in force, year by year, and how far the open cases have followed it. */
export async function listCalendars(p: Platform): Promise<CalendarList> {
  const [{ years }, calendar] = [await readCalendarYears(p), await getCalendar(p)];
  const casesBehind = await countBehind(p);
  return {
    version: calendar.version,
    knownThrough: toLegalDay(calendar.knownThrough),
    years: years
      .map(({ year, versions }) => ({ year, ...versions.reduce((a, b) => (b.version > a.version ? b : a)) }))
      .sort((a, b) => b.year - a.year),
    casesBehind,
  };
}
