import type { Filter } from 'mongodb';
import { perPlatform } from '../../platform/database/gather.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  findSlot,
  forgetFull,
  headOf,
  inLine,
  knownFull,
  markFull,
  slotCollection,
  takenKeyOf,
  type SlotHead,
} from './change-slot.ts';
import { clearSlotNow } from './clear-slot.ts';
import { fullFor } from './known-full.ts';
import { batchOf, isRipe, ripeAt } from './policy.ts';
import type { Seat, SlotDocument } from './slot.model.ts';

/** An order to take a seat. `seat.n` is given by the window. */
export interface ClaimOrder {
  slotId: string;
  seat: Omit<Seat, 'n' | 'k'>;
  keys: readonly string[];
  /** A winner of a draw is seated before the window is released to everybody. */
  early?: boolean;
  /** Null for a move, of which nobody is told before it is decided. */
  event: OutboxEvent | null;
}

export type ClaimOutcome =
  | { kind: 'seated'; seat: Seat; slot: SlotHead; again: boolean }
  | { kind: 'refused'; why: 'full' | 'closed' | 'notReleased' | 'past'; slot: SlotHead }
  | { kind: 'unknown' }
  | { kind: 'conflict'; key: string };

interface Waiting extends ClaimOrder {
  resolve(outcome: ClaimOutcome): void;
  reject(error: unknown): void;
}

/** Claims of one window that travel together. */
const MOST_IN_BATCH = 32;
/** A claim that neither went through nor finds a reason has met others each time. */
const TRIES = 8;

const queuesOf = perPlatform(() => new Map<string, { waiting: Waiting[]; running: boolean }>());

/**
 * Takes a seat: **the commit point** of a booking. One update whose filter carries every condition (open, released, not begun, seats
 * left, nobody in line, key not in this window) under a unique index over all windows. Claims that arrive together go out as one
 * update in the order of their arrival; when that fails, singly. Sent again with the same id it answers the seat it took.
 */
export async function claimSeat(p: Platform, order: ClaimOrder): Promise<ClaimOutcome> {
  const full = await fullFor(p, order.slotId, order.seat);
  if (full) return { kind: 'refused', why: 'full', slot: full };
  return new Promise((resolve, reject) => {
    const queues = queuesOf(p);
    const queue = queues.get(order.slotId) ?? { waiting: [], running: false };
    queues.set(order.slotId, queue);
    queue.waiting.push({ ...order, resolve, reject });
    if (queue.running) return;
    queue.running = true;
    void drain(p, order.slotId, queue);
  });
}

async function drain(p: Platform, slotId: string, queue: { waiting: Waiting[]; running: boolean }) {
  // One turn of the event loop lets the requests that were read from sockets together travel together.
  await new Promise((resolve) => setImmediate(resolve));
  while (queue.waiting.length > 0) {
    const batch = batchOf(queue.waiting, MOST_IN_BATCH);
    queue.waiting.splice(0, batch.length);
    await inLine(p, slotId, () => settleBatch(p, slotId, batch));
  }
  queue.running = false;
  queuesOf(p).delete(slotId);
}

/**
 * Answers every order of the batch; never throws. When fewer seats are left than the batch asks for, as many of it as fit go out
 * together: one by one, the last winners of a window would wait for a dozen writes.
 */
async function settleBatch(p: Platform, slotId: string, batch: readonly Waiting[]): Promise<void> {
  let left = batch;
  let group = batch;
  while (group.length > 1) {
    try {
      const seated = await takeSeats(p, slotId, group);
      if (seated) {
        for (const order of group) order.resolve(seatedOf(order, seated, false));
        left = without(left, group);
        break;
      }
      // Fewer were tried already: the rest find out for themselves why.
      if (group.length < left.length) break;
      group = await fitting(p, slotId, left);
      if (group.length === left.length) break;
    } catch (error) {
      const key = takenKeyOf(error);
      if (key === null) {
        for (const order of left) order.reject(error);
        return;
      }
      // Whoever brought the key that is taken is told so; the others try again together, in their order.
      const culprit = group.find(({ keys }) => keys.includes(key));
      if (!culprit) break;
      group = without(group, [culprit]);
      left = without(left, [culprit]);
      await settleTaken(p, slotId, culprit, key);
    }
  }
  for (const order of left) await settleAlone(p, slotId, order);
}

const without = (orders: readonly Waiting[], gone: readonly Waiting[]): readonly Waiting[] =>
  orders.filter((order) => !gone.includes(order));

/** Those who come first, as far as the seats go that the window has now. */
async function fitting(p: Platform, slotId: string, orders: readonly Waiting[]): Promise<readonly Waiting[]> {
  const slot = await slotCollection(p).findOne({ _id: slotId }, { projection: { rem: 1 } });
  let free = slot?.rem ?? 0;
  const end = orders.findIndex(({ seat }) => (free -= seat.u) < 0);
  return end === -1 ? orders : orders.slice(0, end);
}

/** The database has just said that the key is taken: by this very seat, of a first try whose answer was lost, or by another. */
async function settleTaken(p: Platform, slotId: string, order: Waiting, key: string): Promise<void> {
  try {
    order.resolve((await ownSeat(p, slotId, order)) ?? { kind: 'conflict', key });
  } catch (error) {
    order.reject(error);
  }
}

async function settleAlone(p: Platform, slotId: string, order: Waiting): Promise<void> {
  try {
    const full = knownFull(p, slotId, order.seat);
    order.resolve(full ? { kind: 'refused', why: 'full', slot: full } : await claimAlone(p, slotId, order));
  } catch (error) {
    order.reject(error);
  }
}

async function claimAlone(p: Platform, slotId: string, order: ClaimOrder): Promise<ClaimOutcome> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      const seated = await takeSeats(p, slotId, [order]);
      if (seated) return seatedOf(order, seated, false);
    } catch (error) {
      const key = takenKeyOf(error);
      if (key === null) throw error;
      return (await ownSeat(p, slotId, order)) ?? { kind: 'conflict', key };
    }
    const outcome = await explain(p, slotId, order);
    if (outcome) return outcome;
  }
  const slot = await findSlot(p, slotId);
  return slot ? { kind: 'refused', why: 'full', slot: headOf(slot) } : { kind: 'unknown' };
}

/** The guarded update itself. Null: a condition does not hold. Throws when a key is taken. */
async function takeSeats(
  p: Platform,
  slotId: string,
  orders: readonly ClaimOrder[],
): Promise<SlotDocument | null> {
  const now = p.time.now();
  const u = orders.reduce((sum, { seat }) => sum + seat.u, 0);
  const keys = orders.flatMap((order) => order.keys);
  const ids = orders.map(({ seat }) => seat.b);
  const filter: Filter<SlotDocument> = {
    _id: slotId,
    open: true,
    ...(orders[0]?.early ? {} : { opensAt: { $lte: now } }),
    startAt: { $gt: now },
    rem: { $gte: u },
    // Who waits in line comes first.
    'wait.0': { $exists: false },
    // The unique index does not stop the same key twice inside one window.
    'seats.k': { $nin: keys },
    // A seat that was given up is not taken again under its id.
    'out.b': { $nin: ids },
  } as never;
  const seats = orders.map(({ seat, keys: k }, place) => ({
    $mergeObjects: [{ $literal: { ...seat, k } }, { n: { $add: ['$seq', place + 1] } }],
  }));
  const slot = (await slotCollection(p).findOneAndUpdate(
    filter,
    [
      {
        $set: {
          rem: { $subtract: ['$rem', u] },
          used: { $add: ['$used', u] },
          ver: { $add: ['$ver', 1] },
          seats: { $concatArrays: ['$seats', seats] },
          outbox: {
            $concatArrays: [
              { $ifNull: ['$outbox', []] },
              { $literal: orders.flatMap(({ event }) => event ?? []) },
            ],
          },
          seq: { $add: ['$seq', orders.length] },
        },
      },
    ],
    {
      returnDocument: 'after',
      projection: {
        hall: 1,
        date: 1,
        pool: 1,
        startAt: 1,
        endAt: 1,
        opensAt: 1,
        wait: 1,
        seats: { $filter: { input: '$seats', as: 'seat', cond: { $in: ['$$seat.b', ids] } } },
      },
    },
  )) as SlotDocument | null;
  if (slot) p.outbox.notify('slots');
  return slot;
}

function seatedOf({ seat }: ClaimOrder, slot: SlotDocument, again: boolean): ClaimOutcome {
  const own = slot.seats.find(({ b }) => b === seat.b)!;
  return { kind: 'seated', seat: own, slot: headOf(slot), again };
}

/** The seat that was asked for before. A move's id may be that of another booking of the same person: that seat is not it. */
const isSame = (one: Seat, other: ClaimOrder['seat']): boolean =>
  one.b === other.b && one.p === other.p && one.r === other.r;

async function ownSeat(p: Platform, slotId: string, { seat }: ClaimOrder): Promise<ClaimOutcome | null> {
  const slot = await findSlot(p, slotId);
  const own = slot?.seats.find((one) => isSame(one, seat));
  return slot && own ? { kind: 'seated', seat: own, slot: headOf(slot), again: true } : null;
}

/** Why the update found nothing; null when by now it might. Clears the window up where that may help. */
async function explain(p: Platform, slotId: string, order: ClaimOrder): Promise<ClaimOutcome | null> {
  const slot = await findSlot(p, slotId);
  if (!slot) return { kind: 'unknown' };
  const now = p.time.now();
  const { b, u } = order.seat;
  const own = slot.seats.find((seat) => isSame(seat, order.seat));
  if (own) return { kind: 'seated', seat: own, slot: headOf(slot), again: true };
  if (slot.out.some((gone) => gone.b === b)) return { kind: 'conflict', key: `id:${b}` };
  if (slot.startAt <= now) return { kind: 'refused', why: 'past', slot: headOf(slot) };
  if (!slot.open) return { kind: 'refused', why: 'closed', slot: headOf(slot) };
  if (slot.opensAt > now && !order.early) return { kind: 'refused', why: 'notReleased', slot: headOf(slot) };
  const rival = slot.seats.flatMap(({ k }) => k).find((key) => order.keys.includes(key));
  if (rival === undefined && slot.rem >= u && slot.wait.length === 0) return null;
  // What has run out or ripened is cleared away by whoever comes first: no timer is needed for it.
  if (isRipe(slot, now) || (slot.wait.length > 0 && slot.rem > 0)) {
    await clearSlotNow(p, slotId);
    forgetFull(p, slotId);
    return null;
  }
  if (rival !== undefined) return { kind: 'conflict', key: rival };
  markFull(p, slot, ripeAt(slot));
  return { kind: 'refused', why: 'full', slot: headOf(slot) };
}
