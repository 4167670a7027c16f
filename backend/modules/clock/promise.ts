import {
  onceInForce,
  ownPromise,
  promiseInForce,
  type BusinessType,
  type PromiseVersion,
} from '../catalogue/index.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { ClockEvent, PromiseMade } from './events.ts';

/**
 * Which promise a case is measured by (deadlines.md, limit rule version). Pure.
 *
 * The promise made at acceptance is frozen in the signed receipt. A shorter one that comes into force later applies at once,
 * in the applicant's favour; a longer one never does, but by a decision for this very case (`promised`), after which
 * again only shorter ones count. So no later version alone ever moves a due date back.
 */

/** `limit` asks less time than `other`. Different units cannot be told apart for every moment of acceptance, so neither is shorter. */
const isShorter = (limit: PromiseMade['promised'], other: PromiseMade['promised']): boolean =>
  limit.unit === other.unit && limit.amount < other.amount;

const plain = ({ version, validFrom, promised }: PromiseVersion): PromiseMade => ({
  version,
  validFrom,
  promised,
});

/** What binds by the case's own events: the last decision, else the acceptance. */
function madeBy(events: readonly ClockEvent[], own: PromiseMade): PromiseMade | null {
  const decisions = events.flatMap((event) => (event.kind === 'promised' ? [event] : []));
  const last = decisions.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime()).at(-1);
  if (last) return last.promise;
  const accepted = events.find((event) => event.kind === 'accepted');
  return accepted ? (accepted.promise ?? own) : null;
}

/** A case that has ended is judged by what was promised then, whatever came after. */
function lastDay(events: readonly ClockEvent[], today: string): string {
  const stops = events.flatMap(({ kind, at }) => (kind === 'stopped' ? [legalDayOf(at)] : []));
  return [today, ...stops].sort()[0] ?? today;
}

/**
 * @param type as the case is handled under, with the catalogue's own promise
 * @param versions all versions of its promise, those still to come included
 * @param today legal day
 */
export function promiseOf(
  events: readonly ClockEvent[],
  type: Pick<BusinessType, 'validFrom' | 'limits'>,
  versions: readonly PromiseVersion[],
  today: string,
): PromiseMade {
  const made = madeBy(events, ownPromise(type));
  // Not accepted yet: what would be promised today.
  if (!made) return plain(promiseInForce(type, versions, today));
  return onceInForce(versions, lastDay(events, today))
    .filter(({ version, promised }) => version > made.version && isShorter(promised, made.promised))
    .reduce<PromiseMade>((best, one) => (isShorter(one.promised, best.promised) ? plain(one) : best), made);
}

/** What is promised to a case accepted at `acceptedAt`. */
export function promiseAt(
  type: Pick<BusinessType, 'validFrom' | 'limits'>,
  versions: readonly PromiseVersion[],
  acceptedAt: Date,
): PromiseMade {
  return plain(promiseInForce(type, versions, legalDayOf(acceptedAt)));
}
