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

/** Digests of requests had no key, so that the ID number in one could be found by trying: they go. The same id again is then refused. */
export const forgetPlainDigests: Migration = {
  id: '2026-11-30-forget-plain-digests-of-queries',
  async up(db: Db) {
    await db
      .collection('queries')
      .updateMany(
        { fingerprint: { $exists: true } },
        { $set: { requestMac: null }, $unset: { fingerprint: '' } },
      );
  },
};

/** Erased before all went that is said to go (erase-papers.ts): the same now of those. */
export const forgetRestOfErasedQueries: Migration = {
  id: '2026-11-30-forget-rest-of-erased-queries',
  async up(db: Db) {
    const collection = db.collection<QueryDocument>('queries');
    const erased = { 'keeping.erasedAt': { $type: 'date' as const } };
    await collection.updateMany(
      { ...erased, state: 'withdrawn' },
      { $set: { person: null, claimedName: null, client: null } },
    );
    await collection.updateMany(erased, { $unset: { 'person.idNumber': '' } });
    await collection.updateMany(
      { ...erased, 'decision.explanation': { $type: 'string' } },
      { $set: { 'decision.explanation': null } },
    );
    await collection.updateMany(
      { ...erased, 'result.leaf': { $exists: true }, 'result.leaf.bytes': { $exists: false } },
      { $unset: { 'result.leaf': '' } },
    );
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
