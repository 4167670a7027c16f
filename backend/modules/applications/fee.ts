import { feeFor, type BusinessType } from '../catalogue/index.ts';
import type { Bilingual } from './application.model.ts';
import { valueAt } from './answers.ts';
import type { Examination } from './examine.ts';

export interface CaseFee {
  rule: string;
  amountFen: number;
  payer: Bilingual;
}

/** The register prints uses as words; fees are set by the code of the dictionary 房屋用途. */
function useCode(words: string | null): string | null {
  if (words === null || /^\d+$/.test(words)) return words;
  if (/车位|车库/.test(words)) return '91';
  if (/储藏|储物/.test(words)) return '92';
  // 非住宅 holds the word 住宅, and 商务公寓 is none.
  return /住宅|宿舍|公寓|别墅/.test(words) && !/非住宅|商务|商业|办公/.test(words) ? '10' : '30';
}

/** 登记费 of the case as it stands; nothing is charged where nobody pays. */
export function feeOf(type: BusinessType, { answers, unit }: Pick<Examination, 'answers' | 'unit'>): CaseFee {
  const spared =
    type.fee.smallEnterprise === null ? false : valueAt(answers, type.fee.smallEnterprise) === true;
  const { rule, totalFen, payer } = feeFor(type, {
    houseUse: useCode(unit?.natural.houseUse ?? null),
    smallEnterprise: spared,
  });
  const role = type.applicants.roles.find(({ key }) => key === payer);
  return { rule, amountFen: totalFen, payer: role?.label ?? { zh: '无需缴纳', en: 'Nobody' } };
}

export function feeWords(type: BusinessType, examination: Pick<Examination, 'answers' | 'unit'>): Bilingual {
  const { amountFen, payer } = feeOf(type, examination);
  const yuan = (amountFen / 100).toFixed(2).replace(/\.00$/, '');
  if (amountFen === 0) return { zh: '免收', en: 'None' };
  return { zh: `${yuan} 元，由${payer.zh}缴纳`, en: `${yuan} yuan, paid by: ${payer.en}` };
}
