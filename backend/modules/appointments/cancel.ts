import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from '../accounts/index.ts';
import { holderOf, requireOthers } from './booker.ts';
import { calendarOf, freeUntil, isClosedDay } from './calendar-days.ts';
import { changeSlot, slotCollection } from './change-slot.ts';
import { serveLine } from './clear-slot.ts';
import type { CancelOutcome } from './contract.ts';
import { errors } from './errors.ts';
import { seatEvent, type Because } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { giveUp } from './give-up.ts';
import { locateSeat, type Located } from './locate.ts';
import { freeUntilOf } from './no-show.ts';
import { findBooking } from './persons.ts';
import { mayLeave, type TakenPlaces } from './policy.ts';
import { resolveSlot } from './resolve-moves.ts';
import { statusOfLeaving } from './present.ts';
import type { Tombstone } from './slot.model.ts';

export interface CancelOrder {
  id: string;
  actorId: string | null;
  /** Whose booking it must be; null for a clerk. */
  person: string | null;
  /** The clerk who cancels on somebody's behalf: never what is their own. */
  clerk?: StaffActor;
  /** Only while it is in this window: what its holder has moved away by then is let be. */
  inWindow?: string;
  /** A clerk gives the seat back to be claimed at once. */
  freeAtOnce?: boolean;
  /** The office's own doing: no consequence for the person. */
  byOffice?: boolean;
  /** What the person is told of the office's reason. */
  because?: Because;
}

/** A move that is cut off while somebody cancels is settled first; this often, then the caller tries again. */
const TRIES = 4;

/**
 * 取消: frees the seat exactly once, whoever asks and how often. A second time finds the tombstone, or what was kept of it, and
 * answers that it was given up already. @throws appointments.not_found, appointments.begun, appointments.already_gone,
 * appointments.own_booking
 */
export async function cancelBooking(p: Platform, order: CancelOrder): Promise<CancelOutcome> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = await locateSeat(p, order.id);
    if (!found) return alreadyGone(p, order);
    if (order.person !== null && found.seat.p !== order.person) return errors.fail('appointments.not_found');
    // By the seat: what else is kept of a booking is not there yet when it has just been made.
    if (order.clerk) requireOthers(p, order.clerk, holderOf(found.seat));
    if (order.inWindow !== undefined && found.slot._id !== order.inWindow)
      return errors.fail('appointments.already_gone');
    const verdict = await leave(p, order, found);
    if (verdict !== 'moving' && verdict !== 'gone') return verdict;
    if (verdict === 'moving') await resolveSlot(p, found.slot._id, found.seat.b);
  }
  return errors.fail('appointments.busy');
}

async function leave(
  p: Platform,
  order: CancelOrder,
  { slot: { _id: slotId, hall, date }, seat: found }: Located,
): Promise<CancelOutcome | 'moving' | 'gone'> {
  const [schedule, calendar] = await Promise.all([getScheduleOn(p, hall, date), calendarOf(p)]);
  const { rules } = schedule;
  const hallFree = freeUntil(calendar, date, rules.cancelUntil);
  // Nobody is late for a day that was taken away.
  const counts = rules.noShow.lateCancelCounts && !isClosedDay(schedule, calendar, date);
  const run = (taken: TakenPlaces | null) =>
    changeSlot<CancelOutcome | 'moving' | 'gone'>(p, slotId, (slot, now) => {
      const seat = slot.seats.find(({ b }) => b === found.b);
      if (!seat) return { result: 'gone' };
      const verdict = mayLeave(seat, slot.startAt, now);
      if (verdict === 'moving') return { result: 'moving' };
      if (verdict !== 'may') return errors.fail('appointments.begun');
      const free = freeUntilOf(seat, { hallFree, startAt: slot.startAt });
      const late = seat.s === 'C' && now > free && !order.byOffice && counts;
      const why = order.byOffice ? 'office' : late ? 'cancelledLate' : 'cancelled';
      const { change, events } = giveUp(p, slot, seat.b, {
        why,
        now,
        rules,
        taken,
        freeAtOnce: order.freeAtOnce ?? false,
      });
      const type = order.byOffice ? 'appointments.withdrawn' : 'appointments.cancelled';
      const more = { why, countsAsNoShow: late, ...order.because };
      const event = seatEvent(p, type, seat, { slotId, actorId: order.actorId, more });
      const result = { id: order.id, status: statusOfLeaving(why), already: false, countsAsNoShow: late };
      return { change, events: [event, ...events], result };
    });
  return serveLine(p, slotId, rules, run);
}

/** What became of a booking that has no seat any more. */
async function alreadyGone(p: Platform, { id, person }: CancelOrder): Promise<CancelOutcome> {
  const stone = await findTombstone(p, id);
  if (stone && (person === null || stone.p === person)) {
    return {
      id,
      status: statusOfLeaving(stone.why),
      already: true,
      countsAsNoShow: stone.why === 'cancelledLate',
    };
  }
  const booking = await findBooking(p, id);
  if (!booking || (person !== null && booking.p !== person)) return errors.fail('appointments.not_found');
  const { status, late } = booking;
  if (status === 'cancelled' || status === 'expired' || status === 'withdrawnByOffice')
    return { id, status, already: true, countsAsNoShow: late };
  return errors.fail('appointments.already_gone');
}

/** The last tombstone of a booking, moves left out. */
export async function findTombstone(p: Platform, id: string): Promise<Tombstone | null> {
  const found = await slotCollection(p)
    .find({ 'out.r': id } as never, { projection: { out: 1 }, hint: 'gone' })
    .toArray();
  const stones = found
    .flatMap(({ out }) => out)
    .filter(({ r, why }) => r === id && why !== 'moved' && why !== 'dropped');
  return stones.sort((a, b) => b.endedAt.getTime() - a.endedAt.getTime())[0] ?? null;
}
