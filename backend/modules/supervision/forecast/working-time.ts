import {
  dayNumberOf,
  hoursOn,
  instantOf,
  isWorkday,
  officeMinutesOf,
  type Calendar,
} from '../../clock/index.ts';

/** Office minutes on one line, nights and days off left out, so that a stretch of work is a difference. */
export interface WorkingTime {
  readonly minutesPerDay: number;
  /** Office minutes from a fixed zero to an instant (milliseconds). */
  minuteOf(at: number): number;
}

interface WorkedDay {
  /** Office minutes before it. */
  before: number;
  midnight: number;
  /** None on a day off. */
  segments: readonly { opens: number; closes: number }[];
}

export function workingTime(calendar: Calendar): WorkingTime {
  const { minutesPerDay, knownFrom } = calendar;
  const days = new Map<number, WorkedDay>();
  const dayOf = (day: number) => {
    const known = days.get(day);
    if (known) return known;
    const before = officeMinutesOf(calendar, knownFrom - 1, day - 1);
    const segments = isWorkday(calendar, day) ? hoursOn(calendar, day).segments : [];
    const made = { before, midnight: instantOf(day, 0).getTime(), segments };
    days.set(day, made);
    return made;
  };
  return {
    minutesPerDay,
    minuteOf(at) {
      const { before, midnight, segments } = dayOf(dayNumberOf(new Date(at)));
      const minute = (at - midnight) / 60_000;
      let sum = before;
      for (const { opens, closes } of segments) {
        if (minute <= opens) break;
        sum += Math.min(minute, closes) - opens;
      }
      return sum;
    },
  };
}

export interface Span {
  from: number;
  to: number | null;
}

/** Office minutes between two instants in which no pause was open. Pauses may overlap. */
export function runningMinutes(time: WorkingTime, from: number, to: number, pauses: readonly Span[]): number {
  let minutes = time.minuteOf(to) - time.minuteOf(from);
  let reached = from;
  for (const pause of [...pauses].sort((a, b) => a.from - b.from)) {
    const start = Math.max(reached, pause.from);
    const end = Math.min(to, pause.to ?? to);
    if (end <= start) continue;
    minutes -= time.minuteOf(end) - time.minuteOf(start);
    reached = end;
  }
  return Math.max(0, minutes);
}
