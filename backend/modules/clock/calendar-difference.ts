import type { Calendar } from './calendar.ts';
import { HOLIDAY_NAMES } from './calendar.ts';
import { toDayNumber, toLegalDay, weekdayOf } from './days.ts';
import { isWorkday } from './workdays.ts';

export interface DayChange {
  date: string;
  weekday: number;
  /** Worked under the calendar before, and under the one after. */
  before: boolean;
  after: boolean;
  name: { zh: string; en: string } | null;
}

/** The days of a year that are worked under one calendar and not under the other, in order. Pure. */
export function differenceIn(year: number, before: Calendar, after: Calendar): DayChange[] {
  const changes: DayChange[] = [];
  for (let day = toDayNumber(`${year}-01-01`); day <= toDayNumber(`${year}-12-31`); day++) {
    const [was, is] = [isWorkday(before, day), isWorkday(after, day)];
    if (was === is) continue;
    const special =
      after.off.get(day) ?? after.makeUp.get(day) ?? before.off.get(day) ?? before.makeUp.get(day);
    const name = special ? { ...HOLIDAY_NAMES[special.name] } : null;
    changes.push({ date: toLegalDay(day), weekday: weekdayOf(day), before: was, after: is, name });
  }
  return changes;
}
