import { LRUCache } from 'lru-cache';
import { perPlatform } from '../../../platform/database/gather.ts';
import type { Platform } from '../../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../../platform/time.ts';
import { hallOf, type StaffActor } from '../../accounts/index.ts';
import { listBusinessTypes } from '../../catalogue/index.ts';
import type { StatisticsBy, StatisticsQuery, StatisticsRow, StatisticsView } from '../contract/statistics.ts';
import { errors } from '../errors.ts';
import { getSchedules } from '../get-schedule.ts';
import { countBookings, countOffered, countTickets, type Span } from './count.ts';
import { addBookings, addTickets, emptyTally, figuresOf, type Tally, type ToldApart } from './tally.ts';

const DAY_MS = 86_400_000;
/** A month, both ends counted. */
const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 366;
/** Whoever opens the page again, or takes the file of what is on the screen, is not counted for again. */
const FRESH_MS = 60_000;

/** Which figures each kind of row has. */
export const TOLD_APART = {
  hour: { offered: true, tickets: true },
  weekday: { offered: true, tickets: true },
  service: { offered: false, tickets: true },
  type: { offered: false, tickets: false },
  hall: { offered: true, tickets: true },
} as const satisfies Record<StatisticsBy, ToldApart>;

interface Counted {
  at: Date;
  rows: Map<string | null, Tally>;
  total: Tally;
}

interface Kept {
  at: number;
  counted: Promise<Counted>;
}
const keptOf = perPlatform(() => new LRUCache<string, Kept>({ max: 200 }));

async function count(p: Platform, span: Span): Promise<Counted> {
  const at = p.time.now();
  const rows = new Map<string | null, Tally>();
  const total = emptyTally();
  const [offered, booked, drawn] = await Promise.all([
    countOffered(p, span),
    countBookings(p, span),
    countTickets(p, span),
  ]);
  const told = TOLD_APART[span.by];
  const tallies = (key: string | null, own: boolean): Tally[] => {
    if (!own) return [total];
    const known = rows.get(key) ?? emptyTally();
    rows.set(key, known);
    return [total, known];
  };
  for (const { key, seats } of offered)
    for (const tally of tallies(key, told.offered)) tally.offered += seats;
  for (const { key, ...one } of booked) for (const tally of tallies(key, true)) addBookings(tally, one);
  for (const { key, ...one } of drawn) for (const tally of tallies(key, told.tickets)) addTickets(tally, one);
  return { at, rows, total };
}

function countOnce(p: Platform, span: Span): Promise<Counted> {
  const shelf = keptOf(p);
  const key = JSON.stringify(span);
  const now = p.time.now().getTime();
  const known = shelf.get(key);
  if (known && Math.abs(now - known.at) < FRESH_MS) return known.counted;
  const counted = count(p, span);
  shelf.set(key, { at: now, counted });
  counted.catch(() => shelf.delete(key));
  return counted;
}

/** @throws appointments.period_wrong: not a day, turned round, or longer than a year */
function daysOf(now: Date, query: StatisticsQuery): { from: string; to: string } {
  const to = query.to ?? legalDayOf(now);
  const end = instantAt(to).getTime();
  const from = query.from ?? legalDayOf(new Date(Number.isNaN(end) ? 0 : end - (DEFAULT_DAYS - 1) * DAY_MS));
  const start = instantAt(from).getTime();
  const days = (end - start) / DAY_MS + 1;
  const real = (day: string, at: number) => !Number.isNaN(at) && legalDayOf(new Date(at)) === day;
  if (!real(from, start) || !real(to, end) || days < 1 || days > LONGEST_DAYS)
    return errors.fail('appointments.period_wrong', { most: LONGEST_DAYS });
  return { from, to };
}

const WEEKDAYS = [
  ['周一', 'Monday'],
  ['周二', 'Tuesday'],
  ['周三', 'Wednesday'],
  ['周四', 'Thursday'],
  ['周五', 'Friday'],
  ['周六', 'Saturday'],
  ['周日', 'Sunday'],
] as const;

type Words = StatisticsRow['name'];
const NO_TYPE: Words = { zh: '没选事项', en: 'None chosen' };

/** Words of the rows, and their order where it is not that of the keys. */
async function namesOf(p: Platform, by: StatisticsBy): Promise<(key: string | null) => Words> {
  if (by === 'hour')
    return (key) => {
      const hour = String(key).padStart(2, '0');
      return { zh: `${hour}:00–${hour}:59`, en: `${hour}:00–${hour}:59` };
    };
  if (by === 'weekday')
    return (key) => {
      const [zh, en] = WEEKDAYS[Number(key) - 1] ?? WEEKDAYS[0];
      return { zh, en };
    };
  const { services, offices } = await getSchedules(p);
  const types = by === 'type' ? await listBusinessTypes(p) : [];
  return (key) => {
    if (key === null) return NO_TYPE;
    const known =
      by === 'service'
        ? services.get(key)?.name
        : by === 'hall'
          ? offices.get(key)?.name
          : types.find(({ code }) => code === key)?.name;
    return known ?? { zh: key, en: key };
  };
}

/** Times in their order; everything else by what most was booked for. */
const byKey = (a: StatisticsRow, b: StatisticsRow): number => Number(a.key) - Number(b.key);
const byBookings = (a: StatisticsRow, b: StatisticsRow): number =>
  b.figures.bookings - a.figures.bookings || String(a.key).localeCompare(String(b.key));

/**
 * 预约统计: how full the windows were, who did not come, how long people waited and were served, over at most a year, by one thing. The
 * hour and weekday of a booking are those of its window, of a ticket those when it was drawn. Costs three counts over index entries
 * (see count.ts) at most once a minute for the same question and process; nothing of it is kept in the database.
 * @throws appointments.other_hall, appointments.hall_unknown, appointments.period_wrong
 */
export async function readStatistics(
  p: Platform,
  actor: Pick<StaffActor, 'roles' | 'officeId'>,
  query: StatisticsQuery,
): Promise<StatisticsView> {
  const own = hallOf(actor);
  if (own !== null && query.hall !== undefined && query.hall !== own) errors.fail('appointments.other_hall');
  const { byHall, offices } = await getSchedules(p);
  const hall = own ?? query.hall ?? null;
  if (query.hall !== undefined && !byHall.has(query.hall)) errors.fail('appointments.hall_unknown');
  const by = query.by ?? 'hour';
  const days = daysOf(p.time.now(), query);
  const span: Span = { ...days, by, halls: hall === null ? [...byHall.keys()].sort() : [hall] };
  const [{ at, rows, total }, nameOf] = await Promise.all([countOnce(p, span), namesOf(p, by)]);
  const seen = own === null ? [...byHall.keys()] : [own];
  return {
    ...days,
    by,
    hall,
    halls: seen.map((id) => ({ id, name: offices.get(id)?.name ?? { zh: id, en: id } })),
    countedAt: at.toISOString(),
    total: figuresOf(total, { offered: true, tickets: true }),
    rows: [...rows]
      .map(([key, tally]) => ({ key, name: nameOf(key), figures: figuresOf(tally, TOLD_APART[by]) }))
      .sort(by === 'hour' || by === 'weekday' ? byKey : byBookings),
  };
}
