import type { Platform } from '../../platform/platform.ts';
import { instantAt } from '../../platform/time.ts';
import { checkResidentId, findAccountByIdNumber, personIndexOf, type StaffActor } from '../accounts/index.ts';
import { readOrder, requireStanding } from './book.ts';
import { requireOthers, requireOwnHall } from './booker.ts';
import type { BookForInput, BookingView } from './contract.ts';
import { errors } from './errors.ts';
import { findBooking, findStanding, personKeyOf } from './persons.ts';
import { readSlotId } from './plan-day.ts';
import { refuseSuspended, requireOpenDay } from './refuse.ts';
import { takeSeat } from './take-seat.ts';
import type { Pool } from './vocabulary.ts';
import { viewBookingAtDesk } from './view-booking.ts';

const DESK_POOLS: readonly Pool[] = ['phone', 'staff', 'organisation', 'public'];
const MINUTE_MS = 60_000;

/** A hold ends when its window begins, at the latest. */
function holdEnd(now: Date, minutes: number, slotId: string): Date {
  const { date, from } = readSlotId(slotId);
  return new Date(Math.min(now.getTime() + minutes * MINUTE_MS, instantAt(date, from).getTime()));
}

/**
 * A clerk books for who calls or stands at the counter, by the ID number: the same person has the same key as in the portal, so
 * the same rules hold. The number itself is not kept; the name is, encrypted, where there is no account.
 * @throws appointments.person_invalid, appointments.own_booking, and whatever `book` throws
 */
export async function bookFor(p: Platform, actor: StaffActor, body: BookForInput): Promise<BookingView> {
  const checked = checkResidentId(body.idNumber);
  if (!checked.valid) return errors.fail('appointments.person_invalid');
  const account = await findAccountByIdNumber(p, checked.canonical);
  const person = personKeyOf(p, personIndexOf(p, checked.canonical));
  requireOthers(p, actor, { p: person, accountId: account?.accountId ?? null });
  const asked = await readOrder(p, body, 'person', DESK_POOLS);
  requireOwnHall(actor, asked.hall);
  const { rules } = asked.schedule;
  const known = await findBooking(p, body.id);
  if (known && (known.p !== person || known.slotId !== body.slotId))
    return errors.fail('appointments.id_reused');
  if (!known) {
    const { suspendedUntil } = await findStanding(p, person, rules.noShow);
    if (suspendedUntil) return refuseSuspended(suspendedUntil);
    await requireOpenDay(p, { ...asked, service: asked.service.code }, body.slotId);
    await takeSeat(p, {
      ...asked,
      id: body.id,
      slotId: body.slotId,
      booker: { person, accountId: account?.accountId ?? null, kind: 'person' },
      channel: asked.pool === 'phone' ? 'phone' : 'counter',
      actorId: actor.accountId,
      ...(body.hold ? { heldUntil: holdEnd(p.time.now(), rules.holdMinutes, body.slotId) } : {}),
      ...(account ? {} : { name: p.crypto.fields.encrypt(body.name, `slots|${body.id}|name`) }),
    });
  }
  const view = await viewBookingAtDesk(p, body.id);
  requireStanding(view.status);
  return view;
}
