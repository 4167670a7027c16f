import type { Figures } from './contract.ts';
import type { CaseFact } from './case-fact.model.ts';

/**
 * Counting: facts to a tally, tallies to one, a tally to the figures that are shown. Pure; the counters and the full recount both
 * use it, the test's oracle does not.
 */

/** Used time is kept in quarters of an office hour, rounded up: nothing is shown better than it was. */
export const QUARTER_MINUTES = 15;

/** Upper bounds of the part of the limit that was used; what is above the last one has a bin of its own. */
const SHARE_BOUNDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.5, 2];

export const SHARE_BIN_COUNT = SHARE_BOUNDS.length + 1;

/** The bin of a part of the limit. */
export function shareBin(share: number): number {
  const bin = SHARE_BOUNDS.findIndex((bound) => share <= bound);
  return bin < 0 ? SHARE_BOUNDS.length : bin;
}

const COUNTS = [
  'submitted',
  'accepted',
  'done',
  'onTime',
  'late',
  'lateStatutory',
  'edge',
  'refused',
  'declined',
  'withdrawn',
  'corrections',
] as const;
type CountName = (typeof COUNTS)[number];

export interface Tally extends Record<CountName, number> {
  usedMinutes: number;
  pausedMinutes: number;
  /** Quarters of an hour used → cases done. */
  used: Record<string, number>;
  /** Thirteen bins, see SHARE_BOUNDS. */
  usedShare: number[];
  refusals: Record<string, number>;
}

export const emptyTally = (): Tally => ({
  ...(Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<CountName, number>),
  usedMinutes: 0,
  pausedMinutes: 0,
  used: {},
  usedShare: Array.from({ length: SHARE_BOUNDS.length + 1 }, () => 0),
  refusals: {},
});

const bump = (counts: Record<string, number>, key: string, by = 1): void => {
  counts[key] = (counts[key] ?? 0) + by;
};

function addEnd(tally: Tally, { kind, end }: CaseFact): void {
  if (!end) return;
  tally.pausedMinutes += end.pausedMinutes;
  tally.usedMinutes += end.usedMinutes;
  if (kind === 'refused') bump(tally.refusals, end.reason ?? 'other');
  if (kind !== 'registered') return;
  tally[end.onTime ? 'onTime' : 'late'] += 1;
  if (end.lateStatutory) tally.lateStatutory += 1;
  if (end.edge) tally.edge += 1;
  bump(tally.used, String(Math.ceil(end.usedMinutes / QUARTER_MINUTES)));
  const place = shareBin(end.usedShare);
  tally.usedShare[place] = (tally.usedShare[place] ?? 0) + 1;
}

const NAME_OF = {
  submitted: 'submitted',
  accepted: 'accepted',
  correction: 'corrections',
  registered: 'done',
  refused: 'refused',
  declined: 'declined',
  withdrawn: 'withdrawn',
} as const satisfies Record<CaseFact['kind'], CountName>;

/** Adds one fact to a tally in place. */
export function addFact(tally: Tally, fact: CaseFact): void {
  tally[NAME_OF[fact.kind]] += 1;
  addEnd(tally, fact);
}

/** Adds one tally to another in place. */
export function addTally(into: Tally, tally: Tally): void {
  for (const name of COUNTS) into[name] += tally[name];
  into.usedMinutes += tally.usedMinutes;
  into.pausedMinutes += tally.pausedMinutes;
  for (const [key, count] of Object.entries(tally.used)) bump(into.used, key, count);
  for (const [key, count] of Object.entries(tally.refusals)) bump(into.refusals, key, count);
  tally.usedShare.forEach((count, place) => {
    into.usedShare[place] = (into.usedShare[place] ?? 0) + count;
  });
}

export const sumOf = (tallies: readonly Tally[]): Tally => {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  return sum;
};

/** Office minutes that at least this part of the cases done did not exceed; null where none was done. */
export function usedPercentile({ used, done }: Pick<Tally, 'used' | 'done'>, part: number): number | null {
  let seen = 0;
  const quarters = Object.entries(used).sort(([a], [b]) => Number(a) - Number(b));
  for (const [quarter, count] of quarters) {
    seen += count;
    if (seen >= Math.max(1, Math.ceil(done * part))) return Number(quarter) * QUARTER_MINUTES;
  }
  return null;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export function figuresOf(tally: Tally): Figures {
  const { used: _used, refusals: _refusals, usedMinutes, pausedMinutes, ...counts } = tally;
  const { done, refused, corrections, onTime } = counts;
  const at = (part: number) => usedPercentile(tally, part) ?? 0;
  const doneMinutes = Object.entries(tally.used).reduce(
    (sum, [quarter, count]) => sum + Number(quarter) * QUARTER_MINUTES * count,
    0,
  );
  return {
    ...counts,
    onTimeShare: share(onTime, done),
    correctionsPerCase: share(corrections, done + refused),
    pauseShare: share(pausedMinutes, pausedMinutes + usedMinutes),
    usedMinutes:
      done === 0
        ? null
        : {
            fastest: at(0),
            median: at(0.5),
            p90: at(0.9),
            slowest: at(1),
            mean: Math.round(doneMinutes / done),
          },
  };
}

/** What a fact counts under: all, its type, its office, both, and who decided. */
export function dimensionsOf({
  typeCode,
  officeId,
  clerk,
}: Pick<CaseFact, 'typeCode' | 'officeId' | 'clerk'>) {
  const office = `office:${officeId ?? ''}`;
  return [
    '*',
    `type:${typeCode}`,
    office,
    `type:${typeCode},${office}`,
    ...(clerk ? [`clerk:${clerk.accountId}`] : []),
  ];
}

/** An empty office is a dimension of its own: cases that no hall has, as `dimensionsOf` names it. */
export function dimensionOf({ type, office }: { type?: string; office?: string }): string {
  const parts = [...(type ? [`type:${type}`] : []), ...(office === undefined ? [] : [`office:${office}`])];
  return parts.length === 0 ? '*' : parts.join(',');
}

/** Every dimension of these facts with its tally. */
export function tallyFacts(facts: Iterable<CaseFact>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const fact of facts) {
    for (const dimension of dimensionsOf(fact)) {
      const tally = tallies.get(dimension) ?? emptyTally();
      tallies.set(dimension, tally);
      addFact(tally, fact);
    }
  }
  return tallies;
}
