import type { Job } from '../../../platform/jobs/scheduler.ts';
import { newId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../../platform/time.ts';
import {
  checkCreditCode,
  checkResidentId,
  findMemberIds,
  findOrganisationByCreditCode,
  personIndexOf,
  type StaffActor,
} from '../../accounts/index.ts';
import { recordAccess, type AccessDocument, type WithheldLooks } from '../../audit/index.ts';
import {
  DELAY_GROUNDS,
  LONGEST_DELAY_DAYS,
  type AskDelay,
  type DecideDelay,
  type DelayFigures,
  type DelayView,
} from '../contract/looks.ts';
import { queries } from '../query.model.ts';
import { delays, reasonContext, type DelayDocument } from './delay.model.ts';
import { errors } from './errors.ts';
import { DELAY_WORDS } from './words.ts';

/** 依法暂缓告知, from the organ's written request to the day on which the person is told after all. */

const DAY_MS = 86_400_000;
const collectionOf = (p: Platform) => delays(p).collection;
const personOf = ({ accountId, name }: StaffActor) => ({ accountId, name });

/** Only state organs have such powers (个人信息保护法 35): a bank or a developer never has. */
const ORGANS: ReadonlySet<string> = new Set(['court', 'other']);

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
  if (!organisation || !ORGANS.has(organisation.kind)) return errors.fail('query.delay_organ');
  const now = p.time.now();
  const until = new Date(instantAt(body.untilOn).getTime() + DAY_MS);
  const tooLong = until.getTime() - now.getTime() > (LONGEST_DELAY_DAYS + 1) * DAY_MS;
  if (tooLong || body.untilOn <= legalDayOf(now))
    return errors.fail('query.delay_too_long', { days: LONGEST_DELAY_DAYS });
  const _id = newId();
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

/** By a leader who did not ask for it. @throws query.delay_unknown, delay_needs_another, delay_own_person, delay_changed */
export async function decideDelay(
  p: Platform,
  actor: StaffActor,
  id: string,
  { revision, granted }: DecideDelay,
): Promise<DelayView> {
  const before = await getDelay(p, actor, id);
  if (before.asked.by.accountId === actor.accountId) return errors.fail('query.delay_needs_another');
  if (before.state !== 'asked' || before.revision !== revision) return errors.fail('query.delay_changed');
  const now = p.time.now();
  const decided = { by: personOf(actor), at: now };
  const after = await write(p, actor, before, granted ? 'delay_granted' : 'delay_refused', {
    state: granted ? 'inForce' : 'refused',
    decided,
    endedAt: granted ? null : now,
  });
  return after ? present(p, after, actor) : errors.fail('query.delay_changed');
}

/** 解除, before its last day. @throws query.delay_unknown, query.delay_own_person, query.delay_changed */
export async function liftDelay(
  p: Platform,
  actor: StaffActor,
  id: string,
  revision: number,
): Promise<DelayView> {
  const before = await getDelay(p, actor, id);
  if (before.state !== 'inForce' || before.revision !== revision) return errors.fail('query.delay_changed');
  const after = await write(p, actor, before, 'delay_ended', { state: 'ended', endedAt: p.time.now() });
  return after ? present(p, after, actor) : errors.fail('query.delay_changed');
}

/** Those whose last day has passed; one that nobody decided in time is refused, and nothing was ever withheld for good. */
export async function endDelays(p: Platform, now: Date): Promise<{ ended: number }> {
  const due = (await collectionOf(p)
    .find({ state: { $in: ['inForce', 'asked'] }, until: { $lte: now } }, { projection: { outbox: 0 } })
    .hint('by-state')
    .limit(200)
    .toArray()) as unknown as DelayDocument[];
  let ended = 0;
  for (const delay of due) {
    const state = delay.state === 'asked' ? 'refused' : 'ended';
    const done = await write(p, null, delay, `delay_${state}`, { state, endedAt: delay.until });
    ended += done ? 1 : 0;
  }
  return { ended };
}

export const endDelaysJob: Job = {
  name: 'query.endDelays',
  everyMs: 60_000,
  run: (p, now) => endDelays(p, now),
};

/** Whether it holds at this moment, whatever the job has come to. */
const holds = ({ state, until }: DelayDocument, now: Date): boolean =>
  (state === 'inForce' || state === 'asked') && now < until;

/** What an organ's members asked since then: a clerk's look at such a query would tell of the query itself. */
async function queriesOf(p: Platform, accountIds: readonly string[], since: Date): Promise<string[]> {
  const found = await queries(p)
    .find({ 'asker.accountId': { $in: [...accountIds] }, askedAt: { $gte: since } }, { _id: 1 })
    .hint('queries_by_asker')
    .lean();
  return found.map(({ _id }) => _id);
}

/**
 * The looks that one delay is about: those of the organ since it was granted, those of clerks at what the organ asked, and the entry of
 * the delay itself.
 */
export async function withheldBy(p: Platform, delay: DelayDocument): Promise<WithheldLooks> {
  const { decided, asked, state, organisationId, endedAt, until } = delay;
  const ends = endedAt ?? until;
  // Of its asking only the entry about itself is withheld; looks of the organ before the decision were told at once.
  if (!decided || (state !== 'inForce' && state !== 'ended'))
    return { actorIds: [], targetIds: [delay._id], from: asked.at, until: ends };
  const actorIds = await findMemberIds(p, organisationId);
  const asking = await queriesOf(p, actorIds, decided.at);
  return { actorIds, targetIds: [delay._id, ...asking], from: decided.at, until: ends };
}

/** Whether one delay is about this look. */
export const covers = (
  { actorIds, targetIds, from, until }: WithheldLooks,
  { at, actorId, target }: Pick<AccessDocument, 'at' | 'actorId' | 'target'>,
): boolean =>
  at >= from &&
  at < until &&
  ((actorId !== null && actorIds.includes(actorId)) || (target !== null && targetIds.includes(target.id)));

export interface DelaysOfPerson {
  withheld: WithheldLooks[];
  /** Those that are over: their looks are told as told late. */
  over: { delay: DelayDocument; looks: WithheldLooks }[];
}

export async function delaysOf(p: Platform, personIndex: string): Promise<DelaysOfPerson> {
  const found = (await collectionOf(p)
    .find({ personIndex, state: { $in: ['asked', 'inForce', 'ended'] } }, { projection: { outbox: 0 } })
    .hint('by-person')
    .toArray()) as unknown as DelayDocument[];
  const now = p.time.now();
  const all = await Promise.all(
    found.map(async (delay) => ({ delay, looks: await withheldBy(p, delay), held: holds(delay, now) })),
  );
  const entryOf = ({ delay, looks }: (typeof all)[number]): WithheldLooks[] =>
    // The entry of the asking lies before the span of a granted delay.
    delay.decided ? [{ actorIds: [], targetIds: [delay._id], from: delay.asked.at, until: looks.until }] : [];
  return {
    withheld: all.filter(({ held }) => held).flatMap((one) => [one.looks, ...entryOf(one)]),
    over: all.filter(({ delay, held }) => !held && delay.decided !== null),
  };
}

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

/** For everybody: how many are in force, were ended and were refused, by ground; nothing else of them. */
export async function delayFigures(p: Platform): Promise<DelayFigures> {
  const counted = await collectionOf(p)
    .aggregate<{ _id: { ground: string; state: string }; count: number }>([
      { $group: { _id: { ground: '$ground', state: '$state' }, count: { $sum: 1 } } },
    ])
    .toArray();
  const count = (ground: string, state: string): number =>
    counted.find(({ _id }) => _id.ground === ground && _id.state === state)?.count ?? 0;
  return {
    grounds: DELAY_GROUNDS.map((ground) => ({
      ground,
      label: DELAY_WORDS[ground],
      inForce: count(ground, 'inForce'),
      ended: count(ground, 'ended'),
      refused: count(ground, 'refused'),
    })),
    longestDays: LONGEST_DELAY_DAYS,
  };
}

function present(p: Platform, delay: DelayDocument, actor: StaffActor): DelayView {
  const { _id, revision, state, ground, docNo, untilOn, asked, decided, endedAt } = delay;
  return {
    id: _id,
    revision,
    state,
    organisation: delay.organisationName,
    ground,
    docNo,
    reason: p.crypto.fields.decrypt(delay.reason, reasonContext(_id)),
    untilOn,
    askedBy: asked.by.name,
    askedAt: asked.at.toISOString(),
    decidedBy: decided?.by.name ?? null,
    decidedAt: decided?.at.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    decidable: state === 'asked' && asked.by.accountId !== actor.accountId && actor.roles.includes('leader'),
  };
}
