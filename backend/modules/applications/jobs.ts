import type { Job } from '../../platform/jobs/scheduler.ts';
import { getCalendar } from '../clock/index.ts';
import { dequeue } from '../register/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { QUEUE_SETTLE_MS } from './close-case.ts';
import { lastDayOver } from './correction-due.ts';
import { finishDecisions } from './decide-promise.ts';
import { deemedPlaces, keepsPlace } from './deemed-places.ts';
import { endSupplements } from './end-supplement.ts';
import { followRules } from './follow-rules.ts';
import { DRAFT_DAYS } from './draft-days.ts';
import { lapseCorrection } from './lapse-correction.ts';
import { recoverRecordings } from './record.ts';

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

/** 补正 before acceptance that was not answered by its last day: not accepted, as the notice said (条例17(三)). */
const corrections: Job = {
  name: 'applications.corrections',
  everyMs: 60_000,
  async run(p, now) {
    const over = { answeredAt: null, dueOn: { $lte: lastDayOver(now, await getCalendar(p)) } };
    const lapsed = await read(
      applications(p)
        // An order of a court does not end because a paper is late (细则90); a clerk sends it back.
        .collection.find(
          { status: 'correction', channel: { $ne: 'entrusted' }, corrections: { $elemMatch: over } } as never,
          { hint: 'to-lapse' },
        )
        .limit(BATCH),
    );
    for (const doc of lapsed) {
      try {
        await lapseCorrection(p, doc);
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
  endSupplements,
  drafts,
  followRules,
  finishDecisions,
];
