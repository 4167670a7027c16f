import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import { listBusinessTypes } from '../catalogue/index.ts';
import { getCalendar } from '../clock/index.ts';
import type { LivePerformance, Promises } from './contract.ts';
import { fillingOf } from './history-fill.ts';
import { readTallies } from './performance.ts';
import { sumOf, usedPercentile, type Tally } from './tally.ts';

/** Fewer cases in a period would show how somebody's own went. */
export const SMALLEST = 5;

const DAY_MS = 86_400_000;

/** Whole months where the period holds them, single days at its ends: as few counters as can be. Both days included. */
export function periodsBetween(from: string, to: string): string[] {
  const periods: string[] = [];
  let day = from;
  while (day <= to) {
    const month = day.slice(0, 7);
    const next = legalDayOf(new Date(instantAt(`${month}-28`).getTime() + 4 * DAY_MS)).slice(0, 7);
    const last = legalDayOf(new Date(instantAt(`${next}-01`).getTime() - DAY_MS));
    if (day.endsWith('-01') && last <= to) {
      periods.push(month);
      day = `${next}-01`;
    } else {
      periods.push(day);
      day = legalDayOf(new Date(instantAt(day).getTime() + DAY_MS));
    }
  }
  return periods;
}

/** Pure: what is shown of a tally. None done is shown as none; one to four are withheld. */
export function livePerformance(tally: Tally, minutesPerDay: number): LivePerformance {
  const { done, onTime, late } = tally;
  if (done > 0 && done < SMALLEST) {
    return {
      done: null,
      onTime: null,
      late: null,
      onTimeShare: null,
      medianWorkdays: null,
      p90Workdays: null,
      suppressed: true,
    };
  }
  const workdays = (part: number): number | null => {
    const minutes = usedPercentile(tally, part);
    return minutes === null ? null : Math.ceil((minutes / minutesPerDay) * 100) / 100;
  };
  return {
    done,
    onTime,
    late,
    onTimeShare: done === 0 ? null : onTime / done,
    medianWorkdays: workdays(0.5),
    p90Workdays: workdays(0.9),
    suppressed: false,
  };
}

/** Every business type: promise, law's limit, and how the last 30 and 365 days up to and with today went. */
export async function readPromises(p: Platform): Promise<Promises> {
  const now = p.time.now();
  const today = legalDayOf(now);
  const before = (days: number) => legalDayOf(new Date(instantAt(today).getTime() - (days - 1) * DAY_MS));
  const [types, calendar] = await Promise.all([listBusinessTypes(p), getCalendar(p)]);
  const spans = {
    last30Days: periodsBetween(before(30), today),
    last365Days: periodsBetween(before(365), today),
  };
  const dimensions = types.map(({ code }) => `type:${code}`);
  const periods = [...new Set([...spans.last30Days, ...spans.last365Days])];
  const counters = await readTallies(p, periods, dimensions);
  const times = [...counters.values()].map(({ countedAt }) => countedAt.getTime());
  const live = (code: string, span: readonly string[]) =>
    livePerformance(
      sumOf(span.flatMap((period) => counters.get(`${period}|type:${code}`)?.tally ?? [])),
      calendar.minutesPerDay,
    );
  return {
    filling: await fillingOf(p),
    updatedAt: times.length === 0 ? null : new Date(Math.max(...times)).toISOString(),
    smallest: SMALLEST,
    items: types.map(({ code, name, plainName, limits }) => ({
      type: code,
      name,
      plainName,
      instant: limits.instant,
      promised: limits.promised,
      statutory: limits.statutory,
      citation: limits.citation,
      last30Days: live(code, spans.last30Days),
      last365Days: live(code, spans.last365Days),
    })),
  };
}
