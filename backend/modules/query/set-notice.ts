import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../accounts/index.ts';
import type { SetNotice } from './contract/ask.ts';
import { errors } from './errors.ts';
import { queryEvent } from './events.ts';
import { isSilent, termOf } from './notice.ts';
import { queries, type QueryDocument, type QueryNotice } from './query.model.ts';
import { getOwn } from './reads.ts';

/** One update over the term that was read: of two that change it at once, one is told so. */
async function write(
  p: Platform,
  query: QueryDocument,
  notice: QueryNotice,
  actorId: string | null,
): Promise<boolean> {
  const event = queryEvent(p, notice.open ? 'noticeSet' : 'released', query, actorId);
  const { modifiedCount } = await queries(p).collection.updateOne(
    { _id: query._id, 'notice.open': true, 'notice.until': query.notice?.until } as never,
    { $set: { notice }, $push: { outbox: event } } as never,
  );
  p.outbox.notify('queries');
  return modifiedCount > 0;
}

/**
 * The organ that asked extends its term, or ends it: from then on those concerned are told. Once told, nothing is taken back.
 * @throws query.notFound, query.noticeOver, query.noticeTerm, query.changedMeanwhile
 */
export async function setNotice(
  p: Platform,
  actor: Pick<Actor, 'accountId'>,
  id: string,
  { untilOn }: SetNotice,
): Promise<QueryDocument> {
  const query = await getOwn(p, actor, id);
  const { notice } = query;
  const now = p.time.now();
  if (!notice || !isSilent(notice, now)) return errors.fail('query.noticeOver');
  const next =
    untilOn === null ? { ...notice, open: false, releasedAt: now } : termOf(notice.ground, untilOn, now);
  const done = await write(p, query, next, actor.accountId);
  return done ? { ...query, notice: next } : errors.fail('query.changedMeanwhile');
}

/** Ends the terms that are over; `query.released` tells those concerned. */
export async function endNotices(p: Platform, now: Date): Promise<{ released: number }> {
  const due = await queries(p)
    .find({ 'notice.open': true, 'notice.until': { $lte: now } }, { outbox: 0, 'result.record': 0 })
    .hint('queries_by_notice')
    .limit(200)
    .lean<QueryDocument[]>();
  let released = 0;
  for (const query of due) {
    const { notice } = query;
    if (notice && (await write(p, query, { ...notice, open: false, releasedAt: notice.until }, null)))
      released += 1;
  }
  return { released };
}

export const endNoticesJob: Job = {
  name: 'query.endNotices',
  everyMs: 60_000,
  run: (p, now) => endNotices(p, now),
};
