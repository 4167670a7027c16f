import type { Light } from './contract.ts';
import { hoursInMinutes, runningSpans, type CountInput } from './counting.ts';
import { dayNumberOf } from './days.ts';
import type { Counted } from './two-clocks.ts';
import { hoursOn } from './workdays.ts';

/**
 * The yellow threshold in office minutes: max(1 working day, a third of the limit); for a limit of one day or less the
 * last third of its hours. A working day is as long as the due day is.
 */
function yellowThresholdMinutes(input: CountInput, dueDay: number): number {
  const { calendar, limit, extraDays } = input;
  const minutesPerDay = hoursOn(calendar, dueDay).minutes;
  const total =
    limit.unit === 'workingHour'
      ? hoursInMinutes(input)
      : ((limit.unit === 'month' ? limit.amount * 30 : limit.amount) + extraDays) * minutesPerDay;
  return total <= minutesPerDay ? total / 3 : Math.max(minutesPerDay, total / 3);
}

/**
 * From when the remaining office time is at most the yellow threshold: back from the due instant over office time, to the
 * close before it where that is the same remaining time. Not before the clock last began to run. Null without a due instant.
 */
export function yellowAt({ input, due }: Counted): Date | null {
  if (due.at === null || due.day === null) return null;
  const { calendar, limit, acceptedAt, pauses } = input;
  const dueAt = due.at.getTime();
  const ends = pauses.filter(({ to }) => to <= dueAt).map(({ to }) => to);
  const lastStart = Math.max(acceptedAt.getTime(), ...ends);
  let left = yellowThresholdMinutes(input, due.day) * 60_000;
  // The day of acceptance counts for no limit in days; one in hours runs from acceptance on.
  const acceptance = dayNumberOf(acceptedAt) + (limit.unit === 'workingHour' ? 0 : 1);
  const first = Math.max(acceptance, dayNumberOf(new Date(lastStart)));
  for (let day = due.day; day >= first; day--) {
    for (const { from, to } of runningSpans(calendar, day, lastStart, []).reverse()) {
      const end = Math.min(to, dueAt);
      if (left <= 0 && end > from) return new Date(end);
      if (end - from > left) return new Date(end - left);
      left -= Math.max(0, end - from);
    }
  }
  return new Date(lastStart);
}

export interface LightInput {
  stopped: boolean;
  paused: boolean;
  pastPromised: boolean;
  pastStatutory: boolean;
  /** The last part of the limit has begun: see yellowAt. */
  nearDue: boolean;
}

/**
 * One light per case. A pause opened after the due instant does not hide that the promise was broken: red and black
 * come before paused.
 */
export function lightOf(input: LightInput): Light {
  if (input.stopped) return 'done';
  if (input.pastStatutory) return 'black';
  if (input.pastPromised) return 'red';
  if (input.paused) return 'paused';
  return input.nearDue ? 'yellow' : 'green';
}
