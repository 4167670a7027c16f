import { beforeAll, describe, expect, it } from 'vitest';
import type { TraceRow } from '../../../backend/modules/clock/contract.ts';
import { countingText } from '../../../frontend/features/services/counting-text.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';

beforeAll(() => i18n.load(['services']));

const YEAR = new Date().getFullYear();
const row = (
  date: string,
  kind: TraceRow['kind'],
  ordinal: number | null = null,
  more: Partial<TraceRow> = {},
): TraceRow => ({
  date: `${YEAR}-${date}`,
  weekday: 1,
  kind,
  counted: ordinal === null ? 0 : 1,
  ordinal,
  minutes: null,
  workday: ordinal !== null,
  makeUp: kind === 'makeUp',
  holiday: null,
  pauses: [],
  due: false,
  provisional: false,
  basis: { zh: '', en: '' },
  ...more,
});

describe('how a promised day was counted, in one sentence', () => {
  it('names the day of acceptance, worked weekends, days off and counted days', () => {
    const text = countingText([
      row('10-09', 'start'),
      row('10-10', 'makeUp', 1),
      row('10-11', 'off'),
      row('10-12', 'counted', 2),
      row('10-13', 'counted', 3),
    ]);
    expect(text).toMatch(
      /^今天不计；10月10日（周.）调休上班，算第 1 天；10月11日周.休息；10月12日到10月13日算第 2 到 3 天。$/,
    );
  });

  it('gathers a holiday', () => {
    const holiday = { zh: '国庆节', en: 'National Day' };
    const off = ['01', '02', '03'].map((d) => row(`10-${d}`, 'off', null, { holiday }));
    expect(countingText([row('09-30', 'start'), ...off, row('10-08', 'counted', 1)])).toBe(
      '今天不计；10月1日到10月3日国庆节，3 天不计；10月8日算第 1 天。',
    );
  });

  it('is silent where it would be a table', () => {
    const long = Array.from({ length: 8 }, (_, i) =>
      row(`11-${10 + i}`, i % 2 ? 'off' : 'counted', i % 2 ? null : i + 1),
    );
    expect(countingText(long)).toBe('');
  });
});
