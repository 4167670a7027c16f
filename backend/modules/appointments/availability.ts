import { createHash } from 'node:crypto';
import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { HOLIDAY_NAMES, type Calendar } from '../clock/index.ts';
import {
  calendarDayOf,
  calendarOf,
  nameOfHoliday,
  releaseOf,
  freeUntil,
  toDayNumber,
  toLegalDay,
} from './calendar-days.ts';
import { slotCollection } from './change-slot.ts';
import type { AvailabilityView, DayView, HallSchedule, WindowView } from './contract.ts';
import { errors } from './errors.ts';
import { HORIZON_DAYS } from './generate-slots.ts';
import { getSchedules, scheduleOn, serviceIn } from './get-schedule.ts';
import { planDay, readSlotId, wallTimeOf, weightOf, minutesOf } from './plan-day.ts';
import type { CoolSeat, Seat, SlotDocument } from './slot.model.ts';
import type { DayReason, Level, Pool } from './vocabulary.ts';
import { dayInWords, REASON_WORDS } from './wording.ts';

/** Nobody is told what is older. */
const FRESH_MS = 1_000;
/** From this age on whoever asks is answered at once, and the hall is counted again meanwhile: nobody waits for it. */
const AHEAD_MS = 600;

type Row = Pick<
  SlotDocument,
  '_id' | 'date' | 'pool' | 'startAt' | 'endAt' | 'opensAt' | 'open' | 'cap' | 'rem'
> & { holds: Pick<Seat, 'x' | 'u'>[]; cool: CoolSeat[]; waiting: number };

interface Answered {
  etag: string;
  body: AvailabilityView;
}

/** A hall's windows as they were counted at one moment, with what was made of them for who asked. */
interface Snapshot {
  /** When these figures were counted first; they were the same at `readAt`. */
  countedAt: Date;
  readAt: number;
  byDay: ReadonlyMap<string, readonly Row[]>;
  /** Equal for two countings when nothing but time has passed. */
  tally: string;
  /** The next moment at which time alone changes an answer: a window opens or begins, a hold lapses, a seat cools down. */
  changesAt: number;
  answers: Map<string, Answered>;
}

interface HallCache {
  snapshot: Snapshot | null;
  reading: Promise<Snapshot> | null;
  /** Stands in the line of halls that are counted again while the last figures are still good. */
  queued: boolean;
}

interface Caches {
  halls: Map<string, HallCache>;
  /** The end of that line. Twenty halls that were asked for together would else be counted in one long stop, again and again. */
  line: Promise<unknown>;
}

const cachesOf = perPlatform((): Caches => ({ halls: new Map(), line: Promise.resolve() }));

async function readRows(p: Platform, hall: string, now: Date): Promise<Row[]> {
  return (await slotCollection(p)
    .find({ hall, date: { $gte: legalDayOf(now) } } as never, {
      projection: {
        date: 1,
        pool: 1,
        startAt: 1,
        endAt: 1,
        opensAt: 1,
        open: 1,
        cap: 1,
        rem: 1,
        cool: 1,
        waiting: { $size: '$wait' },
        holds: { $filter: { input: '$seats', as: 'seat', cond: { $eq: ['$$seat.s', 'H'] } } },
      },
      hint: 'hall-day',
    })
    .toArray()) as unknown as Row[];
}

function momentsOf({ startAt, opensAt, holds, cool }: Row): number[] {
  const lapses = holds.flatMap(({ x }) => (x ? [x.getTime()] : []));
  return [startAt.getTime(), opensAt.getTime(), ...lapses, ...cool.map(({ at }) => at.getTime())];
}

/**
 * Sums over a hall's windows, made by the database: a tenth of the cost of reading them. Every change of a window raises its
 * `ver`, none lowers it, so equal sums mean that nothing was written.
 */
async function tallyOf(p: Platform, hall: string, now: Date): Promise<string> {
  const sums = await slotCollection(p)
    .aggregate(
      [
        { $match: { hall, date: { $gte: legalDayOf(now) } } },
        {
          $group: {
            _id: null,
            windows: { $sum: 1 },
            ver: { $sum: '$ver' },
            rem: { $sum: '$rem' },
            cap: { $sum: '$cap' },
          },
        },
      ],
      { hint: 'hall-day' },
    )
    .toArray();
  return JSON.stringify(sums);
}

function byDayOf(rows: readonly Row[]): Map<string, Row[]> {
  const byDay = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.pool}|${row.date}`;
    const day = byDay.get(key);
    if (day) day.push(row);
    else byDay.set(key, [row]);
  }
  for (const day of byDay.values()) day.sort((a, b) => a.startAt.getTime() - b.startAt.getTime());
  return byDay;
}

/** Counts a hall. Where nothing has changed since `before`, the answers that were made of it stay good. */
async function count(p: Platform, hall: string, before: Snapshot | null): Promise<Snapshot> {
  const countedAt = p.time.now();
  const readAt = performance.now();
  const now = countedAt.getTime();
  // Summed before the windows are read: what is written between the two is found at the next counting.
  const tally = await tallyOf(p, hall, countedAt);
  const unchanged =
    before !== null && before.tally === tally && before.countedAt.getTime() <= now && now < before.changesAt;
  if (unchanged) return { ...before, readAt };
  const rows = await readRows(p, hall, countedAt);
  const coming = rows.flatMap(momentsOf).filter((moment) => moment > now);
  const changesAt = coming.reduce((first, moment) => Math.min(first, moment), Infinity);
  return { countedAt, readAt, byDay: byDayOf(rows), tally, changesAt, answers: new Map() };
}

async function snapshotOf(p: Platform, hall: string): Promise<Snapshot> {
  const caches = cachesOf(p);
  const cache = caches.halls.get(hall) ?? { snapshot: null, reading: null, queued: false };
  caches.halls.set(hall, cache);
  const { snapshot } = cache;
  const age = ageOf(snapshot);
  if (snapshot && age < AHEAD_MS) return snapshot;
  if (!snapshot || age >= FRESH_MS) return recount(p, hall, cache);
  if (!cache.queued) {
    cache.queued = true;
    caches.line = caches.line.then(async () => {
      // Requests that came in meanwhile are answered between two halls.
      await new Promise((resolve) => setImmediate(resolve));
      cache.queued = false;
      // Whoever asks next is told why it failed; what was answered is still good.
      if (ageOf(cache.snapshot) >= AHEAD_MS) await recount(p, hall, cache).catch(() => undefined);
    });
  }
  return snapshot;
}

const ageOf = (snapshot: Snapshot | null): number =>
  snapshot ? performance.now() - snapshot.readAt : Infinity;

function recount(p: Platform, hall: string, cache: HallCache): Promise<Snapshot> {
  cache.reading ??= count(p, hall, cache.snapshot)
    .then((counted) => (cache.snapshot = counted))
    .finally(() => (cache.reading = null));
  return cache.reading;
}

export interface AvailabilityOrder {
  hall: string;
  pool: Pool;
  service: string | null;
  from: string;
  to: string;
}

/** Fewer than a fifth of the seats, or the last one: 紧张. */
function levelOf(row: Row, u: number, now: Date): Level {
  if (row.startAt <= now) return 'past';
  if (!row.open) return 'closed';
  if (row.opensAt > now) return 'notYet';
  if (row.waiting > 0) return 'full';
  const lapsed = row.holds.reduce((sum, { x, u: taken }) => sum + (x && x <= now ? taken : 0), 0);
  const ripe = row.cool.reduce((sum, { at, u: taken }) => sum + (at <= now ? taken : 0), 0);
  const free = row.rem + lapsed + ripe;
  if (free < u) return 'full';
  return free <= Math.max(1, row.cap / 5) ? 'few' : 'plenty';
}

/** On a day that the rules of now close, what is not over is closed, even before the job has come to close it. */
const shown = (level: Level, dayClosed: boolean): Level => (dayClosed && level !== 'past' ? 'closed' : level);

function windowOf(row: Row, level: Level, u: number): WindowView {
  const { from } = readSlotId(row._id);
  const length = (row.endAt.getTime() - row.startAt.getTime()) / 60_000;
  return {
    slotId: row._id,
    from,
    to: wallTimeOf(minutesOf(from) + length),
    startAt: row.startAt.toISOString(),
    endAt: row.endAt.toISOString(),
    level,
    canWait: level === 'full' && u === 1,
    opensAt: row.opensAt.toISOString(),
  };
}

/** The day was due to be released, but no window of it was made: nothing is to come then. */
const NONE_MADE = { zh: '当天没有可以预约的时间', en: 'There are no times to book that day' };

interface DayParts {
  schedule: HallSchedule;
  calendar: Calendar;
  offersService: boolean;
  u: number;
  now: Date;
}

function dayOf(date: string, rows: readonly Row[], parts: DayParts): DayView {
  const { schedule, calendar, offersService, u, now } = parts;
  const plan = planDay(schedule, calendarDayOf(calendar, date));
  const dayClosed = plan.why !== null;
  const windows = offersService
    ? rows.map((row) => windowOf(row, shown(levelOf(row, u, now), dayClosed), u))
    : [];
  const bookable = windows.some(({ level }) => level === 'plenty' || level === 'few');
  const coming = rows.filter(({ startAt, open }) => startAt > now && open);
  const release = coming[0]?.opensAt ?? releaseOf(calendar, date, schedule.rules);
  const whyOf = (): DayReason => {
    if (!offersService) return 'noService';
    if (plan.why) return plan.why;
    if (rows.length === 0) {
      if (release > now) return 'notReleased';
      const begins = plan.windows.at(-1)?.from;
      return begins && instantAt(date, begins) <= now ? 'past' : 'full';
    }
    if (coming.length === 0) return rows.some(({ open }) => open) ? 'past' : 'closure';
    return coming.every(({ opensAt }) => opensAt > now) ? 'notReleased' : 'full';
  };
  const why = bookable ? null : whyOf();
  const noneMade = why === 'full' && rows.length === 0 ? NONE_MADE : null;
  const holiday = why === 'holiday' ? nameOfHoliday(calendar, date) : null;
  return {
    date,
    weekday: calendarDayOf(calendar, date).weekday,
    bookable,
    why,
    sentence: why && (plan.note ?? noneMade ?? REASON_WORDS[why](holiday && HOLIDAY_NAMES[holiday], release)),
    opensAt: why === 'notReleased' ? release.toISOString() : null,
    nextFree: null,
    cancelFreeUntil: freeUntil(calendar, date, schedule.rules.cancelUntil).toISOString(),
    windows,
  };
}

/** When time alone changes what is said of a day of which no window is made: its release, and its last window's beginning. */
function turnOf(date: string, { schedule, calendar, now }: DayParts): number {
  const begins = planDay(schedule, calendarDayOf(calendar, date)).windows.at(-1)?.from;
  const moments = [releaseOf(calendar, date, schedule.rules), ...(begins ? [instantAt(date, begins)] : [])];
  const coming = moments.map((moment) => moment.getTime()).filter((moment) => moment > now.getTime());
  return Math.min(Infinity, ...coming);
}

/** Each day without a free window names the next one that has one. */
function withNextFree(days: readonly DayView[]): DayView[] {
  let next: string | null = null;
  const marked: DayView[] = [];
  for (const day of [...days].reverse()) {
    marked.push({ ...day, nextFree: day.bookable ? null : next });
    if (day.bookable) next = day.date;
  }
  return marked.reverse();
}

function firstFree(days: readonly DayView[]): AvailabilityView['nextFree'] {
  for (const { date, windows } of days) {
    const free = windows.find(({ level }) => level === 'plenty' || level === 'few');
    if (free) return { date, slotId: free.slotId, startAt: free.startAt };
  }
  return null;
}

/**
 * Which windows of a hall are free, day by day, with the reason where none is. As of at most a second ago.
 * @throws appointments.hall_unknown, appointments.service_unknown
 */
export async function readAvailability(p: Platform, order: AvailabilityOrder): Promise<Answered> {
  const { hall, pool, service, from, to } = order;
  const { byHall, services } = await getSchedules(p);
  const versions = byHall.get(hall);
  if (!versions) return errors.fail('appointments.hall_unknown');
  const known = service === null ? null : services.get(service);
  if (known === undefined) return errors.fail('appointments.service_unknown');
  const [snapshot, calendar] = await Promise.all([snapshotOf(p, hall), calendarOf(p)]);
  const key = [pool, service, from, to, versions.length, calendar.version].join(' ');
  const answered = snapshot.answers.get(key);
  if (answered) return answered;
  const days: DayView[] = [];
  for (let day = toDayNumber(from); day <= toDayNumber(to); day += 1) {
    const date = toLegalDay(day);
    const schedule = scheduleOn(versions, date);
    if (!schedule) continue;
    const offersService =
      known === null || (schedule.services.includes(known.code) && known.pools.includes(pool));
    const u = known ? weightOf(serviceIn(schedule, known), schedule.windowMinutes) : 1;
    const rows = snapshot.byDay.get(`${pool}|${date}`) ?? [];
    const parts = { schedule, calendar, offersService, u, now: snapshot.countedAt };
    if (rows.length === 0) snapshot.changesAt = Math.min(snapshot.changesAt, turnOf(date, parts));
    days.push(dayOf(date, rows, parts));
  }
  const body: AvailabilityView = {
    hall,
    pool,
    service,
    countedAt: snapshot.countedAt.toISOString(),
    days: withNextFree(days),
    nextFree: firstFree(days),
  };
  const digest = createHash('sha256').update(JSON.stringify({ ...body, countedAt: null }));
  const made = { body, etag: digest.digest('base64url').slice(0, 22) };
  if (snapshot.answers.size < 500) snapshot.answers.set(key, made);
  return made;
}

/** The days that can be asked about: from today as far as windows are made. */
export function availableSpan(now: Date, wish: { from?: string | undefined; to?: string | undefined }) {
  const today = legalDayOf(now);
  const last = toLegalDay(toDayNumber(today) + HORIZON_DAYS - 1);
  // Both ends are kept within the horizon before anything follows from them: each day of an answer costs work.
  const within = (day: string, first: string) => (day < first ? first : day > last ? last : day);
  const from = within(wish.from ?? today, today);
  const to = within(wish.to ?? toLegalDay(toDayNumber(from) + 13), from);
  return { from, to };
}

/** The next free window for a service, in words; null when everything is full. */
export async function nextFreeWindow(
  p: Platform,
  order: { hall: string; pool: Pool; service: string },
): Promise<{ slotId: string; words: { zh: string; en: string } } | null> {
  const span = availableSpan(p.time.now(), { to: toLegalDay(toDayNumber(legalDayOf(p.time.now())) + 30) });
  const { body } = await readAvailability(p, { ...order, ...span });
  if (!body.nextFree) return null;
  const { date, from } = readSlotId(body.nextFree.slotId);
  return { slotId: body.nextFree.slotId, words: dayInWords(date, from) };
}
