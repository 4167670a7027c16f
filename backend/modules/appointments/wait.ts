import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { countAttempt } from './attempts.ts';
import { readOrder, requireStanding } from './book.ts';
import { bookerOf, ownPoolsOf } from './booker.ts';
import { findTombstone } from './cancel.ts';
import { changeSlot, KeyTaken, slotCollection } from './change-slot.ts';
import type { WaitInput, WaitingView } from './contract.ts';
import { errors } from './errors.ts';
import { keysOf, waitKeyOf } from './keys.ts';
import { seatsOfPerson } from './locate.ts';
import { findBooking, findStanding } from './persons.ts';
import { freeOf, isActive, isExpired, isRipe } from './policy.ts';
import { weightOf } from './plan-day.ts';
import { refuseAlreadyBooked, refuseSuspended, requireOpenDay } from './refuse.ts';
import type { Waiter } from './slot.model.ts';
import { waitingView } from './view-booking.ts';

/**
 * 候补: a place in the line of a full window. A seat that is given up is offered to whoever is first, held for a while; nobody can
 * claim past the line. One case each, so that any seat fits. The same id again answers the same place, and never makes a
 * second: once it has a seat it is that booking's. @throws appointments.not_waitable, appointments.already_waiting,
 * appointments.line_full, appointments.already_booked, appointments.id_given_up
 */
export async function joinLine(p: Platform, actor: ApplicantActor, body: WaitInput): Promise<WaitingView> {
  const booker = bookerOf(p, actor);
  const asked = await readOrder(p, body, booker.kind, ownPoolsOf(booker));
  countAttempt(p, booker.person);
  const { rules, windowMinutes } = asked.schedule;
  await requireOpenDay(p, { ...asked, service: body.service }, body.slotId);
  if (weightOf(asked.service, windowMinutes) > 1) return errors.fail('appointments.not_waitable');
  const { suspendedUntil } = await findStanding(p, booker.person, rules.noShow);
  if (suspendedUntil) return refuseSuspended(suspendedUntil);
  const now = p.time.now();
  // A window that is over gives its keys back to whoever runs into them, so it counts no more.
  const seats = (await seatsOfPerson(p, booker.person)).filter(({ slot }) => slot.endAt > now);
  const own = seats.find(({ seat }) => seat.sv === body.service && isActive(seat, now));
  if (own) return refuseAlreadyBooked(own.slot);
  if (seats.some(({ seat }) => seat.r === body.id)) return errors.fail('appointments.id_reused');
  await requireFresh(p, body.id, booker.person);
  const waiter: Waiter = {
    b: body.id,
    p: booker.person,
    w: waitKeyOf(booker.person, body.service),
    k: keysOf(body.id, {
      person: booker.person,
      service: body.service,
      place: freePlace(
        // A hold that has run out has its place until it is cleared away, and whoever is offered that place clears it.
        seats.filter(({ seat }) => !isExpired(seat, now)).map(({ seat }) => seat.k),
        rules.mostPerPerson,
      ),
      unit: asked.unit,
    }),
    sv: body.service,
    bt: asked.businessType,
    unit: asked.unit,
    a: actor.accountId,
    at: now,
  };
  return enter(p, body.slotId, waiter, rules.mostWaiting);
}

/** An id that had a seat makes no place in line. @throws appointments.id_given_up, appointments.id_reused */
async function requireFresh(p: Platform, id: string, person: string): Promise<void> {
  const [stone, known] = await Promise.all([findTombstone(p, id), findBooking(p, id)]);
  if (stone?.p === person) return errors.fail('appointments.id_given_up');
  if (known?.p === person) requireStanding(known.status);
  if (known) errors.fail('appointments.id_reused');
}

/** A place among M that none of the person's seats has; the offer fails, and the line goes on, if it is taken by then. */
function freePlace(keys: readonly (readonly string[])[], most: number): number {
  const taken = new Set(
    keys
      .flat()
      .flatMap((key) => (key.startsWith('tok:') ? [Number.parseInt(key.split('#')[1] ?? '0', 10)] : [])),
  );
  const free = Array.from({ length: most }, (_, place) => place).find((place) => !taken.has(place));
  return free ?? errors.fail('appointments.too_many', { most });
}

async function enter(p: Platform, slotId: string, waiter: Waiter, most: number): Promise<WaitingView> {
  try {
    return await changeSlot<WaitingView>(p, slotId, (slot, now) => {
      const place = slot.wait.findIndex(({ b, p: person }) => b === waiter.b && person === waiter.p);
      if (place >= 0) return { result: waitingView(slotId, waiter, place) };
      if (slot.out.some(({ b }) => b === waiter.b)) return errors.fail('appointments.id_given_up');
      if (slot.wait.some(({ w }) => w === waiter.w)) return errors.fail('appointments.already_waiting');
      const full = slot.wait.length > 0 || (freeOf(slot) < 1 && !isRipe(slot, now));
      if (!full || !slot.open || slot.opensAt > now || slot.startAt <= now)
        return errors.fail('appointments.not_waitable');
      if (slot.wait.length >= most) return errors.fail('appointments.line_full');
      return {
        change: { wait: [...slot.wait, waiter] },
        result: waitingView(slotId, waiter, slot.wait.length),
      };
    });
  } catch (error) {
    // The one key that joining a line can run into.
    if (error instanceof KeyTaken) return errors.fail('appointments.already_waiting');
    throw error;
  }
}

/** Leaves the line; twice is as good as once. @throws appointments.not_found */
export async function leaveLine(p: Platform, actor: ApplicantActor, id: string): Promise<void> {
  const { person } = bookerOf(p, actor);
  const found = await slotCollection(p).findOne({ 'wait.b': id } as never, {
    projection: { wait: 1 },
    hint: 'waiting',
  });
  if (!found?.wait.some(({ b, p: who }) => b === id && who === person))
    return errors.fail('appointments.not_found');
  await changeSlot<void>(p, found._id, (slot) => {
    const wait = slot.wait.filter(({ b, p: who }) => b !== id || who !== person);
    return wait.length === slot.wait.length ? { result: undefined } : { change: { wait }, result: undefined };
  });
}
