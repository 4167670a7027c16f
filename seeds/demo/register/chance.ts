/** Pseudo-random numbers from a fixed seed (mulberry32): the demo is the same on every machine. */
export interface Chance {
  /** 0 ≤ n < `below`. */
  below(below: number): number;
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** True in `percent` of a hundred. */
  in100(percent: number): boolean;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    in100: (percent) => below(100) < percent,
  };
}
