import type { LivePerformance } from '../../../backend/modules/supervision/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** `0.9912` → `99.1%`, cut rather than rounded: a broken promise is never shown as none. */
export const promiseShare = (share: number): string => `${Math.floor(share * 1000 + 1e-9) / 10}%`;

/** Less than half a working day is said as that: 0.08 of a day tells nobody anything. The data have the figure. */
const paceText = (workdays: number): string =>
  workdays < 0.5 ? t('services.promisesHalfDay') : t('services.promisesDays', { n: workdays });

/** What is said of a type's period, a line each. Withheld figures are said in words, never as zero. */
export function liveLines(live: LivePerformance, smallest: number): string[] {
  const { done, late, onTimeShare, medianWorkdays, p90Workdays } = live;
  if (live.suppressed) return [t('services.promisesFew', { n: smallest })];
  if (done === null || done === 0 || onTimeShare === null) return [t('services.promisesNone')];
  return [
    t('services.promisesDone', { n: done, share: promiseShare(onTimeShare) }),
    ...(late ? [t('services.promisesLate', { n: late })] : []),
    ...(medianWorkdays !== null && p90Workdays !== null
      ? [t('services.promisesPace', { median: paceText(medianWorkdays), p90: paceText(p90Workdays) })]
      : []),
  ];
}
