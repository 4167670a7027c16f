import type { Platform } from '../../../platform/platform.ts';
import { findMemberIds } from '../../accounts/index.ts';
import type { AccessDocument, WithheldLooks } from '../../audit/index.ts';
import type { DelayGround } from '../contract/looks.ts';
import { isSilent } from '../notice.ts';
import { queries, type QueryDocument, type QueryNotice } from '../query.model.ts';
import { delays, lastInstantOf, type DelayDocument } from './delay.model.ts';
import { inHandAmong, targetsOf, type DeskLook } from './in-hand.ts';
import { toldWhy } from './told-why.ts';

/**
 * Which looks are not told yet (个人信息保护法 18, 35), for whoever reads: a look concerns several people, and a co-owner who reads of it
 * tells the others. What is withheld: a state organ's query and every clerk's look at it, or at its units while they have it in hand
 * (in-hand.ts), until its term ends; and what a delay of notice (delays.ts) is about. The access log itself is never changed.
 */

/** A look, as far as it matters here. */
export type Look = DeskLook & Pick<AccessDocument, 'subjects'>;

const DAY_MS = 86_400_000;
/** After a refusal the organ is told and may ask again, before the request itself stands in anybody's list. */
const REFUSED_HIDDEN_DAYS = 30;

/** Whether one delay is about this look; `targets` are the ids of what it was at. */
const covers = (
  { actorIds, targetIds, from, until }: WithheldLooks,
  { at, actorId }: Pick<Look, 'at' | 'actorId'>,
  targets: readonly string[],
): boolean =>
  at >= from &&
  at < until &&
  ((actorId !== null && actorIds.includes(actorId)) || targets.some((id) => targetIds.includes(id)));

/** A request withholds from the moment it is made, or it would come too late; undecided for a few days, on one member of staff's word. */
export const isOpen = (delay: DelayDocument, now: Date): boolean =>
  (delay.state === 'inForce' || delay.state === 'asked') && now < lastInstantOf(delay);

/** What an organ's members asked since then: a clerk's look at such a query would tell of the query itself. */
async function queriesOf(p: Platform, accountIds: readonly string[], since: Date): Promise<string[]> {
  const found = await queries(p)
    .find({ 'asker.accountId': { $in: [...accountIds] }, askedAt: { $gte: since } }, { _id: 1 })
    .hint('queries_by_asker')
    .lean();
  return found.map(({ _id }) => _id);
}

/** The organ's looks that one delay is about, and those of clerks at what the organ asked, from the day of the first request. */
export async function withheldBy(p: Platform, delay: DelayDocument): Promise<WithheldLooks> {
  const { organisationId, endedAt, spanFrom: from } = delay;
  const actorIds = await findMemberIds(p, organisationId);
  return {
    actorIds,
    targetIds: await queriesOf(p, actorIds, from),
    from,
    until: endedAt ?? lastInstantOf(delay),
  };
}

/** Whether the entry of a delay itself, which tells that an organ asked for one, is not told at this moment. */
function hidesItself(delay: DelayDocument, all: readonly DelayDocument[], now: Date): boolean {
  const { state, ground, personIndex, organisationId, endedAt } = delay;
  const open = all.some(
    (one) => one.personIndex === personIndex && one.organisationId === organisationId && isOpen(one, now),
  );
  if (open) return true;
  // Ended: told with the looks that it was about. Refused, or never decided: told once nobody is warned by it, state security never.
  if (state === 'inForce' || state === 'ended') return false;
  return (
    ground === 'security' ||
    now.getTime() < (endedAt ?? lastInstantOf(delay)).getTime() + REFUSED_HIDDEN_DAYS * DAY_MS
  );
}

async function delaysAmong(p: Platform, looks: readonly Look[]): Promise<DelayDocument[]> {
  const subjects = [...new Set(looks.flatMap((look) => look.subjects))];
  if (subjects.length === 0) return [];
  return (await delays(p)
    .collection.find({ personIndex: { $in: subjects } }, { projection: { outbox: 0 } })
    .hint('by-person')
    .toArray()) as unknown as DelayDocument[];
}

type Asked = Pick<QueryDocument, '_id'> & { notice: QueryNotice };

async function organQueriesAmong(p: Platform, looks: readonly Look[]): Promise<Map<string, QueryNotice>> {
  const ids = looks.flatMap(({ target }) => (target?.kind === 'query' ? [target.id] : []));
  if (ids.length === 0) return new Map();
  const found = await queries(p)
    .find({ _id: { $in: [...new Set(ids)] }, notice: { $ne: null } }, { notice: 1 })
    .lean<Asked[]>();
  return new Map(found.map(({ _id, notice }) => [_id, notice]));
}

interface Silences {
  /** What a look was at: the thing itself, and the queries that the clerk had in hand. */
  targets: (look: Look) => string[];
  /** Terms of silence, by the ids of their queries. */
  asked: ReadonlyMap<string, QueryNotice>;
  delays: readonly DelayDocument[];
}

async function silencesAmong(p: Platform, looks: readonly Look[]): Promise<Silences> {
  const [organs, found, inHand] = await Promise.all([
    organQueriesAmong(p, looks),
    delaysAmong(p, looks),
    inHandAmong(p, looks),
  ]);
  const held = [...inHand.values()].flat();
  const asked = new Map([
    ...organs,
    ...held.flatMap(({ _id, notice }) => (notice ? [[_id, notice] as const] : [])),
  ]);
  return { targets: (look) => targetsOf(look, inHand), asked, delays: found };
}

/** Ids of those among these looks that are not told at this moment, to nobody whom they concern. */
export async function withheldAmong(p: Platform, looks: readonly Look[]): Promise<ReadonlySet<string>> {
  const now = p.time.now();
  const { targets, asked, delays: found } = await silencesAmong(p, looks);
  const open = found.filter((delay) => isOpen(delay, now));
  const spans = await Promise.all(
    open.map(async (delay) => ({ subject: delay.personIndex, span: await withheldBy(p, delay) })),
  );
  const secret = new Set(found.filter((delay) => hidesItself(delay, found, now)).map(({ _id }) => _id));
  const isHidden = (look: Look): boolean => {
    const at = targets(look);
    return (
      at.some((id) => isSilent(asked.get(id), now) || secret.has(id)) ||
      spans.some(({ subject, span }) => look.subjects.includes(subject) && covers(span, look, at))
    );
  };
  return new Set(looks.filter(isHidden).map(({ _id }) => _id));
}

export interface Late {
  /** When it was told after all. */
  at: Date;
  ground: DelayGround;
}

/**
 * Of looks that are told now: which were told late, when and on which ground. The ground of a delay is told to whom it was about, that of
 * a query to those who may know why it was asked (told-why.ts); others learn no more than that an organ's duty was the reason.
 */
export async function lateAmong(
  p: Platform,
  personIndex: string,
  looks: readonly Look[],
): Promise<(look: Look) => Late | null> {
  const { targets, asked, delays: found } = await silencesAmong(p, looks);
  const over = await Promise.all(
    found
      .filter(({ decided, state }) => decided !== null && state !== 'refused')
      .map(async (delay) => ({ delay, span: await withheldBy(p, delay) })),
  );
  const mayKnow = await toldWhy(p, personIndex, [...asked.keys()]);
  return (look) => {
    const at = targets(look);
    const reasons = over
      .filter(
        ({ delay, span }) =>
          look.target?.id === delay._id ||
          (look.subjects.includes(delay.personIndex) && covers(span, look, at)),
      )
      .map(({ delay, span }) => ({
        at: span.until,
        ground: delay.personIndex === personIndex ? delay.ground : ('duty' as const),
      }));
    for (const id of at) {
      const notice = asked.get(id);
      const told = notice && (notice.releasedAt ?? notice.until);
      if (!told || look.at >= told) continue;
      reasons.push({ at: told, ground: mayKnow(id, look.at) ? notice.ground : 'duty' });
    }
    // The last of them let it be told.
    return reasons.sort((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
  };
}
