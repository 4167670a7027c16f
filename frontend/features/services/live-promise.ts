import type { LivePerformance } from '../../../backend/modules/supervision/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** `0.9912` → `99.1%`, cut rather than rounded: a broken promise is never shown as none. */
export const promiseShare = (share: number): string => `${Math.floor(share * 1000 + 1e-9) / 10}%`;

/** What is said of a type's period, a line each. Withheld figures are said in words, never as zero. */
export function liveLines(live: LivePerformance, smallest: number): string[] {
  const { done, late, onTimeShare, medianWorkdays, p90Workdays } = live;
  if (live.suppressed) return [t('services.promisesFew', { n: smallest })];
  if (done === null || done === 0 || onTimeShare === null) return [t('services.promisesNone')];
  return [
    t('services.promisesDone', { n: done, share: promiseShare(onTimeShare) }),
    ...(late ? [t('services.promisesLate', { n: late })] : []),
    ...(medianWorkdays !== null && p90Workdays !== null
      ? [t('services.promisesPace', { median: medianWorkdays, p90: p90Workdays })]
      : []),
  ];
}
