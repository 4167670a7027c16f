import type { Db } from 'mongodb';
import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { Migration } from '../../platform/database/migrations.ts';
import { newId } from '../../platform/ids.ts';
import { SEALED_SOURCES } from './sealing.ts';

const BATCH = 2_000;

/**
 * Entries from before there were seals, whose ids say a moment to come: those of the demo year, which follow from its seed. The order of
 * ids would reach them in that moment; noted as late, they are sealed now. The others are reached from the beginning.
 */
export const noteEarlierEntries: Migration = {
  id: '2026-11-30-note-earlier-audit-entries',
  async up(db: Db) {
    for (const source of SEALED_SOURCES) {
      const cursor = db
        .collection<{ _id: string }>(source)
        .find({ _id: { $gt: newId() } }, { projection: { _id: 1 } });
      let marks: { _id: string }[] = [];
      const flush = async () => {
        await insertAbsent(db.collection<{ _id: string }>('audit-late') as never, marks);
        marks = [];
      };
      for await (const { _id } of cursor) {
        marks.push({ _id: `${source}/${_id}` });
        if (marks.length >= BATCH) await flush();
      }
      await flush();
    }
  },
};
