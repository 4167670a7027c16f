import { newId } from '../../platform/ids.ts';
import type { Problem } from '../../platform/errors.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findLimitVersions, newestInForce } from '../catalogue/index.ts';
import { getCalendar, type PromiseMade } from '../clock/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { tryChange } from './change.ts';
import { deadlineOf } from './clocks.ts';
import type { DecidedPromise, DecidePromise } from './contract.ts';
import { caseEvent } from './events.ts';
import { findApplication } from './load.ts';
import { isExtendable, isRecused, type Viewer } from './policy.ts';
import { promiseDecisions, type PromiseDecision } from './promise-decision.model.ts';
import { isPending } from './transitions.ts';
import { personOf } from './viewer.ts';
import { timeErrors } from './time-errors.ts';

/**
 * The only way in which a longer promise reaches a case that was accepted under a shorter one (deadlines.md): the leader with power
 * to decide (分管领导; 大竹县限时办结制) names the cases and says why. It is written down first, then done case by case, each by
 * one guarded write with its event; a run that dies is finished by the job. Like an extension it comes before the promise is
 * broken, and never passes the statutory limit.
 */

/** Why a decision cannot be made for this case; null when it can. */
async function objection(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument | null,
  { code, promise }: { code: string; promise: PromiseMade },
): Promise<Omit<Problem, 'pointer'> | null> {
  if (!doc?.no || doc.typeCode !== code) return { code: 'applications.decision_case_unknown' };
  if (isRecused(doc, viewer) || doc.handler?.accountId === viewer.accountId)
    return { code: 'applications.decision_own_case' };
  if (!isPending(doc.status)) return { code: 'applications.decision_not_open' };
  const type = await typeOf(p, doc);
  if (!isExtendable(type)) return { code: 'applications.not_extended' };
  const deadline = deadlineOf(doc.clockEvents, type.limits, await getCalendar(p), p.time.now());
  if (deadline?.promised.overdue) return { code: 'applications.extension_late' };
  const { amount, unit } = type.limits.promised;
  return unit === promise.promised.unit && amount < promise.promised.amount
    ? null
    : { code: 'applications.decision_not_longer' };
}

/** @throws applications.decision_wrong with every case that cannot be decided on, at its pointer */
export async function decidePromise(
  p: Platform,
  viewer: Viewer,
  code: string,
  { version, caseNos, reason }: DecidePromise,
): Promise<DecidedPromise> {
  const now = p.time.now();
  const newest = newestInForce(await findLimitVersions(p, code), legalDayOf(now));
  if (newest?.version !== version) return timeErrors.fail('applications.decision_version');
  const promise = { version, validFrom: newest.validFrom, promised: newest.promised };
  const docs = await Promise.all(caseNos.map((no) => findApplication(p, no)));
  const found = await Promise.all(docs.map((doc) => objection(p, viewer, doc, { code, promise })));
  const problems = found.flatMap((one, index) => (one ? [{ pointer: `/caseNos/${index}`, ...one }] : []));
  if (problems.length > 0)
    timeErrors.fail('applications.decision_wrong', { count: problems.length }, problems);
  const cases = docs.flatMap((doc) => (doc ? [{ id: doc._id, no: doc.no ?? '' }] : []));
  const decision: PromiseDecision = {
    _id: newId(),
    code,
    promise,
    cases,
    reason,
    at: now,
    by: personOf(viewer),
    done: false,
    outbox: [
      p.outbox.event('applications.promise_decided', viewer.accountId, {
        code,
        version,
        reason,
        caseNos: cases.map(({ no }) => no),
      }),
    ],
  };
  await promiseDecisions(p).collection.insertOne(decision as never);
  p.outbox.notify('promise-decisions');
  return { id: decision._id, cases: cases.map(({ no }) => no), moved: await carryOut(p, decision) };
}

/** The case under the promise decided; false where it ended meanwhile, or has it already. */
async function apply(p: Platform, decision: PromiseDecision, caseId: string): Promise<boolean> {
  const { _id, promise, by, reason } = decision;
  for (;;) {
    const doc = await findApplication(p, caseId);
    if (!doc || !isPending(doc.status)) return false;
    if (doc.clockEvents.some((event) => event.kind === 'promised' && event.decisionId === _id)) return false;
    const now = p.time.now();
    const event = {
      id: newId(),
      kind: 'promised' as const,
      at: now,
      recordedAt: now,
      promise,
      decisionId: _id,
      approvedBy: by.accountId,
      basis: reason,
    };
    const clockEvents = [...doc.clockEvents, event];
    const [before, after] = [await typeOf(p, doc), await typeOf(p, { ...doc, clockEvents })];
    const calendar = await getCalendar(p);
    const [was, is] = [
      deadlineOf(doc.clockEvents, before.limits, calendar, now),
      deadlineOf(clockEvents, after.limits, calendar, now),
    ];
    const days = { oldDueOn: was?.promised.dueOn ?? '', newDueOn: is?.promised.dueOn ?? '' };
    const told = caseEvent(p, 'promiseDecided', doc, by.accountId, { ...days, reason, decisionId: _id });
    if (await tryChange(p, doc, after, { push: { clockEvents: [event] }, events: [told] })) return true;
  }
}

/** @returns how many cases this run moved */
async function carryOut(p: Platform, decision: PromiseDecision): Promise<number> {
  let moved = 0;
  for (const { id } of decision.cases) if (await apply(p, decision, id)) moved += 1;
  await promiseDecisions(p).collection.updateOne({ _id: decision._id as never }, { $set: { done: true } });
  return moved;
}

/** A request that is still at it is left alone for so long. */
const SETTLE_MS = 30_000;

/** Decisions that a process which died left half done. */
export const finishDecisions: Job = {
  name: 'applications.decisions',
  everyMs: 30_000,
  async run(p, now) {
    const left = (await promiseDecisions(p)
      .collection.find(
        { done: false, at: { $lt: new Date(now.getTime() - SETTLE_MS) } },
        { hint: 'unfinished' },
      )
      .limit(20)
      .toArray()) as unknown as PromiseDecision[];
    let moved = 0;
    for (const decision of left) moved += await carryOut(p, decision);
    return left.length > 0 ? { decisions: left.length, moved } : undefined;
  },
};
