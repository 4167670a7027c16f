import { instantAt, legalDayOf } from '../../platform/time.ts';
import { addMonths, toDayNumber, toLegalDay } from '../clock/index.ts';
import type { EncumbranceKind } from './contract.ts';
import type { Encumbrance, Right, UnitDocument } from './unit.model.ts';
import type { UnitState } from './effects/effect.ts';

/** What a unit says on a given legal day. All pure: a lapse by date is honoured before any job has marked it. */

/**
 * Kinds that end by themselves when their last day has passed: 查封期满未续封 (查封规定27), 异议15日 (民法典220),
 * 预告90日 (民法典221). 居住权 and 抵押权 are only marked by people, on application.
 */
const LAPSING: Readonly<Record<EncumbranceKind, boolean>> = {
  seizure: true,
  objection: true,
  preNotice: true,
  mortgage: false,
  residence: false,
  easement: false,
};

/** 异议登记失效: 15 days, the day of registration not counted (民法典220). */
export const OBJECTION_DAYS = 15;
/** 预告登记失效: 90 days from the day the right could be registered (民法典221). */
export const PRE_NOTICE_DAYS = 90;
/** 查封期限: at most three years a term (民诉法解释485). */
export const LONGEST_SEIZURE_MONTHS = 36;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The last day of a term of months that takes effect on `day`. That day itself is not counted, and the corresponding
 * day of the last month is still part of the term (民法典201, 202): 36 months from 2026-11-23 end on 2029-11-23.
 */
export function lastDayOfTerm(day: string, months: number): string {
  return toLegalDay(addMonths(toDayNumber(day), months));
}

/** An encumbrance as far as time is concerned. */
export type Dated = Pick<Encumbrance, 'kind' | 'status' | 'rank' | 'from' | 'until' | 'seizure' | 'closedAt'>;

export function liveRight<R extends Pick<Right, 'status'>>(unit: { rights: readonly R[] }): R | null {
  return unit.rights.find(({ status }) => status === 'current') ?? null;
}

/** Live: in force or waiting. Closed and lapsed ones are history. */
export function isLive(encumbrance: Pick<Encumbrance, 'status'>): boolean {
  return encumbrance.status === 'current' || encumbrance.status === 'waiting';
}

/** Whether one encumbrance binds on this day, by its own dates. */
export function isInForce(encumbrance: Dated, on: string): boolean {
  if (encumbrance.status !== 'current') return false;
  if (encumbrance.from !== null && on < encumbrance.from) return false;
  return encumbrance.until === null || !LAPSING[encumbrance.kind] || on <= encumbrance.until;
}

function hasLapsed(encumbrance: Dated, on: string): boolean {
  const { status, kind, until } = encumbrance;
  return status === 'current' && LAPSING[kind] && until !== null && until < on;
}

/** A waiting seizure takes effect on `on`, its term counted from that day (查封规定26). */
export function takeEffect<E extends Dated>(encumbrance: E, on: string): E {
  const months = encumbrance.seizure?.termMonths ?? LONGEST_SEIZURE_MONTHS;
  return { ...encumbrance, status: 'current', from: on, until: lastDayOfTerm(on, months) };
}

export function nextWaitingSeizure<E extends Dated>(encumbrances: readonly E[]): E | null {
  const waiting = encumbrances.filter(({ kind, status }) => kind === 'seizure' && status === 'waiting');
  return waiting.reduce<E | null>((first, one) => (!first || one.rank < first.rank ? one : first), null);
}

/**
 * The encumbrances as law has them on `on`: what ran out is lapsed from the day after its last day, and the next
 * waiting seizure is in force from that same day. Returns the same array if nothing lapsed.
 */
export function settleLapsed<E extends Dated>(encumbrances: readonly E[], on: string): readonly E[] {
  let settled = encumbrances;
  for (;;) {
    const ended = settled.find((encumbrance) => hasLapsed(encumbrance, on));
    if (!ended || ended.until === null) return settled;
    const endsOn = addDays(ended.until, 1);
    const next = ended.kind === 'seizure' ? nextWaitingSeizure(settled) : null;
    settled = settled.map((encumbrance) => {
      if (encumbrance === ended) return { ...ended, status: 'lapsed', closedAt: instantAt(endsOn) };
      return encumbrance === next ? takeEffect(encumbrance, endsOn) : encumbrance;
    });
  }
}

export function settleUnit<U extends { encumbrances: Dated[] }>(unit: U, on: string): U {
  const encumbrances: readonly Dated[] = settleLapsed(unit.encumbrances, on);
  return encumbrances === unit.encumbrances ? unit : { ...unit, encumbrances: [...encumbrances] };
}

/** 顺位 as it stands: the position among live encumbrances of the kind, 1 first. */
export function positionOf(unit: Pick<UnitDocument, 'encumbrances'>, encumbrance: Encumbrance): number {
  if (!isLive(encumbrance)) return encumbrance.rank;
  const ahead = unit.encumbrances.filter(
    (other) => other.kind === encumbrance.kind && isLive(other) && other.rank < encumbrance.rank,
  );
  return ahead.length + 1;
}

export function nextRank(encumbrances: readonly Encumbrance[], kind: EncumbranceKind): number {
  return 1 + Math.max(0, ...encumbrances.filter((one) => one.kind === kind).map(({ rank }) => rank));
}

/** Fields that are kept beside the truth so that an index can reach them. */
export function derivedFields(unit: UnitState): Pick<UnitDocument, 'ownerIndexes' | 'nextLapseOn'> {
  const ends = unit.encumbrances
    .filter(({ status, kind, until }) => status === 'current' && LAPSING[kind] && until !== null)
    .map(({ until }) => until as string);
  return {
    ownerIndexes: [...new Set(liveRight(unit)?.holders.map(({ idIndex }) => idIndex) ?? [])],
    nextLapseOn: ends.length === 0 ? null : ends.reduce((first, day) => (day < first ? day : first)),
  };
}

export function ownsUnit(unit: Pick<UnitDocument, 'ownerIndexes'>, idIndex: string): boolean {
  return unit.ownerIndexes.includes(idIndex);
}

export function registeredOn(record: Right | Encumbrance): string {
  return legalDayOf(record.registeredAt);
}

/**
 * The last revision that something was recorded by. `revision` itself also counts orders that were served and cases that were accepted,
 * of which nobody is told before they are recorded (查封规定23 binds the office, 个保法35 lets it keep quiet).
 */
export function recordedRevision({ changes }: Pick<UnitDocument, 'changes'>): number {
  return Math.max(0, ...changes.map(({ revision }) => revision));
}
