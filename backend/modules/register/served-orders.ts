import type { Platform } from '../../platform/platform.ts';
import { isStoppedBySeizure } from './conflicts.ts';
import { errors } from './errors.ts';
import { findUnit } from './reads.ts';
import { units, type ServedOrder, type UnitDocument } from './unit.model.ts';

const ATTEMPTS = 50;

/**
 * 送达: an order to seize or to renew binds the office from the moment it is handed in (查封规定23), so the unit carries it until it
 * is recorded or turned away, and `recordChange` reads it under the same revision as everything else. Idempotent by
 * case; an order that is recorded already leaves no mark any more, and one that was completed since takes the instant at
 * which it was. Tells which accepted cases stop.
 * Throws `register.busy`.
 */
export async function markServed(p: Platform, unitCode: string, order: ServedOrder): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const unit = await findUnit(p, unitCode);
    if (!unit || isDone(unit, order)) return;
    const pendingCaseIds = unit.pending
      .filter(({ request }) => isStoppedBySeizure(request))
      .map(({ caseId }) => caseId);
    const data = { unitCode, caseId: order.caseId, pendingCaseIds };
    const { modifiedCount } = await units(p).collection.updateOne(
      // The revision is the guard: what was recorded before this write came before the order, and all after it sees it.
      { _id: unitCode as never, revision: unit.revision },
      {
        $set: { served: [...(unit.served ?? []).filter((one) => one.caseId !== order.caseId), order] },
        $push: { outbox: p.outbox.event('register.orderServed', null, data) } as never,
        $inc: { revision: 1 },
      },
    );
    if (modifiedCount === 0) continue;
    p.outbox.notify('units');
    return;
  }
  errors.fail('register.busy');
}

const isDone = ({ served = [], changes }: UnitDocument, { caseId, at }: ServedOrder): boolean =>
  served.some((one) => one.caseId === caseId && one.at.getTime() === at.getTime() && !one.incomplete) ||
  changes.some((one) => one.caseId === caseId);

/**
 * Papers of the order are missing: it goes on to hold what a seizure stops, and a complete order may be recorded before it.
 * No revision filter: it only ever frees the way for others. Idempotent.
 */
export async function markIncomplete(p: Platform, caseId: string): Promise<void> {
  await units(p).collection.updateMany(
    { served: { $elemMatch: { caseId, incomplete: { $exists: false } } } },
    { $set: { 'served.$[one].incomplete': true }, $inc: { revision: 1 } },
    { arrayFilters: [{ 'one.caseId': caseId }] },
  );
}

/** The order was turned away, withdrawn, or names another unit now: nothing is held for it any more. Idempotent. */
export async function unmarkServed(p: Platform, caseId: string, keep: readonly string[] = []): Promise<void> {
  const marked = await units(p).collection.find({ 'served.caseId': caseId }).project({ _id: 1 }).toArray();
  for (const unitCode of marked.map(({ _id }) => String(_id))) {
    if (keep.includes(unitCode)) continue;
    const event = p.outbox.event('register.serviceEnded', null, { unitCode, caseId });
    // No revision filter: like leaving the queue, it only ever frees the way for others.
    await units(p).collection.updateOne({ _id: unitCode as never, 'served.caseId': caseId }, {
      $pull: { served: { caseId } },
      $push: { outbox: event },
      $inc: { revision: 1 },
    } as never);
    p.outbox.notify('units');
  }
}
