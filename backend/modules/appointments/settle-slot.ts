import type { Platform } from '../../platform/platform.ts';
import { calendarOf, isClosedDay } from './calendar-days.ts';
import { changeSlot, slotCollection } from './change-slot.ts';
import { eachWindow } from './each-window.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { settledKeys } from './keys.ts';
import { readSlotId } from './plan-day.ts';
import { isMoving, reopens, tombstoneOf } from './policy.ts';
import { checkInSpan } from './present.ts';
import { resolveSlot } from './resolve-moves.ts';
import type { Seat, Tombstone } from './slot.model.ts';

/**
 * A window that is over (日终结算): who arrived was served, who did not come missed it (爽约) unless the office had closed
 * it, holds lapse, and every key is given back. Done again it changes nothing. False: moves in it are not settled yet, or one can still check in.
 */
export async function settleSlot(p: Platform, slotId: string): Promise<boolean> {
  const { hall, date } = readSlotId(slotId);
  const [schedule, calendar] = await Promise.all([getScheduleOn(p, hall, date), calendarOf(p)]);
  const { rules } = schedule;
  const dayClosed = isClosedDay(schedule, calendar, date);
  const because = { notice: calendar.lastNotice };
  await resolveSlot(p, slotId);
  return changeSlot<boolean>(p, slotId, (slot, now) => {
    if (slot.settled) return { result: true };
    const { until } = checkInSpan(slot.startAt, rules.checkIn);
    if (slot.endAt > now || until > now || slot.seats.some(isMoving)) return { result: false };
    // Nobody misses what the office closed, however late that was seen: the booking is withdrawn.
    const officeClosed = dayClosed || reopens(slot);
    const lapsed = slot.seats.filter(({ s }) => s === 'H');
    const withdrawn = officeClosed ? slot.seats.filter(({ s }) => s === 'C') : [];
    const seats: Seat[] = slot.seats
      .filter((seat) => !lapsed.includes(seat) && !withdrawn.includes(seat))
      .map((seat) => ({ ...seat, s: seat.s === 'A' ? 'D' : 'N', k: settledKeys(seat.b) }));
    const out: Tombstone[] = [
      ...lapsed.map((seat) => tombstoneOf(seat, 'expired', now)),
      ...withdrawn.map((seat) => tombstoneOf(seat, 'office', now)),
    ];
    const at = { slotId, actorId: null };
    const reason = slot.closedWhy === 'schedule' ? { schedule: slot.schedule } : because;
    const events = [
      ...seats.map((seat) =>
        seatEvent(p, seat.s === 'D' ? 'appointments.served' : 'appointments.missed', seat, at),
      ),
      ...lapsed.map((seat) => seatEvent(p, 'appointments.expired', seat, at)),
      ...withdrawn.map((seat) =>
        seatEvent(p, 'appointments.withdrawn', seat, {
          ...at,
          more: { why: 'office', countsAsNoShow: false, ...reason },
        }),
      ),
    ];
    return {
      change: {
        seats,
        wait: [],
        out: [...slot.out, ...out],
        open: false,
        closedWhy: slot.closedWhy ?? 'dayOver',
        settled: true,
      },
      events,
      result: true,
    };
  });
}

/** All windows that are over. One that fails does not hold up the others. */
export async function settleDue(p: Platform): Promise<{ settled: number; failed: number }> {
  const now = p.time.now();
  // Most windows of most days: nobody sat in them, and nobody can any more.
  const { modifiedCount } = await slotCollection(p).updateMany(
    { settled: false, endAt: { $lte: now }, 'seats.0': { $exists: false } } as never,
    [
      {
        $set: {
          settled: true,
          open: false,
          // A window that was closed before stays told apart: its seats were not on offer.
          closedWhy: { $ifNull: ['$closedWhy', 'dayOver'] },
          wait: [],
          ver: { $add: ['$ver', 1] },
        },
      },
    ],
    { hint: 'to-settle' },
  );
  const due = await slotCollection(p)
    .find({ settled: false, endAt: { $lte: now } } as never, { projection: { _id: 1 }, hint: 'to-settle' })
    .limit(500)
    .toArray();
  let settled = modifiedCount;
  const failed = await eachWindow(p, 'appointments.settle', due, {
    idOf: ({ _id }) => _id,
    async work({ _id }) {
      if (await settleSlot(p, _id)) settled += 1;
    },
  });
  return { settled, failed };
}
