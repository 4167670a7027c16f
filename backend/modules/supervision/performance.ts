import { LRUCache } from 'lru-cache';
import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { REFUSAL_WORDS } from '../applications/index.ts';
import { listBusinessTypes, listOffices } from '../catalogue/index.ts';
import { getCalendar } from '../clock/index.ts';
import type { Performance, PerformanceQuery, Text, TrendQuery, Trends } from './contract.ts';
import { periodCounters, type PeriodCounter } from './counter.model.ts';
import { staffDirectory } from './directory.ts';
import { errors } from './errors.ts';
import { fillingOf } from './history-fill.ts';
import { limitMinutes } from './measure-case.ts';
import { dimensionOf, emptyTally, figuresOf, sumOf, type Tally } from './tally.ts';

/** 目标: the share of cases that shall be done on time. */
export const ON_TIME_TARGET = 0.99;

const LONGEST_MONTHS = 36;

/** Months `YYYY-MM` up to and with `last`, oldest first. */
export function monthsUpTo(last: string, count: number): string[] {
  const [year = 0, month = 1] = last.split('-').map(Number);
  return Array.from({ length: count }, (_, place) => {
    const index = year * 12 + (month - 1) - (count - 1 - place);
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** Tallies as they were last read: a month that is over hardly ever changes. Some kilobytes each. */
const talliesOf = perPlatform(() => new LRUCache<string, PeriodCounter>({ max: 5_000 }));

type Stamp = Pick<PeriodCounter, '_id' | 'revision' | 'countedAt'>;

/**
 * Tallies by `<period>|<dimension>`; absent where nothing happened. By key: nothing else is looked at, and of those that are in
 * memory only whether they were counted again.
 */
export async function readTallies(
  p: Platform,
  periods: readonly string[],
  dimensions: readonly string[],
): Promise<Map<string, PeriodCounter>> {
  const shelf = talliesOf(p);
  const { collection } = periodCounters(p);
  const ids = periods.flatMap((period) => dimensions.map((dimension) => `${period}|${dimension}`));
  const stamps = (await collection
    .find({ _id: { $in: ids as never[] } }, { projection: { revision: 1, countedAt: 1 } })
    .toArray()) as unknown as Stamp[];
  const isKept = ({ _id, revision, countedAt }: Stamp): boolean => {
    const known = shelf.get(_id);
    return known?.revision === revision && known.countedAt.getTime() === countedAt.getTime();
  };
  const anew = stamps.filter((stamp) => !isKept(stamp)).map(({ _id }) => _id);
  const read =
    anew.length === 0
      ? []
      : ((await collection.find({ _id: { $in: anew as never[] } }).toArray()) as unknown as PeriodCounter[]);
  const fresh = new Map(read.map((counter) => [counter._id, counter]));
  for (const counter of read) shelf.set(counter._id, counter);
  return new Map(
    stamps.flatMap(({ _id }) => {
      const counter = fresh.get(_id) ?? shelf.get(_id);
      return counter ? [[_id, counter] as const] : [];
    }),
  );
}

/** The figures of each of the last months. */
export async function readTrends(p: Platform, query: TrendQuery): Promise<Trends> {
  const months = monthsUpTo(legalDayOf(p.time.now()).slice(0, 7), query.months ?? 12);
  const dimension = dimensionOf(query);
  const [counters, filling] = await Promise.all([readTallies(p, months, [dimension]), fillingOf(p)]);
  const countedAt = [...counters.values()].map(({ countedAt: at }) => at.getTime());
  return {
    countedAt: countedAt.length === 0 ? null : new Date(Math.max(...countedAt)).toISOString(),
    filling,
    target: ON_TIME_TARGET,
    months: months.map((month) => ({
      month,
      figures: figuresOf(counters.get(`${month}|${dimension}`)?.tally ?? emptyTally()),
    })),
  };
}

function monthsBetween(from: string, to: string): string[] {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  const count = index(to) - index(from) + 1;
  if (count < 1 || count > LONGEST_MONTHS) return errors.fail('supervision.period_wrong');
  return monthsUpTo(to, count);
}

interface Row {
  key: string | null;
  dimension: string;
  name: Text;
}

/** Accounts of the clerks who sit in a hall. */
async function clerksOf(p: Platform, hall: string): Promise<Set<string>> {
  const everybody = Object.values(await staffDirectory(p)).flatMap((list) => list ?? []);
  return new Set(everybody.flatMap((one) => (one.officeId === hall ? [one.accountId] : [])));
}

/** @param hall whose clerks are shown; null: all */
async function clerkRows(p: Platform, months: readonly string[], hall: string | null): Promise<Row[]> {
  const shown = hall === null ? null : await clerksOf(p, hall);
  const found = (await periodCounters(p)
    .collection.find(
      { period: { $in: [...months] }, dimension: { $gte: 'clerk:', $lt: 'clerk;' } },
      { projection: { dimension: 1, name: 1 }, hint: 'period' },
    )
    .toArray()) as unknown as PeriodCounter[];
  const names = new Map(found.map(({ dimension, name }) => [dimension, name ?? '']));
  return [...names]
    .map(([dimension, name]) => ({
      key: dimension.slice('clerk:'.length),
      dimension,
      name: { zh: name, en: name },
    }))
    .filter(({ key }) => shown === null || shown.has(key));
}

async function rowsOf(
  p: Platform,
  query: PerformanceQuery,
  months: readonly string[],
  hall: string | null,
): Promise<Row[]> {
  const { by = 'type', type, office } = query;
  if (by === 'clerk') {
    if (type !== undefined) return errors.fail('supervision.clerks_of_all_types');
    return clerkRows(p, months, hall ?? office ?? null);
  }
  if (by === 'office') {
    const halls = (await listOffices(p)).map(({ id, name }) => ({ key: id as string | null, name }));
    const nowhere = { key: null, name: { zh: '未分配', en: 'Not assigned' } };
    const seen = [...halls, nowhere].filter(({ key }) => hall === null || key === hall);
    return seen.map(({ key, name }) => ({
      key,
      name,
      dimension: dimensionOf({ ...(type ? { type } : {}), office: key ?? '' }),
    }));
  }
  const types = await listBusinessTypes(p);
  return types.map(({ code, name }) => ({
    key: code,
    name,
    dimension: dimensionOf({ type: code, ...(office ? { office } : {}) }),
  }));
}

/** The same figures side by side for types, halls or clerks, over some months. */
export async function readPerformance(
  p: Platform,
  query: PerformanceQuery,
  hall: string | null,
): Promise<Performance> {
  const month = legalDayOf(p.time.now()).slice(0, 7);
  const to = query.to ?? query.from ?? month;
  const from = query.from ?? to;
  const months = monthsBetween(from, to);
  const [rows, types, calendar] = await Promise.all([
    rowsOf(p, query, months, hall),
    listBusinessTypes(p),
    getCalendar(p),
  ]);
  const whole = dimensionOf(query);
  const counters = await readTallies(p, months, [whole, ...rows.map(({ dimension }) => dimension)]);
  const sum = (dimension: string): Tally =>
    sumOf(months.flatMap((one) => counters.get(`${one}|${dimension}`)?.tally ?? []));
  const total = sum(whole);
  return {
    from,
    to,
    total: figuresOf(total),
    rows: rows.map(({ key, name, dimension }) => {
      const type = (query.by ?? 'type') === 'type' ? types.find(({ code }) => code === key) : undefined;
      return {
        key,
        name,
        promised: type?.limits.promised ?? null,
        promisedMinutes: type ? limitMinutes(type.limits.promised, calendar) : null,
        figures: figuresOf(sum(dimension)),
      };
    }),
    refusals: Object.entries(total.refusals)
      .map(([reason, count]) => ({ reason, label: refusalWords(reason), count }))
      .sort((a, b) => b.count - a.count),
    minutesPerDay: calendar.minutesPerDay,
  };
}

export function refusalWords(reason: string): Text {
  const words = (REFUSAL_WORDS as Readonly<Record<string, readonly [Text, string]>>)[reason];
  return words?.[0] ?? { zh: '其他', en: 'Other' };
}
