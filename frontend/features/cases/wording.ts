import type { ClockView, Light as WireLight } from '../../../backend/modules/applications/contract.ts';
import {
  dayText,
  instantText,
  legalDay,
  markedDay,
  moneyText,
  nearDay,
  timeText,
} from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import type { LightKind } from '../../ui/parts.ts';

/** `10/9`, for the narrow cell of a strip. */
export function shortDay(day: string): string {
  const [, month, date] = day.split('-').map(Number);
  return `${month}/${date}`;
}

/** `10月10日（周六，调休上班）17:00`, as seen on the legal day of `now`. */
export function fullTime(instant: string, now?: string, makeUp?: boolean): string {
  return instantText(instant, { makeUp, ...(now ? { today: legalDay(now) } : {}) });
}

/** `9月29日 9:20`, `10月10日（周六，调休上班）9:20`, for a line of the timeline. */
export function dayAndTime(instant: string): string {
  const day = markedDay(legalDay(instant));
  // A full-width bracket brings its own room.
  return `${day}${day.endsWith('）') ? '' : ' '}${timeText(instant).replace(/^0/, '')}`;
}

/** `今天 17:00`, `明天 17:00`, else the date: for work lists, where every due time carries its hour. */
export function nearTime(instant: string, now: string): string {
  const day = legalDay(instant);
  return `${nearDay(day, legalDay(now)) || dayText(day, legalDay(now))} ${timeText(instant)}`;
}

/** `3 个工作日`, `2 小时 30 分（办公时间）`. */
export function amountOf(amount: number, unit: ClockView['limit']['unit']): string {
  switch (unit) {
    case 'workingDay':
      return t('cases.workdays', { n: Math.round(amount * 100) / 100 });
    case 'day':
      return t('cases.days', { n: amount });
    case 'month':
      return t('cases.months', { n: amount });
    case 'workingHour': {
      const minutes = Math.round(amount * 60);
      const h = Math.floor(minutes / 60);
      const m = minutes % 60;
      if (h === 0) return t('cases.officeMinutes', { m });
      return m === 0 ? t('cases.officeHours', { h }) : t('cases.officeHoursMinutes', { h, m });
    }
  }
}

/** “3 个工作日，延长 5 个工作日”: the limit as it was promised, and what was added to it with approval. */
export function limitOf({ limit, extendedByDays }: Pick<ClockView, 'limit' | 'extendedByDays'>): string {
  const promised = amountOf(limit.amount, limit.unit);
  if (extendedByDays === 0) return promised;
  // A limit in calendar days grows by days; any other by working days (条例20).
  const unit = limit.unit === 'day' || limit.unit === 'month' ? 'day' : 'workingDay';
  return t('cases.limitExtended', { limit: promised, extension: amountOf(extendedByDays, unit) });
}

/** Past the promise; `black` is past the statutory limit too. */
export const isLateLight = (light: WireLight): boolean => light === 'red' || light === 'black';

/**
 * “还剩 2 个工作日”, “超期 1 个工作日”. Between the due time and the next counted day a broken promise has no number
 * yet: `late` says that it is one all the same.
 */
export function remainingOf(clock: ClockView, late = false): string {
  const unit = clock.limit.unit;
  if (clock.overdueUnits > 0) return t('cases.overdueBy', { amount: amountOf(clock.overdueUnits, unit) });
  return late
    ? t('cases.overdueJust')
    : t('cases.remaining', { amount: amountOf(clock.remainingUnits, unit) });
}

const LIGHT_KINDS = {
  black: 'law',
  red: 'late',
  yellow: 'soon',
  green: 'ok',
  paused: 'pause',
  none: 'none',
} as const satisfies Record<WireLight, LightKind>;

export function lightOf(light: WireLight): { kind: LightKind; word: string } {
  const words = {
    black: t('cases.lightLaw'),
    red: t('cases.lightLate'),
    yellow: t('cases.lightSoon'),
    green: t('cases.lightOk'),
    paused: t('cases.lightPause'),
    none: t('cases.lightNone'),
  } satisfies Record<WireLight, string>;
  return { kind: LIGHT_KINDS[light], word: words[light] };
}

/** `80 元`; nothing to pay is said in words. */
export function feeText(amountFen: number): string {
  return amountFen === 0 ? t('cases.feeNone') : moneyText(amountFen, { short: true });
}
