import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findUnitStanding } from '../register/index.ts';
import { certificates } from './certificate.model.ts';
import { standingOf } from './standing.ts';

/**
 * Brings the stored status of a unit's certificates into line with the register. It looks at the register and not at
 * the event that called it, so order and repetition of events do not matter. Emits `certificates.superseded` or
 * `certificates.cancelled {certificateId, caseId, unitCode, number}` once each, and `certificates.reinstated` where an
 * objection that had lapsed turns out to stand (民法典220).
 */
export async function reconcileUnit(p: Platform, unitCode: string): Promise<number> {
  const known = await certificates(p)
    .find(
      { unitCode, status: { $in: ['valid', 'cancelled'] } },
      { number: 1, subjectId: 1, caseId: 1, status: 1 },
    )
    .lean();
  if (known.length === 0) return 0;
  const unit = await findUnitStanding(p, unitCode);
  if (!unit) return 0;
  const now = p.time.now();
  let changed = 0;
  for (const { _id, number, subjectId, caseId, status: stored } of known) {
    const { status } = standingOf(unit, { number, subjectId }, legalDayOf(now));
    if (status === stored) continue;
    const happened = status === 'valid' ? 'reinstated' : status;
    const event = p.outbox.event(`certificates.${happened}`, null, {
      certificateId: _id,
      caseId,
      unitCode,
      number,
    });
    // Filtered by the old status: of two deliveries one writes and tells.
    const { modifiedCount } = await certificates(p).collection.updateOne(
      { _id: _id as never, status: stored },
      { $set: { status, statusAt: now }, $push: { outbox: event } as never },
    );
    changed += modifiedCount;
  }
  if (changed > 0) p.outbox.notify('certificates');
  return changed;
}

export const reconcileOnChange: Subscriber = {
  name: 'certificates.reconcile',
  types: ['register.changed'],
  async handle(p: Platform, events: readonly DeliveredEvent[]) {
    const codes = new Set(events.map(({ data }) => String(data.unitCode)));
    for (const code of codes) await reconcileUnit(p, code);
  },
};
