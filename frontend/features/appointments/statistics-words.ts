import type { StatisticsBy } from '../../../backend/modules/appointments/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** What the rows are, in words. */
export function byText(by: StatisticsBy): string {
  return {
    hour: t('statistics.byHour'),
    weekday: t('statistics.byWeekday'),
    service: t('statistics.byService'),
    type: t('statistics.byType'),
    hall: t('statistics.byHall'),
  }[by];
}
