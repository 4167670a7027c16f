import { instantAt, legalDayOf } from '../../platform/time.ts';
import type { NoShow, NoShowRule } from './booking.model.ts';
import type { Seat } from './slot.model.ts';

/**
 * What no-shows (爽约) lead to, computed from them each time it is asked. Default 3 in 90 days → 30 days (domain.md §9); 南京: 4 in
 * a calendar month → 30 days. The right to apply is untouched: the online application and walk-in tickets stay open.
 */

export interface Standing {
  suspendedUntil: Date | null;
  /** Those that count towards the next suspension. */
  counted: number;
}

const DAY_MS = 86_400_000;

/** Who takes a seat after the hour of free cancelling may think again so long. The page that books says the same. */
export const LATE_GRACE_MINUTES = 15;

/** First instant after the suspension: the day of the last no-show is not counted (民法典第二百零一条). */
function endOfSuspension(at: Date, days: number): Date {
  const midnight = instantAt(legalDayOf(at)).getTime();
  return new Date(midnight + (days + 1) * DAY_MS);
}

const isWithin = (earlier: Date, later: Date, within: NoShowRule['within']): boolean =>
  within === 'calendarMonth'
    ? legalDayOf(earlier).slice(0, 7) === legalDayOf(later).slice(0, 7)
    : later.getTime() - earlier.getTime() < within.days * DAY_MS;

/**
 * Until when this seat can be given up without a no-show. The hour of the working day before (`hallFree`) is for those who had it
 * before then: it gives others time to take the seat. Two have no such hour behind them. Who takes a seat when the hour is past
 * already (booked, confirmed or moved by themselves) has a quarter of an hour to think again. Whom the office moved did not
 * choose the window: giving it up is free until it begins, unless they move on by themselves.
 */
export function freeUntilOf(
  { at, since, office }: Pick<Seat, 'at' | 'since' | 'office'>,
  { hallFree, startAt }: { hallFree: Date; startAt: Date },
): Date {
  if (office) return startAt;
  const taken = since ?? at;
  if (taken <= hallFree) return hallFree;
  return new Date(Math.min(taken.getTime() + LATE_GRACE_MINUTES * 60_000, startAt.getTime()));
}

/**
 * Since when the new seat counts as taken when its holder moves: a quarter of an hour that has begun is not given anew, or a
 * script that moves every fourteen minutes would hold a seat of the next day to its end for nothing. Who had the old seat before
 * the free hour, whom the office moved, and whose hall does not count late cancelling, had no such time running.
 */
export function sinceOfMove(
  { at, since, office }: Pick<Seat, 'at' | 'since' | 'office'>,
  moved: { hallFree: Date; counts: boolean; now: Date },
): Date {
  const taken = since ?? at;
  return moved.counts && !office && taken > moved.hallFree ? taken : moved.now;
}

/** What of a no-show the standing rests on. */
export type Miss = Pick<NoShow, 'at' | 'occurredAt' | 'rule' | 'appeal'>;

const isGranted = ({ appeal }: Miss): boolean => appeal?.state === 'granted';

const grantedBefore = (miss: Miss, instant: Date): boolean => {
  const decidedAt = miss.appeal?.decidedAt;
  return isGranted(miss) && decidedAt instanceof Date && decidedAt < instant;
};

interface Group {
  members: readonly Miss[];
  /** So many of them bring the suspension. */
  count: number;
  until: Date;
}

/**
 * History as it was decided: which no-shows led to a suspension, and which still count towards the next. One counts unless its
 * appeal had been granted by then. What led to a suspension is used up for good: were the groups made anew without a no-show
 * that is granted later, those an earlier suspension had used up would count again, and the appeal suspend who made it. What a
 * no-show brings is judged by the rule of its day: a rule made stricter burdens nobody for what was before (立法法104).
 */
function replay(misses: readonly Miss[], given: NoShowRule): { groups: Group[]; unused: Miss[] } {
  const groups: Group[] = [];
  let unused: Miss[] = [];
  for (const miss of [...misses].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const by = miss.occurredAt ?? miss.at;
    const { count, within, suspendDays } = miss.rule ?? given;
    unused.push(miss);
    const members = unused.filter(
      (earlier) => isWithin(earlier.at, miss.at, within) && !grantedBefore(earlier, by),
    );
    if (members.length < count) continue;
    groups.push({ members, count, until: endOfSuspension(miss.at, suspendDays) });
    unused = unused.filter((earlier) => !members.includes(earlier));
  }
  return { groups, unused };
}

/** A suspension ends at once where the no-shows that are left of it would not have brought it. */
const stands = ({ members, count }: Group): boolean =>
  members.filter((miss) => !isGranted(miss)).length >= count;

/**
 * An appeal that was granted takes a no-show away, and lifts the suspension that rests on it. `rule` is that of today: what counts
 * towards the next suspension is shown by it, and no-shows that were kept without the rule of their day are judged by it.
 */
export function standingOf(misses: readonly Miss[], rule: NoShowRule, now: Date): Standing {
  const { groups, unused } = replay(misses, rule);
  const ends = groups.filter(stands).map(({ until }) => until.getTime());
  const suspendedUntil = new Date(Math.max(0, ...ends));
  return {
    suspendedUntil: suspendedUntil > now ? suspendedUntil : null,
    counted: unused.filter((miss) => !isGranted(miss) && isWithin(miss.at, now, rule.within)).length,
  };
}
