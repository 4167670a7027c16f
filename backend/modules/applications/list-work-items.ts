import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { getCalendar } from '../clock/index.ts';
import { canonicalMobile, findPersonIndexesByPhone } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { applications } from './application.model.ts';
import { foldAddress } from './address-tokens.ts';
import { handledType } from './case-type.ts';
import { lightOf } from './clocks.ts';
import type {
  CountWorkItems,
  Light,
  ListWorkItems,
  SearchWorkItems,
  WorkItemCounts,
  WorkItemPage,
} from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { placeOf } from './cursor.ts';
import { freshRows } from './fresh-rows.ts';
import { foldNumber, indexOf } from './parties.ts';
import type { Viewer } from './policy.ts';
import { presentWorkItem, WORK_ROW_FIELDS, type WorkRow } from './present-desk.ts';
import { countBehind } from './rules-stamps.ts';

type Filter = Record<string, unknown>;

/** The light of a case is a comparison of stored instants with now, so it can be asked of the database. */
export function lightFilter(light: Light, now: Date): Filter {
  const statutoryHolds = { $or: [{ 'work.statutoryDueAt': null }, { 'work.statutoryDueAt': { $gte: now } }] };
  switch (light) {
    case 'black':
      return { 'work.statutoryDueAt': { $lt: now } };
    case 'red':
      return { 'work.dueAt': { $lt: now }, ...statutoryHolds };
    case 'yellow':
      return { 'work.dueAt': { $gte: now }, 'work.yellowAt': { $lte: now } };
    case 'green':
      return { 'work.dueAt': { $gte: now }, 'work.yellowAt': { $gt: now } };
    case 'paused':
      // Paused in time: past its date a case is red or black, paused or not.
      return {
        'work.paused': true,
        'work.dueAt': { $not: { $lt: now } },
        'work.statutoryDueAt': { $not: { $lt: now } },
      };
    case 'none':
      return { 'work.paused': false, 'work.dueAt': null };
  }
}

/** What a clerk works on: cases of the office, of one's posts where nobody has them yet, or one's own. */
function viewFilter(view: ListWorkItems['view'], viewer: Viewer): Filter {
  if (view === 'mine') return { 'handler.accountId': viewer.accountId };
  if (view === 'unclaimed') return { 'handler.accountId': null, 'work.role': { $in: [...viewer.roles] } };
  if (view === 'office' && viewer.officeId !== null) return { officeId: viewer.officeId };
  return {};
}

interface Search {
  filter: Filter;
  /** The index that answers it: left to the planner, an index made for counting wins some of the races. */
  hint: string;
  /** Blind indexes of the persons whose number was typed; none where a case or an address is looked for. */
  people: readonly string[];
}

/** Passports and permits have 6 characters or more; no word of an address is of plain letters and digits alone. */
const IDENTITY_NUMBER = /^[0-9A-Z()]{6,20}$/;

/**
 * A case number by its first digits, an address by the start of one of its words, a party by the whole ID number, credit
 * code or phone. Numbers of people are looked for by blind index, so part of one finds nothing. A phone is that of
 * an account whose name was verified. The text is matched, never run.
 */
async function searchOf(p: Platform, text: string): Promise<Search> {
  const range = (from: string) => ({ $gte: from, $lt: `${from}\uffff` });
  const mobile = canonicalMobile(text);
  if (mobile !== null) {
    const people = await findPersonIndexesByPhone(p, mobile);
    return { filter: { partyIndexes: { $in: people } }, hint: 'parties', people };
  }
  const folded = foldNumber(text);
  if (/^\d{4,16}$/.test(folded)) return { filter: { no: range(folded) }, hint: 'no', people: [] };
  if (IDENTITY_NUMBER.test(folded)) {
    const person = indexOf(p, folded);
    return { filter: { partyIndexes: person }, hint: 'parties', people: [person] };
  }
  // One word must meet both bounds: without $elemMatch one word of an address may meet the lower and another the upper.
  const word = { $elemMatch: range(foldAddress(text)) };
  return { filter: { addressTokens: word }, hint: 'address', people: [] };
}

function filterOf(query: ListWorkItems, viewer: Viewer, now: Date): Filter {
  const { view, step, status, type, office, light } = query;
  const parts: Filter[] = [viewFilter(view, viewer)];
  if (step !== undefined) parts.push({ 'work.step': step });
  if (status !== undefined) parts.push({ status });
  if (type !== undefined) parts.push({ typeCode: type });
  if (office !== undefined) parts.push({ officeId: office });
  if (light !== undefined) parts.push(lightFilter(light, now));
  const given = parts.filter((part) => Object.keys(part).length > 0);
  // `work.open` is the condition of the partial indexes: drafts and closed cases are not even looked at.
  return given.length === 0 ? { 'work.open': true } : { 'work.open': true, $and: given };
}

/** Words of a search; null where nothing but space was typed. */
const wordsOf = ({ text }: Asked): string | null => text?.trim() || null;

type Asked = ListWorkItems & Partial<Pick<SearchWorkItems, 'text'>>;

/**
 * Whoever looks a person up by number learns what that person is doing: a look at their data, told to them as any other
 * (谁查过我). Where no case is shown nothing was learnt of anybody, and the text need not be a person's number at all.
 */
async function recordSearch(
  p: Platform,
  viewer: Viewer,
  people: readonly string[],
  shown: readonly WorkRow[],
): Promise<void> {
  if (people.length === 0) return;
  const found = new Set(shown.flatMap(({ partyIndexes }) => partyIndexes));
  await recordAccess(p, {
    actorId: viewer.accountId,
    subjectPersonIndexes: people.filter((person) => found.has(person)),
    what: ['caseList'],
    why: 'searching',
    basis: '不动产登记暂行条例第十八条',
  });
}

const versionKey = ({ typeCode, typeVersion }: WorkRow): string => `${typeCode} ${typeVersion}`;

/** The types of a page's rows, each looked up once. */
async function typesOf(p: Platform, rows: readonly WorkRow[]): Promise<Map<string, BusinessType>> {
  const first = new Map(rows.map((row) => [versionKey(row), row]));
  return new Map(
    await Promise.all([...first].map(async ([key, row]) => [key, await handledType(p, row)] as const)),
  );
}

/** The work list, by due time; cases paused in time last. Keyset paging: a late page costs what the first does. */
export async function listWorkItems(p: Platform, viewer: Viewer, query: Asked): Promise<WorkItemPage> {
  const { cursor, limit = 20 } = query;
  const now = p.time.now();
  const words = wordsOf(query);
  const {
    filter: search,
    hint,
    people,
  }: Search = words === null
    ? { filter: {}, hint: query.view === 'mine' ? 'work-mine' : 'work-due', people: [] }
    : await searchOf(p, words);
  const filter = { ...filterOf(query, viewer, now), ...search };
  const place = cursor === undefined ? null : placeOf(cursor);
  const after = place && {
    $or: [{ 'work.sortAt': { $gt: place.at } }, { 'work.sortAt': place.at, _id: { $gt: place.id } }],
  };
  const rows = (await applications(p)
    .collection.find({ ...filter, ...after } as never, {
      projection: WORK_ROW_FIELDS,
      hint,
    })
    .sort({ 'work.sortAt': 1, _id: 1 })
    .limit(limit + 1)
    .toArray()) as unknown as WorkRow[];
  const page = rows.slice(0, limit);
  // A light that was asked for is that of now: a row that the old rules put under it is not shown.
  const shown = (await freshRows(p, page, now)).filter(
    ({ work }) => query.light === undefined || lightOf(work, now) === query.light,
  );
  await recordSearch(p, viewer, people, shown);
  const [types, calendar] = [await typesOf(p, shown), await getCalendar(p)];
  const items = shown.map((row) =>
    presentWorkItem(row, types.get(versionKey(row))!, viewer, { calendar, now }),
  );
  // The place in the list is the stored one: that is what the next page is looked for by.
  const last = page.at(-1);
  return {
    items,
    recomputing: await countBehind(p),
    nextCursor: rows.length > limit && last ? cursorOf({ at: last.work.sortAt, id: last._id }) : null,
  };
}

const LIGHTS = ['black', 'red', 'yellow', 'green', 'paused', 'none'] as const;
const DAY_MS = 86_400_000;

/** Figures beside the filters of the desk: pressing a light or a step shows as many rows as stand on it. */
export async function countWorkItems(
  p: Platform,
  viewer: Viewer,
  { view, step, type }: CountWorkItems = {},
): Promise<WorkItemCounts> {
  const now = p.time.now();
  const { collection } = applications(p);
  const inView = viewFilter(view, viewer);
  const hint = view === 'mine' ? 'work-mine' : 'work-due';
  const count = (filter: Filter, index = 'work-due') =>
    collection.countDocuments({ 'work.open': true, ...filter }, { hint: index });
  const tomorrow = new Date(instantAt(legalDayOf(now)).getTime() + DAY_MS);
  const inFilter = (wanted: Filter) => {
    const parts: Filter[] = [inView, wanted];
    if (step !== undefined) parts.push({ 'work.step': step });
    if (type !== undefined) parts.push({ typeCode: type });
    return count({ $and: parts }, hint);
  };
  const groups = async (field: string) =>
    (await collection
      .aggregate(
        [
          { $match: { 'work.open': true, ...inView } },
          { $group: { _id: `$${field}`, count: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ],
        { hint },
      )
      .toArray()) as { _id: string | null; count: number }[];
  const [lights, dueToday, mine, unclaimed, steps, types, recomputing] = await Promise.all([
    Promise.all(LIGHTS.map((light) => inFilter(lightFilter(light, now)))),
    inFilter({ 'work.dueAt': { $gte: now, $lt: tomorrow } }),
    count(viewFilter('mine', viewer), 'work-mine'),
    count(viewFilter('unclaimed', viewer)),
    groups('work.step'),
    groups('typeCode'),
    countBehind(p),
  ]);
  const [black = 0, red = 0, yellow = 0, green = 0, paused = 0, none = 0] = lights;
  return {
    lights: { black, red, yellow, green, paused, none },
    dueToday,
    recomputing,
    mine,
    unclaimed,
    steps: steps.flatMap(({ _id, count: total }) => (_id === null ? [] : [{ step: _id, count: total }])),
    types: types.flatMap(({ _id, count: total }) => (_id === null ? [] : [{ type: _id, count: total }])),
  };
}
