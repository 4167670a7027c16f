import type { Fee } from '../../../backend/modules/catalogue/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** The figure of a fee rule in a few words; the catalogue's note says for whom and when. */
export function feeText(fee: Fee): string {
  if (fee.rule === 'F0') return t('services.factFeeFree');
  if (fee.rule === 'F80/F550') return t('services.factFeeEither');
  const figure = /^F(\d+)$/.exec(fee.rule)?.[1];
  return figure ? t('services.factFeeFrom', { n: figure }) : t('services.factFeeEither');
}
