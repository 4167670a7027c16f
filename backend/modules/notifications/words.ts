import type { Language } from '../../platform/errors.ts';
import { legalDayOf } from '../../platform/time.ts';

/** A value that differs by language, such as the name of a business type. */
export interface Bilingual {
  zh: string;
  en: string;
}

export type Value = string | number | Bilingual | Date;
export type ValueKind = 'text' | 'number' | 'day' | 'instant';

const WEEKDAYS = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10月9日（周五）`; the year stands only when it is not the reader's (portal.md §7). */
export function dayInWords(day: string, language: Language, now: Date): string {
  const date = new Date(`${day}T00:00:00Z`);
  const year = date.getUTCFullYear();
  const isThisYear = legalDayOf(now).startsWith(`${year}-`);
  const weekday = WEEKDAYS[language][date.getUTCDay()] ?? '';
  if (language === 'en') {
    return `${weekday} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}${isThisYear ? '' : ` ${year}`}`;
  }
  return `${isThisYear ? '' : `${year}年`}${date.getUTCMonth() + 1}月${date.getUTCDate()}日（${weekday}）`;
}

/** `10月9日（周五）17:00` in Shanghai. */
export function instantInWords(instant: Date, language: Language, now: Date): string {
  const time = new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  const day = dayInWords(legalDayOf(instant), language, now);
  return language === 'en' ? `${day}, ${time}` : `${day}${time}`;
}

export function valueInWords(value: Value, kind: ValueKind, language: Language, now: Date): string {
  if (value instanceof Date) return instantInWords(value, language, now);
  if (typeof value === 'object') return language === 'en' ? value.en : value.zh;
  // Stored messages of before may name a day where an instant stands now.
  return kind === 'day' || kind === 'instant' ? dayInWords(String(value), language, now) : String(value);
}
