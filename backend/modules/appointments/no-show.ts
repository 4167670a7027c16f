import { instantAt, legalDayOf } from '../../platform/time.ts';
import type { NoShow } from './booking.model.ts';
import type { HallRules } from './contract.ts';

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

/** First instant after the suspension: the day of the last no-show is not counted (民法典第二百零一条). */
function endOfSuspension(at: Date, days: number): Date {
  const midnight = instantAt(legalDayOf(at)).getTime();
  return new Date(midnight + (days + 1) * DAY_MS);
}

const isWithin = (earlier: Date, later: Date, within: HallRules['noShow']['within']): boolean =>
  within === 'calendarMonth'
    ? legalDayOf(earlier).slice(0, 7) === legalDayOf(later).slice(0, 7)
    : later.getTime() - earlier.getTime() < within.days * DAY_MS;

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
