import type { Problem } from '../../platform/errors.ts';
import type { CalendarYear, CalendarYearVersion, HolidayName } from './calendar.ts';
import { isLegalDay, toDayNumber, toLegalDay, weekdayOf } from './days.ts';

/** A year's arrangement as an administrator hands it in, before it has a version. */
export interface CalendarYearInput extends Omit<CalendarYearVersion, 'version'> {
  year: number;
}

/** 全国年节及纪念日放假办法 2. 中秋 may fall into 国庆, which then has one day more and its name alone. */
const HOLIDAYS: readonly HolidayName[] = [
  'newYear',
  'springFestival',
  'tombSweeping',
  'labourDay',
  'dragonBoat',
  'midAutumn',
  'nationalDay',
];
/** A holiday longer than this is a slip of the pen. */
const LONGEST_DAYS = 15;

class YearChecker {
  readonly problems: Problem[] = [];
  private readonly seen = new Map<number, string>();
  private readonly year: number;
  constructor(year: number) {
    this.year = year;
  }

  add(pointer: string, code: string, params: Problem['params'] = {}): void {
    this.problems.push({ pointer, code, params });
  }

  /** Null, with a problem noted, for a day that does not exist or lies in another year. */
  day(text: string, pointer: string): number | null {
    if (!isLegalDay(text)) this.add(pointer, 'clock.not_a_day');
    else if (!text.startsWith(`${this.year}-`))
      this.add(pointer, 'clock.day_of_other_year', { year: this.year });
    else return toDayNumber(text);
    return null;
  }

  once(day: number, pointer: string): void {
    if (this.seen.has(day)) this.add(pointer, 'clock.day_twice', { day: toLegalDay(day) });
    this.seen.set(day, pointer);
  }
}

/** Everything wrong with a year, each at its JSON pointer; empty when it may be published. Pure. */
export function checkCalendarYear(
  given: CalendarYearInput,
  known: readonly CalendarYear[],
  today: string,
): Problem[] {
  const checker = new YearChecker(given.year);
  const last = Math.max(...known.map(({ year }) => year));
  const first = Math.min(...known.map(({ year }) => year));
  if (given.year < first || given.year > last + 1)
    checker.add('/year', 'clock.year_out_of_turn', { from: first, to: last + 1 });
  if (!isLegalDay(given.publishedOn)) checker.add('/publishedOn', 'clock.not_a_day');
  else if (given.publishedOn > today) checker.add('/publishedOn', 'clock.published_later');
  given.off.forEach(({ from, to }, index) => {
    const [start, end] = [checker.day(from, `/off/${index}/from`), checker.day(to, `/off/${index}/to`)];
    if (start === null || end === null) return;
    if (end < start || end - start >= LONGEST_DAYS) {
      checker.add(`/off/${index}/to`, 'clock.holiday_span', { most: LONGEST_DAYS });
      return;
    }
    for (let day = start; day <= end; day++) checker.once(day, `/off/${index}/from`);
  });
  given.makeUp.forEach(({ on }, index) => {
    const day = checker.day(on, `/makeUp/${index}/on`);
    if (day === null) return;
    if (weekdayOf(day) < 6) checker.add(`/makeUp/${index}/on`, 'clock.make_up_weekday', { day: on });
    checker.once(day, `/makeUp/${index}/on`);
  });
  const named = new Set(given.off.map(({ name }) => name));
  const joined = given.off.some(
    ({ name, from, to }) =>
      name === 'nationalDay' &&
      isLegalDay(from) &&
      isLegalDay(to) &&
      toDayNumber(to) - toDayNumber(from) >= 7,
  );
  const missing = HOLIDAYS.filter((name) => !named.has(name) && !(name === 'midAutumn' && joined));
  for (const name of missing) checker.add('/off', 'clock.holiday_missing', { name });
  return checker.problems;
}

/** The version it will be: one more than the newest of its year. */
export function nextVersion(
  { year, ...rest }: CalendarYearInput,
  known: readonly CalendarYear[],
): CalendarYearVersion {
  const versions = known.find((one) => one.year === year)?.versions ?? [];
  return { version: Math.max(0, ...versions.map(({ version }) => version)) + 1, ...rest };
}

/** The known years with one version more. */
export function withVersion(
  known: readonly CalendarYear[],
  year: number,
  version: CalendarYearVersion,
): CalendarYear[] {
  const others = known.filter((one) => one.year !== year);
  const versions = known.find((one) => one.year === year)?.versions ?? [];
  return [...others, { year, versions: [...versions, version] }];
}
