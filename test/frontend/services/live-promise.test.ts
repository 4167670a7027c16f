import { beforeAll, describe, expect, it } from 'vitest';
import type { LivePerformance } from '../../../backend/modules/supervision/contract.ts';
import { liveLines, promiseShare } from '../../../frontend/features/services/live-promise.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';

const live = (some: Partial<LivePerformance>): LivePerformance => ({
  done: 0,
  onTime: 0,
  late: 0,
  onTimeShare: null,
  medianWorkdays: null,
  p90Workdays: null,
  suppressed: false,
  ...some,
});

describe('how a promise was kept, in words', () => {
  beforeAll(() => i18n.load(['services']));

  it('says that small numbers are withheld, and never shows them as none', () => {
    const few = live({ done: null, onTime: null, late: null, suppressed: true });
    expect(liveLines(few, 5)).toEqual(['不到 5 件，不公布数字，免得看出是谁家的事']);
    expect(liveLines(live({}), 5)).toEqual(['没有办结的件']);
  });

  it('says late cases as generously as the others', () => {
    const some = live({
      done: 200,
      onTime: 199,
      late: 1,
      onTimeShare: 0.995,
      medianWorkdays: 1.25,
      p90Workdays: 2.5,
    });
    expect(liveLines(some, 5)).toEqual([
      '办结 200 件，按时 99.5%',
      '超期 1 件',
      '一半在 1.25 个工作日内办结，九成在 2.5 个工作日内',
    ]);
    expect(liveLines({ ...some, late: 0 }, 5)).toHaveLength(2);
    expect(liveLines({ ...some, late: 0, medianWorkdays: 0.08, p90Workdays: 0.5 }, 5).at(-1)).toBe(
      '一半在半个工作日内办结，九成在 0.5 个工作日内',
    );
  });

  it('never rounds a broken promise away', () => {
    expect(promiseShare(0.99999)).toBe('99.9%');
    expect(promiseShare(1)).toBe('100%');
    expect(promiseShare(0.29)).toBe('29%');
  });
});
