import type { Db } from 'mongodb';
import { newId } from '../../platform/ids.ts';
import type { Migration } from '../../platform/database/migrations.ts';
import type { BuildingDocument } from './addresses/address.model.ts';
import { listBuildings, listedAddress } from './addresses/list-address.ts';
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

/** Units from before the search by address: each is put under its building and its door, the building first. */
export const listAddresses: Migration = {
  id: '2026-11-30-list-addresses',
  async up(db: Db) {
    const units = db.collection<UnitDocument>('units');
    const buildings = db.collection<BuildingDocument>('buildings');
    const cursor = units
      .find({ addressKeys: { $exists: false } }, { projection: { address: 1, district: 1 } })
      .batchSize(BATCH);
    let batch: Pick<UnitDocument, '_id' | 'address' | 'district'>[] = [];
    const flush = async () => {
      const listed = batch.map(({ address, district }) => listedAddress(address, district));
      if (batch.length === 0) return;
      await listBuildings(buildings, listed);
      const writes = batch.map(({ _id }, index) => ({
        updateOne: { filter: { _id }, update: { $set: { addressKeys: listed[index]!.addressKeys } } },
      }));
      await units.bulkWrite(writes, { ordered: false });
      batch = [];
    };
    for await (const unit of cursor) {
      batch.push(unit);
      if (batch.length >= BATCH) await flush();
    }
    await flush();
  },
};
