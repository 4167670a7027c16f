import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findAccountNames, type StaffActor } from '../accounts/index.ts';
import { countBehind, PAUSE_WORDS, type PauseReason } from '../applications/index.ts';
import { listBusinessTypes, listOffices, type BusinessType } from '../catalogue/index.ts';
import { dayNumberOf, getCalendar, nthWorkdayAfter, toLegalDay, type Calendar } from '../clock/index.ts';
import type { LightCounts, Summary, SummaryQuery, Text } from './contract.ts';
import { latestCount } from './count-open.ts';
import { fillingOf } from './history-fill.ts';
import { findings } from './finding.model.ts';
import { openFigures, type OpenFigures, type OpenGroup } from './open-figures.model.ts';
import { orders } from './order.model.ts';
import { hallOf } from './scope.ts';

/** Working days shown besides today. */
const DUE_DAYS = 7;
const DAY_MS = 86_400_000;

const noLights = (): LightCounts => ({ black: 0, red: 0, yellow: 0, green: 0, paused: 0, none: 0 });

interface Total {
  total: number;
  lights: LightCounts;
}

function totalOf(groups: readonly OpenGroup[]): Total {
  const lights = noLights();
  for (const { light, count } of groups) lights[light] += count;
  return { total: groups.reduce((sum, { count }) => sum + count, 0), lights };
}

/** Groups by a key, with the most overdue first. */
function by<K extends string | null>(groups: readonly OpenGroup[], keyOf: (group: OpenGroup) => K) {
  const lists = new Map<K, OpenGroup[]>();
  for (const group of groups) {
    const list = lists.get(keyOf(group));
    if (list) list.push(group);
    else lists.set(keyOf(group), [group]);
  }
  const urgency = ({ lights }: Total) => lights.black * 1e12 + lights.red * 1e6 + lights.yellow;
  return [...lists]
    .map(([key, list]) => ({ key, ...totalOf(list) }))
    .sort((a, b) => urgency(b) - urgency(a) || b.total - a.total);
}

/** Steps of the office in the order in which a case goes through them. */
const STEP_WORDS: Readonly<Record<string, Text>> = {
  issuance: { zh: '缮证发证', en: 'Issuance' },
  archive: { zh: '归档', en: 'Archive' },
};

export function stepWords(types: readonly BusinessType[], step: string): Text {
  const found = types.flatMap(({ steps }) => steps).find(({ key }) => key === step);
  return found?.label ?? STEP_WORDS[step] ?? { zh: step, en: step };
}

function pausesOf(groups: readonly OpenGroup[]): Summary['pauses'] {
  const counts = new Map<string, { count: number; overdue: number }>();
  for (const { pause, pauseOverdue, count } of groups) {
    for (const reason of pause?.split('+') ?? []) {
      const known = counts.get(reason) ?? { count: 0, overdue: 0 };
      known.count += count;
      if (pauseOverdue) known.overdue += count;
      counts.set(reason, known);
    }
  }
  return [...counts]
    .map(([reason, one]) => ({ reason, label: PAUSE_WORDS[reason as PauseReason].label, ...one }))
    .sort((a, b) => b.count - a.count);
}

function dueDaysOf(due: OpenFigures['due'], calendar: Calendar, now: Date): Summary['dueDays'] {
  const today = dayNumberOf(now);
  const days = [
    today,
    ...Array.from({ length: DUE_DAYS }, (_, n) => nthWorkdayAfter(calendar, today, n + 1)),
  ];
  const counts = new Map<number, number>();
  for (const { at, count } of due) counts.set(dayNumberOf(at), (counts.get(dayNumberOf(at)) ?? 0) + count);
  return days.map((day) => ({
    day: toLegalDay(day),
    makeUp: calendar.makeUp.has(day),
    count: counts.get(day) ?? 0,
  }));
}

async function overdueYesterday(p: Platform, now: Date): Promise<number | null> {
  const hour = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 13);
  const found = await openFigures(p).findById(`hour:${hour}`, { overdue: 1 }).lean();
  return found?.overdue ?? null;
}

async function desk(p: Platform, now: Date, actor: StaffActor) {
  const hall = hallOf(actor);
  const ofHall = hall === null ? {} : { officeId: hall };
  // A head sees the orders that they have to answer, as in the list of orders.
  const theirs = hall === null ? {} : { 'addressees.accountId': actor.accountId };
  const [recent, open, overdue] = await Promise.all([
    findings(p).collection.countDocuments({
      ...ofHall,
      at: { $gte: new Date(now.getTime() - 30 * DAY_MS) },
    }),
    orders(p).collection.countDocuments({ ...theirs, open: true }),
    orders(p).collection.countDocuments({ ...theirs, open: true, state: 'issued', replyDueAt: { $lt: now } }),
  ]);
  return { findings: { last30Days: recent }, orders: { open, overdue } };
}

function group(figures: OpenFigures, query: SummaryQuery) {
  const within = ({ type, office }: { type: string; office: string | null }) =>
    (query.type === undefined || type === query.type) &&
    (query.office === undefined || (office ?? '') === query.office);
  const groups = figures.groups.filter(within);
  return {
    total: totalOf(groups),
    due: figures.due.filter(within),
    types: by(groups, ({ type }) => type),
    offices: by(groups, ({ office }) => office),
    clerks: by(groups, ({ clerk }) => clerk),
    stages: by(groups, ({ step }) => step),
    pauses: pausesOf(groups),
    pausesOverdue: groups.reduce((sum, { pauseOverdue, count }) => (pauseOverdue ? sum + count : sum), 0),
  };
}

/** Of each count the groupings that were asked for: at a million cases it has thousands of groups, and is read many times. */
const grouped = new WeakMap<OpenFigures, Map<string, ReturnType<typeof group>>>();

function groupedBy(figures: OpenFigures, query: SummaryQuery): ReturnType<typeof group> {
  const known = grouped.get(figures) ?? new Map<string, ReturnType<typeof group>>();
  grouped.set(figures, known);
  const key = `${query.type ?? ''}|${query.office ?? '*'}`;
  const made = known.get(key) ?? group(figures, query);
  known.set(key, made);
  return made;
}

/** Everything that is open, from the latest count: a few small reads, however many cases there are. */
export async function readSummary(p: Platform, query: SummaryQuery, actor: StaffActor): Promise<Summary> {
  const now = p.time.now();
  const [figures, types, halls, calendar, yesterday, rest, filling, recomputing] = await Promise.all([
    latestCount(p),
    listBusinessTypes(p),
    listOffices(p),
    getCalendar(p),
    overdueYesterday(p, now),
    desk(p, now, actor),
    fillingOf(p),
    countBehind(p),
  ]);
  const {
    total,
    due,
    types: byType,
    offices: byOffice,
    clerks,
    stages,
    pauses,
    pausesOverdue,
  } = groupedBy(figures, query);
  const names = await findAccountNames(
    p,
    clerks.flatMap(({ key }) => (key === null ? [] : [key])),
  );
  const hallName = (id: string | null): Text =>
    halls.find((hall) => hall.id === id)?.name ?? { zh: '未分配', en: 'Not assigned' };
  const isToday = ({ at }: { at: Date }) => legalDayOf(at) === legalDayOf(now) && at >= now;
  return {
    countedAt: figures.countedAt.toISOString(),
    filling,
    recomputing,
    ...total,
    dueToday: due.filter(isToday).reduce((sum, { count }) => sum + count, 0),
    overdueYesterday: query.type === undefined && query.office === undefined ? yesterday : null,
    types: byType.map(({ key, ...counts }) => ({
      type: key,
      name: types.find(({ code }) => code === key)?.name ?? { zh: key, en: key },
      ...counts,
    })),
    offices: byOffice.map(({ key, ...counts }) => ({ office: key, name: hallName(key), ...counts })),
    clerks: clerks.map(({ key, ...counts }) => ({
      person: key === null ? null : { id: key, name: names.get(key) ?? key },
      ...counts,
    })),
    stages: stages.flatMap(({ key, ...counts }) =>
      key === null ? [] : [{ step: key, label: stepWords(types, key), ...counts }],
    ),
    pauses,
    pausesOverdue,
    dueDays: dueDaysOf(due, calendar, now),
    ...rest,
  };
}
