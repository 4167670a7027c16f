import type { Calendar } from './calendar.ts';
import type { ClockFace, DeadlineAnswer, Remaining } from './contract.ts';
import {
  amountInDays,
  countedThrough,
  hoursInMinutes,
  officeMsUntil,
  type CountInput,
  type Due,
} from './counting.ts';
import { dayNumberOf, instantOf, toLegalDay } from './days.ts';
import { readEvents, type ClockEvent } from './events.ts';
import { countLateDays } from './late-days.ts';
import { lightOf, yellowAt } from './lights.ts';
import { isPausedAt, lastDayClosedAt, mergePauses } from './pauses.ts';
import { buildTrace } from './trace.ts';
import { countBoth, type Counted, type LimitRule } from './two-clocks.ts';
import { hoursOn, isProvisional, isWorkday, officeMinutesOf } from './workdays.ts';

/**
 * The deadline clock (限时办结), pure: every due date is a function of (events, limits, calendar). Rules and their articles
 * are in deadlines.md of the project's reference and domain.md §2; the invariants D1–D15 are tested against an oracle.
 */

export interface DeadlineInput {
  events: readonly ClockEvent[];
  limits: LimitRule;
  calendar: Calendar;
  now: Date;
}

/** Office minutes between now and the due instant, without the day of acceptance, which never counts. */
function minutesToDue(input: CountInput, due: Due, now: Date): number {
  const { calendar, acceptedAt } = input;
  if (due.at === null || due.day === null || now >= due.at) return 0;
  const from = Math.max(now.getTime(), instantOf(dayNumberOf(acceptedAt) + 1, 0).getTime());
  const today = dayNumberOf(new Date(from));
  const onDay = (day: number, start: number) => {
    if (!isWorkday(calendar, day)) return 0;
    return hoursOn(calendar, day).segments.reduce((total, { opens, closes }) => {
      const end = instantOf(day, closes).getTime();
      return total + Math.max(0, end - Math.max(start, instantOf(day, opens).getTime()));
    }, 0);
  };
  if (today >= due.day) return Math.round(onDay(due.day, from) / 60_000);
  return Math.round(onDay(today, from) / 60_000) + officeMinutesOf(calendar, today, due.day);
}

function remainingOf(input: CountInput, due: Due, now: Date): Remaining {
  const { limit, calendar } = input;
  const late = due.at !== null && now >= due.at;
  if (limit.unit === 'workingHour') {
    const total = hoursInMinutes(input);
    const used = officeMsUntil(input, now.getTime());
    return { days: null, officeMinutes: late ? 0 : Math.max(0, Math.ceil(total - used / 60_000)) };
  }
  const closed = Math.max(lastDayClosedAt(calendar, now.getTime()), dayNumberOf(input.acceptedAt));
  if (late) return { days: 0, officeMinutes: 0 };
  if (due.day !== null && limit.unit !== 'workingDay') {
    return { days: Math.max(0, due.day - closed), officeMinutes: minutesToDue(input, due, now) };
  }
  const days = Math.max(0, amountInDays(input) - countedThrough(input, closed));
  return { days, officeMinutes: due.day === null ? null : minutesToDue(input, due, now) };
}

function faceOf({ input, due }: Counted, at: Date): ClockFace {
  const { calendar, pauses } = input;
  const overdue = due.at !== null && at > due.at;
  return {
    limit: input.limit,
    dueOn: due.day === null ? null : toLegalDay(due.day),
    dueAt: due.at === null ? null : due.at.toISOString(),
    provisional: due.day !== null && isProvisional(input.calendar, due.day),
    extendedByDays: input.extraDays,
    remaining: remainingOf(input, due, at),
    overdue,
    lateDays: overdue && due.day !== null ? countLateDays(calendar, pauses, due.day, dayNumberOf(at)) : 0,
  };
}

/** Both clocks without the sheet that explains each day: what is kept of a case, and computed of many. */
export type ClockFaces = Omit<DeadlineAnswer, 'trace'>;

function judge({ events, limits, calendar, now }: DeadlineInput) {
  const time = readEvents(events, limits.switchToStatutory);
  const pauses = mergePauses(time.pauses);
  const at = time.stoppedAt !== null && time.stoppedAt < now ? time.stoppedAt : now;
  const stopped = time.stoppedAt !== null && time.stoppedAt <= now;
  const paused = isPausedAt(pauses, at.getTime());
  const both = countBoth(time, limits, calendar, pauses);
  const promised = faceOf(both.promised, at);
  const statutory = faceOf(both.statutory, at);
  const yellow = yellowAt(both.promised);
  const faces: ClockFaces = {
    promised,
    statutory,
    light: lightOf({
      stopped,
      paused,
      pastPromised: promised.overdue,
      pastStatutory: statutory.overdue,
      nearDue: yellow !== null && at >= yellow,
    }),
    state: stopped ? 'stopped' : paused ? 'paused' : 'running',
    switchedToStatutory: time.switchedToStatutory,
    extendedByDays: both.promised.input.extraDays,
    acceptedAt: time.acceptedAt.toISOString(),
    calendarVersion: calendar.version,
    computedAt: now.toISOString(),
  };
  return { time, at, both, faces };
}

export const computeFaces = (given: DeadlineInput): ClockFaces => judge(given).faces;

/**
 * Both clocks of a case at an instant, its light and the day-by-day explanation of the promise. A stopped case is
 * judged as it stood when it stopped.
 */
export function computeDeadline(given: DeadlineInput): DeadlineAnswer {
  const { time, at, both, faces } = judge(given);
  const { input, due } = both.promised;
  const day = dayNumberOf(at);
  return { ...faces, trace: buildTrace({ ...input, rawPauses: time.pauses, due }, day, day) };
}
