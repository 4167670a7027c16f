import { atPlace, placeOf } from './keys.ts';
import type { CoolSeat, Seat, SeatLink, SlotDocument, Tombstone, Waiter } from './slot.model.ts';
import { REOPENING, type Leaving } from './vocabulary.ts';

/**
 * Who sits in a window, as values: what an act makes of a seating is computed here and stored by one guarded write
 * (change-slot.ts). Nothing here asks for the time or for chance; both are given.
 */

export type Seating = Pick<SlotDocument, 'cap' | 'seq' | 'seats' | 'cool' | 'wait' | 'out'>;

export const usedOf = (seats: readonly Pick<Seat, 'u'>[]): number => seats.reduce((sum, { u }) => sum + u, 0);

export const coolOf = (cool: readonly CoolSeat[]): number => cool.reduce((sum, { u }) => sum + u, 0);

/** Seats that can be claimed. */
export const freeOf = ({ cap, seats, cool }: Pick<Seating, 'cap' | 'seats' | 'cool'>): number =>
  cap - usedOf(seats) - coolOf(cool);

export const isExpired = (seat: Pick<Seat, 's' | 'x'>, now: Date): boolean =>
  seat.s === 'H' && seat.x !== undefined && seat.x <= now;

/** Whether somebody has the seat: a hold that has run out is nobody's, even before it is cleared away. */
export const isActive = (seat: Pick<Seat, 's' | 'x'>, now: Date): boolean =>
  seat.s === 'C' || seat.s === 'A' || (seat.s === 'H' && !isExpired(seat, now));

/** Closed by rules that may be taken back, and not by hand or by the end of its day. */
export const reopens = ({ open, closedWhy }: Pick<SlotDocument, 'open' | 'closedWhy'>): boolean =>
  !open && closedWhy !== null && REOPENING.includes(closedWhy);

/** A seat in the middle of a move belongs to the move until that is decided. */
export const isMoving = (seat: Pick<Seat, 'lent' | 'repl'>): boolean =>
  seat.lent !== undefined || seat.repl !== undefined;

/** Whether something that is not free now would become free by clearing up. */
export function isRipe({ seats, cool }: Pick<Seating, 'seats' | 'cool'>, now: Date): boolean {
  return cool.some(({ at }) => at <= now) || seats.some((seat) => isExpired(seat, now) && !isMoving(seat));
}

/** The first moment at which `isRipe` turns true by itself; null when never. */
export function ripeAt({ seats, cool }: Pick<Seating, 'seats' | 'cool'>): Date | null {
  const moments = [
    ...cool.map(({ at }) => at.getTime()),
    ...seats.flatMap(({ s, x }) => (s === 'H' && x ? [x.getTime()] : [])),
  ];
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

export function tombstoneOf(seat: Seat, why: Leaving, now: Date, to?: Tombstone['to']): Tombstone {
  const { k: _keys, lent: _lent, repl: _repl, dead: _dead, ...rest } = seat;
  return { ...rest, why, endedAt: now, ...(to ? { to } : {}) };
}

/** Takes a seat out and leaves a tombstone; its capacity is free afterwards. */
export function withoutSeat(
  seating: Seating,
  b: string,
  leave: { why: Leaving; now: Date; to?: Tombstone['to'] },
): Seating {
  const seat = seating.seats.find((one) => one.b === b);
  if (!seat) return seating;
  return {
    ...seating,
    seats: seating.seats.filter((one) => one.b !== b),
    out: [...seating.out, tombstoneOf(seat, leave.why, leave.now, leave.to)],
  };
}

/** Clears away holds that have run out and lets seats of the cool pool that are ripe be free. */
export function cleared(seating: Seating, now: Date): { next: Seating; expired: Seat[] } {
  const expired = seating.seats.filter((seat) => isExpired(seat, now) && !isMoving(seat));
  let next: Seating = { ...seating, cool: seating.cool.filter(({ at }) => at > now) };
  for (const { b } of expired) next = withoutSeat(next, b, { why: 'expired', now });
  return { next, expired };
}

/** Places among M that somebody in line cannot have, as another window holds them; all of them: cannot be seated at all. */
export type TakenPlaces = ReadonlyMap<string, ReadonlySet<number>>;

function seatOfWaiter(waiter: Waiter, k: string[], n: number, now: Date, until: Date): Seat {
  return {
    b: waiter.b,
    r: waiter.b,
    m: 0,
    p: waiter.p,
    k,
    s: 'H',
    n,
    u: 1,
    units: 1,
    sv: waiter.sv,
    bt: waiter.bt,
    unit: waiter.unit,
    a: waiter.a,
    ch: 'waitlist',
    at: now,
    x: until,
  };
}

/** The first of the person's places that nothing in this window and, as far as is known, in no other holds; null: none. */
function keysForWaiter(
  { b, k }: Waiter,
  held: ReadonlySet<string>,
  offer: { taken: TakenPlaces; most: number },
): string[] | null {
  const places = [placeOf(k), ...Array.from({ length: offer.most }, (_, place) => place)];
  for (const place of places) {
    if (offer.taken.get(b)?.has(place)) continue;
    const keys = atPlace(k, place);
    // The unique index does not see a key twice inside one window.
    if (!keys.some((key) => held.has(key))) return keys;
  }
  return null;
}

/** Offers every free seat to who waits, first come first; who cannot take one is sent away. */
export function offered(
  seating: Seating,
  offer: { now: Date; until: Date; taken: TakenPlaces; most: number },
): { next: Seating; seats: Seat[] } {
  const held = new Set(seating.seats.flatMap(({ k }) => k));
  const seats: Seat[] = [];
  const wait: Waiter[] = [];
  let free = Math.max(0, freeOf(seating));
  for (const waiter of seating.wait) {
    if (free === 0) {
      wait.push(waiter);
      continue;
    }
    const keys = keysForWaiter(waiter, held, offer);
    if (keys === null) continue;
    for (const key of keys) held.add(key);
    free -= 1;
    seats.push(seatOfWaiter(waiter, keys, seating.seq + seats.length + 1, offer.now, offer.until));
  }
  return {
    next: { ...seating, seq: seating.seq + seats.length, seats: [...seating.seats, ...seats], wait },
    seats,
  };
}

/** Puts what is free beyond `keepFree` into the cool pool. */
export function cooled(seating: Seating, keepFree: number, at: Date): Seating {
  const u = freeOf(seating) - keepFree;
  return u <= 0 ? seating : { ...seating, cool: [...seating.cool, { at, u }] };
}

/** What an order to take a seat brings with it, as far as the rules of a batch look. */
export interface BatchEntry {
  seat: { b: string; u: number };
  keys: readonly string[];
  /** Of a draw: before the release to everybody. */
  early?: boolean;
}

/**
 * The longest run from the front of the queue that can share one update: the unique index does not see a key twice within one
 * document, so a batch must not bring one twice. What is released already and what is not never travel together.
 */
export function batchOf<T extends BatchEntry>(queue: readonly T[], most: number): T[] {
  const seen = new Set<string>();
  const batch: T[] = [];
  for (const entry of queue.slice(0, most)) {
    const other = (batch[0] ?? entry).early !== entry.early;
    if (other || entry.keys.some((key) => seen.has(key))) break;
    for (const key of entry.keys) seen.add(key);
    batch.push(entry);
  }
  return batch;
}

/** Puts another seat in the place of the one with its id. */
export const replaced = (seats: readonly Seat[], seat: Seat): Seat[] =>
  seats.map((one) => (one.b === seat.b ? seat : one));

/** Step 0 of a move: the second tokens are lent to the seat to come. */
export const lending = (seat: Seat, to: SeatLink, kept: string[]): Seat => ({ ...seat, k: kept, lent: to });

/** A move called off: the tokens come back, and the move's id is spent. */
export function unlent(seat: Seat, whole: string[]): Seat {
  const { lent, ...rest } = seat;
  return { ...rest, k: whole, dead: [...(seat.dead ?? []), ...(lent ? [lent.b] : [])].slice(-20) };
}

/** Step 3 of a move: the new seat owns everything. */
export function settledMove(seat: Seat, whole: string[]): Seat {
  const { repl: _repl, ...rest } = seat;
  return { ...rest, k: whole };
}

export type LeaveVerdict = 'may' | 'moving' | 'arrived' | 'begun';

/** Whether a seat can be given up now. Not in the middle of a move, whose other half would stay. */
export function mayLeave(seat: Seat, startAt: Date, now: Date): LeaveVerdict {
  if (isMoving(seat)) return 'moving';
  if (seat.s === 'A') return 'arrived';
  return startAt <= now ? 'begun' : 'may';
}
