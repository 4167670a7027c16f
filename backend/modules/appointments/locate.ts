import type { Platform } from '../../platform/platform.ts';
import { checkDigitsOf, type BookingNo } from './booking-no.ts';
import { slotCollection } from './change-slot.ts';
import { slotIdOf } from './plan-day.ts';
import type { Seat, SlotDocument } from './slot.model.ts';
import { POOLS } from './vocabulary.ts';

export interface Located {
  slot: SlotDocument;
  seat: Seat;
}

/** Every seat of a booking: one, or two in the middle of a move. */
async function seatsOf(p: Platform, id: string): Promise<Located[]> {
  const found = await slotCollection(p)
    .find({ 'seats.r': id } as never, { projection: { outbox: 0 }, hint: 'seat' })
    .toArray();
  return found.flatMap((slot) => slot.seats.filter(({ r }) => r === id).map((seat) => ({ slot, seat })));
}

/** The seat that counts: the old one until its move is decided, the new one from then on. */
export async function locateSeat(p: Platform, id: string): Promise<Located | null> {
  const seats = await seatsOf(p, id);
  return seats.find(({ seat }) => !seat.repl) ?? seats[0] ?? null;
}

/** One's own; another's is not found, as one that does not exist. */
export async function locateOwnSeat(p: Platform, id: string, person: string): Promise<Located | null> {
  const found = await locateSeat(p, id);
  return found?.seat.p === person ? found : null;
}

/** Seats of a person in all windows, the new halves of undecided moves left out. */
export async function seatsOfPerson(p: Platform, person: string): Promise<Located[]> {
  const found = await slotCollection(p)
    .find({ 'seats.p': person } as never, { projection: { outbox: 0 }, hint: 'person' })
    .sort({ startAt: 1 })
    .toArray();
  const all = found.flatMap((slot) =>
    slot.seats.filter(({ p: one }) => one === person).map((seat) => ({ slot, seat })),
  );
  const decided = new Set(all.filter(({ seat }) => !seat.repl).map(({ seat }) => seat.r));
  return all.filter(({ seat }) => !seat.repl || !decided.has(seat.r));
}

/**
 * The booking of a number on a day of a hall. Each pool of a window counts for itself, so the check digits decide; where two
 * bookings share those as well (one pair in a hundred), neither is taken for the other: null.
 */
export async function locateByNo(
  p: Platform,
  { hall, date }: { hall: string; date: string },
  { from, n, check }: BookingNo,
): Promise<Located | null> {
  const windows = await slotCollection(p)
    .find({ _id: { $in: POOLS.map((pool) => slotIdOf(hall, date, from, pool)) } } as never, {
      projection: { outbox: 0 },
    })
    .toArray();
  const found = windows.flatMap((slot) =>
    slot.seats
      .filter((seat) => seat.n === n && !seat.repl && checkDigitsOf(p, seat.r) === check)
      .map((seat) => ({ slot, seat })),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
