import type { Breathe } from './breathe.ts';
import type { Course } from './course.ts';
import { runningMinutes, type WorkingTime } from './working-time.ts';

/**
 * What the weeks before an instant teach: how long cases took from each step on, and how many each hall's steps let through. Made
 * once for many instants; each look sees only what had ended by then.
 */

interface Passage {
  /** Working minute at which the case ended: known from then on. */
  known: number;
  /** Running minutes in the step, and from there to the end. */
  inStep: number;
  after: number;
}

export interface Past {
  /** How many of the cases alike that were this long in the step needed longer than `margin` to their end, of how many. */
  longer(of: { type: string; office: string; step: string; inStep: number; margin: number; now: number }): {
    longer: number;
    of: number;
  };
  /** Cases a working minute that left the step of a hall lately. */
  pace(office: string, step: string, now: number): number;
  /** The median of the running minutes from the entry into a step to the end. */
  medianFrom(type: string, step: string, now: number): number;
}

/** Forty working days: long enough to hold rare ways, short enough to follow the season. */
const WEEKS_DAYS = 40;
/** Ten working days: the pace of now. */
const PACE_DAYS = 10;
/** With fewer cases of the hall itself, those of all halls speak. */
const ENOUGH = 40;

/** The first place whose value is above `value`, in ascending order. */
function above<T>(list: readonly T[], value: number, of: (one: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(list[middle]!) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const push = <T>(map: Map<string, T[]>, key: string, one: T): void => {
  const list = map.get(key);
  if (list) list.push(one);
  else map.set(key, [one]);
};

export async function pastOf(
  courses: readonly Course[],
  time: WorkingTime,
  breathe?: Breathe,
): Promise<Past> {
  const passages = new Map<string, Passage[]>();
  const exits = new Map<string, number[]>();
  for (const { type, office, stages, pauses, endedAt, registered } of courses) {
    const breath = breathe?.();
    if (breath) await breath;
    for (const { step, to } of stages) if (to !== null) push(exits, `${office}|${step}`, time.minuteOf(to));
    if (endedAt === null || !registered) continue;
    const known = time.minuteOf(endedAt);
    for (const { step, from, to } of stages) {
      const left = to ?? endedAt;
      const passage = {
        known,
        inStep: runningMinutes(time, from, left, pauses),
        after: runningMinutes(time, left, endedAt, pauses),
      };
      push(passages, `${type}|${step}`, passage);
      push(passages, `${type}|${step}|${office}`, passage);
    }
  }
  for (const list of passages.values()) list.sort((a, b) => a.known - b.known);
  for (const list of exits.values()) list.sort((a, b) => a - b);
  const medians = new Map<string, number>();
  const window = WEEKS_DAYS * time.minutesPerDay;

  const lately = (key: string, now: number): Passage[] => {
    const list = passages.get(key) ?? [];
    const known = ({ known: at }: Passage) => at;
    return list.slice(above(list, now - window, known), above(list, now, known));
  };
  const among = (list: readonly Passage[], inStep: number, margin: number) => {
    let of = 0;
    let longer = 0;
    for (const one of list) {
      if (one.inStep <= inStep) continue;
      of += 1;
      if (one.inStep - inStep + one.after > margin) longer += 1;
    }
    return { longer, of };
  };
  return {
    longer({ type, office, step, inStep, margin, now }) {
      const own = among(lately(`${type}|${step}|${office}`, now), inStep, margin);
      return own.of >= ENOUGH ? own : among(lately(`${type}|${step}`, now), inStep, margin);
    },
    pace(office, step, now) {
      const list = exits.get(`${office}|${step}`) ?? [];
      const minutes = PACE_DAYS * time.minutesPerDay;
      const count = above(list, now, (at) => at) - above(list, now - minutes, (at) => at);
      return count / minutes;
    },
    medianFrom(type, step, now) {
      const key = `${type}|${step}|${now}`;
      const known = medians.get(key);
      if (known !== undefined) return known;
      const all = lately(`${type}|${step}`, now)
        .map(({ inStep, after }) => inStep + after)
        .sort((a, b) => a - b);
      const median = all[Math.floor(all.length / 2)] ?? 0;
      medians.set(key, median);
      return median;
    },
  };
}
