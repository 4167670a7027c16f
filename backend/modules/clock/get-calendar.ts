import { remember } from '../../platform/database/remember.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  buildCalendar,
  type Calendar,
  type CalendarYear,
  type CalendarYearVersion,
  type OfficeHours,
} from './calendar.ts';
import { calendars } from './calendar.model.ts';

/** A calendar published by another process is seen within this time; one that this process publishes, at once. */
const FRESH_MS = 1_000;

interface Known {
  calendar: Calendar;
  /** Versions are never changed once written, so their names tell whether anything is new. */
  names: string;
}

/** Every version of every year and of the office hours. Throws when none was loaded: the app must not guess. */
export async function readCalendarYears(
  p: Platform,
): Promise<{ years: CalendarYear[]; hours: OfficeHours[] }> {
  const documents = await calendars(p).find().lean();
  const years = new Map<number, CalendarYear>();
  const hours: OfficeHours[] = [];
  for (const { kind, year, content } of documents) {
    if (kind === 'officeHours') hours.push(content as OfficeHours);
    else if (year !== null) {
      const entry = years.get(year) ?? { year, versions: [] };
      entry.versions.push(content as CalendarYearVersion);
      years.set(year, entry);
    }
  }
  if (hours.length === 0) throw new Error('no calendar is loaded: run the reference data loader first');
  return { years: [...years.values()], hours };
}

async function namesOf(p: Platform): Promise<string> {
  const documents = await calendars(p)
    .collection.find({}, { projection: { _id: 1 } })
    .toArray();
  return documents
    .map(({ _id }) => String(_id))
    .sort()
    .join(' ');
}

const known = remember<Known>(FRESH_MS, async (p, before) => {
  const names = await namesOf(p);
  if (before?.names === names) return before;
  const { years, hours } = await readCalendarYears(p);
  return { calendar: buildCalendar(years, hours), names };
});

/** The newest calendar, from the process's memory. */
export async function getCalendar(p: Platform): Promise<Calendar> {
  return (await known.get(p)).calendar;
}

export function forgetCalendar(p: Platform): void {
  known.forget(p);
}
