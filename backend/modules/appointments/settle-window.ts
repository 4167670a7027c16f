import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { calendarOf, isClosedDay } from './calendar-days.ts';
import { changeSlotNow, findSlot } from './change-slot.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { settledKeys } from './keys.ts';
import { readSlotId } from './plan-day.ts';
import { isMoving, reopens, tombstoneOf } from './policy.ts';
import { checkInSpan } from './present.ts';
import type { Seat, Tombstone } from './slot.model.ts';
import { ofBookings, ticketCollection } from './tickets.ts';
import type { SeatState, TicketState } from './vocabulary.ts';

/** How far a window that is over has come: not yet, all but who may still come back today, all. */
export type Settlement = 'early' | 'partly' | 'settled';

/**
 * What a window that is over comes to (日终结算), moves in it left as they are: who arrived was served, who did not come missed it
 * (爽约) unless the office had closed it, holds lapse, and every key is given back. Done again it changes nothing. Early: moves in
 * it are not settled yet, or one can still check in. Whoever was called and not there may be put back into the line as long as
 * the day lasts, so their seat waits for its end: a no-show is never noted, and told to the person, that a clerk would have to
 * take back.
 */
export async function settleWindow(p: Platform, slotId: string): Promise<Settlement> {
  const { hall, date } = readSlotId(slotId);
  const [schedule, calendar] = await Promise.all([getScheduleOn(p, hall, date), calendarOf(p)]);
  const { rules } = schedule;
  const dayClosed = isClosedDay(schedule, calendar, date);
  const because = { notice: calendar.lastNotice };
  const tickets = await ticketsIn(p, slotId);
  return changeSlotNow<Settlement>(p, slotId, (slot, now) => {
    if (slot.settled) return { result: 'settled' };
    const { until } = checkInSpan(slot.startAt, rules.checkIn);
    if (slot.endAt > now || until > now || slot.seats.some(isMoving)) return { result: 'early' };
    const dayOver = legalDayOf(now) > date;
    // Nobody misses what the office closed, however late that was seen: the booking is withdrawn.
    const officeClosed = dayClosed || reopens(slot);
    const lapsed = slot.seats.filter(({ s }) => s === 'H');
    const withdrawn = officeClosed ? slot.seats.filter(({ r, s }) => s === 'C' && !tickets.has(r)) : [];
    const seats: Seat[] = slot.seats
      .filter((seat) => !lapsed.includes(seat) && !withdrawn.includes(seat))
      .map((seat) => ({ ...seat, s: settledAs(seat, tickets.get(seat.r), dayOver), k: settledKeys(seat.b) }));
    const before = new Map(slot.seats.map(({ b, s }) => [b, s]));
    const ended = seats.filter(({ b, s }) => before.get(b) !== s);
    const settled = seats.every(({ s }) => s === 'D' || s === 'N');
    // An earlier pass gave the keys back, and nobody has come or gone since.
    const passed = slot.seats.every(({ k }) => k.length === 1);
    if (!settled && passed && ended.length === 0) return { result: 'partly' };
    const out: Tombstone[] = [
      ...lapsed.map((seat) => tombstoneOf(seat, 'expired', now)),
      ...withdrawn.map((seat) => tombstoneOf(seat, 'office', now)),
    ];
    const at = { slotId, actorId: null };
    const reason = slot.closedWhy === 'schedule' ? { schedule: slot.schedule } : because;
    const events = [
      ...ended.map((seat) =>
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
        settled,
      },
      events,
      result: settled ? 'settled' : 'partly',
    };
  });
}

/** What a seat of a window that is over is from now on; who may still be served today stays what they are. */
function settledAs({ s }: Seat, ticket: TicketState | undefined, dayOver: boolean): SeatState {
  if (s === 'D' || s === 'N') return s;
  if (ticket === undefined) return s === 'A' ? 'D' : 'N';
  const away = ticket === 'missed';
  // Not yet marked as arrived, but back in the line or served: the mark was cut off.
  if (!away && (s === 'A' || ticket === 'finished' || dayOver)) return 'D';
  return dayOver ? 'N' : s;
}

/** Tickets of those who checked in, by booking. */
async function ticketsIn(p: Platform, slotId: string): Promise<Map<string, TicketState>> {
  const slot = await findSlot(p, slotId);
  const ids = slot?.seats.map(({ r }) => r) ?? [];
  const found = await ticketCollection(p)
    .find(ofBookings(ids), { projection: { booking: 1, state: 1 }, hint: 'booking' })
    .toArray();
  return new Map(found.map(({ booking, state }) => [booking ?? '', state]));
}
