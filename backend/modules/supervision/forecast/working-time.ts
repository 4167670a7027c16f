import { countWorkdays, dayNumberOf, instantOf, isWorkday, type Calendar } from '../../clock/index.ts';

/** Office minutes on one line, nights and days off left out, so that a stretch of work is a difference. */
export interface WorkingTime {
  readonly minutesPerDay: number;
  /** Office minutes from a fixed zero to an instant (milliseconds). */
  minuteOf(at: number): number;
}

export function workingTime(calendar: Calendar): WorkingTime {
  const { segments, minutesPerDay, knownFrom } = calendar;
  /** By day: minutes before it, and its midnight; null for a day off. */
  const days = new Map<number, { before: number; midnight: number; worked: boolean }>();
  const dayOf = (day: number) => {
    const known = days.get(day);
    if (known) return known;
    const before = countWorkdays(calendar, knownFrom - 1, day - 1) * minutesPerDay;
    const made = { before, midnight: instantOf(day, 0).getTime(), worked: isWorkday(calendar, day) };
    days.set(day, made);
    return made;
  };
  return {
    minutesPerDay,
    minuteOf(at) {
      const { before, midnight, worked } = dayOf(dayNumberOf(new Date(at)));
      if (!worked) return before;
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
