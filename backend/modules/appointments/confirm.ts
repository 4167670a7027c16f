import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { bookerOf } from './booker.ts';
import { changeSlot } from './change-slot.ts';
import type { BookingView } from './contract.ts';
import { errors } from './errors.ts';
import { seatEvent } from './events.ts';
import { locateOwnSeat } from './locate.ts';
import { isExpired, replaced } from './policy.ts';
import { findTombstone } from './cancel.ts';
import { viewBooking } from './view-booking.ts';

/**
 * Takes a held seat: one offered to who waited, or held by a clerk. Its end and this meet on one document, so exactly one of
 * them happens. @throws appointments.hold_ended, appointments.not_found
 */
export async function confirmHold(p: Platform, actor: ApplicantActor, id: string): Promise<BookingView> {
  const { person } = bookerOf(p, actor);
  const found = await locateOwnSeat(p, id, person);
  if (!found) {
    const stone = await findTombstone(p, id);
    return errors.fail(stone?.p === person ? 'appointments.hold_ended' : 'appointments.not_found');
  }
  const slotId = found.slot._id;
  const confirmed = await changeSlot<boolean>(p, slotId, (slot, now) => {
    const seat = slot.seats.find(({ b }) => b === found.seat.b);
    if (!seat || isExpired(seat, now)) return { result: false };
    if (seat.s !== 'H') return { result: true };
    const { x: _until, ...rest } = seat;
    const event = seatEvent(p, 'appointments.confirmed', seat, { slotId, actorId: actor.accountId });
    return {
      change: { seats: replaced(slot.seats, { ...rest, s: 'C' }) },
      events: [event],
      result: true,
    };
  });
  return confirmed ? viewBooking(p, actor, id) : errors.fail('appointments.hold_ended');
}
