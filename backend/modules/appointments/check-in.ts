import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import {
  checkResidentId,
  findAccountNames,
  getIdentity,
  maskName,
  personIndexOf,
  type ApplicantActor,
  type StaffActor,
} from '../accounts/index.ts';
import { bookerOf, holderOf, requireOthers, requireOwnHall } from './booker.ts';
import { confirmPriority } from './confirm-priority.ts';
import { readBookingNo } from './booking-no.ts';
import { changeSlot } from './change-slot.ts';
import type { HallCheckInInput, KioskTicket, TicketView } from './contract.ts';
import { errors } from './errors.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { locateByNo, locateOwnSeat, locateSeat, seatsOfPerson, type Located } from './locate.ts';
import { personKeyOf } from './persons.ts';
import { isMoving, replaced } from './policy.ts';
import { checkInSpan } from './present.ts';
import { priorityByAge, priorityOf } from './rank.ts';
import type { Seat } from './slot.model.ts';
import { issueTicket } from './tickets.ts';
import { readCheckInCode } from './view-booking.ts';
import { viewTicket } from './view-ticket.ts';
import type { Priority } from './vocabulary.ts';
import { instantInWords } from './wording.ts';

/**
 * 取号: who booked has come. The seat is marked first, then the ticket made; a crash between them is mended by doing it again.
 * @throws appointments.check_in_early, appointments.check_in_late
 */
async function checkIn(
  p: Platform,
  { slot: { _id: slotId, hall, date, startAt }, seat: found }: Located,
  by: { actorId: string | null; said: Priority; seen: boolean; idNumber: string | null },
): Promise<TicketView> {
  const { rules } = await getScheduleOn(p, hall, date);
  const seat = await changeSlot(p, slotId, (slot, now) => {
    const own = slot.seats.find(({ b }) => b === found.b);
    if (!own || own.s === 'H' || own.s === 'N' || isMoving(own))
      return errors.fail('appointments.already_gone');
    if (own.s !== 'C') return { result: own };
    const { from, until } = checkInSpan(slot.startAt, rules.checkIn);
    if (now < from) return errors.fail('appointments.check_in_early', { from: instantInWords(from) });
    if (now > until) return errors.fail('appointments.check_in_late');
    return {
      change: { seats: replaced(slot.seats, { ...own, s: 'A' }) },
      events: [seatEvent(p, 'appointments.arrived', own, { slotId, actorId: by.actorId })],
      result: own,
    };
  });
  const byAge = await priorityOfHolder(p, by.idNumber, seat.a);
  const { priority, unconfirmed } = priorityOf({ said: by.said, byAge, seen: by.seen });
  const ticket = await issueTicket(p, {
    // One ticket a booking, whoever asks for it: the unique index on the booking decides. Its id is its own: people choose
    // those of walk-ins, and one that is a booking's as well would stand in its holder's way.
    id: newId(),
    hall,
    service: seat.sv,
    priority,
    unconfirmed,
    booked: { id: seat.r, startAt, accountId: seat.a, person: seat.p },
  });
  return viewTicket(
    p,
    by.seen ? await confirmPriority(p, ticket, { priority, windowStart: startAt }) : ticket,
  );
}

/** By the card that is shown, or the number of the account if a clerk has seen its card; unknown for who was booked for by phone. */
async function priorityOfHolder(
  p: Platform,
  idNumber: string | null,
  accountId: string | null,
): Promise<Priority> {
  const checked = checkResidentId(idNumber ?? (await provenNumberOf(p, accountId)));
  return checked.valid ? priorityByAge(checked.bornOn, legalDayOf(p.time.now())) : 'none';
}

async function provenNumberOf(p: Platform, accountId: string | null): Promise<string> {
  const identity = accountId === null ? null : await getIdentity(p, accountId);
  return identity?.nameVerified && identity.organisation === null ? identity.idNumber : '';
}

/** By its holder, on the own phone: a priority that only they can know waits for a clerk. */
export async function checkInOwn(
  p: Platform,
  actor: ApplicantActor,
  id: string,
  priority: Priority,
): Promise<TicketView> {
  const located = await locateOwnSeat(p, id, bookerOf(p, actor).person);
  if (!located) return errors.fail('appointments.not_found');
  return checkIn(p, located, { actorId: actor.accountId, said: priority, seen: false, idNumber: null });
}

export type HallCheckIn = HallCheckInInput & { hall: string };

/** At reception, where the document is looked at: also confirms what was said on the phone, by the same code or card. A clerk's own booking, a colleague looks at. @throws appointments.own_booking, appointments.code_wrong, appointments.no_wrong, appointments.not_booked_today, appointments.person_invalid */
export async function checkInAtHall(p: Platform, actor: StaffActor, order: HallCheckIn): Promise<TicketView> {
  requireOwnHall(actor, order.hall);
  const located = await locateForHall(p, order);
  requireOthers(p, actor, holderOf(located.seat));
  return checkIn(p, located, { actorId: actor.accountId, seen: true, ...saidIn(order) });
}

/**
 * At a machine of the hall, by whoever stands before it: nobody looks at a document, so what they say waits for a clerk. Of the
 * name it says only what tells them that the ticket is theirs.
 */
export async function checkInAtKiosk(p: Platform, order: HallCheckIn): Promise<KioskTicket> {
  const located = await locateForHall(p, order);
  const ticket = await checkIn(p, located, { actorId: null, seen: false, ...saidIn(order) });
  return { ticket, name: await maskedNameOf(p, located.seat) };
}

async function locateForHall(p: Platform, { hall, code, idNumber, no }: HallCheckIn): Promise<Located> {
  const located =
    code !== undefined
      ? await byCode(p, code)
      : no !== undefined
        ? await byNo(p, hall, no)
        : await byCard(p, idNumber ?? '', hall);
  if (located?.slot.hall === hall) return located;
  if (code !== undefined) return errors.fail('appointments.code_wrong');
  return errors.fail(no === undefined ? 'appointments.not_booked_today' : 'appointments.no_wrong');
}

async function byCode(p: Platform, code: string): Promise<Located | null> {
  const id = readCheckInCode(p, code);
  return id === null ? null : locateSeat(p, id);
}

/** Numbers are given anew every day, so only one of today counts. */
function byNo(p: Platform, hall: string, text: string): Promise<Located | null> | null {
  const no = readBookingNo(text);
  return no && locateByNo(p, { hall, date: legalDayOf(p.time.now()) }, no);
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

const saidIn = ({ idNumber, priority = 'none' }: HallCheckIn) => ({
  said: priority,
  idNumber: idNumber ?? null,
});

async function maskedNameOf(p: Platform, { a, b, who }: Seat): Promise<string | null> {
  const found =
    a === null
      ? who && p.crypto.fields.decrypt(who, `slots|${b}|name`)
      : (await findAccountNames(p, [a])).get(a);
  return found === undefined ? null : maskName(found);
}
