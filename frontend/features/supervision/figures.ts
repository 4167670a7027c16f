import type { Figures, Performance, Summary, Trends } from '../../../backend/modules/supervision/contract.ts';

/** What a chart says and where its marks stand. Pure. */

/** `0.9912` → `99.1`, cut rather than rounded: 99.96 % is not shown as 100. Null: nothing to divide by. */
export function percentOf(share: number | null, digits = 1): string | null {
  if (share === null) return null;
  const scale = 10 ** digits;
  return String(Math.floor(share * 100 * scale + 1e-9) / scale);
}

export interface TrendPoint {
  month: string;
  share: number;
  /** Place among the months, 0 the oldest. */
  place: number;
  kept: boolean;
}

/** Months in which something was done; others are gaps. */
export function trendPoints({ months, target }: Pick<Trends, 'months' | 'target'>): TrendPoint[] {
  return months.flatMap(({ month, figures: { onTimeShare } }, place) =>
    onTimeShare === null ? [] : [{ month, share: onTimeShare, place, kept: onTimeShare >= target }],
  );
}

/** Where the axis of a rate starts: a round figure of five percent below the lowest point and the target. */
export function axisStart(points: readonly { share: number }[], target: number): number {
  const lowest = Math.min(target, ...points.map(({ share }) => share));
  return Math.max(0, Math.floor((lowest - 0.005) * 20) / 20);
}

export interface UsedRow {
  type: string;
  name: { zh: string; en: string };
  promisedMinutes: number;
  /** Parts of the promise, 1 the whole. */
  fastest: number;
  median: number;
  slowest: number;
  late: number;
  figures: Figures;
}

/** Types with cases done, slowest first. */
export function usedRows(rows: Performance['rows']): UsedRow[] {
  return rows
    .flatMap(({ key, name, promisedMinutes, figures }) => {
      const { usedMinutes: used, late } = figures;
      if (key === null || used === null || !promisedMinutes) return [];
      const part = (minutes: number) => minutes / promisedMinutes;
      return [
        {
          type: key,
          name,
          promisedMinutes,
          fastest: part(used.fastest),
          median: part(used.median),
          slowest: part(used.slowest),
          late,
          figures,
        },
      ];
    })
    .sort((a, b) => b.slowest - a.slowest);
}

/** Bounds of the bins of `Figures.usedShare` in percent; the last has no upper bound. */
export const SHARE_BINS: readonly { from: number; to: number | null }[] = [
  ...Array.from({ length: 10 }, (_, n) => ({ from: n * 10, to: (n + 1) * 10 })),
  { from: 100, to: 150 },
  { from: 150, to: 200 },
  { from: 200, to: null },
];

/** How many cases used up to half, more but not all, and more than the limit. */
export function sharesOf(usedShare: readonly number[]): { half: number; edge: number; late: number } {
  const sum = (from: number, to: number) => usedShare.slice(from, to).reduce((all, n) => all + n, 0);
  return { half: sum(0, 5), edge: sum(5, 10), late: sum(10, 13) };
}

export const overdueOf = ({ lights }: { lights: Summary['lights'] }): number => lights.red + lights.black;

/** The step with most overdue cases, else with most that are due soon; null where there is none of either. */
export function stuckAt(
  stages: Summary['stages'],
): { stage: Summary['stages'][number]; kind: 'late' | 'soon'; count: number } | null {
  const most = (count: (stage: Summary['stages'][number]) => number) =>
    [...stages].sort((a, b) => count(b) - count(a)).find((stage) => count(stage) > 0);
  const late = most(overdueOf);
  if (late) return { stage: late, kind: 'late', count: overdueOf(late) };
  const soon = most(({ lights }) => lights.yellow);
  return soon ? { stage: soon, kind: 'soon', count: soon.lights.yellow } : null;
}

/** The month shown first: the latest with a case done, else the current one. */
export function monthToShow(months: Trends['months'], wanted: string | null): string {
  if (wanted !== null && months.some(({ month }) => month === wanted)) return wanted;
  const found = [...months].reverse().find(({ figures: { done } }) => done > 0) ?? months.at(-1);
  return found?.month ?? '';
}
