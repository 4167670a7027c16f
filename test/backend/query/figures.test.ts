import { describe, expect, it } from 'vitest';
import { yearOf } from '../../../backend/modules/query/looks/figures.ts';
import type { DelayGround } from '../../../backend/modules/query/contract.ts';

/** What everybody may count must not count one person. */

const times = (counts: Partial<Record<DelayGround, number>>): DelayGround[] =>
  Object.entries(counts).flatMap(([ground, n]) => Array.from({ length: n }, () => ground as DelayGround));

describe('the figures of a year', () => {
  it.each([
    [{ crime: 4 }, { total: null, grounds: [], others: 0 }],
    [
      { crime: 1, security: 5 },
      { total: 6, grounds: [], others: 6 },
    ],
    [
      { crime: 3, security: 3 },
      { total: 6, grounds: [], others: 6 },
    ],
    [
      { enforcement: 9, crime: 5, security: 1 },
      { total: 15, grounds: [9], others: 6 },
    ],
    [
      { enforcement: 9, crime: 5 },
      { total: 14, grounds: [9, 5], others: 0 },
    ],
  ])('of %o', (counts, { total, grounds, others }) => {
    const year = yearOf('2025', times(counts));
    expect([year.total, year.grounds.map(({ count }) => count), year.others]).toEqual([
      total,
      grounds,
      others,
    ]);
    // Nothing that follows by subtraction is small either.
    const rest = (year.total ?? 0) - year.grounds.reduce((sum, { count }) => sum + count, 0);
    expect(rest === 0 || rest >= 5).toBe(true);
  });
});
