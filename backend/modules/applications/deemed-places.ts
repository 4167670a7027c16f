import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { newId } from '../../platform/ids.ts';
import { findLimitVersions } from '../catalogue/index.ts';
import { getCalendar, promiseAt, type Calendar, type DeadlineAnswer } from '../clock/index.ts';
import { enqueueAcceptance } from '../register/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { handledType, typeOf, type CaseType } from './case-type.ts';
import { tryChange } from './change.ts';
import { deadlineOf, isRunning } from './clocks.ts';
import { caseEvent } from './events.ts';
import { deemedAcceptance } from './policy.ts';
import { isPending } from './transitions.ts';

const BATCH = 200;
/** Somebody else wrote the case in between: it is read again, and this often at most in one go. */
const ATTEMPTS = 5;

/**
 * What an acceptance at an instant promises: its event, the type under that promise, and both due days. Where the law has accepted
 * the case already its event stays, so that a clerk who comes later starts no second clock.
 */
export async function promisedFrom(
  p: Platform,
  doc: ApplicationDocument,
  acceptedAt: Date,
  calendar: Calendar,
): Promise<{
  clockEvents: ApplicationDocument['clockEvents'];
  type: CaseType;
  deadline: DeadlineAnswer | null;
}> {
  const now = p.time.now();
  const clockEvents = isRunning(doc) ? doc.clockEvents : [await acceptanceAt(p, doc, acceptedAt)];
  // Deemed to have been accepted before today, it was promised what was promised then.
  const type = await typeOf(p, { ...doc, clockEvents });
  return { clockEvents, type, deadline: deadlineOf(clockEvents, type.limits, calendar, now) };
}

async function acceptanceAt(p: Platform, doc: ApplicationDocument, at: Date) {
  const promise = promiseAt(await handledType(p, doc), await findLimitVersions(p, doc.typeCode), at);
  return { id: newId(), kind: 'accepted' as const, at, recordedAt: p.time.now(), promise };
}

/** Accepted, by a clerk or by law: a place in a unit's order that such a case holds is not taken from it. */
export const keepsPlace = (doc: Pick<ApplicationDocument, 'status' | 'submission'>, now: Date): boolean =>
  isPending(doc.status) || (doc.status === 'submitted' && deemedAcceptance(doc, now) !== null);

/**
 * 视为受理 (条例17 末款): what nobody answered in time is accepted. Its clock runs from the end of that time (条例20), and it takes its
 * place in the order of its units (细则67) from then on, not when a clerk comes to it. The oldest first. `before` and `unitCodes`
 * narrow it to the cases that an acceptance must not overtake.
 *
 * Three writes, as an acceptance by a clerk has: the clock's event with the mark (`queue: entering`), the places (idempotent by
 * case), the mark settled. Cut off anywhere, the next run does it over; the event is written with the first, once.
 */
export async function takeDeemedPlaces(
  p: Platform,
  before: Date,
  unitCodes?: readonly string[],
): Promise<number> {
  const waiting = (await applications(p)
    .collection.find({
      status: 'submitted',
      'submission.answerDueAt': { $lt: before },
      // Both, since cases from before the clock was started here have their place and no time.
      $or: [{ 'queue.state': { $ne: 'entered' } }, { 'clockEvents.kind': { $ne: 'accepted' } }],
      ...(unitCodes ? { unitCodes: { $in: [...unitCodes] } } : {}),
    })
    .sort({ 'submission.answerDueAt': 1, no: 1 })
    .limit(BATCH)
    .toArray()) as unknown as ApplicationDocument[];
  let taken = 0;
  for (const doc of waiting) {
    try {
      if (await takePlacesOf(p, doc)) taken += 1;
    } catch (error) {
      // One case whose unit cannot give a place must not hold up the others; it is tried again, and seen in the log.
      p.log.error({ err: error, caseId: doc._id }, 'place of a case accepted by law not taken');
    }
  }
  return taken;
}

/** What the first write changes: nothing of it twice. */
async function startOf(p: Platform, doc: ApplicationDocument, deemedAt: Date, calendar: Calendar) {
  const { clockEvents, type, deadline } = await promisedFrom(p, doc, deemedAt, calendar);
  const started = isRunning(doc);
  const queue = { state: 'entering' as const, at: p.time.now() };
  const change = {
    set: {
      ...(doc.queue?.state === 'entered' ? {} : { queue }),
      ...(started ? {} : { clockEvents: clockEvents.map((event) => ({ ...event, byLaw: true as const })) }),
    },
    events: started
      ? []
      : [
          caseEvent(p, 'acceptedByLaw', doc, null, {
            at: deemedAt.toISOString(),
            promisedDueAt: deadline?.promised.dueAt ?? deemedAt.toISOString(),
          }),
        ],
  };
  return { change, type, dueOn: deadline?.promised.dueOn ?? null };
}

async function takePlacesOf(p: Platform, found: ApplicationDocument): Promise<boolean> {
  const { collection } = applications(p);
  const byId = { _id: found._id as never };
  let doc: ApplicationDocument | null = found;
  for (let attempt = 0; doc && attempt < ATTEMPTS; attempt += 1) {
    const now = p.time.now();
    const deemedAt = deemedAcceptance(doc, now);
    if (doc.status !== 'submitted' || !deemedAt) return false;
    if (doc.queue?.state === 'entered' && isRunning(doc)) return false;
    const { change, type, dueOn } = await startOf(p, doc, deemedAt, await getCalendar(p));
    // The mark first, over the revision that was read: a withdrawal at this moment either comes before it, and nothing is
    // taken, or sees it and gives up what is being taken.
    if (await tryChange(p, doc, type, change)) {
      if (doc.queue?.state === 'entered') return true;
      for (const unitCode of doc.unitCodes) {
        await enqueueAcceptance(p, {
          unitCode,
          caseId: doc._id,
          caseNo: doc.no ?? '',
          businessType: type.code,
          request: type.request,
          acceptedAt: deemedAt,
          dueOn,
          acceptedByLaw: true,
        });
      }
      const entered = { $set: { queue: { state: 'entered', at: now } } };
      const settled = await collection.updateOne(
        { ...byId, status: 'submitted', 'queue.state': 'entering' },
        entered,
      );
      return settled.modifiedCount === 1;
    }
    doc = (await collection.findOne(byId)) as unknown as ApplicationDocument | null;
  }
  return false;
}

export const deemedPlaces: Job = {
  name: 'applications.deemed-places',
  everyMs: 30_000,
  async run(p, now) {
    const taken = await takeDeemedPlaces(p, now);
    return taken > 0 ? { taken } : undefined;
  },
};
