import type { Text } from './contract.ts';
import type { AlarmKind } from './vocabulary.ts';

const WORDS = {
  yellow: { zh: '临期', en: 'Due soon' },
  red: { zh: '超期', en: 'Overdue' },
  black: { zh: '超过法定期限', en: 'Past the statutory limit' },
  late: { zh: '超期', en: 'Overdue' },
  preReviewOverdue: { zh: '预审超时', en: 'Pre-review overdue' },
  deemedAccepted: { zh: '视为受理', en: 'Deemed accepted' },
  pauseOverdue: { zh: '暂停超过计划', en: 'Pause past its planned end' },
} as const satisfies Record<AlarmKind, Text>;

/** `临期`, `超期 2 个工作日`. */
export function alarmWords(kind: AlarmKind, lateWorkdays: number): Text {
  if (kind !== 'late') return WORDS[kind];
  return {
    zh: `超期 ${lateWorkdays} 个工作日`,
    en: `Overdue by ${lateWorkdays} working ${lateWorkdays === 1 ? 'day' : 'days'}`,
  };
}
