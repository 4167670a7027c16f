import { toDayNumber, toLegalDay, weekdayOf } from './days.ts';

/**
 * The working calendar (工作日历) as data. One file a year, each with the official notice it comes from; a year that was
 * changed after its announcement (2015, 2019, 2020) has a version for each notice. A built calendar is immutable.
 */

export const HOLIDAY_NAMES = {
  newYear: { zh: '元旦', en: "New Year's Day" },
  springFestival: { zh: '春节', en: 'Spring Festival' },
  tombSweeping: { zh: '清明节', en: 'Tomb-sweeping Day' },
  labourDay: { zh: '劳动节', en: 'Labour Day' },
  dragonBoat: { zh: '端午节', en: 'Dragon Boat Festival' },
  midAutumn: { zh: '中秋节', en: 'Mid-autumn Festival' },
  nationalDay: { zh: '国庆节', en: 'National Day' },
  victoryDay70: { zh: '抗战胜利 70 周年纪念日', en: '70th Anniversary of Victory' },
} as const;
export type HolidayName = keyof typeof HOLIDAY_NAMES;

export interface CalendarYearVersion {
  version: number;
  publishedOn: string;
  notice: { title: string; number: string };
  /** Days off by this notice, weekends inside a holiday included. */
  off: { from: string; to: string; name: HolidayName }[];
  /** Saturdays and Sundays that are worked (调休上班). */
  makeUp: { on: string; name: HolidayName }[];
}

export interface CalendarYear {
  year: number;
  versions: CalendarYearVersion[];
}

/** Wall time `HH:mm` in Asia/Shanghai. */
export interface OfficeSegment {
  opens: string;
  closes: string;
}

export interface OfficeHours {
  version: number;
  publishedOn: string;
  /** First legal day of this timetable, until a newer version's first day; absent: from the beginning. */
  validFrom?: string;
  source: string;
  segments: OfficeSegment[];
}

/** The business hours (民法典203(2): 业务时间) of a stretch of days: those of the day itself end it, not those of today. */
export interface HoursSpan {
  /** Day number of the first day; of the first span all days before as well. */
  readonly from: number;
  /** Minutes after midnight, in order. */
  readonly segments: readonly { opens: number; closes: number }[];
  /** The end of the last segment. */
  readonly close: number;
  /** Office minutes of a whole day. */
  readonly minutes: number;
}

export interface SpecialDay {
  name: HolidayName;
  /** Number of the official notice. */
  notice: string;
}

export interface Calendar {
  /** Names every year version and the office hours it was built from, so that a cached result can be checked. */
  readonly version: string;
  /** First and last day for which the official arrangement is known; day numbers. */
  readonly knownFrom: number;
  readonly knownThrough: number;
  /** Office hours by the day from which they hold, in order; never empty. Asked for by `hoursOn`. */
  readonly hours: readonly HoursSpan[];
  /** Of the newest timetable: what a figure is told in working days by. No due day depends on it. */
  readonly minutesPerDay: number;
  readonly off: ReadonlyMap<number, SpecialDay>;
  readonly makeUp: ReadonlyMap<number, SpecialDay>;
  /** Working days from `knownFrom` up to and with index i; see workdays.ts. */
  readonly prefix: Int32Array;
  /** Number of the notice published last: why a due day moved. */
  readonly lastNotice: string;
  /** The first day that this notice made different, a day number: no date before it has moved. */
  readonly lastChangeFrom: number;
}

function minutesOf(wallTime: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(wallTime);
  if (!match) throw new RangeError(`not a wall time: ${wallTime}`);
  return Number(match[1]) * 60 + Number(match[2]);
}

function segmentsOf(hours: OfficeHours): { opens: number; closes: number }[] {
  const segments = hours.segments.map(({ opens, closes }) => ({
    opens: minutesOf(opens),
    closes: minutesOf(closes),
  }));
  segments.forEach((segment, index) => {
    const previous = segments[index - 1];
    if (segment.opens >= segment.closes || (previous && previous.closes > segment.opens)) {
      throw new RangeError(`office hours ${hours.version}: segments must be in order and not overlap`);
    }
  });
  if (segments.length === 0)
    throw new RangeError(`office hours ${hours.version}: at least one segment is needed`);
  return segments;
}

/** The timetables by day: on each the newest whose first day has come, as with promises. Before the first, the first. */
function spansOf(versions: readonly OfficeHours[]): HoursSpan[] {
  const spans: HoursSpan[] = [];
  for (const one of [...versions].sort((a, b) => a.version - b.version)) {
    const from = one.validFrom === undefined ? -Infinity : toDayNumber(one.validFrom);
    const segments = segmentsOf(one);
    const minutes = segments.reduce((total, { opens, closes }) => total + closes - opens, 0);
    while (spans.length > 0 && spans[spans.length - 1]!.from >= from) spans.pop();
    spans.push({ from, segments, close: segments[segments.length - 1]?.closes ?? 0, minutes });
  }
  if (spans.length === 0) throw new RangeError('no office hours are known');
  return spans;
}

/** The days that a year's arrangement takes from work or gives to it. */
function specialDays({ off, makeUp }: CalendarYearVersion): Map<number, 'off' | 'makeUp'> {
  const days = new Map<number, 'off' | 'makeUp'>();
  for (const { from, to } of off)
    for (let day = toDayNumber(from); day <= toDayNumber(to); day++) days.set(day, 'off');
  for (const { on } of makeUp) days.set(toDayNumber(on), 'makeUp');
  return days;
}

/** Of a year that was not known before, its first day; of one that is arranged anew, the first day that differs. */
function changeFrom(year: CalendarYear, version: CalendarYearVersion): number {
  const before = year.versions
    .filter((one) => one.version < version.version)
    .sort((a, b) => b.version - a.version)[0];
  if (!before) return toDayNumber(`${year.year}-01-01`);
  const [was, is] = [specialDays(before), specialDays(version)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((day) => was.get(day) !== is.get(day));
  return Math.min(...changed, toDayNumber(`${year.year}-12-31`));
}

/** The version of a year in force: the newest published no later than `asOf`. */
function versionInForce(year: CalendarYear, asOf: string | null): CalendarYearVersion | null {
  const published = year.versions.filter(({ publishedOn }) => asOf === null || publishedOn <= asOf);
  return published.sort((a, b) => b.version - a.version)[0] ?? null;
}

function knownYears(years: readonly CalendarYear[], asOf: string | null) {
  const known: { year: number; version: CalendarYearVersion }[] = [];
  for (const year of [...years].sort((a, b) => a.year - b.year)) {
    const version = versionInForce(year, asOf);
    // Behind a gap nothing is known: a count that crosses it would look certain and be wrong.
    if (!version || (known.length > 0 && known[known.length - 1]?.year !== year.year - 1)) break;
    known.push({ year: year.year, version });
  }
  return known;
}

/**
 * Builds the calendar from the versions in force on `asOf` (default: the newest). A year behind a gap is left out. Office hours are
 * one version or all of them: each holds on its own days.
 * Throws a RangeError on data that contradicts itself.
 */
export function buildCalendar(
  years: readonly CalendarYear[],
  hours: OfficeHours | readonly OfficeHours[],
  { asOf = null }: { asOf?: string | null } = {},
): Calendar {
  const known = knownYears(years, asOf);
  const first = known[0];
  const last = known[known.length - 1];
  if (!first || !last) throw new RangeError('no calendar year is known');
  const off = new Map<number, SpecialDay>();
  const makeUp = new Map<number, SpecialDay>();
  for (const { version } of known) {
    const notice = version.notice.number;
    for (const span of version.off) {
      for (let day = toDayNumber(span.from); day <= toDayNumber(span.to); day++)
        off.set(day, { name: span.name, notice });
    }
    for (const { on, name } of version.makeUp) makeUp.set(toDayNumber(on), { name, notice });
  }
  for (const day of makeUp.keys()) {
    if (off.has(day) || weekdayOf(day) < 6)
      throw new RangeError(`${toLegalDay(day)} cannot be a make-up working day`);
  }
  const timetables = [hours].flat();
  const spans = spansOf(timetables);
  const knownFrom = toDayNumber(`${first.year}-01-01`);
  const knownThrough = toDayNumber(`${last.year}-12-31`);
  const prefix = new Int32Array(knownThrough - knownFrom + 1);
  let sum = 0;
  for (let day = knownFrom; day <= knownThrough; day++) {
    if (makeUp.has(day) || (weekdayOf(day) < 6 && !off.has(day))) sum += 1;
    prefix[day - knownFrom] = sum;
  }
  const newest = known.reduce((a, b) => (b.version.publishedOn > a.version.publishedOn ? b : a));
  const changed = known
    .filter(({ version }) => version.version > 1)
    .map(({ year, version }) => `${year}.${version.version}`);
  return {
    version: [
      `${first.year}-${last.year}.${last.version.version}`,
      ...changed,
      `h${Math.max(...timetables.map(({ version }) => version))}`,
    ].join('+'),
    knownFrom,
    knownThrough,
    hours: spans,
    minutesPerDay: spans[spans.length - 1]!.minutes,
    off,
    makeUp,
    prefix,
    lastNotice: newest.version.notice.number,
    lastChangeFrom: changeFrom(
      years.find(({ year }) => year === newest.year)!,
      newest.version,
    ),
  };
}
