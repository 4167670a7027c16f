import type { CaseCause } from '../../../backend/modules/supervision/contract.ts';

type Stretch = CaseCause['stretches'][number];

/** Where the case stuck: the stretch with most office minutes, the earlier of equals; null without stretches. */
export function longestStretch(stretches: readonly Stretch[]): Stretch | null {
  return stretches.reduce<Stretch | null>(
    (longest, one) => (longest === null || one.minutes > longest.minutes ? one : longest),
    null,
  );
}

/** Office minutes paused. Pauses may run side by side, so this sums only what does not overlap. */
export function pausedMinutes(pauses: CaseCause['pauses']): number {
  const outer = pauses.filter(
    (one) =>
      !pauses.some(
        (other) =>
          other !== one &&
          other.from <= one.from &&
          (other.to === null || (one.to !== null && other.to >= one.to)) &&
          (other.from !== one.from || other.to !== one.to || pauses.indexOf(other) < pauses.indexOf(one)),
      ),
  );
  return outer.reduce((sum, { minutes }) => sum + minutes, 0);
}
