import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { checkResidentId, personIndexOf, type ApplicantActor, type StaffActor } from '../accounts/index.ts';
import { bookerOf, requireOwnHall } from './booker.ts';
import { changeSlot } from './change-slot.ts';
import type { TicketView } from './contract.ts';
import { errors } from './errors.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { locateOwnSeat, locateSeat, seatsOfPerson, type Located } from './locate.ts';
import { personKeyOf } from './persons.ts';
import { isMoving, replaced } from './policy.ts';
import { checkInSpan } from './present.ts';
import { issueTicket, viewTicket } from './tickets.ts';
import { readCheckInCode } from './view-booking.ts';
import type { Priority } from './vocabulary.ts';
import { stampOf } from './wording.ts';

/**
 * 取号: who booked has come. The seat is marked first, then the ticket made; a crash between them is mended by doing it again.
 * @throws appointments.check_in_early, appointments.check_in_late
 */
async function checkIn(
  p: Platform,
  { slot: { _id: slotId, hall, date, startAt }, seat: found }: Located,
  by: { actorId: string; priority: Priority },
): Promise<TicketView> {
  const { rules } = await getScheduleOn(p, hall, date);
  const seat = await changeSlot(p, slotId, (slot, now) => {
    const own = slot.seats.find(({ b }) => b === found.b);
    if (!own || own.s === 'H' || own.s === 'N' || isMoving(own))
      return errors.fail('appointments.already_gone');
    if (own.s !== 'C') return { result: own };
    const { from, until } = checkInSpan(slot.startAt, rules.checkIn);
    if (now < from) return errors.fail('appointments.check_in_early', { from: stampOf(from) });
    if (now > until) return errors.fail('appointments.check_in_late');
    return {
      change: { seats: replaced(slot.seats, { ...own, s: 'A' }) },
      events: [seatEvent(p, 'appointments.arrived', own, { slotId, actorId: by.actorId })],
      result: own,
    };
  });
  const ticket = await issueTicket(p, {
    // One ticket a booking, whoever asks for it: the unique index on the booking decides.
    id: seat.b,
    hall,
    service: seat.sv,
    priority: by.priority,
    booked: { id: seat.r, startAt, accountId: seat.a, person: seat.p },
  });
  return viewTicket(p, ticket);
}

/** By its holder, on the own phone. */
export async function checkInOwn(
  p: Platform,
  actor: ApplicantActor,
  id: string,
  priority: Priority,
): Promise<TicketView> {
  const located = await locateOwnSeat(p, id, bookerOf(p, actor).person);
  if (!located) return errors.fail('appointments.not_found');
  return checkIn(p, located, { actorId: actor.accountId, priority });
}

export interface DeskCheckIn {
  hall: string;
  /** Text of the QR code, or the number of the ID card that was put on the reader. */
  code: string | null;
  idNumber: string | null;
  priority: Priority;
}

/** At reception or a kiosk of the hall. @throws appointments.code_wrong, appointments.person_invalid */
export async function checkInAtHall(
  p: Platform,
  actor: StaffActor,
  { hall, code, idNumber, priority }: DeskCheckIn,
): Promise<TicketView> {
  requireOwnHall(actor, hall);
  const located = code !== null ? await byCode(p, code) : await byCard(p, idNumber ?? '', hall);
  if (!located || located.slot.hall !== hall) return errors.fail('appointments.code_wrong');
  return checkIn(p, located, { actorId: actor.accountId, priority });
}

async function byCode(p: Platform, code: string): Promise<Located | null> {
  const id = readCheckInCode(p, code);
  return id === null ? null : locateSeat(p, id);
}

/** The person's booking of today in this hall: the first that can still be checked in, else one that was. */
async function byCard(p: Platform, idNumber: string, hall: string): Promise<Located | null> {
  const checked = checkResidentId(idNumber);
  if (!checked.valid) return errors.fail('appointments.person_invalid');
  const seats = await seatsOfPerson(p, personKeyOf(p, personIndexOf(p, checked.canonical)));
  const now = p.time.now();
  const today = legalDayOf(now);
  const { rules } = await getScheduleOn(p, hall, today);
  const own = seats.filter(
    ({ slot, seat }) => slot.hall === hall && slot.date === today && 'CA'.includes(seat.s),
  );
  const open = own.find(
    ({ slot, seat }) => seat.s === 'C' && now <= checkInSpan(slot.startAt, rules.checkIn).until,
  );
  return open ?? own[0] ?? null;
}
