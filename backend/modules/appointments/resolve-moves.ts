import type { Platform } from '../../platform/platform.ts';
import { changeSlot, findSlot, KeyTaken, slotCollection } from './change-slot.ts';
import { serveLine } from './clear-slot.ts';
import { eachWindow } from './each-window.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { giveUp } from './give-up.ts';
import { wholeKeys } from './keys.ts';
import { replaced, settledMove, unlent, type TakenPlaces } from './policy.ts';
import { readSlotId } from './plan-day.ts';
import type { Seat, SeatLink, SlotDocument } from './slot.model.ts';

/**
 * The steps of a move (改签) after the first, and the resolver that finishes or calls off what was cut off. Every step can be done
 * any number of times. A booking never has no seat; for a moment it may have two.
 */

/** Which seat gives way to which. */
export interface Move {
  old: { b: string; slot: string };
  next: { b: string; slot: string };
  actorId: string | null;
}

async function rulesOf(p: Platform, slotId: string) {
  const { hall, date } = readSlotId(slotId);
  return (await getScheduleOn(p, hall, date)).rules;
}

const tombstoneIn = (slot: SlotDocument | null, b2: string) =>
  slot?.out.some(({ why, to }) => why === 'moved' && to?.b === b2) ?? false;

/** Step 2, **the commit point** of a move: the old seat goes, for this very new one only. False: it was not lent to it. */
export async function commitMove(p: Platform, { old, next, actorId }: Move): Promise<boolean> {
  const rules = await rulesOf(p, old.slot);
  const run = (taken: TakenPlaces | null) =>
    changeSlot<boolean>(p, old.slot, (slot, now) => {
      const seat = slot.seats.find(({ b }) => b === old.b);
      if (seat?.lent?.b !== next.b) return { result: tombstoneIn(slot, next.b) };
      const to: SeatLink = { b: next.b, slot: next.slot, at: now };
      const { change, events } = giveUp(p, slot, old.b, { why: 'moved', now, to, rules, taken });
      const more = { from: old.slot, to: next.slot };
      const event = seatEvent(p, 'appointments.moved', seat, { slotId: next.slot, actorId, more });
      return { change, events: [event, ...events], result: true };
    });
  return serveLine(p, old.slot, rules, run);
}

/** Step 3: the new seat owns all keys. Then the tombstone of the old one has served. */
export async function settleMove(p: Platform, { old, next }: Omit<Move, 'actorId'>): Promise<void> {
  await changeSlot<void>(p, next.slot, (slot) => {
    const seat = slot.seats.find(({ b, repl }) => b === next.b && repl?.b === old.b);
    if (!seat) return { result: undefined };
    return {
      change: { seats: replaced(slot.seats, settledMove(seat, wholeKeys(seat.b, seat.k))) },
      result: undefined,
    };
  });
  await slotCollection(p).updateOne(
    { _id: old.slot, 'out.to.b': next.b } as never,
    { $pull: { out: { 'to.b': next.b } }, $inc: { ver: 1 } } as never,
  );
}

/** Calls a move off: the tokens come back to the old seat, unless the new one exists after all, which then is committed. */
export async function callOffMove(p: Platform, move: Move): Promise<void> {
  const { old, next } = move;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await changeSlot<void>(p, old.slot, (slot) => {
        const seat = slot.seats.find(({ b, lent }) => b === old.b && lent?.b === next.b);
        if (!seat) return { result: undefined };
        return {
          change: { seats: replaced(slot.seats, unlent(seat, wholeKeys(seat.b, seat.k))) },
          result: undefined,
        };
      });
      return;
    } catch (error) {
      if (!(error instanceof KeyTaken)) throw error;
      const { key } = error;
      const owner = await slotCollection(p).findOne({ 'seats.k': key, used: { $gt: 0 } } as never, {
        hint: 'seat-keys',
        projection: { outbox: 0 },
      });
      const seat = owner?.seats.find(({ k }) => k.includes(key));
      if (!owner || !seat) continue;
      if (seat.b === next.b) {
        await commitMove(p, move);
        return settleMove(p, move);
      }
      // A stranger to both: the rest of an earlier move.
      await resolveSeat(p, owner._id, seat);
    }
  }
}

/** Takes a new seat back whose move was never decided and no longer can be. */
async function dropSeat(p: Platform, slotId: string, { b, repl }: Seat): Promise<void> {
  const rules = await rulesOf(p, slotId);
  const run = (taken: TakenPlaces | null) =>
    changeSlot<void>(p, slotId, (slot, now) => {
      const seat = slot.seats.find((one) => one.b === b && one.repl?.b === repl?.b && one.repl !== undefined);
      if (!seat) return { result: undefined };
      return { ...giveUp(p, slot, b, { why: 'dropped', now, rules, taken }), result: undefined };
    });
  await serveLine(p, slotId, rules, run);
}

/** Finishes or calls off the move that a seat is part of. True: something was to do. */
async function resolveSeat(p: Platform, slotId: string, seat: Seat): Promise<boolean> {
  if (seat.repl) {
    const move: Move = { old: seat.repl, next: { b: seat.b, slot: slotId }, actorId: null };
    const old = await findSlot(p, seat.repl.slot);
    const lent = old?.seats.some(({ b, lent: to }) => b === seat.repl?.b && to?.b === seat.b) ?? false;
    if (lent ? await commitMove(p, move) : tombstoneIn(old, seat.b)) await settleMove(p, move);
    else await dropSeat(p, slotId, seat);
    return true;
  }
  if (!seat.lent) return false;
  const move: Move = { old: { b: seat.b, slot: slotId }, next: seat.lent, actorId: null };
  const target = await findSlot(p, seat.lent.slot);
  const exists = target?.seats.some(({ b, r }) => b === seat.lent?.b && r === seat.r) ?? false;
  if (!exists) await callOffMove(p, move);
  else if (await commitMove(p, move)) await settleMove(p, move);
  return true;
}

/** The move that one seat is part of, or every move of a window that is over. Resolves with how many there were. */
export async function resolveSlot(p: Platform, slotId: string, b?: string): Promise<number> {
  const slot = await findSlot(p, slotId);
  let resolved = 0;
  for (const seat of slot?.seats ?? []) {
    if ((b === undefined || seat.b === b) && (await resolveSeat(p, slotId, seat))) resolved += 1;
  }
  return resolved;
}

/** A move that is this old is not on its way any more, but cut off. */
export const STALE_MS = 10_000;

/**
 * Settles what was cut off, in all windows. Run again it finds nothing. Tombstones of moves go when the new seat stands by
 * itself. A window that fails does not hold up the others.
 */
export async function resolveMoves(
  p: Platform,
  staleMs = STALE_MS,
): Promise<{ resolved: number; failed: number }> {
  const before = new Date(p.time.now().getTime() - staleMs);
  const find = (field: string, hint: string) =>
    slotCollection(p)
      .find({ [field]: { $lte: before } } as never, { projection: { outbox: 0 }, hint })
      .limit(500)
      .toArray();
  const halves = [...(await find('seats.repl.at', 'replacing')), ...(await find('seats.lent.at', 'lent'))];
  let resolved = 0;
  const idOf = ({ _id }: SlotDocument) => _id;
  const unresolved = await eachWindow(p, 'appointments.moves', halves, {
    idOf,
    async work({ _id, seats }) {
      for (const seat of seats) {
        const at = seat.repl?.at ?? seat.lent?.at;
        if (at && at <= before && (await resolveSeat(p, _id, seat))) resolved += 1;
      }
    },
  });
  const unsettled = await eachWindow(p, 'appointments.moves', await find('out.to.at', 'moved-away'), {
    idOf,
    async work({ _id, out }) {
      for (const { b, to } of out) {
        if (!to || to.at > before) continue;
        await settleMove(p, { old: { b, slot: _id }, next: to });
        resolved += 1;
      }
    },
  });
  return { resolved, failed: unresolved + unsettled };
}
