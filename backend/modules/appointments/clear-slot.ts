import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  changeSlotNow,
  inLine,
  KeyTaken,
  slotCollection,
  type Decide,
  type SlotChange,
} from './change-slot.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { cleared, offered, type Seating } from './policy.ts';
import { readSlotId } from './plan-day.ts';
import type { Seat, SlotDocument } from './slot.model.ts';

const MINUTE_MS = 60_000;

/** Offers what is free to who waits, as long as the window has not begun; what the offer changes, and its events. */
export function offerFree(
  p: Platform,
  slot: SlotDocument,
  seating: Seating,
  offer: { now: Date; offerMinutes: number; skip: ReadonlySet<string> },
): { next: Seating; events: OutboxEvent[] } {
  const { now, offerMinutes, skip } = offer;
  if (seating.wait.length === 0 || !slot.open || slot.startAt <= now) return { next: seating, events: [] };
  const until = new Date(Math.min(now.getTime() + offerMinutes * MINUTE_MS, slot.startAt.getTime()));
  const { next, seats } = offered(seating, { now, until, skip });
  const more = { until };
  return {
    next,
    events: seats.map((seat) =>
      seatEvent(p, 'appointments.offered', seat, { slotId: slot._id, actorId: null, more }),
    ),
  };
}

export const changeOf = ({ seats, cool, wait, out, seq }: Seating): SlotChange => ({
  seats,
  cool,
  wait,
  out,
  seq,
});

/**
 * Runs an act that may hand seats to who waits. Where a waiter cannot take the seat, having booked elsewhere meanwhile,
 * the act is decided again without them: nothing fails because of somebody in line.
 */
export async function withOffers<T>(
  run: (skip: ReadonlySet<string>) => Promise<T>,
  waitersOf: () => Promise<SlotDocument['wait']>,
): Promise<T> {
  const skip = new Set<string>();
  for (;;) {
    try {
      return await run(skip);
    } catch (error) {
      if (!(error instanceof KeyTaken)) throw error;
      const { key } = error;
      const waiter = (await waitersOf()).find(({ b, k }) => !skip.has(b) && k.includes(key));
      if (!waiter) throw error;
      skip.add(waiter.b);
    }
  }
}

export async function waitersOf(p: Platform, slotId: string): Promise<SlotDocument['wait']> {
  const slot = await slotCollection(p).findOne({ _id: slotId }, { projection: { wait: 1 } });
  return slot?.wait ?? [];
}

/** Clears away holds that have run out, frees ripe seats of the cool pool, and offers what is free to who waits. */
export function clearSlot(p: Platform, slotId: string): Promise<Seat[]> {
  return inLine(p, slotId, () => clearSlotNow(p, slotId));
}

/** The same for who is in the window's line already. Resolves with the holds that had run out. */
export async function clearSlotNow(p: Platform, slotId: string): Promise<Seat[]> {
  const { hall, date } = readSlotId(slotId);
  const { offerMinutes } = (await getScheduleOn(p, hall, date)).rules;
  const decide =
    (skip: ReadonlySet<string>): Decide<Seat[]> =>
    (slot, now) => {
      const { next, expired } = cleared(slot, now);
      const gone = expired.map((seat) =>
        seatEvent(p, 'appointments.expired', seat, { slotId, actorId: null }),
      );
      const offer = offerFree(p, slot, next, { now, offerMinutes, skip });
      const nothing = expired.length === 0 && next.cool.length === slot.cool.length;
      if (nothing && offer.events.length === 0 && skip.size === 0) return { result: [] };
      return { change: changeOf(offer.next), events: [...gone, ...offer.events], result: expired };
    };
  return withOffers(
    (skip) => changeSlotNow(p, slotId, decide(skip)),
    () => waitersOf(p, slotId),
  );
}

/** Offers are passed on without anybody asking: windows with a line in which a hold has run out or a seat is free. */
export async function passOffersOn(p: Platform): Promise<{ offered: number }> {
  const now = p.time.now();
  const found = await slotCollection(p)
    .find(
      {
        'wait.0': { $exists: true },
        startAt: { $gt: now },
        $or: [{ 'seats.x': { $lte: now } }, { 'cool.at': { $lte: now } }, { rem: { $gt: 0 } }],
      } as never,
      { projection: { _id: 1 }, hint: 'one-wait' },
    )
    .limit(200)
    .toArray();
  for (const { _id } of found) await clearSlot(p, _id);
  // Holds of nobody in line: cleared so that those who let them lapse are told.
  const lapsed = await slotCollection(p)
    .find({ 'seats.x': { $lte: now } } as never, { projection: { _id: 1 }, hint: 'holds' })
    .limit(200)
    .toArray();
  for (const { _id } of lapsed) await clearSlot(p, _id);
  return { offered: found.length };
}
