import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { bookerOf } from './booker.ts';
import { changeSlot } from './change-slot.ts';
import type { BookingView } from './contract.ts';
import { errors } from './errors.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { locateOwnSeat } from './locate.ts';
import { findStanding } from './persons.ts';
import { isExpired, replaced } from './policy.ts';
import { refuseClosed, refusePast, refuseSuspended } from './refuse.ts';
import { findTombstone } from './cancel.ts';
import { viewBooking } from './view-booking.ts';

export type ConfirmVerdict = 'confirmed' | 'ended' | 'closed' | 'past';

/** The confirmation itself: its end and this meet on one document, so exactly one of them happens. Done again it answers the same. */
export function confirmSeat(
  p: Platform,
  slotId: string,
  { b, actorId }: { b: string; actorId: string | null },
): Promise<ConfirmVerdict> {
  return changeSlot<ConfirmVerdict>(p, slotId, (slot, now) => {
    const seat = slot.seats.find((one) => one.b === b);
    if (!seat) return { result: 'ended' };
    if (seat.s !== 'H') return { result: 'confirmed' };
    if (!slot.open) return { result: 'closed' };
    if (slot.startAt <= now) return { result: 'past' };
    if (isExpired(seat, now)) return { result: 'ended' };
    const { x: _until, ...rest } = seat;
    return {
      change: { seats: replaced(slot.seats, { ...rest, s: 'C', since: now }) },
      events: [seatEvent(p, 'appointments.confirmed', seat, { slotId, actorId })],
      result: 'confirmed',
    };
  });
}

/**
 * Takes a held seat: one offered to who waited, or held by a clerk. It is a booking like any other: not in a window that has closed or begun, and not for who is suspended by then.
 * @throws appointments.hold_ended, appointments.not_found, appointments.window_closed, appointments.past, appointments.suspended
 */
export async function confirmHold(p: Platform, actor: ApplicantActor, id: string): Promise<BookingView> {
  const { person } = bookerOf(p, actor);
  const found = await locateOwnSeat(p, id, person);
  if (!found) {
    const stone = await findTombstone(p, id);
    return errors.fail(stone?.p === person ? 'appointments.hold_ended' : 'appointments.not_found');
  }
  const { _id: slotId, hall, date, pool } = found.slot;
  const schedule = await getScheduleOn(p, hall, date);
  if (found.seat.s === 'H') {
    const { suspendedUntil } = await findStanding(p, person, schedule.rules.noShow);
    if (suspendedUntil) return refuseSuspended(suspendedUntil);
  }
  const verdict = await confirmSeat(p, slotId, { b: found.seat.b, actorId: actor.accountId });
  const context = { hall, pool, schedule, service: found.seat.sv };
  switch (verdict) {
    case 'confirmed':
      return viewBooking(p, actor, id);
    case 'closed':
      return refuseClosed(p, context);
    case 'past':
      return refusePast(p, context);
    case 'ended':
      return errors.fail('appointments.hold_ended');
  }
}
