import type { Calendar } from './calendar.ts';
import type { Limit } from './contract.ts';
import { computeDue, type CountInput, type Due } from './counting.ts';
import { dayNumberOf } from './days.ts';
import type { CaseTime } from './events.ts';
import type { Interval } from './pauses.ts';
import { hoursOn } from './workdays.ts';

/** What a case is measured by: the limits of the rule version it was accepted under. */
export interface LimitRule {
  promised: Limit;
  statutory: Limit;
  /** Reasons that replace the promise by the statutory limit instead of stopping the clock. */
  switchToStatutory: readonly string[];
}

/** A limit as it is counted, and where it ends. */
export interface Counted {
  input: CountInput;
  due: Due;
}

export interface TwoClocks {
  promised: Counted;
  statutory: Counted;
}

/**
 * Whether the statutory end comes before the promised one, for limits in different units (hours with a long extension).
 * While both wait for an open pause, the one with less left ends first.
 */
function statutoryEndsFirst(calendar: Calendar, promised: Counted, statutory: Counted): boolean {
  const [a, b] = [promised.due, statutory.due];
  if (a.at !== null && b.at !== null) return b.at < a.at;
  if (a.at !== null || b.at !== null) return b.at !== null;
  const minutesLeft = ({ input, due }: Counted) =>
    input.limit.unit === 'workingHour'
      ? due.left
      : due.left * hoursOn(calendar, dayNumberOf(input.acceptedAt)).minutes;
  return minutesLeft(statutory) < minutesLeft(promised);
}

/**
 * The days by which an extension moves the promise: they add up, and never carry it past the statutory limit. The cap
 * counts in days where the units are the same; otherwise `statutoryEndsFirst` caps the end.
 */
function cappedExtension(promised: Limit, statutory: Limit, days: number): number {
  if (promised.unit !== statutory.unit) return days;
  return Math.max(0, Math.min(days, statutory.amount - promised.amount));
}

/** A promise may not be longer than the law allows (不动产登记暂行条例第二十条). */
function shorter(promised: Limit, statutory: Limit): Limit {
  return promised.unit === statutory.unit && promised.amount > statutory.amount ? statutory : promised;
}

/** Where the promise (承诺) and the law's limit (法定) end. `pauses` are merged. Pure. */
export function countBoth(
  time: CaseTime,
  limits: LimitRule,
  calendar: Calendar,
  pauses: readonly Interval[],
): TwoClocks {
  const counted = (limit: Limit, extraDays: number): Counted => {
    const input = { calendar, acceptedAt: time.acceptedAt, pauses, limit, extraDays };
    return { input, due: computeDue(input) };
  };
  const statutory = counted(limits.statutory, 0);
  const limit = time.switchedToStatutory ? limits.statutory : shorter(limits.promised, limits.statutory);
  const promised = counted(limit, cappedExtension(limit, limits.statutory, time.extendedByDays));
  return { promised: statutoryEndsFirst(calendar, promised, statutory) ? statutory : promised, statutory };
}
