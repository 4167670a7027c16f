import type { Job } from '../../platform/jobs/scheduler.ts';
import { legalDayOf } from '../../platform/time.ts';
import { dequeue } from '../register/index.ts';
import { applications, type ApplicationDocument, type Withdrawal } from './application.model.ts';
import { QUEUE_SETTLE_MS } from './close-case.ts';
import { finishDecisions } from './decide-promise.ts';
import { deemedPlaces, keepsPlace } from './deemed-places.ts';
import { followRules } from './follow-rules.ts';
import { DRAFT_DAYS } from './draft-days.ts';
import { openCorrection } from './policy.ts';
import { recoverRecordings } from './record.ts';
import { withdrawnCase } from './withdraw.ts';

const BATCH = 200;

const read = async (cursor: { toArray(): Promise<unknown[]> }): Promise<ApplicationDocument[]> =>
  (await cursor.toArray()) as ApplicationDocument[];

const recordings: Job = {
  name: 'applications.recordings',
  everyMs: 10_000,
  async run(p) {
    return { finished: await recoverRecordings(p) };
  },
};

/** Places in units' queues that a crash left half taken or half given up. */
const queues: Job = {
  name: 'applications.queues',
  everyMs: 30_000,
  async run(p, now) {
    const before = new Date(now.getTime() - QUEUE_SETTLE_MS);
    const filter = { 'queue.state': { $in: ['entering', 'leaving'] }, 'queue.at': { $lt: before } };
    const left = await read(applications(p).collection.find(filter).limit(BATCH));
    for (const doc of left) {
      if (keepsPlace(doc, now)) continue;
      // First the mark, over the same revision: an acceptance that was only slow loses its write and takes no place.
      const marked = { $set: { queue: { state: 'leaving', at: now } }, $inc: { revision: 1 } };
      const guard = { _id: doc._id as never, revision: doc.revision };
      if ((await applications(p).collection.updateOne(guard, marked)).modifiedCount === 0) continue;
      for (const unitCode of doc.unitCodes) await dequeue(p, unitCode, doc._id);
      const settled = { _id: doc._id as never, revision: doc.revision + 1 };
      await applications(p).collection.updateOne(settled, { $set: { queue: null } });
    }
    return { settled: left.length };
  },
};

/** 补正 before acceptance that was not answered in time counts as withdrawn; the notice said so. */
const corrections: Job = {
  name: 'applications.corrections',
  everyMs: 60_000,
  async run(p, now) {
    const today = legalDayOf(now);
    const open = await read(
      applications(p).collection.find({ status: 'correction' }).sort({ updatedAt: 1 }).limit(BATCH),
    );
    const lapsed = open.filter((doc) => (openCorrection(doc)?.dueOn ?? today) < today);
    for (const doc of lapsed) {
      const withdrawal: Withdrawal = {
        state: 'done',
        askedAt: now,
        askedByParty: '',
        reason: '到期没有补正，视为撤回',
        agreed: [],
        decidedAt: now,
      };
      try {
        await withdrawnCase(p, doc, withdrawal, { accountId: null, happened: 'correctionLapsed' });
      } catch (error) {
        // Answered at the same moment: the answer wins.
        p.log.info({ err: error, caseId: doc._id }, 'correction not closed');
      }
    }
    return { lapsed: lapsed.length };
  },
};

const drafts: Job = {
  name: 'applications.drafts',
  everyMs: 3_600_000,
  async run(p, now) {
    const before = new Date(now.getTime() - DRAFT_DAYS * 86_400_000);
    const { deletedCount } = await applications(p).collection.deleteMany({
      status: { $in: ['draft', 'waitingConsent'] },
      no: null,
      updatedAt: { $lt: before },
      'outbox.0': { $exists: false },
    });
    return { deleted: deletedCount };
  },
};

export const applicationsJobs: readonly Job[] = [
  recordings,
  queues,
  deemedPlaces,
  corrections,
  drafts,
  followRules,
  finishDecisions,
];
