import type { Limits } from '../../../backend/modules/catalogue/contract.ts';
import { limitText } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** `3 个工作日`, or 即时办结. */
export function promiseText(limits: Limits): string {
  return limits.instant ? t('app.instantShort') : limitText(limits.promised);
}

/** Cells of the limit glyph: working days, 0 for 即时办结; null where the limit is not counted in working days. */
export function promiseWorkdays(limits: Limits): number | null {
  if (limits.instant) return 0;
  return limits.promised.unit === 'workingDay' ? limits.promised.amount : null;
}
