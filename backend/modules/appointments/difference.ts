import { legalDayOf } from '../../platform/time.ts';
import type { Platform } from '../../platform/platform.ts';
import { findAccountNames, maskName } from '../accounts/index.ts';
import type { Calendar } from '../clock/index.ts';
import { slotCollection } from './change-slot.ts';
import type { HallSchedule, ScheduleImpact } from './contract.ts';
import { drawCollection } from './enter-draw.ts';
import { HORIZON_DAYS, MADE_BEFORE_MS, plannedSlots } from './generate-slots.ts';
import { scheduleOn } from './get-schedule.ts';
import { reopens } from './policy.ts';
import type { SlotDocument } from './slot.model.ts';
import { stoppedIn } from './stopped.ts';

/** What other rules, a schedule or a calendar, would make of the windows that a hall has. Writes nothing. */

export interface Difference {
  impact: Omit<ScheduleImpact, 'touched'>;
  /** Windows that the rules do not have. */
  closing: SlotDocument[];
  /** Windows that stay, with their schedule, and in them seats and people in line whose service it does not take. */
  stopped: { slot: SlotDocument; schedule: HallSchedule }[];
  /** Windows that they give another capacity, or open again. */
  resized: { slot: SlotDocument; wanted: SlotDocument }[];
  /** Windows that nobody could book yet, and that they release at another time. */
  retimed: { slot: SlotDocument; wanted: SlotDocument }[];
}

/** What a hall's windows are to follow. */
export interface Rules {
  hall: string;
  /** Every version of the schedule, the one to come included. */
  versions: readonly HallSchedule[];
  calendar: Calendar;
  /** Windows of earlier days are let be. */
  since: string;
}

export async function differenceOf(p: Platform, rules: Rules): Promise<Difference> {
  const { hall, versions, calendar, since } = rules;
  const now = p.time.now();
  const from = legalDayOf(now);
  const planned = plannedSlots(versions, calendar, { from, days: HORIZON_DAYS });
  const plan = new Map(planned.map((slot) => [slot._id, slot]));
  const present = (
    await slotCollection(p)
      .find({ hall, date: { $gte: from } } as never, { projection: { outbox: 0 }, hint: 'hall-day' })
      .toArray()
  ).filter(({ startAt, date }) => startAt > now && date >= since);
  const known = new Set(present.map(({ _id }) => _id));
  const both = present.flatMap((slot) => {
    const wanted = plan.get(slot._id);
    return wanted ? [{ slot, wanted }] : [];
  });
  const closing = present.filter(({ _id, open }) => open && !plan.has(_id));
  const stopped = both.flatMap(({ slot }) => {
    const schedule = scheduleOn(versions, slot.date);
    if (!schedule || !slot.open) return [];
    const left = stoppedIn(slot, schedule);
    return left.seats.length + left.wait.length > 0 ? [{ slot: left, schedule }] : [];
  });
  // A window that an earlier version or calendar closed opens again where this one has it.
  const resized = both.filter(({ slot, wanted }) => wanted.cap !== slot.cap || reopens(slot));
  // Who entered a draw that is announced is drawn, whatever is decided for later days.
  const draws = await drawCollection(p)
    .find({ _id: { $gte: `${hall}|${from}`, $lt: `${hall}|~` } }, { projection: { date: 1 } })
    .toArray();
  const announced = new Set(draws.map(({ date }) => date));
  const retimed = both.filter(({ slot, wanted }) => {
    const mayMove = slot.opensAt > now && !(slot.pool === 'public' && announced.has(slot.date));
    return mayMove && wanted.opensAt.getTime() !== slot.opensAt.getTime();
  });
  return {
    closing,
    stopped,
    resized,
    retimed,
    impact: {
      // Those that publication makes; later days follow the schedule when they come near.
      made: planned.filter(
        ({ _id, date, opensAt }) =>
          date >= since && !known.has(_id) && opensAt.getTime() <= now.getTime() + MADE_BEFORE_MS,
      ).length,
      closed: closing.length,
      grown: resized.filter(({ slot, wanted }) => wanted.cap > slot.cap).length,
      shrunk: resized.filter(({ slot, wanted }) => wanted.cap < slot.cap).length,
      keptAbove: resized.filter(({ slot, wanted }) => wanted.cap < slot.used).length,
      retimed: retimed.length,
      waiting: [...closing, ...stopped.map(({ slot }) => slot)].flatMap(({ wait }) => wait).length,
    },
  };
}

/** Seats that lose their window and that can still be moved or withdrawn. */
export const losingIn = ({ closing, stopped }: Pick<Difference, 'closing' | 'stopped'>) =>
  [...closing, ...stopped.map(({ slot }) => slot)].flatMap((slot) =>
    slot.seats.filter(({ s, repl }) => (s === 'C' || s === 'H') && !repl).map((seat) => ({ slot, seat })),
  );

/** Bookings that lose their window, with their holders' names as far as staff may read them. */
export async function touchedIn(
  p: Platform,
  seats: ReturnType<typeof losingIn>,
): Promise<ScheduleImpact['touched']> {
  const names = await findAccountNames(
    p,
    seats.flatMap(({ seat }) => seat.a ?? []),
  );
  return seats.map(({ slot, seat }) => {
    const name = seat.a === null ? undefined : names.get(seat.a);
    return {
      id: seat.r,
      slotId: slot._id,
      startAt: slot.startAt.toISOString(),
      service: seat.sv,
      cases: seat.units,
      name: name === undefined ? null : maskName(name),
    };
  });
}
