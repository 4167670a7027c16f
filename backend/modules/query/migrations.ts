import type { Db } from 'mongodb';
import type { Migration } from '../../platform/database/migrations.ts';
import type { QueryDocument } from './query.model.ts';

/**
 * Queries that ended before papers had a time to be kept for: from the decision on. When one was taken back does not stand in it, so
 * that it counts from now, and nobody loses papers earlier than they are told.
 */
export const keepPapersOfEarlierQueries: Migration = {
  id: '2026-11-30-keep-papers-of-earlier-queries',
  async up(db: Db) {
    const since = { $ifNull: ['$decision.at', '$$NOW'] };
    await db
      .collection<QueryDocument>('queries')
      .updateMany({ state: { $ne: 'waiting' }, keeping: { $exists: false } }, [
        { $set: { keeping: { since, open: true, erasedAt: null } } },
      ]);
  },
};

/** State organs name the number of their letter or case (文号) by now; queries of before have none. */
export const queriesWithoutLetter: Migration = {
  id: '2026-11-30-queries-without-letter',
  async up(db) {
    await db.collection('queries').updateMany({ letterNo: { $exists: false } }, { $set: { letterNo: null } });
  },
};

/** Queries from before a lawyer had to name the client: they name none. What was signed of them stays as it was. */
export const nameNoClient: Migration = {
  id: '2026-11-30-name-no-client-of-earlier-queries',
  async up(db: Db) {
    await db.collection('queries').updateMany({ client: { $exists: false } }, { $set: { client: null } });
  },
};

const UNDECIDED_DAYS_MS = 3 * 86_400_000;

/**
 * Requests for a delay of notice withhold for a few days while no leader has decided them. Those that wait already have three days from
 * now, so that leaders can still decide them; those that are decided need no limit.
 */
export const limitUndecidedDelays: Migration = {
  id: '2026-11-30-limit-undecided-delays',
  async up(db: Db) {
    const waiting = { $eq: ['$state', 'asked'] };
    await db
      .collection('look-delays')
      .updateMany({ decideBy: { $exists: false } }, [
        { $set: { decideBy: { $cond: [waiting, { $add: ['$$NOW', UNDECIDED_DAYS_MS] }, null] } } },
      ]);
  },
};
