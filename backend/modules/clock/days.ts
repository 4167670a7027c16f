/**
 * Calendar-date arithmetic on day numbers (days since 1970-01-01). Everything is integer arithmetic on UTC
 * milliseconds with a fixed offset, so nothing depends on the zone or the locale of the process.
 */

const DAY_MS = 86_400_000;
/** Asia/Shanghai is UTC+8 without summer time since 1991; legal days of a case are never earlier. */
const OFFSET_MS = 8 * 3_600_000;
const LEGAL_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text names a day that exists, `2026-02-28` but not `2026-02-30`. */
export function isLegalDay(text: string): boolean {
  if (!LEGAL_DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Throws a RangeError on a text that is not a legal day: callers check input before. */
export function toDayNumber(day: string): number {
  if (!isLegalDay(day)) throw new RangeError(`not a legal day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function toLegalDay(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function dayNumberOf(instant: Date): number {
  return Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS);
}

/** Milliseconds since midnight in Asia/Shanghai. */
export function timeOfDayMs(instant: Date): number {
  return instant.getTime() + OFFSET_MS - dayNumberOf(instant) * DAY_MS;
}

/** The instant `minutes` after midnight of a day in Asia/Shanghai. */
export function instantOf(dayNumber: number, minutes: number): Date {
  return new Date(dayNumber * DAY_MS - OFFSET_MS + minutes * 60_000);
}

/**
 * The day that corresponds to a day `months` later; where that month has no such day, its last day
 * (民法典第二百零二条：没有对应日的，月末日为期间的最后一日).
 */
export function addMonths(dayNumber: number, months: number): number {
  const from = new Date(dayNumber * DAY_MS);
  const monthIndex = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay)) / DAY_MS;
}
