import { describe, expect, it } from 'vitest';
import type {
  CaseCause,
  Figures,
  Performance,
  Summary,
} from '../../../backend/modules/supervision/contract.ts';
import { longestStretch, pausedMinutes } from '../../../frontend/features/supervision/cause.ts';
import {
  axisStart,
  monthToShow,
  percentOf,
  sharesOf,
  stuckAt,
  trendPoints,
  usedRows,
} from '../../../frontend/features/supervision/figures.ts';

const figures = (some: Partial<Figures>): Figures => ({ done: 0, onTimeShare: null, ...some }) as Figures;
const stage = (step: string, lights: Partial<Summary['lights']>): Summary['stages'][number] => ({
  step,
  label: { zh: step, en: step },
  total: 0,
  lights: { black: 0, red: 0, yellow: 0, green: 0, paused: 0, none: 0, ...lights },
});

describe('a rate in words', () => {
  it.each([
    [null, null],
    [0, '0'],
    [1, '100'],
    [0.9996, '99.9'],
    [0.991, '99.1'],
    [0.29, '29'],
  ])('%s is %s', (share, words) => {
    expect(percentOf(share)).toBe(words);
  });

  it('is never rounded up to the whole', () => {
    for (const n of [0.9999, 0.99999, 0.999999]) expect(percentOf(n)).not.toBe('100');
  });
});

describe('the trend', () => {
  const months = [
    { month: '2026-09', figures: figures({ done: 4, onTimeShare: 0.98 }) },
    { month: '2026-10', figures: figures({}) },
    { month: '2026-11', figures: figures({ done: 2, onTimeShare: 0.99 }) },
    { month: '2026-12', figures: figures({}) },
  ];

  it('leaves a gap where nothing was done and marks what kept the target', () => {
    expect(trendPoints({ months, target: 0.99 })).toEqual([
      { month: '2026-09', share: 0.98, place: 0, kept: false },
      { month: '2026-11', share: 0.99, place: 2, kept: true },
    ]);
  });

  it('starts its axis below every point and the target', () => {
    expect(axisStart([], 0.99)).toBeLessThan(0.99);
    for (const share of [0, 0.013, 0.5, 0.949, 0.951, 1]) {
      const start = axisStart([{ share }], 0.99);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start).toBeLessThanOrEqual(Math.min(share, 0.99));
    }
  });

  it('shows first the latest month with a case done, or the one that was asked for', () => {
    expect(monthToShow(months, null)).toBe('2026-11');
    expect(monthToShow(months, '2026-10')).toBe('2026-10');
    expect(monthToShow(months, '1999-01')).toBe('2026-11');
    expect(monthToShow(months.slice(3), null)).toBe('2026-12');
  });
});

describe('time used against the limit', () => {
  const used = (slowest: number) => ({ fastest: 60, median: 120, p90: 200, slowest, mean: 120 });
  const row = (key: string, slowest: number | null): Performance['rows'][number] => ({
    key,
    name: { zh: key, en: key },
    promised: { amount: 1, unit: 'workingDay' },
    promisedMinutes: 480,
    figures: figures({ done: 1, usedMinutes: slowest === null ? null : used(slowest) }),
  });

  it('puts the slowest type first, as a part of its own promise, and leaves out what has no case', () => {
    const rows = usedRows([row('ZY01', 240), row('ZY02', 960), row('ZY03', null)]);
    expect(rows.map(({ type, slowest }) => [type, slowest])).toEqual([
      ['ZY02', 2],
      ['ZY01', 0.5],
    ]);
    expect(rows[0]?.median).toBe(0.25);
  });

  it('counts every case of the thirteen bins in one of three parts', () => {
    const bins = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
    const { half, edge, late } = sharesOf(bins);
    expect([half, edge, late]).toEqual([15, 40, 36]);
    expect(half + edge + late).toBe(bins.reduce((sum, n) => sum + n, 0));
  });
});

describe('where it sticks', () => {
  it('is where most is overdue, before where most is due soon', () => {
    const stages = [stage('firstReview', { yellow: 9 }), stage('record', { red: 1, black: 1 })];
    expect(stuckAt(stages)).toMatchObject({ stage: { step: 'record' }, kind: 'late', count: 2 });
    expect(stuckAt(stages.slice(0, 1))).toMatchObject({ kind: 'soon', count: 9 });
    expect(stuckAt([stage('record', { green: 5 })])).toBeNull();
  });

  it('of a case is its longest stretch, the earlier of equals', () => {
    const stretch = (step: string, minutes: number) => ({ step, minutes }) as CaseCause['stretches'][number];
    expect(longestStretch([stretch('a', 5), stretch('b', 9), stretch('c', 9)])?.step).toBe('b');
    expect(longestStretch([])).toBeNull();
  });

  it('counts a pause inside another, and one of two equal ones, once', () => {
    const pause = (from: string, to: string | null, minutes: number) =>
      ({ from, to, minutes }) as CaseCause['pauses'][number];
    const inner = pause('2026-10-10T01:00:00Z', '2026-10-10T02:00:00Z', 60);
    const outer = pause('2026-10-10T00:00:00Z', '2026-10-10T03:00:00Z', 180);
    const later = pause('2026-10-11T00:00:00Z', null, 30);
    expect(pausedMinutes([inner, outer, later])).toBe(210);
    expect(pausedMinutes([outer, { ...outer }])).toBe(180);
    expect(pausedMinutes([])).toBe(0);
  });
});
