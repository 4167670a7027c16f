import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { countAttempt } from './attempts.ts';
import { readOrder } from './book.ts';
import { bookerOf, ownPoolsOf, type Booker } from './booker.ts';
import { calendarOf, freeUntil } from './calendar-days.ts';
import { changeSlot } from './change-slot.ts';
import { claimSeat, type ClaimOutcome } from './claim.ts';
import type { BookingView, RescheduleInput } from './contract.ts';
import { errors } from './errors.ts';
import { getScheduleOn } from './get-schedule.ts';
import { keptKeys, lentKeys, wholeKeys } from './keys.ts';
import { locateOwnSeat, type Located } from './locate.ts';
import { freeUntilOf, sinceOfMove } from './no-show.ts';
import { findStanding } from './persons.ts';
import { isMoving, lending, replaced } from './policy.ts';
import { readSlotId, weightOf } from './plan-day.ts';
import { isLateMove } from './present.ts';
import * as refusals from './refuse.ts';
import { callOffMove, commitMove, resolveSlot, settleMove, type Move } from './resolve-moves.ts';
import type { Seat } from './slot.model.ts';
import { ownerOf } from './stale-keys.ts';
import { clearAway } from './take-seat.ts';
import type { Pool } from './vocabulary.ts';
import { viewBooking } from './view-booking.ts';
import { findTombstone } from './cancel.ts';

/** A move as it is asked for; the office moves people, too, when a window is closed. */
export interface MoveOrder {
  id: string;
  person: string;
  moveId: string;
  slotId: string;
  /** Only while it is in this window: what its holder has moved away by then is let be. */
  inWindow?: string;
  pools: readonly Pool[];
  kind: Booker['kind'];
  actorId: string | null;
  /** The office's own doing: giving the new seat up has no consequence for the person. */
  byOffice?: true;
}

/**
 * 改签 by its holder. The same `moveId` again resumes or answers the same move; after a refusal another is needed.
 *
 * A move gives the old seat up, so after the time of free cancelling (domain.md §9: 16:00 of the working day before, and who is
 * exempt from it: no-show.ts) it is refused
 * where a late cancellation counts as a no-show: otherwise one would move at the last minute and cancel the new seat for free. It
 * is refused instead of counted, so that nobody is marked by a press that looked harmless: the answer says to come as
 * booked, or to cancel, which says what it costs. A move made within the quarter of an hour to think again takes what is left
 * of it along, and no more. Who is suspended keeps the seat and gets no other. The office's own moves know
 * neither rule.
 * @throws appointments.move_too_late, appointments.suspended, and whatever `moveBooking` throws
 */
export async function reschedule(
  p: Platform,
  actor: ApplicantActor,
  id: string,
  body: RescheduleInput,
): Promise<BookingView> {
  const booker = bookerOf(p, actor);
  countAttempt(p, booker.person);
  await requireMovable(p, booker.person, id, body);
  await moveBooking(p, {
    id,
    person: booker.person,
    moveId: body.moveId,
    slotId: body.slotId,
    pools: ownPoolsOf(booker),
    kind: booker.kind,
    actorId: actor.accountId,
  });
  return viewBooking(p, actor, id);
}

/** The rules for a new move; one that is under way or made is only finished or answered. */
async function requireMovable(
  p: Platform,
  person: string,
  id: string,
  { moveId, slotId }: RescheduleInput,
): Promise<void> {
  const found = await locateOwnSeat(p, id, person);
  // Why a seat that is gone, begun or not confirmed cannot be moved is said below.
  if (found?.seat.s !== 'C' || found.slot.startAt <= p.time.now()) return;
  if (found.seat.b === moveId || found.seat.lent?.b === moveId) return;
  const target = readSlotId(slotId);
  const [own, next, calendar] = await Promise.all([
    getScheduleOn(p, found.slot.hall, found.slot.date),
    getScheduleOn(p, target.hall, target.date),
    calendarOf(p),
  ]);
  const context = { ...target, schedule: next, service: found.seat.sv };
  await refusals.requireOpenDay(p, context, slotId);
  const { suspendedUntil } = await findStanding(p, person, next.rules.noShow);
  if (suspendedUntil) return refusals.refuseSuspended(suspendedUntil, 'appointments.next_keep_booking');
  const until = freeUntilOf(found.seat, {
    hallFree: freeUntil(calendar, found.slot.date, own.rules.cancelUntil),
    startAt: found.slot.startAt,
  });
  if (isLateMove(own.rules, until, p.time.now())) return refusals.refuseLateMove(until);
}

/**
 * Two tokens (keys.ts): 0 the old seat lends its second tokens, 1 the new seat is claimed with them, 2 the old seat goes (the commit), 3
 * the new one owns all. A crash after any step is settled by resolve-moves.ts. At no moment has the person no seat.
 */
export async function moveBooking(p: Platform, order: MoveOrder): Promise<void> {
  const found = await findMovable(p, order);
  if (found === 'done') return;
  const { slot, seat } = found;
  const target = await readOrder(
    p,
    {
      slotId: order.slotId,
      service: seat.sv,
      ...(seat.bt === null ? {} : { businessType: seat.bt }),
      cases: seat.units,
    },
    order.kind,
    order.pools,
  );
  const move: Move = {
    old: { b: seat.b, slot: slot._id },
    next: { b: order.moveId, slot: order.slotId },
    actorId: order.actorId,
  };
  const at = p.time.now();
  const since = order.byOffice ? at : await sinceOf(p, found, at);
  await lend(p, move, at);
  const u = seat.units * weightOf(target.service, target.schedule.windowMinutes);
  const outcome = await claimNew(p, seat, move, {
    u,
    at,
    since,
    ...(order.byOffice ? { office: true } : {}),
  });
  if (outcome.kind !== 'seated') {
    await callOffMove(p, move);
    return refuse(p, outcome, { ...target, service: target.service.code }, u);
  }
  // Not lent to it any more: it was called off meanwhile, and the resolver takes the new seat back.
  if (!(await commitMove(p, move))) return errors.fail('appointments.busy');
  await settleMove(p, move);
}

/** The seat to move, in a state to be moved; `done` when this very move was made before. */
async function findMovable(p: Platform, order: MoveOrder): Promise<Located | 'done'> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const found = await locateOwnSeat(p, order.id, order.person);
    if (!found) {
      const stone = await findTombstone(p, order.id);
      return errors.fail(stone?.p === order.person ? 'appointments.already_gone' : 'appointments.not_found');
    }
    const { slot, seat } = found;
    const elsewhere = order.inWindow !== undefined && slot._id !== order.inWindow;
    if (elsewhere && seat.b !== order.moveId) return errors.fail('appointments.already_gone');
    if (seat.b === order.moveId) {
      if (seat.repl) await resolveSlot(p, slot._id, seat.b);
      return slot._id === order.slotId ? 'done' : errors.fail('appointments.id_reused');
    }
    if (isMoving(seat) && !(seat.lent?.b === order.moveId && seat.lent.slot === order.slotId)) {
      await resolveSlot(p, slot._id, seat.b);
      continue;
    }
    if (seat.s !== 'C') return errors.fail('appointments.already_gone');
    if (seat.dead?.includes(order.moveId)) return errors.fail('appointments.move_called_off');
    if (slot.startAt <= p.time.now()) return errors.fail('appointments.begun');
    return slot._id === order.slotId ? errors.fail('appointments.same_window') : found;
  }
  return errors.fail('appointments.busy');
}

async function sinceOf(p: Platform, { slot, seat }: Located, now: Date): Promise<Date> {
  const [{ rules }, calendar] = await Promise.all([getScheduleOn(p, slot.hall, slot.date), calendarOf(p)]);
  const hallFree = freeUntil(calendar, slot.date, rules.cancelUntil);
  return sinceOfMove(seat, { hallFree, counts: rules.noShow.lateCancelCounts, now });
}

/** Step 0. */
async function lend(p: Platform, { old, next }: Move, at: Date): Promise<void> {
  const lent = await changeSlot<boolean>(p, old.slot, (slot) => {
    const seat = slot.seats.find(({ b }) => b === old.b);
    // The same move again; under the same id to another window it is another move, and this one is under way.
    if (seat?.lent?.b === next.b) return { result: seat.lent.slot === next.slot };
    if (!seat || isMoving(seat) || seat.s !== 'C' || seat.dead?.includes(next.b)) return { result: false };
    const link = { b: next.b, slot: next.slot, at };
    return {
      change: { seats: replaced(slot.seats, lending(seat, link, keptKeys(seat.k))) },
      result: true,
    };
  });
  if (!lent) errors.fail('appointments.busy');
}

/** Step 1. */
async function claimNew(
  p: Platform,
  seat: Seat,
  { old, next }: Move,
  { u, at, since, office }: { u: number; at: Date; since: Date; office?: true },
): Promise<ClaimOutcome> {
  const keys = lentKeys(wholeKeys(seat.b, seat.k), next.b);
  const { n: _n, k: _k, lent: _lent, repl: _repl, dead: _dead, x: _x, office: _office, ...rest } = seat;
  const order = {
    slotId: next.slot,
    seat: {
      ...rest,
      b: next.b,
      m: seat.m + 1,
      u,
      since,
      ...(office ? { office } : {}),
      repl: { b: old.b, slot: old.slot, at },
    },
    keys,
    event: null,
  };
  let outcome = await claimSeat(p, order);
  for (let clearings = 0; outcome.kind === 'conflict' && clearings < 3; clearings += 1) {
    const owner = await ownerOf(p, outcome.key);
    const holder = owner?.seats.find(({ k }) => outcome.kind === 'conflict' && k.includes(outcome.key));
    // The old seat has its tokens back: the move was called off by somebody else.
    if (owner && (holder?.b === old.b || !(await clearAway(p, owner, outcome.key)))) return outcome;
    outcome = await claimSeat(p, order);
  }
  return outcome;
}

function refuse(
  p: Platform,
  outcome: Exclude<ClaimOutcome, { kind: 'seated' }>,
  context: refusals.RefusalContext,
  u: number,
): Promise<never> | never {
  if (outcome.kind === 'unknown') return errors.fail('appointments.window_unknown');
  if (outcome.kind === 'conflict') return errors.fail('appointments.busy');
  switch (outcome.why) {
    case 'full':
      return refusals.refuseFull(p, outcome.slot, context, u);
    case 'closed':
      return refusals.refuseClosed(p, context);
    case 'past':
      return refusals.refusePast(p, context);
    case 'notReleased':
      return refusals.refuseNotReleased(outcome.slot);
  }
}
