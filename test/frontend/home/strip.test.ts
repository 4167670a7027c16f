import { describe, expect, it } from 'vitest';
import type { TraceDay } from '../../../frontend/features/cases/trace.ts';
import { stripCells } from '../../../frontend/features/home/strip.ts';

const day = (date: string, kind: TraceDay['kind'], more: Partial<TraceDay> = {}): TraceDay => ({
  date,
  weekday: 1,
  kind,
  makeUp: false,
  holiday: false,
  name: null,
  ordinal: null,
  basis: { zh: '', en: '' },
  provisional: false,
  today: false,
  past: false,
  due: false,
  late: false,
  stopped: false,
  ...more,
});

describe('the short strip', () => {
  it('leaves out the day of acceptance and draws a holiday and a pause as one cell each', () => {
    const cells = stripCells([
      day('2026-09-29', 'start', { past: true }),
      day('2026-09-30', 'counted', { past: true, ordinal: 1 }),
      ...[1, 2, 3, 4, 5, 6, 7].map((d) => day(`2026-10-0${d}`, 'off', { past: true, holiday: true })),
      day('2026-10-08', 'paused', { past: true }),
      day('2026-10-09', 'counted', { today: true, ordinal: 2 }),
      day('2026-10-10', 'counted', { ordinal: 3, due: true, makeUp: true }),
    ]);
    expect(cells.map(({ kind, days, ordinal, due }) => [kind, days, ordinal, due])).toEqual([
      ['done', 1, 1, false],
      ['off', 7, null, false],
      ['pause', 1, null, false],
      ['today', 1, 2, false],
      ['ahead', 1, 3, true],
    ]);
  });

  it('is empty where it would not fit a phone', () => {
    const many = Array.from({ length: 9 }, (_, i) => day(`2026-11-1${i}`, 'counted', { ordinal: i + 1 }));
    expect(stripCells(many)).toEqual([]);
  });
});
