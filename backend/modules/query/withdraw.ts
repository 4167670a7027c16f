import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { queryEvent } from './events.ts';
import { keepingSince } from './kept-until.ts';
import { queries, type QueryDocument } from './query.model.ts';
import { getOwn } from './reads.ts';

/** Takes back a query that no clerk has decided. @throws query.notFound, query.notWaiting, query.changedMeanwhile */
export async function withdraw(
  p: Platform,
  actor: ApplicantActor,
  id: string,
  revision: number,
): Promise<QueryDocument> {
  const query = await getOwn(p, actor, id);
  if (query.state === 'withdrawn') return query;
  if (query.state !== 'waiting') errors.fail('query.notWaiting');
  const set = {
    state: 'withdrawn' as const,
    keeping: keepingSince(p.time.now()),
    revision: query.revision + 1,
  };
  const { matchedCount } = await queries(p).collection.updateOne(
    { _id: id, state: 'waiting', revision } as never,
    { $set: set, $push: { outbox: queryEvent(p, 'withdrawn', query, actor.accountId) } } as never,
  );
  if (matchedCount === 0) errors.fail('query.changedMeanwhile');
  p.outbox.notify('queries');
  return { ...query, ...set };
}
