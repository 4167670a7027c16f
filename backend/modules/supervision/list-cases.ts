import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import {
  applications,
  countBehind,
  freshRows,
  lightFilter,
  lightOf,
  PAUSE_WORDS,
  statusWord,
  type ApplicationDocument,
} from '../applications/index.ts';
import { listBusinessTypes, listOffices, type BusinessType, type Office } from '../catalogue/index.ts';
import { caseFacts, type CaseFact } from './case-fact.model.ts';
import type { CasePage, CaseQuery, SupervisedCase } from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { olderThan, placeOf } from './cursor.ts';
import { notOwn, withoutOwnCases, type Reader } from './own-cases.ts';
import { stepWords } from './summary.ts';
import type { Light } from './vocabulary.ts';

type Filter = Record<string, unknown>;
type PagedQuery = CaseQuery & { limit: number };

const DAY_MS = 86_400_000;
const EDGE_FILTERS = {
  onTime: { 'end.onTime': true },
  late: { 'end.onTime': false },
  edge: { 'end.edge': true },
} as const;

/** What a row needs of an open case; nothing else is read. */
const OPEN_FIELDS = {
  no: 1,
  status: 1,
  typeCode: 1,
  officeId: 1,
  work: 1,
  handler: 1,
  pauses: 1,
  clockEvents: 1,
  'corrections.id': 1,
} as const;
export type OpenRow = Pick<
  ApplicationDocument,
  | '_id'
  | 'no'
  | 'status'
  | 'typeCode'
  | 'officeId'
  | 'work'
  | 'handler'
  | 'pauses'
  | 'clockEvents'
  | 'corrections'
>;

export interface Names {
  types: readonly BusinessType[];
  offices: readonly Office[];
}

export async function loadNames(p: Platform): Promise<Names> {
  const [types, offices] = await Promise.all([listBusinessTypes(p), listOffices(p)]);
  return { types, offices };
}

const common = ({ types, offices }: Names, typeCode: string, officeId: string | null) => ({
  type: typeCode,
  typeName: types.find(({ code }) => code === typeCode)?.name ?? { zh: typeCode, en: typeCode },
  office: officeId,
  officeName: offices.find(({ id }) => id === officeId)?.name ?? { zh: '未分配', en: 'Not assigned' },
});

export function presentOpen(row: OpenRow, names: Names, now: Date): SupervisedCase {
  const { work, handler, pauses, clockEvents } = row;
  return {
    id: row._id,
    no: row.no ?? '',
    ...common(names, row.typeCode, row.officeId),
    status: row.status,
    statusWord: statusWord(row.status),
    step: work.step,
    stepLabel: work.step === null ? null : stepWords(names.types, work.step),
    light: lightOf(work, now),
    clerk: handler && { id: handler.accountId, name: handler.name },
    acceptedAt: clockEvents.find(({ kind }) => kind === 'accepted')?.at.toISOString() ?? null,
    dueAt: work.dueAt?.toISOString() ?? null,
    statutoryDueAt: work.statutoryDueAt?.toISOString() ?? null,
    provisional: work.provisional,
    pauses: pauses
      .filter(({ to }) => to === null)
      .map(({ reason, plannedEndOn }) => ({ reason, label: PAUSE_WORDS[reason].label, plannedEndOn })),
    extendedByDays: clockEvents.reduce(
      (days, event) => days + (event.kind === 'extended' ? event.days : 0),
      0,
    ),
    endedAt: null,
    outcome: null,
    onTime: null,
    usedMinutes: null,
    usedShare: null,
    pausedMinutes: null,
    corrections: row.corrections.length,
    reason: null,
  };
}

export function presentEnded(fact: CaseFact, names: Names): SupervisedCase {
  const { end, clerk } = fact;
  const status = fact.kind as 'registered' | 'refused' | 'declined' | 'withdrawn';
  const accepted = end?.acceptedAt ?? null;
  return {
    id: fact.caseId,
    no: fact.no,
    ...common(names, fact.typeCode, fact.officeId),
    status,
    statusWord: statusWord(status),
    step: null,
    stepLabel: null,
    light: null,
    clerk: clerk && { id: clerk.accountId, name: clerk.name },
    acceptedAt: accepted?.toISOString() ?? null,
    dueAt: null,
    statutoryDueAt: null,
    provisional: false,
    pauses: [],
    extendedByDays: end?.extendedByDays ?? 0,
    endedAt: fact.at.toISOString(),
    outcome: status,
    onTime: accepted === null ? null : (end?.onTime ?? null),
    usedMinutes: accepted === null ? null : (end?.usedMinutes ?? null),
    usedShare: accepted === null ? null : (end?.usedShare ?? null),
    pausedMinutes: accepted === null ? null : (end?.pausedMinutes ?? null),
    corrections: end?.corrections ?? 0,
    reason: end?.reason ?? null,
  };
}

/** 超期 is red and black. */
const lightsOf = (light: NonNullable<CaseQuery['light']>): readonly Light[] =>
  light === 'overdue' ? ['black', 'red'] : [light];

/** Rows are judged at `now`. */
function openFilter(reader: Reader, query: CaseQuery, now: Date): Filter {
  const { type, office, clerk, light, step, pause, pauseOverdue, dueOn } = query;
  const parts: Filter[] = [];
  if (type) parts.push({ typeCode: type });
  if (office) parts.push({ officeId: office });
  if (clerk) parts.push({ 'handler.accountId': clerk === 'nobody' ? null : clerk });
  if (light) parts.push({ $or: lightsOf(light).map((one) => lightFilter(one, now)) });
  if (step) parts.push({ 'work.step': step });
  if (pause) parts.push({ 'work.pause': { $regex: `(^|\\+)${pause}(\\+|$)` } });
  if (pauseOverdue) parts.push({ 'work.pauseEndsAt': { $gt: new Date(0), $lt: now } });
  if (dueOn) {
    const start = instantAt(dueOn);
    parts.push({ 'work.dueAt': { $gte: start, $lt: new Date(start.getTime() + DAY_MS) } });
    // Not the paused ones, which sort last and have no due instant.
    parts.push({ 'work.sortAt': { $gte: start, $lt: new Date(start.getTime() + DAY_MS) } });
  }
  return { 'work.open': true, ...notOwn(reader), ...(parts.length > 0 ? { $and: parts } : {}) };
}

/** Whether a row whose dates were computed again still belongs: what only the old rules put here is not shown. */
const stillMeant = ({ light, dueOn }: CaseQuery, { work }: OpenRow, now: Date): boolean =>
  (!light || lightsOf(light).includes(lightOf(work, now))) &&
  (!dueOn || (work.dueAt !== null && legalDayOf(work.dueAt) === dueOn));

const openHint = ({ clerk, type }: CaseQuery): string =>
  clerk ? 'work-mine' : type ? 'open-figures' : 'work-due';

async function openPage(p: Platform, reader: Reader, query: PagedQuery, now: Date): Promise<CasePage> {
  const { limit } = query;
  const place = query.cursor === undefined ? null : placeOf(query.cursor);
  const after = place && {
    $or: [{ 'work.sortAt': { $gt: place.at } }, { 'work.sortAt': place.at, _id: { $gt: place.id } }],
  };
  const rows = (await applications(p)
    .collection.find({ ...openFilter(reader, query, now), ...after } as never, {
      projection: OPEN_FIELDS,
      hint: openHint(query),
    })
    .sort({ 'work.sortAt': 1, _id: 1 })
    .limit(limit + 1)
    .toArray()) as unknown as OpenRow[];
  const page = rows.slice(0, limit);
  const [names, shown, recomputing] = await Promise.all([
    loadNames(p),
    freshRows(p, page, now),
    countBehind(p),
  ]);
  // The place in the list is the stored one: that is what the next page is looked for by.
  const last = page.at(-1);
  return {
    items: shown.filter((row) => stillMeant(query, row, now)).map((row) => presentOpen(row, names, now)),
    recomputing,
    nextCursor: rows.length > limit && last ? cursorOf({ at: last.work.sortAt, id: last._id }) : null,
  };
}

function endedFilter(query: CaseQuery): Filter {
  const { type, office, clerk, month, outcome, kept, reason } = query;
  const next = month && instantAt(`${month}-28`).getTime() + 4 * DAY_MS;
  const end = next && instantAt(`${new Date(next + DAY_MS / 3).toISOString().slice(0, 7)}-01`);
  return {
    'end.usedMinutes': { $gte: 0 },
    ...(type ? { typeCode: type } : {}),
    ...(office ? { officeId: office } : {}),
    ...(clerk ? { 'clerk.accountId': clerk } : {}),
    ...(month && end
      ? {
          day: { $gte: `${month}-01`, $lte: `${month}-31` },
          at: { $gte: instantAt(`${month}-01`), $lt: end },
        }
      : {}),
    ...(outcome ? { kind: outcome } : kept ? { kind: 'registered' } : {}),
    ...(kept ? EDGE_FILTERS[kept] : {}),
    ...(reason ? { 'end.reason': reason } : {}),
  };
}

async function endedPage(p: Platform, reader: Reader, query: PagedQuery): Promise<CasePage> {
  const { limit } = query;
  const found = (await caseFacts(p)
    .collection.find({ $and: [endedFilter(query), olderThan('at', query.cursor)] } as never, {
      hint: query.type ? 'ended-of-type' : 'ended',
    })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as CaseFact[];
  const names = await loadNames(p);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const seen = await withoutOwnCases(p, reader, shown, ({ caseId }) => caseId);
  return {
    items: seen.map((fact) => presentEnded(fact, names)),
    recomputing: 0,
    nextCursor: found.length > limit && last ? cursorOf({ at: last.at, id: last._id }) : null,
  };
}

/**
 * The cases behind a figure. Keyset paging: a late page costs what the first does.
 * @param now one instant for all pages of a file: otherwise a case whose light turns meanwhile is in none of them
 */
export function listCases(
  p: Platform,
  reader: Reader,
  query: CaseQuery,
  now = p.time.now(),
): Promise<CasePage> {
  const paged = { ...query, limit: query.limit ?? 20 };
  return query.set === 'ended' ? endedPage(p, reader, paged) : openPage(p, reader, paged, now);
}
