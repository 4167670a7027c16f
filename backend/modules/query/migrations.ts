import type { Migration } from '../../platform/database/migrations.ts';

/** State organs name the number of their letter or case (文号) by now; queries of before have none. */
export const queriesWithoutLetter: Migration = {
  id: '2026-11-30-queries-without-letter',
  async up(db) {
    await db.collection('queries').updateMany({ letterNo: { $exists: false } }, { $set: { letterNo: null } });
  },
};
