import type { ApplicationDocument } from '../../../backend/modules/applications/index.ts';

/**
 * The supervisor's figures counted by hand: one case after the other, minute by minute and day by day. Shares no code with what it
 * checks; the holidays of the stretch it walks are written out.
 */

export interface EndedCase {
  n: number;
  typeCode: string;
  officeId: string | null;
  clerk: string;
  acceptedAt: Date;
  endedAt: Date;
  pause: { from: Date; to: Date } | null;
  outcome: 'registered' | 'refused' | 'withdrawn';
  corrections: number;
  reason: string;
}

const MINUTE = 60_000;
const LIMIT_DAYS: Record<string, number> = { BG01: 1, ZY02: 3 };
/** Days off and make-up days of July to October 2026, by the notice. */
const OFF = ['2026-09-25', ...[1, 2, 5, 6, 7].map((day) => `2026-10-0${day}`)];
const MAKE_UP = ['2026-09-20', '2026-10-10'];

const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000);
const dayOf = (at: Date): string => local(at).toISOString().slice(0, 10);
const close = (day: string): Date => new Date(`${day}T17:00:00+08:00`);
const nextDay = (day: string): string => dayOf(new Date(close(day).getTime() + 24 * 3_600_000));

function worked(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (MAKE_UP.includes(day)) return true;
  return weekday >= 1 && weekday <= 5 && !OFF.includes(day);
}

function isOfficeMinute(at: Date): boolean {
  const minute = local(at).getUTCHours() * 60 + local(at).getUTCMinutes();
  const inside = (minute >= 510 && minute < 720) || (minute >= 810 && minute < 1020);
  return inside && worked(dayOf(at));
}

/** Office minutes after the day of acceptance: running, and paused. */
function minutes({ acceptedAt, endedAt, pause }: EndedCase): { used: number; paused: number } {
  let used = 0;
  let paused = 0;
  const start = new Date(`${nextDay(dayOf(acceptedAt))}T00:00:00+08:00`);
  for (let at = start.getTime(); at < endedAt.getTime(); at += MINUTE) {
    if (!isOfficeMinute(new Date(at))) continue;
    if (pause && at >= pause.from.getTime() && at < pause.to.getTime()) paused += 1;
    else used += 1;
  }
  return { used, paused };
}

/** The close of the N-th working day at whose close the clock runs. */
function due({ acceptedAt, pause }: EndedCase, days: number): Date {
  let day = dayOf(acceptedAt);
  for (let left = days; left > 0;) {
    day = nextDay(day);
    const at = close(day);
    if (worked(day) && !(pause && pause.from <= at && at < pause.to)) left -= 1;
  }
  return close(day);
}

export interface EndedFilter {
  month?: string;
  from?: string;
  to?: string;
  type?: string;
  office?: string;
  clerk?: string;
}

export function countEnded(cases: readonly EndedCase[], filter: EndedFilter) {
  const chosen = cases.filter(
    (one) =>
      (filter.type === undefined || one.typeCode === filter.type) &&
      (filter.office === undefined || one.officeId === filter.office) &&
      (filter.clerk === undefined || (one.clerk === filter.clerk && one.outcome !== 'withdrawn')),
  );
  const inside = (at: Date) =>
    (filter.month === undefined || dayOf(at).startsWith(filter.month)) &&
    (filter.from === undefined || dayOf(at) >= filter.from) &&
    (filter.to === undefined || dayOf(at) <= filter.to);
  const ended = chosen.filter(({ endedAt }) => inside(endedAt));
  const done = ended.filter(({ outcome }) => outcome === 'registered');
  const judged = done.map((one) => {
    const { used } = minutes(one);
    const limit = LIMIT_DAYS[one.typeCode]! * 420;
    const onTime = one.endedAt <= due(one, LIMIT_DAYS[one.typeCode]!);
    return {
      onTime,
      share: used / limit,
      shown: Math.ceil(used / 15) * 15,
      black: one.endedAt > due(one, 30),
    };
  });
  const onTime = judged.filter((one) => one.onTime);
  const shown = judged.map((one) => one.shown).sort((a, b) => a - b);
  const nth = (part: number) => shown[Math.max(1, Math.ceil(shown.length * part)) - 1]!;
  const bins = Array.from({ length: 13 }, () => 0);
  for (const { share } of judged) {
    const tenth =
      share <= 1 ? Math.max(0, Math.ceil(share * 10 - 1e-9) - 1) : share <= 1.5 ? 10 : share <= 2 ? 11 : 12;
    bins[tenth] = bins[tenth]! + 1;
  }
  const all = ended.map(minutes);
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  const used = sum(all.map((one) => one.used));
  const paused = sum(all.map((one) => one.paused));
  const startedInside = chosen.filter(({ acceptedAt }) => inside(acceptedAt));
  const corrections = sum(startedInside.map((one) => one.corrections));
  const refused = ended.filter(({ outcome }) => outcome === 'refused').length;
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    submitted: 0,
    accepted: startedInside.length,
    done: done.length,
    onTime: onTime.length,
    late: done.length - onTime.length,
    lateStatutory: judged.filter(({ black }) => black).length,
    edge: onTime.filter((one) => one.share >= 0.9).length,
    onTimeShare: share(onTime.length, done.length),
    refused,
    declined: 0,
    withdrawn: ended.length - done.length - refused,
    corrections,
    correctionsPerCase: share(corrections, done.length + refused),
    pauseShare: share(paused, paused + used),
    usedMinutes:
      done.length === 0
        ? null
        : {
            fastest: nth(0),
            median: nth(0.5),
            p90: nth(0.9),
            slowest: nth(1),
            mean: Math.round(sum(shown) / shown.length),
          },
    usedShare: bins,
  };
}

type Light = 'black' | 'red' | 'yellow' | 'green' | 'paused' | 'none';
type Lights = Record<Light, number>;

/** A date that has passed is what counts, whatever came after it; only then whether the case waits. */
function light({ work }: ApplicationDocument, now: Date): Light {
  if (work.statutoryDueAt !== null && work.statutoryDueAt.getTime() < now.getTime()) return 'black';
  if (work.dueAt !== null && work.dueAt.getTime() < now.getTime()) return 'red';
  if (work.paused) return 'paused';
  if (work.dueAt === null) return 'none';
  return work.yellowAt !== null && work.yellowAt.getTime() <= now.getTime() ? 'yellow' : 'green';
}

export interface RunningCase {
  acceptedAt: Date;
  /** Since when the case waits; null: it does not. */
  pausedAt: Date | null;
}

/**
 * The light of a BG01 from what happened to it, not from what is kept of it: its one day and the law's thirty are walked day by day, a
 * day counting when the case did not wait at its close.
 */
export function lightByHand({ acceptedAt, pausedAt }: RunningCase, now: Date): Light {
  const closes: Date[] = [];
  for (
    let day = nextDay(dayOf(acceptedAt));
    dayOf(close(day)) <= dayOf(now) || closes.length === 0;
    day = nextDay(day)
  ) {
    if (worked(day) && !(pausedAt && pausedAt <= close(day))) closes.push(close(day));
    if (pausedAt && close(day) >= pausedAt && close(day) >= now) break;
  }
  const past = (nth: number) => closes[nth - 1] !== undefined && closes[nth - 1]! < now;
  if (past(30)) return 'black';
  if (past(1)) return 'red';
  if (pausedAt && pausedAt <= now) return 'paused';
  // The last third of the one day's seven hours.
  return closes[0]!.getTime() - now.getTime() <= 140 * MINUTE ? 'yellow' : 'green';
}

export function countOpenByHand(
  docs: readonly ApplicationDocument[],
  now: Date,
  filter: { type?: string; office?: string },
) {
  const zero = (): Lights => ({ black: 0, red: 0, yellow: 0, green: 0, paused: 0, none: 0 });
  const counted = {
    total: 0,
    lights: zero(),
    types: {} as Record<string, Lights>,
    offices: {} as Record<string, Lights>,
    clerks: {} as Record<string, Lights>,
    stages: {} as Record<string, Lights>,
    pauses: {} as Record<string, [number, number]>,
    dueDays: {} as Record<string, number>,
    dueToday: 0,
  };
  for (const doc of docs) {
    const { work, typeCode, officeId, handler } = doc;
    if (!work.open) continue;
    if (filter.type && typeCode !== filter.type) continue;
    if (filter.office && officeId !== filter.office) continue;
    const shown = light(doc, now);
    counted.total += 1;
    counted.lights[shown] += 1;
    for (const [group, key] of [
      [counted.types, typeCode],
      [counted.offices, String(officeId)],
      [counted.clerks, String(handler?.accountId ?? null)],
      [counted.stages, String(work.step)],
    ] as const) {
      group[key] ??= zero();
      group[key][shown] += 1;
    }
    for (const reason of work.pause?.split('+') ?? []) {
      const known = (counted.pauses[reason] ??= [0, 0]);
      known[0] += 1;
      if (work.pauseEndsAt !== null && work.pauseEndsAt.getTime() < now.getTime()) known[1] += 1;
    }
    if (work.dueAt !== null) {
      const day = dayOf(work.dueAt);
      counted.dueDays[day] = (counted.dueDays[day] ?? 0) + 1;
      if (day === dayOf(now) && work.dueAt.getTime() >= now.getTime()) counted.dueToday += 1;
    }
  }
  return counted;
}
