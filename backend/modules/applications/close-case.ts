import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { numbers, settleNumber } from '../../platform/database/numbers.ts';
import { legalDayOf } from '../../platform/time.ts';
import { certificateIssuerOf, certificateSeries, dequeue } from '../register/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';

/**
 * What every ending shares: the clock stops, the places in the units' queues are given up, reserved numbers become
 * void. The ending itself is one write that leaves a mark (`queue: leaving`); the rest follows, by this process or,
 * if it dies, by the job `applications.queues`.
 */
export function stopClock(p: Platform, doc: ApplicationDocument): ApplicationDocument['clockEvents'] {
  const now = p.time.now();
  const ends = doc.pauses
    .filter(({ to }) => to === null)
    .map(({ id }) => ({ id: newId(), kind: 'resumed' as const, at: now, recordedAt: now, pauseId: id }));
  const running = doc.clockEvents.some(({ kind }) => kind === 'accepted');
  return running
    ? [...doc.clockEvents, ...ends, { id: newId(), kind: 'stopped', at: now, recordedAt: now }]
    : doc.clockEvents;
}

export const leaveQueue = (p: Platform, doc: ApplicationDocument): ApplicationDocument['queue'] =>
  doc.queue ? { state: 'leaving', at: p.time.now() } : null;

/** Longer than an acceptance can be between taking a place and writing it down. */
export const QUEUE_SETTLE_MS = 60_000;

/**
 * Gives up the places of a case that ended. An acceptance that was under way at the same moment may still take one, so
 * the mark stays for the job when the place had not been taken for sure.
 */
export async function giveUpPlaces(
  p: Platform,
  before: ApplicationDocument,
  after: ApplicationDocument,
): Promise<void> {
  if (after.queue?.state !== 'leaving') return;
  for (const unitCode of after.unitCodes) await dequeue(p, unitCode, after._id);
  await voidNumbers(p, after);
  if (before.queue?.state !== 'entered') return;
  await applications(p).collection.updateOne(
    { _id: after._id as never, 'queue.state': 'leaving' },
    { $set: { queue: null } },
  );
}

/** Numbers that an attempt to record had reserved for this case: none is reused, and the gap is explained. */
async function voidNumbers(p: Platform, doc: ApplicationDocument): Promise<void> {
  const years = [0, 1].map((back) => Number(legalDayOf(p.time.now()).slice(0, 4)) - back);
  const issuer = await certificateIssuerOf(doc.district);
  const series = years.flatMap((year) => [
    certificateSeries('title', year, issuer),
    certificateSeries('certification', year, issuer),
  ]);
  const holder = { $gte: `${doc._id}:`, $lt: `${doc._id};` };
  const held = await numbers(p)
    .find({ series: { $in: series }, holder, state: 'reserved' }, { _id: 1 })
    .lean();
  for (const { _id } of held)
    await settleNumber(p, _id, 'void', `case ${doc.no ?? doc._id} ended as ${doc.status}`);
}
