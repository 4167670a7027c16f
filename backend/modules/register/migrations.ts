import type { Db } from 'mongodb';
import { newId } from '../../platform/ids.ts';
import type { Migration } from '../../platform/database/migrations.ts';
import type { UnitDocument } from './unit.model.ts';

const BATCH = 500;

/** Changes from before there was a log are handed to it like one that is new, each unit's in their order. */
export const logEarlierChanges: Migration = {
  id: '2026-11-30-log-earlier-changes',
  async up(db: Db) {
    const units = db.collection<UnitDocument>('units');
    // Nothing is delivered before the migrations are through: whoever carries the event was met before.
    const filter = { 'changes.0': { $exists: true }, 'outbox.type': { $ne: 'register.imported' } };
    const cursor = units.find(filter, { projection: { changes: 1 } });
    let writes: object[] = [];
    const flush = async () => {
      if (writes.length > 0) await units.bulkWrite(writes as never, { ordered: false });
      writes = [];
    };
    for await (const { _id, changes } of cursor) {
      const events = changes.map(({ entryId, at }) => ({
        id: newId(),
        type: 'register.imported',
        at,
        actorId: null,
        requestId: null,
        data: { unitCode: _id, entryId },
      }));
      writes.push({ updateOne: { filter: { _id }, update: { $push: { outbox: { $each: events } } } } });
      if (writes.length >= BATCH) await flush();
    }
    await flush();
  },
};
