import { instantAt, legalDayOf } from '../../platform/time.ts';
import type { NoShow } from './booking.model.ts';
import type { HallRules } from './contract.ts';
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

const isWithin = (earlier: Date, later: Date, within: HallRules['noShow']['within']): boolean =>
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

/** An appeal that was granted takes a no-show away. What led to a suspension does not count towards another. */
export function standingOf(
  noShows: readonly Pick<NoShow, 'at' | 'appeal'>[],
  rule: HallRules['noShow'],
  now: Date,
): Standing {
  const dates = noShows
    .filter(({ appeal }) => appeal?.state !== 'granted')
    .map(({ at }) => at)
    .sort((a, b) => a.getTime() - b.getTime());
  let suspendedUntil: Date | null = null;
  let counting: Date[] = [];
  for (const at of dates) {
    counting = [...counting.filter((earlier) => isWithin(earlier, at, rule.within)), at];
    if (counting.length < rule.count) continue;
    suspendedUntil = endOfSuspension(at, rule.suspendDays);
    counting = [];
  }
  return {
    suspendedUntil: suspendedUntil && suspendedUntil > now ? suspendedUntil : null,
    counted: counting.filter((at) => isWithin(at, now, rule.within)).length,
  };
}
