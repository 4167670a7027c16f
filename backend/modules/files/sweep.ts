/** Keeps the store clean: what a kill cut off, what nobody filed, what was removed. Safe to cut off and to repeat. */
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { namedAmong } from './access.ts';
import { eraseContent } from './content.ts';
import { discardUpload, REMOVED } from './discard.ts';
import { files, FileState, uploadQuotas } from './file.model.ts';
import { ABANDONED_AFTER_MS, UNBOUND_KEPT_DAYS } from './limits.ts';

const RUN = 200;
const DAY_MS = 86_400_000;
/** Long enough for the events of a removed file to be delivered; a figure of patience, not of safety. */
const REMOVED_KEPT_MS = 60_000;

export async function sweepFiles(p: Platform, now: Date): Promise<Record<string, number>> {
  const abandoned = await discardAbandoned(p, now);
  const condemned = await condemnUnbound(p, now);
  const expired = await settleCondemned(p);
  const removed = await forgetRemoved(p, now);
  await uploadQuotas(p).deleteMany({ day: { $lt: legalDayOf(new Date(now.getTime() - 2 * DAY_MS)) } });
  return { abandoned, condemned, expired, removed };
}

async function discardAbandoned(p: Platform, now: Date): Promise<number> {
  const before = new Date(now.getTime() - ABANDONED_AFTER_MS);
  const found = await files(p)
    .find({ state: FileState.receiving, boundTo: null, startedAt: { $lt: before } })
    .limit(RUN)
    .lean();
  for (const file of found) await discardUpload(p, file);
  return found.length;
}

/**
 * First of two steps: a file that nothing names is taken out of use, but kept. A draft that names it between the
 * question and this write is seen in the second step, which asks again when it can no longer be bound.
 */
async function condemnUnbound(p: Platform, now: Date): Promise<number> {
  const before = new Date(now.getTime() - UNBOUND_KEPT_DAYS * DAY_MS);
  let condemned = 0;
  let after = new Date(0);
  for (;;) {
    const found = await files(p)
      .find({ state: FileState.ready, boundTo: null, startedAt: { $gt: after, $lt: before } })
      .sort({ startedAt: 1 })
      .limit(RUN)
      .lean();
    const named = await namedAmong(p, found);
    const ids = found.map(({ _id }) => _id).filter((id) => !named.has(id));
    const { modifiedCount } = await files(p).updateMany(
      { _id: { $in: ids }, state: FileState.ready, boundTo: null },
      { $set: { state: FileState.condemned } },
    );
    condemned += modifiedCount;
    const last = found.at(-1);
    if (found.length < RUN || !last) return condemned;
    after = last.startedAt;
  }
}

async function settleCondemned(p: Platform): Promise<number> {
  const found = await files(p).find({ state: FileState.condemned, boundTo: null }).limit(RUN).lean();
  const named = await namedAmong(p, found);
  let expired = 0;
  for (const file of found) {
    const guard = { _id: file._id as never, state: FileState.condemned };
    if (named.has(file._id)) {
      await files(p).collection.updateOne(guard, { $set: { state: FileState.ready } });
      continue;
    }
    const { purpose, subjectId } = file;
    const event = p.outbox.event('files.expired', null, { fileId: file._id, purpose, subjectId });
    await files(p).collection.updateOne(guard, {
      $set: { ...REMOVED, removedAt: p.time.now() },
      $push: { outbox: event },
    } as never);
    p.outbox.notify('files');
    expired += 1;
  }
  return expired;
}

async function forgetRemoved(p: Platform, now: Date): Promise<number> {
  const before = new Date(now.getTime() - REMOVED_KEPT_MS);
  const found = await files(p)
    .find({ state: FileState.removed, boundTo: null, removedAt: { $lt: before } }, { _id: 1 })
    .limit(RUN)
    .lean();
  for (const { _id } of found) {
    await eraseContent(p, _id);
    // Not while an event waits in it: that would be lost.
    await files(p).collection.deleteOne({ _id: _id as never, 'outbox.0': { $exists: false } } as never);
  }
  return found.length;
}
