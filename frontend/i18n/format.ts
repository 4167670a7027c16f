/**
 * Dates, money and numbers as portal.md §7 writes them. Legal days are `YYYY-MM-DD` in Asia/Shanghai, whatever
 * zone the browser is in; China has had no summer time since 1991, so an offset of eight hours is exact.
 */
import { i18n, t } from './i18n.svelte.ts';

const OFFSET_MS = 8 * 3_600_000;
const WEEKDAYS_ZH = ['日', '一', '二', '三', '四', '五', '六'] as const;
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS_EN = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

export type Instant = string | Date;

/** The legal day that holds an instant. */
export function legalDay(instant: Instant = new Date()): string {
  return new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

function parts(day: string) {
  const at = new Date(`${day}T00:00:00Z`);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
  };
}

/** `10月9日`; with the year when it is not this one. */
export function dayText(day: string, today: string = legalDay()): string {
  const { year, month, date } = parts(day);
  const other = day.slice(0, 4) !== today.slice(0, 4);
  if (i18n.language === 'en') return `${date} ${MONTHS_EN[month - 1] ?? ''}${other ? ` ${year}` : ''}`;
  return `${other ? `${year}年` : ''}${month}月${date}日`;
}

export function weekdayText(day: string): string {
  const { weekday } = parts(day);
  return i18n.language === 'en' ? (WEEKDAYS_EN[weekday] ?? '') : `周${WEEKDAYS_ZH[weekday] ?? ''}`;
}

/** Set by the app: whether a day is a Saturday or Sunday that is worked (调休上班), as far as is known yet. */
let isMakeUp: (day: string) => boolean = () => false;
export function onMakeUp(known: (day: string) => boolean): void {
  isMakeUp = known;
}

export interface DayOptions {
  /** Where the caller has it from the calendar itself; else as the app knows it. */
  makeUp?: boolean | undefined;
  today?: string;
}

/** `10月9日（周五）`, `10月10日（周六，调休上班）`. */
export function dayWithWeekday(
  day: string,
  { makeUp = isMakeUp(day), today = legalDay() }: DayOptions = {},
): string {
  if (i18n.language === 'en')
    return `${weekdayText(day)} ${dayText(day, today)}${makeUp ? ' (a working day)' : ''}`;
  return `${dayText(day, today)}（${weekdayText(day)}${makeUp ? '，调休上班' : ''}）`;
}

/** `10月9日`; a Saturday or Sunday that is worked says that it is one, as it reads like a mistake without. */
export const markedDay = (day: string): string => (isMakeUp(day) ? dayWithWeekday(day) : dayText(day));

/** `17:00`. */
export function timeText(instant: Instant): string {
  return new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().slice(11, 16);
}

/** `10月9日（周五）17:00`. */
export function instantText(instant: Instant, options: DayOptions = {}): string {
  const glue = i18n.language === 'en' ? ', ' : '';
  return `${dayWithWeekday(legalDay(instant), options)}${glue}${timeText(instant)}`;
}

/** `10月9日 17:00`, for lists. */
export function shortInstantText(instant: Instant): string {
  return `${dayText(legalDay(instant))} ${timeText(instant)}`;
}

/** 今天 / 明天 / 昨天 before a date, never alone; empty for other days. */
export function nearDay(day: string, today: string = legalDay()): string {
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (days === 0) return t('app.today');
  if (days === 1) return t('app.tomorrow');
  return days === -1 ? t('app.yesterday') : '';
}

/** `2021年6月3日`, as documents write it. */
export function fullDayText(day: string): string {
  const { year, month, date } = parts(day);
  return i18n.language === 'en'
    ? `${date} ${MONTHS_EN[month - 1] ?? ''} ${year}`
    : `${year}年${month}月${date}日`;
}

export interface LimitLike {
  amount: number;
  unit: 'workingDay' | 'workingHour' | 'day' | 'month';
}

/** `3 个工作日`. Never 天 for a legal period. */
export function limitText({ amount, unit }: LimitLike): string {
  const n = { n: amount };
  switch (unit) {
    case 'workingDay':
      return t('app.unitWorkingDay', n);
    case 'workingHour':
      return t('app.unitWorkingHour', n);
    case 'month':
      return t('app.unitMonth', n);
    case 'day':
      return t('app.unitDay', n);
  }
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Fen to `1,280,000.00`; whole yuan lose the decimals with `{ short: true }` (`80`). */
export function yuanText(fen: number, { short = false } = {}): string {
  const whole = Math.trunc(fen / 100);
  const rest = Math.abs(fen % 100);
  if (short && rest === 0) return grouped(String(whole));
  return `${grouped(String(whole))}.${String(rest).padStart(2, '0')}`;
}

export function moneyText(fen: number, options?: { short?: boolean }): string {
  return `${yuanText(fen, options)} ${t('app.yuan')}`;
}

/** Unit code of 28 characters in groups: `371502 001001 GB00001 F00010001`. */
export function unitCodeText(code: string): string {
  return code.replace(/^(.{6})(.{6})(.{7})(.{9})$/, '$1 $2 $3 $4');
}

/** ID number in groups of 6, 8, 4. */
export function idNumberText(number: string): string {
  return number.replace(/^(.{6})(.{8})(.{4})$/, '$1 $2 $3');
}

/** Where the server counts cases no further: `10000+`. Below that the number as it is. */
const MOST_COUNTED = 10_000;
export const countedText = (n: number): string => (n >= MOST_COUNTED ? `${MOST_COUNTED}+` : String(n));

/** Facts side by side in one line: a wide space keeps Chinese ones apart, English ones take a dot. */
export const apart = (...facts: readonly string[]): string =>
  facts.filter((fact) => fact !== '').join(i18n.language === 'en' ? ' · ' : '　');
