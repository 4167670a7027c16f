import type { EncryptedField } from '../../platform/crypto/suite.ts';
import type { Platform } from '../../platform/platform.ts';
import type { HallSchedule, HallService } from './contract.ts';
import type { Booker } from './booker.ts';
import { claimSeat, type ClaimOutcome } from './claim.ts';
import { clearSlot } from './clear-slot.ts';
import type { SlotHead } from './change-slot.ts';
import { errors } from './errors.ts';
import { seatEvent } from './events.ts';
import { keysOf, ruleOf } from './keys.ts';
import { isExpired } from './policy.ts';
import * as refusals from './refuse.ts';
import { resolveSlot, STALE_MS } from './resolve-moves.ts';
import { settleSlot } from './settle-slot.ts';
import type { Seat, SlotDocument } from './slot.model.ts';
import { ownerOf } from './stale-keys.ts';
import type { Channel, Pool } from './vocabulary.ts';
import { weightOf } from './plan-day.ts';

export interface SeatOrder {
  id: string;
  slotId: string;
  hall: string;
  pool: Pool;
  schedule: HallSchedule;
  service: HallService;
  businessType: string | null;
  unit: string | null;
  cases: number;
  booker: Booker;
  channel: Channel;
  actorId: string | null;
  /** Held until then instead of booked. */
  heldUntil?: Date;
  name?: EncryptedField;
  /** A winner of a draw, before the release. */
  early?: boolean;
}

/** A stale seat in the way is cleared this often before its rule is believed. */
const CLEARINGS = 4;

/** Takes a seat for a person, or says why not. Sent again with the same id it answers the seat it took. */
export async function takeSeat(
  p: Platform,
  order: SeatOrder,
): Promise<{ seat: Seat; slot: SlotHead; again: boolean }> {
  const { schedule, booker } = order;
  const most = schedule.rules.mostPerPerson;
  let place = 0;
  for (let clearings = 0; clearings < CLEARINGS;) {
    const outcome = await claimSeat(p, claimOf(p, order, place));
    if (outcome.kind === 'seated') return seatOf(outcome, order);
    if (outcome.kind === 'unknown') return errors.fail('appointments.window_unknown');
    if (outcome.kind === 'refused') return refuse(p, outcome, order);
    const owner = await ownerOf(p, outcome.key);
    // An id that nobody has and that is refused all the same has a tombstone there.
    if (owner === null && ruleOf(outcome.key) === 'sameId') return errors.fail('appointments.id_given_up');
    if (owner === null || (await clearAway(p, owner, outcome.key))) {
      // Free by now, or freed by us.
      clearings += 1;
      continue;
    }
    const rule = ruleOf(outcome.key);
    if (rule === 'tooMany' && place + 1 < most) {
      place += 1;
      continue;
    }
    switch (rule) {
      case 'alreadyBooked':
        return refusals.refuseAlreadyBooked(owner);
      case 'tooMany':
        return refusals.refuseTooMany(most);
      case 'unitTaken': {
        // One's own booking for the unit is not a secret.
        const own = owner.seats.find(
          ({ p: person, k }) => person === booker.person && k.includes(outcome.key),
        );
        return own ? refusals.refuseAlreadyBooked(owner) : refusals.refuseUnitTaken();
      }
      case 'sameId':
        return errors.fail('appointments.id_reused');
    }
  }
  return errors.fail('appointments.busy');
}

function claimOf(p: Platform, order: SeatOrder, place: number) {
  const { id, slotId, service, booker, unit, heldUntil, cases, name } = order;
  const keys = keysOf(id, { person: booker.person, service: service.code, place, unit });
  const seat: Omit<Seat, 'n' | 'k'> = {
    b: id,
    r: id,
    m: 0,
    p: booker.person,
    s: heldUntil ? 'H' : 'C',
    u: cases * weightOf(service, order.schedule.windowMinutes),
    units: cases,
    sv: service.code,
    bt: order.businessType,
    unit,
    a: booker.accountId,
    ch: order.channel,
    at: p.time.now(),
    ...(heldUntil ? { x: heldUntil } : {}),
    ...(name ? { who: name } : {}),
  };
  const type = heldUntil ? 'appointments.held' : 'appointments.booked';
  const event = seatEvent(p, type, seat, { slotId, actorId: order.actorId });
  return { slotId, seat, keys, event, ...(order.early ? { early: true } : {}) };
}

/** A seat found under the id must be the one that was asked for. */
function seatOf(outcome: Extract<ClaimOutcome, { kind: 'seated' }>, order: SeatOrder) {
  const { seat, slot, again } = outcome;
  const same = seat.sv === order.service.code && seat.units === order.cases && seat.unit === order.unit;
  return same ? { seat, slot, again } : errors.fail('appointments.id_reused');
}

function refuse(
  p: Platform,
  { why, slot }: Extract<ClaimOutcome, { kind: 'refused' }>,
  order: SeatOrder,
): Promise<never> | never {
  const { hall, pool, schedule, service, cases } = order;
  const context = { hall, pool, schedule, service: service.code };
  switch (why) {
    case 'full':
      return refusals.refuseFull(p, slot, context, cases * weightOf(service, schedule.windowMinutes));
    case 'closed':
      return refusals.refuseClosed(p, context);
    case 'past':
      return refusals.refusePast(p, context);
    case 'notReleased':
      return refusals.refuseNotReleased(slot);
  }
}

/**
 * A key may be held by what is nobody's any more: a hold that has run out, a day that is over and not yet settled, a move that was
 * cut off. Whoever runs into it clears it away. False: it is somebody's.
 */
export async function clearAway(p: Platform, owner: SlotDocument, key: string): Promise<boolean> {
  const now = p.time.now();
  const seat = owner.seats.find(({ k }) => k.includes(key));
  if (!seat) return true;
  if (owner.endAt <= now && !owner.settled) return (await settleSlot(p, owner._id)) !== 'early';
  const movingSince = seat.repl?.at ?? seat.lent?.at;
  if (movingSince) {
    const isStale = now.getTime() - movingSince.getTime() > STALE_MS;
    return isStale && (await resolveSlot(p, owner._id, seat.b)) > 0;
  }
  if (!isExpired(seat, now)) return false;
  await clearSlot(p, owner._id);
  return true;
}
