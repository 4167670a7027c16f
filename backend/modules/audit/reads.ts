import { createGatherer, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { accessEntries, auditEntries, type AccessDocument, type AuditDocument } from './audit.model.ts';
import type { AuditEntry, AuditList, AuditQuery } from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { after, placeOf } from './cursor.ts';

const DEFAULT_LIMIT = 50;

/**
 * What a supervisor could learn about themselves of an organ that asks in silence (个人信息保护法 18, 35): that a delay of notice was asked for,
 * which its own page shows to everybody but the person, and what an organ asked about. Both stay in the record and under its seals.
 */
const DELAYS_OF_NOTICE = /^query\.delay_/;
const ORGANS_RELATION = 'stateOrgan';
const TELLS_WHOM = ['unitCode', 'askerId', 'kind', 'no'];

function present(entry: AuditDocument): AuditEntry {
  const { _id, at, type, actorId, subject, requestId } = entry;
  const silent = entry.data.relation === ORGANS_RELATION;
  const data = silent
    ? Object.fromEntries(Object.entries(entry.data).filter(([name]) => !TELLS_WHOM.includes(name)))
    : entry.data;
  return { id: _id, at: at.toISOString(), type, actorId, subject, requestId, data };
}

function filterOf(query: AuditQuery): Record<string, unknown> {
  const filter: Record<string, unknown> = { $nor: [{ type: DELAYS_OF_NOTICE }] };
  if (query.type) filter.type = query.type;
  if (query.actorId) filter.actorId = query.actorId;
  if (query.subjectId) filter['subject.id'] = query.subjectId;
  if (query.requestId) filter.requestId = query.requestId;
  const from = query.from ? { $gte: new Date(query.from) } : {};
  const to = query.to ? { $lt: new Date(query.to) } : {};
  if (query.from || query.to) filter.at = { ...from, ...to };
  return query.cursor ? { $and: [filter, after(placeOf(query.cursor))] } : filter;
}

/** One page of the audit, newest first. */
export async function listAudit(p: Platform, query: AuditQuery): Promise<AuditList> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const found = await auditEntries(p)
    .find(filterOf(query))
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last ? cursorOf({ at: last.at, id: last._id }) : null;
  return { items: items.map(present), nextCursor };
}

/** The acts on one document that a page can show; a case has dozens. */
const ACTS_SHOWN = 500;

export interface ActOn {
  id: string;
  type: string;
  at: Date;
  actorId: string | null;
  data: Record<string, unknown>;
}

/** What was done to one document (a case, a unit), oldest first, at most 500. */
export function listActsOn(p: Platform, subjectId: string): Promise<ActOn[]> {
  return actsOf(p)(subjectId);
}

/** Pages that are made at the same time ask for what was done in one command. */
const actsOf = perPlatform((p: Platform) =>
  createGatherer<string, ActOn[]>(
    async (ids) => {
      const distinct = [...new Set(ids)];
      const filter = { 'subject.id': distinct.length === 1 ? distinct[0] : { $in: distinct } };
      const found = (await auditEntries(p)
        .collection.find(filter, { projection: { requestId: 0, 'subject.collection': 0 } })
        .sort({ at: 1, _id: 1 })
        .limit(ACTS_SHOWN * distinct.length)
        .toArray()) as unknown as AuditDocument[];
      const acts = new Map<string, ActOn[]>(distinct.map((id) => [id, []]));
      for (const { _id: id, type, at, actorId, data, subject } of found)
        acts.get(subject.id)?.push({ id, type, at, actorId, data });
      return ids.map((id) => acts.get(id)?.slice(0, ACTS_SHOWN) ?? []);
    },
    { batch: 50 },
  ),
);

/** Looks that are not told yet (个人信息保护法18, 35): those of these accounts, and those at these targets, in a span. */
export interface WithheldLooks {
  actorIds: readonly string[];
  targetIds: readonly string[];
  from: Date;
  until: Date;
}

export interface LookQuery {
  cursor?: string | undefined;
  limit?: number;
  /** Only looks at this unit. */
  unitCode?: string | undefined;
  /** Ids of those among these looks that are not told yet: they are left out as if they were not there. */
  withheld?: (looks: readonly AccessDocument[]) => Promise<ReadonlySet<string>>;
}

const withheldFilter = ({ actorIds, targetIds, from, until }: WithheldLooks): Record<string, unknown> => ({
  at: { $gte: from, $lt: until },
  $or: [{ actorId: { $in: [...actorIds] } }, { 'target.id': { $in: [...targetIds] } }],
});

/** Read beyond a page, whatever is left out of it: with a read more for each look that is not told, the time would tell of it. */
const SPARE = 60;

/** Who looked at one person's data, newest first; the caller presents it and is that person. */
export async function listAccessTo(
  p: Platform,
  personIndex: string,
  { cursor, limit = DEFAULT_LIMIT, unitCode, withheld }: LookQuery = {},
): Promise<{ items: AccessDocument[]; nextCursor: string | null }> {
  const own: Record<string, unknown> = { subjects: personIndex };
  if (unitCode !== undefined) own.unitCodes = unitCode;
  const most = limit + SPARE;
  const read = (from: string | undefined): Promise<AccessDocument[]> =>
    accessEntries(p)
      .find(from ? { $and: [own, after(placeOf(from))] } : own)
      .sort({ at: -1, _id: -1 })
      .hint(unitCode === undefined ? 'by-subject' : 'by-unit')
      .limit(most)
      .lean();
  const shown: AccessDocument[] = [];
  let from = cursor;
  // A page is full whatever is left out of it: its length tells nothing.
  while (shown.length <= limit) {
    const found = await read(from);
    const hidden = await withheld?.(found);
    shown.push(...found.filter(({ _id }) => !hidden?.has(_id)));
    const end = found.at(-1);
    if (!end || found.length < most) break;
    from = cursorOf({ at: end.at, id: end._id });
  }
  const items = shown.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: shown.length > limit && last ? cursorOf({ at: last.at, id: last._id }) : null };
}

/** One look at this person's data; null where it is of somebody else, or of nobody. */
export async function findAccessTo(
  p: Platform,
  personIndex: string,
  id: string,
): Promise<AccessDocument | null> {
  return accessEntries(p).findOne({ _id: id, subjects: personIndex }).lean();
}

/** The looks of these accounts at things of one kind that showed any of these units. */
export function findLooksAtUnits(
  p: Platform,
  {
    actorIds,
    unitCodes,
    targetKind,
  }: { actorIds: readonly string[]; unitCodes: readonly string[]; targetKind: string },
): Promise<AccessDocument[]> {
  return accessEntries(p)
    .find({
      unitCodes: { $in: [...unitCodes] },
      actorId: { $in: [...actorIds] },
      'target.kind': targetKind,
    })
    .hint('by-unit')
    .lean();
}

/** More were never withheld at one time; a message that says a thousand says enough. */
const MOST_WITHHELD = 1_000;

/** The looks at a person that are or were withheld for one reason: what is told when that ends. */
export function findWithheld(
  p: Platform,
  personIndex: string,
  withheld: WithheldLooks,
): Promise<AccessDocument[]> {
  return accessEntries(p)
    .find({ subjects: personIndex, ...withheldFilter(withheld) })
    .hint('by-subject')
    .limit(MOST_WITHHELD)
    .lean();
}
