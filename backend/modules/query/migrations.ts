import type { Db } from 'mongodb';
import type { Migration } from '../../platform/database/migrations.ts';

/** Queries from before a lawyer had to name the client: they name none. What was signed of them stays as it was. */
export const nameNoClient: Migration = {
  id: '2026-11-30-name-no-client-of-earlier-queries',
  async up(db: Db) {
    await db.collection('queries').updateMany({ client: { $exists: false } }, { $set: { client: null } });
  },
};
