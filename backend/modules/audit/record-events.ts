import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import { auditEntries, type AuditDocument } from './audit.model.ts';
import { noteLate } from './sealing.ts';

function entryOf(event: DeliveredEvent): AuditDocument {
  return {
    _id: event.id,
    at: event.at,
    actorId: event.actorId,
    type: event.type,
    subject: { collection: event.source.collection, id: String(event.source.id) },
    requestId: event.requestId,
    data: event.data,
  };
}

/**
 * Records every event of every module. The event was written with the change that it reports, so no change that was
 * made can be missing here for longer than the relay takes; it is removed from its document only after this returned.
 */
export const recordEvents: Subscriber = {
  name: 'audit.record-events',
  types: ['*'],
  async handle(p, events) {
    await insertAbsent(auditEntries(p).collection, events.map(entryOf));
    await noteLate(
      p,
      'audit',
      events.map(({ id }) => id),
    );
  },
};
