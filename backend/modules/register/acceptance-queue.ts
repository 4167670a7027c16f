import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { conflictsOf, refusingConflicts } from './conflicts.ts';
import { errors } from './errors.ts';
import type { AcceptanceOrder, AcceptanceOutcome } from './orders.ts';
import { getUnit } from './reads.ts';
import { units, type UnitDocument } from './unit.model.ts';

const ATTEMPTS = 50;

/**
 * Takes the next place in the unit's order of acceptance (受理编号 order decides, 深圳条例15, 细则67). Idempotent by case.
 * The unit's own counter and revision carry the order: no two cases share a place, and none is given out again.
 * Throws `register.blocked` when the register refuses the request outright, `register.alreadyRecorded`,
 * `register.unitNotFound`, `register.busy`.
 */
export async function enqueueAcceptance(p: Platform, order: AcceptanceOrder): Promise<AcceptanceOutcome> {
  const {
    unitCode,
    caseId,
    caseNo,
    businessType,
    request,
    acceptedAt,
    dueOn,
    conditionsMet = [],
    acceptedByLaw,
  } = order;
  const context = { on: legalDayOf(acceptedAt), caseId, conditionsMet };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const unit = await getUnit(p, unitCode);
    // A slow second request must not queue a case again that was recorded meanwhile: nobody would ever take it out.
    if (unit.changes.some((one) => one.caseId === caseId)) return errors.fail('register.alreadyRecorded');
    const known = unit.pending.find((one) => one.caseId === caseId);
    if (known) return { order: known.order, conflicts: conflictsOf(unit, request, context) };
    const conflicts = conflictsOf(unit, request, context);
    const refusals = refusingConflicts(conflicts);
    if (refusals.length > 0 && !acceptedByLaw) {
      const problems = refusals.map(({ code, sentence }) => ({ pointer: '', code, sentence }));
      return errors.fail('register.blocked', {}, problems);
    }
    const place = unit.acceptanceCounter + 1;
    const entry = { caseId, caseNo, businessType, request, order: place, acceptedAt, dueOn };
    const pushed = await guarded(p, unit, {
      $push: { pending: entry },
      $set: { acceptanceCounter: place },
    });
    if (pushed) return { order: place, conflicts };
  }
  return errors.fail('register.busy');
}

/** A case that was withdrawn, refused or closed leaves the queue. Idempotent. */
export async function dequeue(p: Platform, unitCode: string, caseId: string): Promise<void> {
  // No revision filter: leaving the queue is right whatever else happened, and it only ever frees the way for others.
  await units(p).collection.updateOne(
    { _id: unitCode as never, 'pending.caseId': caseId },
    { $pull: { pending: { caseId } } as never, $inc: { revision: 1 } },
  );
}

async function guarded(p: Platform, unit: UnitDocument, update: Record<string, object>): Promise<boolean> {
  const { modifiedCount } = await units(p).collection.updateOne(
    { _id: unit._id as never, revision: unit.revision },
    { ...update, $inc: { revision: 1 } } as never,
  );
  return modifiedCount === 1;
}
