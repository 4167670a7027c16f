import type { Job } from '../../../platform/jobs/scheduler.ts';
import { newId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../../platform/time.ts';
import {
  checkCreditCode,
  checkResidentId,
  findOrganisationByCreditCode,
  personIndexOf,
  type StaffActor,
} from '../../accounts/index.ts';
import { recordAccess } from '../../audit/index.ts';
import { dueAfterWorkdays, getCalendar } from '../../clock/index.ts';
import {
  longestDelayDays,
  type AskDelay,
  type DecideDelay,
  type DelayView,
  type LiftDelay,
} from '../contract/looks.ts';
import { delays, lastInstantOf, reasonContext, type DelayDocument } from './delay.model.ts';
import { errors } from './errors.ts';
import { isOpen } from './withholding.ts';

/** 依法暂缓告知, from the organ's written request to the day on which the person is told after all. */

const DAY_MS = 86_400_000;
const collectionOf = (p: Platform) => delays(p).collection;
const personOf = ({ accountId, name }: StaffActor) => ({ accountId, name });

/** Working days for which a request withholds while no leader has decided it. */
const DECIDED_WITHIN = 3;

/** Only state organs have such powers (个人信息保护法 35): a bank, a developer or another organisation never has. */
const ORGANS: ReadonlySet<string> = new Set(['court', 'organ']);

/**
 * Entered by a supervisor from the organ's letter; it holds once a leader has agreed. That the person was looked up for it is itself a
 * look, told with the others.
 * @throws query.delay_person, query.delay_organ, query.delay_too_long, query.delay_own_person
 */
export async function askDelay(p: Platform, actor: StaffActor, body: AskDelay): Promise<DelayView> {
  const checked = checkResidentId(body.idNumber);
  if (!checked.valid) return errors.fail('query.delay_person');
  const personIndex = personIndexOf(p, checked.canonical);
  if (personIndex === actor.personIndex) return errors.fail('query.delay_own_person');
  const credit = checkCreditCode(body.creditCode);
  const organisation = credit.valid ? await findOrganisationByCreditCode(p, credit.canonical) : null;
  // Of one that nobody confirmed the credit code is a claim, and one that was closed asks for nothing.
  if (organisation?.status !== 'active' || !ORGANS.has(organisation.kind))
    return errors.fail('query.delay_organ');
  const now = p.time.now();
  const until = new Date(instantAt(body.untilOn).getTime() + DAY_MS);
  const days = longestDelayDays(body.ground);
  const tooLong = until.getTime() - now.getTime() > (days + 1) * DAY_MS;
  if (tooLong || body.untilOn <= legalDayOf(now)) return errors.fail('query.delay_too_long', { days });
  const _id = newId();
  const renewed = await findOpen(p, personIndex, organisation._id, now);
  const delay: DelayDocument = {
    _id,
    revision: 1,
    state: 'asked',
    personIndex,
    organisationId: organisation._id,
    organisationName: organisation.name,
    ground: body.ground,
    docNo: body.docNo,
    reason: p.crypto.fields.encrypt(body.reason, reasonContext(_id)),
    untilOn: body.untilOn,
    until,
    decideBy: dueAfterWorkdays(await getCalendar(p), now, DECIDED_WITHIN).dueAt,
    spanFrom: renewed?.spanFrom ?? now,
    released: null,
    asked: { by: personOf(actor), at: now },
    decided: null,
    endedAt: null,
  };
  const outbox = [p.outbox.event('query.delay_asked', actor.accountId, { delayId: _id })];
  await collectionOf(p).insertOne({ ...delay, outbox } as never);
  // After the delay stands: were it the other way round, the person could read of it in between.
  await recordAccess(p, {
    actorId: actor.accountId,
    subjectPersonIndexes: [personIndex],
    what: ['identity'],
    target: { kind: 'delay', id: _id },
    why: 'delay',
    basis: '个保法35',
  });
  p.outbox.notify('look-delays');
  return present(p, delay, actor);
}

/** The one in force for the same person and organ, whose span another request carries on without a gap. */
async function findOpen(
  p: Platform,
  personIndex: string,
  organisationId: string,
  now: Date,
): Promise<DelayDocument | null> {
  return (await collectionOf(p).findOne(
    { personIndex, organisationId, state: 'inForce', until: { $gt: now } } as never,
    { projection: { outbox: 0 }, hint: 'by-person' },
  )) as unknown as DelayDocument | null;
}

export const findDelay = async (p: Platform, id: string): Promise<DelayDocument | null> =>
  (await collectionOf(p).findOne(
    { _id: id as never },
    { projection: { outbox: 0 } },
  )) as unknown as DelayDocument | null;

async function getDelay(p: Platform, actor: StaffActor, id: string): Promise<DelayDocument> {
  const found = await findDelay(p, id);
  if (!found) return errors.fail('query.delay_unknown');
  return found.personIndex === actor.personIndex ? errors.fail('query.delay_own_person') : found;
}

/** One update over the revision that was read: of two who decide at once, one is told that it has changed. */
async function write(
  p: Platform,
  actor: StaffActor | null,
  before: DelayDocument,
  happened: string,
  set: Partial<DelayDocument>,
): Promise<DelayDocument | null> {
  const event = p.outbox.event(`query.${happened}`, actor?.accountId ?? null, { delayId: before._id });
  const revision = before.revision + 1;
  const { modifiedCount } = await collectionOf(p).updateOne(
    { _id: before._id as never, revision: before.revision },
    { $set: { ...set, revision }, $push: { outbox: event } } as never,
  );
  if (modifiedCount === 0) return null;
  p.outbox.notify('look-delays');
  return { ...before, ...set, revision };
}

/**
 * By a leader who did not ask for it, while it withholds: what was told since then is not taken back.
 * @throws query.delay_unknown, delay_needs_another, delay_own_person, delay_changed
 */
export async function decideDelay(
  p: Platform,
  actor: StaffActor,
  id: string,
  { revision, granted }: DecideDelay,
): Promise<DelayView> {
  const before = await getDelay(p, actor, id);
  if (before.asked.by.accountId === actor.accountId) return errors.fail('query.delay_needs_another');
  const now = p.time.now();
  if (before.state !== 'asked' || before.revision !== revision || !isOpen(before, now))
    return errors.fail('query.delay_changed');
  const decided = { by: personOf(actor), at: now };
  const after = await write(p, actor, before, granted ? 'delay_granted' : 'delay_refused', {
    state: granted ? 'inForce' : 'refused',
    decided,
    endedAt: granted ? null : now,
  });
  return after ? present(p, after, actor) : errors.fail('query.delay_changed');
}

/**
 * 解除, before its last day: by a leader, on the organ's written release, of which the number is kept.
 * @throws query.delay_unknown, query.delay_own_person, query.delay_changed
 */
export async function liftDelay(
  p: Platform,
  actor: StaffActor,
  id: string,
  { revision, docNo }: LiftDelay,
): Promise<DelayView> {
  const before = await getDelay(p, actor, id);
  if (before.state !== 'inForce' || before.revision !== revision) return errors.fail('query.delay_changed');
  const now = p.time.now();
  const after = await write(p, actor, before, 'delay_ended', {
    state: 'ended',
    endedAt: now,
    released: { by: personOf(actor), at: now, docNo: docNo.trim() },
  });
  return after ? present(p, after, actor) : errors.fail('query.delay_changed');
}

/** Those whose last day has passed; one that nobody decided within its working days is refused. */
export async function endDelays(p: Platform, now: Date): Promise<{ ended: number }> {
  const due = (await collectionOf(p)
    .find(
      {
        $or: [
          { state: { $in: ['inForce', 'asked'] }, until: { $lte: now } },
          { state: 'asked', decideBy: { $lte: now } },
        ],
      },
      { projection: { outbox: 0 } },
    )
    .hint('by-state')
    .limit(200)
    .toArray()) as unknown as DelayDocument[];
  let ended = 0;
  for (const delay of due) {
    const state = delay.state === 'asked' ? 'refused' : 'ended';
    const done = await write(p, null, delay, `delay_${state}`, { state, endedAt: lastInstantOf(delay) });
    ended += done ? 1 : 0;
  }
  return { ended };
}

export const endDelaysJob: Job = {
  name: 'query.endDelays',
  everyMs: 60_000,
  run: (p, now) => endDelays(p, now),
};

/** Those to decide and in force first, then the last hundred. Without those about the reader. */
export async function listDelays(p: Platform, actor: StaffActor): Promise<DelayView[]> {
  const others = actor.personIndex === null ? {} : { personIndex: { $ne: actor.personIndex } };
  const read = (states: readonly string[], limit: number) =>
    collectionOf(p)
      .find({ state: { $in: [...states] }, ...others } as never, { projection: { outbox: 0 } })
      .sort({ until: -1 })
      .hint('by-state')
      .limit(limit)
      .toArray() as unknown as Promise<DelayDocument[]>;
  const [open, done] = await Promise.all([read(['asked', 'inForce'], 500), read(['refused', 'ended'], 100)]);
  return [...open, ...done].map((delay) => present(p, delay, actor));
}

function present(p: Platform, delay: DelayDocument, actor: StaffActor): DelayView {
  const { _id, revision, state, ground, docNo, untilOn, decideBy, asked, decided, endedAt, released } = delay;
  return {
    id: _id,
    revision,
    state,
    organisation: delay.organisationName,
    ground,
    docNo,
    reason: p.crypto.fields.decrypt(delay.reason, reasonContext(_id)),
    untilOn,
    decideByOn: decideBy && legalDayOf(new Date(decideBy.getTime() - 1)),
    askedBy: asked.by.name,
    askedAt: asked.at.toISOString(),
    decidedBy: decided?.by.name ?? null,
    decidedAt: decided?.at.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    decidable: state === 'asked' && asked.by.accountId !== actor.accountId && actor.roles.includes('leader'),
    liftable: state === 'inForce' && actor.roles.includes('leader'),
    releasedBy: released && `${released.by.name}　${released.docNo}`,
  };
}
