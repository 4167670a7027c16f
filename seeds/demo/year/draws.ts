import { createChance, type Chance } from '../register/chance.ts';

/** Draws from the distributions that waiting and working times follow, on the fixed seed of the demo. */
export interface Draws extends Chance {
  /** 0 < u < 1. */
  unit(): number;
  /** Skewed to the right, as times of work are: the median, and how far the spread goes on the logarithm. */
  logNormal(median: number, sigma: number): number;
  chance(probability: number): boolean;
  /** A key by its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
}

export function createDraws(seed: number): Draws {
  const base = createChance(seed);
  const unit = () => (base.below(0x3fffffff) + 0.5) / 0x3fffffff;
  const normal = () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit());
  return {
    ...base,
    unit,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    chance: (probability) => unit() < probability,
    weighted(weights) {
      const entries = Object.entries(weights) as [never, number][];
      let left = unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) if ((left -= weight) <= 0) return key;
      return entries[entries.length - 1]![0];
    },
  };
}
