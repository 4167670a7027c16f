import { addMonths, dayNumberOf, instantOf, toLegalDay } from '../clock/index.ts';
import type { QueryDocument, QueryKeeping } from './query.model.ts';

/**
 * Until when the papers and the answer of a query are kept (个人信息保护法 19: no longer than needed). Counted from its end, so that a
 * query that waits loses nothing, and of a state organ's from when those concerned are told, if that is later, so that they have as long
 * to complain as anybody (个人信息保护法 50). By whole legal days, so that a day that somebody was told is a day on which it is there. Pure.
 */
export interface RetentionRule {
  /** After it was taken back. */
  withdrawnDays: number;
  /** After it was answered or refused. */
  decidedYears: number;
}

/** Of a query that ends now. */
export const keepingSince = (since: Date): QueryKeeping => ({ since, open: true, erasedAt: null });

/** The last day; null while it waits. */
export function keptUntilOn(
  { state, keeping, notice }: Pick<QueryDocument, 'state' | 'keeping' | 'notice'>,
  { withdrawnDays, decidedYears }: RetentionRule,
): string | null {
  if (!keeping) return null;
  const told = notice ? (notice.releasedAt ?? notice.until) : keeping.since;
  const day = dayNumberOf(told > keeping.since ? told : keeping.since);
  return toLegalDay(state === 'withdrawn' ? day + withdrawnDays : addMonths(day, decidedYears * 12));
}

/** What ended, and was told, before these instants is over: never a day earlier than `keptUntilOn` says, after a 29 February one later. */
export function endedBefore({ withdrawnDays, decidedYears }: RetentionRule, now: Date) {
  const today = dayNumberOf(now);
  return {
    withdrawn: instantOf(today - withdrawnDays, 0),
    decided: instantOf(addMonths(today, -decidedYears * 12), 0),
  };
}

/** Whether papers and answer are gone; who asked what and why stays. */
export const isErased = ({ keeping }: Pick<QueryDocument, 'keeping'>): boolean => keeping?.erasedAt != null;
