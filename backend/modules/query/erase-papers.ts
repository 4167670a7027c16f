import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CertificateLeaf } from '../certificates/index.ts';
import { releaseFiles } from '../files/index.ts';
import { queryEvent } from './events.ts';
import { endedBefore } from './kept-until.ts';
import { findDelayedQueries } from './looks/delayed.ts';
import { findDisputedQueries } from './looks/disputed.ts';
import { queries, type QueryDocument, type QueryResult } from './query.model.ts';
import { retentionRule } from './retention.ts';

const BATCH = 100;

/** What is erased of an answer: all that it says of anybody, and with it salt and signature, by which a guess could be tried. */
const answerGone = ({ leaf }: QueryResult) => ({
  ...{ 'result.record': '', 'result.signature': '' },
  // One that never got a leaf gets none by this.
  ...((leaf as CertificateLeaf | undefined) ? { 'result.leaf.salt': '' } : {}),
});

/** Of a query that nobody decided, whom it asked about and for is needed for nothing. */
const WITHDRAWN_GONE = { person: null, claimedName: null, client: null } as const;

/**
 * Papers and answers whose time is over (个人信息保护法 19, 47). What stays: who asked, when, what and why, who decided, the number,
 * and the leaf in the log whose salted hashes a copy on paper is still checked by; whom it asked about by name, without the number, and
 * only where it was decided. First the files are given to the sweep of files, which asks
 * whether a query names them; then one guarded write forgets the answer and the claim on the files. A run that was cut off between the
 * two is done again from its beginning, to the same end.
 */
export async function erasePapers(p: Platform, now: Date): Promise<{ erased: number }> {
  let erased = 0;
  for (const query of await findOver(p, now)) if (await erase(p, query, now)) erased += 1;
  return { erased };
}

async function findOver(p: Platform, now: Date): Promise<QueryDocument[]> {
  const rule = await retentionRule();
  const before = endedBefore(rule, now);
  const [disputed, delayed] = await Promise.all([
    findDisputedQueries(p),
    // As long as to withdrawn ones is given: what was decided has its years.
    findDelayedQueries(p, before.withdrawn),
  ]);
  const find = (states: readonly QueryDocument['state'][], limit: Date) =>
    queries(p)
      .find(
        {
          state: { $in: [...states] },
          'keeping.open': true,
          'keeping.since': { $lt: limit },
          // Whom a state organ asked about were told, and have had their time as well (kept-until.ts).
          $or: [
            { notice: null },
            { 'notice.releasedAt': { $lt: limit } },
            { 'notice.releasedAt': null, 'notice.until': { $lt: limit } },
          ],
          _id: { $nin: [...disputed, ...delayed] },
        },
        { outbox: 0, 'result.record': 0 },
      )
      .hint('queries_kept')
      .limit(BATCH)
      .lean<QueryDocument[]>();
  return (
    await Promise.all([find(['withdrawn'], before.withdrawn), find(['answered', 'refused'], before.decided)])
  ).flat();
}

async function erase(p: Platform, query: QueryDocument, now: Date): Promise<boolean> {
  const { _id, evidence, result, keeping, decision, state } = query;
  await releaseFiles(
    p,
    _id,
    evidence.map(({ fileId }) => fileId),
  );
  const set = {
    keeping: { ...keeping, open: false, erasedAt: now },
    requestMac: null,
    ...(result ? answerGone(result) : {}),
    ...(decision ? { 'decision.explanation': null } : {}),
    ...(state === 'withdrawn' ? WITHDRAWN_GONE : {}),
  };
  const { modifiedCount } = await queries(p).collection.updateOne(
    { _id, 'keeping.open': true } as never,
    {
      $set: set,
      ...(state === 'withdrawn' ? {} : { $unset: { 'person.idNumber': '' } }),
      $push: { outbox: queryEvent(p, 'papersErased', query, null) },
    } as never,
  );
  p.outbox.notify('queries');
  return modifiedCount > 0;
}

export const erasePapersJob: Job = {
  name: 'query.erasePapers',
  everyMs: 600_000,
  run: (p, now) => erasePapers(p, now),
};
