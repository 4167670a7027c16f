import type { VerifyView } from '../../../backend/modules/certificates/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** “有抵押；没有查封、异议、预告、居住权”. */
export function limitsText(flags: NonNullable<VerifyView['flags']>): string {
  const all = [
    [flags.mortgaged, t('verify.limitMortgage')],
    [flags.seized, t('verify.limitSeizure')],
    [flags.objection, t('verify.limitObjection')],
    [flags.preNotice, t('verify.limitPreNotice')],
    [flags.residence, t('verify.limitResidence')],
  ] as const;
  const words = (wanted: boolean) =>
    all
      .filter(([present]) => present === wanted)
      .map(([, word]) => word)
      .join(t('verify.listGlue'));
  const present = words(true);
  const absent = words(false);
  if (!present) return t('verify.limitsNone');
  return absent ? t('verify.limitsSome', { present, absent }) : t('verify.limitsAll', { present });
}
