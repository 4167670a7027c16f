/** How good a list was. */
export interface Score {
  /** Forecasts, those that came true, those named, and both. */
  cases: number;
  broken: number;
  named: number;
  caught: number;
  precision: number | null;
  recall: number | null;
  /** Mean squared distance of the chance from what happened: 0 is perfect. */
  brier: number | null;
}

export function scoreOf(all: readonly { named: boolean; chance: number; broken: boolean }[]): Score {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const broken = all.filter((one) => one.broken).length;
  const named = all.filter((one) => one.named).length;
  const caught = all.filter((one) => one.named && one.broken).length;
  const squares = all.reduce((sum, one) => sum + (one.chance - (one.broken ? 1 : 0)) ** 2, 0);
  return {
    cases: all.length,
    broken,
    named,
    caught,
    precision: share(caught, named),
    recall: share(caught, broken),
    brier: share(squares, all.length),
  };
}

/** Of precision and recall, one figure: their harmonic mean; 0 where nothing was caught. */
export const f1Of = ({ named, broken, caught }: Score): number =>
  named + broken === 0 ? 0 : (2 * caught) / (named + broken);
