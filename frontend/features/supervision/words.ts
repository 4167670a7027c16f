import type { Light, OrderState, Outcome } from '../../../backend/modules/supervision/contract.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';
import { dayText } from '../../i18n/format.ts';
import { amountOf } from '../cases/wording.ts';
import { percentOf } from './figures.ts';

/** Severest first, as tables sort. */
export const LIGHT_ORDER = ['black', 'red', 'yellow', 'green', 'paused'] as const satisfies readonly Light[];

/** `99.1%`; a dash where there was nothing to divide. */
export function shareText(share: number | null, digits = 1): string {
  const n = percentOf(share, digits);
  return n === null ? '–' : t('supervision.percent', { n });
}

/** `2 小时 30 分（办公时间）`. */
export const minutesText = (minutes: number): string => amountOf(minutes / 60, 'workingHour');

/** `2 个工作日`, to a hundredth. */
export const workdaysText = (minutes: number, minutesPerDay: number): string =>
  t('supervision.workdays', { n: Math.round((minutes / minutesPerDay) * 100) / 100 });

/** `10月`, with the year when it is not this one. */
export function monthText(month: string): string {
  const day = dayText(`${month}-01`);
  return i18n.language === 'en' ? day.replace(/^1 /, '') : day.replace(/1日$/, '');
}

/** As `monthText`, with an English month in full: for headings and lists, where there is room. */
export function longMonthText(month: string): string {
  if (i18n.language !== 'en') return monthText(month);
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
  return monthText(month).replace(/^\S+/, name);
}

export function outcomeText(outcome: Outcome): string {
  return {
    registered: t('supervision.outRegistered'),
    refused: t('supervision.outRefused'),
    declined: t('supervision.outDeclined'),
    withdrawn: t('supervision.outWithdrawn'),
  }[outcome];
}

export function orderStateText(state: OrderState): string {
  return {
    issued: t('supervision.stateIssued'),
    replied: t('supervision.stateReplied'),
    closed: t('supervision.stateClosed'),
    withdrawn: t('supervision.stateWithdrawn'),
  }[state];
}
