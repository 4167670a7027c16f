import {
  closeOf,
  dayNumberOf,
  hoursOn,
  instantOf,
  isWorkday,
  nthWorkdayAfter,
  type Calendar,
} from '../../../backend/modules/clock/index.ts';

/** Office minutes one after the other, nights and days off left out: what people work on. Minute 0 is the first opening. */
export interface OfficeTime {
  days: readonly number[];
  minutesPerDay: number;
  toInstant(minute: number): Date;
  /** The first office minute at or after an instant. */
  fromInstant(instant: Date): number;
}

export function officeTime(calendar: Calendar, firstDay: number, lastDay: number): OfficeTime {
  const days: number[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) if (isWorkday(calendar, day)) days.push(day);
  const place = new Map(days.map((day, index) => [day, index]));
  // The simulated office keeps the timetable of its first day: one length of day makes minutes a line.
  const { segments, minutes: minutesPerDay } = hoursOn(calendar, firstDay);

  const dayAt = (index: number): number =>
    days[index] ?? nthWorkdayAfter(calendar, days[days.length - 1] ?? lastDay, index - days.length + 1);

  return {
    days,
    minutesPerDay,
    toInstant(minute) {
      const index = Math.floor(minute / minutesPerDay);
      let left = minute - index * minutesPerDay;
      for (const { opens, closes } of segments) {
        if (left < closes - opens)
          return new Date(instantOf(dayAt(index), 0).getTime() + (opens + left) * 60_000);
        left -= closes - opens;
      }
      return closeOf(calendar, dayAt(index));
    },
    fromInstant(instant) {
      const day = dayNumberOf(instant);
      const index = place.get(day);
      if (index === undefined) {
        const next = days.findIndex((one) => one > day);
        return (next < 0 ? days.length : next) * minutesPerDay;
      }
      const minute = (instant.getTime() - instantOf(day, 0).getTime()) / 60_000;
      let before = index * minutesPerDay;
      for (const { opens, closes } of segments) {
        if (minute <= opens) return before;
        if (minute < closes) return before + minute - opens;
        before += closes - opens;
      }
      return before;
    },
  };
}
