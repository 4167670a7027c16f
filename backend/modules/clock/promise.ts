import {
  onceInForce,
  ownPromise,
  promiseInForce,
  type BusinessType,
  type PromiseVersion,
} from '../catalogue/index.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { Calendar } from './calendar.ts';
import { computeDue } from './counting.ts';
import { toDayNumber } from './days.ts';
import { readEvents, type CaseTime, type ClockEvent, type PromiseMade } from './events.ts';
import { mergePauses } from './pauses.ts';
import { closeOf, workdayOnOrAfter } from './workdays.ts';

/**
 * Which promise a case is measured by (deadlines.md, limit rule version). Pure.
 *
 * The promise made at acceptance is frozen in the signed receipt. A shorter one that comes into force later applies at once,
 * in the applicant's favour; a longer one never does, but by a decision for this very case (`promised`), after which
 * again only shorter ones count. So no later version alone ever moves a due date back; nor does one move it to before it was
 * in force itself (立法法104, no burden backwards): see `notBackwards`.
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
 * What a shorter promise asks of a case that was open when it came into force: the least time, no less than its own and no more than
 * was promised, that ends no earlier than the close of the first working day on which it is in force. Otherwise a case would be late
 * on a day on which nobody had promised that yet. What was extended comes on top, as it does of any promise.
 */
function notBackwards(
  version: PromiseVersion,
  { promised }: PromiseMade,
  time: CaseTime,
  calendar: Calendar,
): PromiseMade {
  const firstClose = closeOf(calendar, workdayOnOrAfter(calendar, toDayNumber(version.validFrom)));
  const { acceptedAt } = time;
  const pauses = mergePauses(time.pauses);
  const endsBefore = (amount: number): boolean => {
    const { at } = computeDue({ calendar, acceptedAt, pauses, extraDays: 0, limit: { ...promised, amount } });
    return at !== null && at < firstClose;
  };
  let { amount } = version.promised;
  while (amount < promised.amount && endsBefore(amount)) amount += 1;
  return plain({ ...version, promised: { ...promised, amount } });
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
  { today, calendar }: { today: string; calendar: Calendar },
): PromiseMade {
  const made = madeBy(events, ownPromise(type));
  // Not accepted yet: what would be promised today.
  if (!made) return plain(promiseInForce(type, versions, today));
  const shorter = onceInForce(versions, lastDay(events, today)).filter(
    ({ version, promised }) => version > made.version && isShorter(promised, made.promised),
  );
  if (shorter.length === 0) return made;
  const time = readEvents(events, type.limits.switchToStatutory);
  return shorter
    .map((one) => notBackwards(one, made, time, calendar))
    .reduce((best, one) => (isShorter(one.promised, best.promised) ? one : best), made);
}

/** What is promised to a case accepted at `acceptedAt`. */
export function promiseAt(
  type: Pick<BusinessType, 'validFrom' | 'limits'>,
  versions: readonly PromiseVersion[],
  acceptedAt: Date,
): PromiseMade {
  return plain(promiseInForce(type, versions, legalDayOf(acceptedAt)));
}
