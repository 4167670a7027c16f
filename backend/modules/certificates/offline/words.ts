import type { Encumbrance, Right } from '../../register/index.ts';

/** Words that stand on certificates and on results of queries, in the language of the register. Pure. */

export const RIGHT_WORDS = {
  stateLandAndHouse: '国有建设用地使用权/房屋（构筑物）所有权',
  homesteadAndHouse: '宅基地使用权/房屋（构筑物）所有权',
  stateLand: '国有建设用地使用权',
} as const satisfies Record<Right['kind'], string>;

export const CO_OWNERSHIP_WORDS = {
  0: '单独所有',
  1: '共同共有',
  2: '按份共有',
  3: '其他共有',
} as const satisfies Record<Right['coOwnership'], string>;

export const ENCUMBRANCE_WORDS = {
  mortgage: '抵押权',
  preNotice: '预告登记',
  objection: '异议登记',
  residence: '居住权',
  easement: '地役权',
  seizure: '查封',
} as const satisfies Record<Encumbrance['kind'], string>;

/** 最高额抵押: in this time the claims arise that it secures (民法典420, 423); a debt of its own has a term instead. */
export const DEBT_TERM_WORDS = {
  general: '债务履行期限',
  maximum: '债权确定期间',
} as const;

export function dayText(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** 60,000,000 fen → `600,000.00元`. */
export function yuanText(fen: number): string {
  return `${(fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}元`;
}
