import type { HallSchedule, HallService } from './contract.ts';
import { POOLS, type DayReason, type Pool } from './vocabulary.ts';

/** What a hall's schedule makes of one day. Pure: the calendar's verdict on the day is given. */

/** What the working calendar says of a day. */
export interface CalendarDay {
  /** `YYYY-MM-DD`. */
  date: string;
  /** 1 Monday … 7 Sunday. */
  weekday: number;
  /** 调休上班: a Saturday or Sunday that is worked. */
  makeUp: boolean;
  /** Inside a public holiday. */
  holiday: boolean;
  /** The official arrangement of its year is not published. */
  unknown: boolean;
}

export interface PlannedWindow {
  /** Wall time `HH:mm` in the hall. */
  from: string;
  to: string;
  seats: Record<Pool, number>;
}

export interface DayPlan {
  date: string;
  /** Why the hall takes nobody; null when it is open. */
  why: DayReason | null;
  /** A closure's or a special opening's own words. */
  note: { zh: string; en: string } | null;
  windows: PlannedWindow[];
}

type Segment = { from: string; to: string };

export const minutesOf = (wallTime: string): number =>
  Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3, 5));

export const wallTimeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function segmentsOn(
  schedule: HallSchedule,
  day: CalendarDay,
): { segments: readonly Segment[]; why: DayReason; note: DayPlan['note'] } {
  const special = schedule.specials.find(({ on }) => on === day.date);
  if (special) return { segments: special.segments, why: 'closure', note: special.why };
  // What nobody has announced yet may still become a holiday: nothing is promised there.
  if (day.unknown) return { segments: [], why: 'calendarUnknown', note: null };
  if (day.makeUp) return { segments: schedule.makeUpHours, why: 'notOpenThatDay', note: null };
  if (day.holiday) return { segments: [], why: 'holiday', note: null };
  const weekday = String(day.weekday) as keyof HallSchedule['hours'];
  return {
    segments: schedule.hours[weekday],
    why: day.weekday > 5 ? 'weekend' : 'notOpenThatDay',
    note: null,
  };
}

function seatsAt(schedule: HallSchedule, from: number): Record<Pool, number> {
  const seats: Record<Pool, number> = { ...schedule.capacity };
  for (const other of schedule.capacityAt) {
    if (from >= minutesOf(other.from) && from < minutesOf(other.to)) seats[other.pool] = other.seats;
  }
  return seats;
}

/** The windows of a day. A rest at the end of a segment that is shorter than a window is not offered. */
export function planDay(schedule: HallSchedule, day: CalendarDay): DayPlan {
  const { segments, why, note } = segmentsOn(schedule, day);
  const windows = segments.flatMap(({ from, to }) => {
    const made: PlannedWindow[] = [];
    const end = minutesOf(to);
    for (let at = minutesOf(from); at + schedule.windowMinutes <= end; at += schedule.windowMinutes) {
      made.push({
        from: wallTimeOf(at),
        to: wallTimeOf(at + schedule.windowMinutes),
        seats: seatsAt(schedule, at),
      });
    }
    return made;
  });
  return { date: day.date, why: windows.length === 0 ? why : null, note, windows };
}

/** Seats that one case of a service takes: what lasts longer than a window takes more than one. */
export const weightOf = (service: Pick<HallService, 'minutes'>, windowMinutes: number): number =>
  Math.max(1, Math.ceil(service.minutes / windowMinutes));

export const slotIdOf = (hall: string, date: string, from: string, pool: Pool): string =>
  `${hall}|${date}|${from.replace(':', '')}|${pool}`;

export function readSlotId(id: string): { hall: string; date: string; from: string; pool: Pool } {
  const [hall = '', date = '', time = '', pool = ''] = id.split('|');
  return { hall, date, from: `${time.slice(0, 2)}:${time.slice(2)}`, pool: pool as Pool };
}

type Band = HallSchedule['capacityAt'][number];

/** Two bands of one pool that both say how many seats there are at some hour: which of them holds would be chance. */
function overlapOf(bands: readonly Band[]): [Band, Band] | null {
  for (const [at, one] of bands.entries()) {
    const other = bands
      .slice(at + 1)
      .find(
        ({ pool, from, to }) =>
          pool === one.pool && minutesOf(from) < minutesOf(one.to) && minutesOf(one.from) < minutesOf(to),
      );
    if (other) return [one, other];
  }
  return null;
}

/** What is wrong with a schedule, in words; null when it can be published. */
export function checkSchedule(
  schedule: Omit<HallSchedule, 'hall' | 'version'>,
  known: ReadonlySet<string>,
): { zh: string; en: string } | null {
  const days = [...Object.values(schedule.hours), schedule.makeUpHours];
  const specials = schedule.specials.map(({ segments }) => segments);
  for (const segments of [...days, ...specials]) {
    let end = -1;
    for (const { from, to } of segments) {
      if (minutesOf(from) < end || minutesOf(from) >= minutesOf(to))
        return {
          zh: `时间段 ${from}–${to} 重叠或颠倒`,
          en: `the hours ${from}–${to} overlap or run backwards`,
        };
      end = minutesOf(to);
    }
  }
  const services = [...schedule.services, ...schedule.desks.flatMap((desk) => desk.services)];
  const unknown = services.find((code) => !known.has(code));
  if (unknown !== undefined)
    return { zh: `没有“${unknown}”这项业务`, en: `there is no service "${unknown}"` };
  const unserved = schedule.services.find(
    (code) => !schedule.desks.some((desk) => desk.services.includes(code)),
  );
  if (unserved !== undefined)
    return { zh: `没有窗口办理“${unserved}”`, en: `no desk takes the service "${unserved}"` };
  const stray = schedule.serviceMinutes?.find(({ service }) => !schedule.services.includes(service));
  if (stray)
    return {
      zh: `“${stray.service}”写了用时，但大厅不办`,
      en: `there is a duration for "${stray.service}", which the hall does not take`,
    };
  const numbers = schedule.desks.map(({ no }) => no);
  const twice = numbers.find((no, at) => numbers.indexOf(no) !== at);
  if (twice !== undefined) return { zh: `${twice} 号窗口写了两次`, en: `desk ${twice} is there twice` };
  const backwards = schedule.capacityAt.find(({ from, to }) => minutesOf(from) >= minutesOf(to));
  if (backwards)
    return {
      zh: `${backwards.from}–${backwards.to} 的号数：时间颠倒`,
      en: `the seats for ${backwards.from}–${backwards.to} run backwards`,
    };
  const clash = overlapOf(schedule.capacityAt);
  if (clash) {
    const [one, other] = clash.map(({ from, to }) => `${from}–${to}`);
    return {
      zh: `同一号池在 ${one} 和 ${other} 都写了号数，时间重叠，请改成不重叠的两段`,
      en: `the seats of one pool for ${one} and for ${other} overlap: change the times so that they do not`,
    };
  }
  const { least, most } = schedule.rules.coolMinutes;
  if (least > most) return { zh: '号池时间的下限大于上限', en: 'the least cool time is above the most' };
  const dates = schedule.specials.map(({ on }) => on);
  if (new Set(dates).size < dates.length)
    return { zh: '同一天有两个特殊安排', en: 'one day has two special arrangements' };
  return POOLS.every((pool) => schedule.capacity[pool] === 0)
    ? { zh: '各号池都没有号', en: 'no pool has a seat' }
    : null;
}
