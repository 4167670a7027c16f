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
import type { HallRules } from './contract.ts';
import { seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { atPlace, placeOf, ruleOf } from './keys.ts';
import { cleared, offered, type Seating, type TakenPlaces } from './policy.ts';
import { readSlotId } from './plan-day.ts';
import type { Seat, SlotDocument } from './slot.model.ts';

const MINUTE_MS = 60_000;

/** Offers what is free to who waits, as long as the window has not begun; what the offer changes, and its events. */
export function offerFree(
  p: Platform,
  slot: SlotDocument,
  seating: Seating,
  offer: { now: Date; rules: HallRules; taken: TakenPlaces },
): { next: Seating; events: OutboxEvent[] } {
  const { now, taken } = offer;
  const { offerMinutes, mostPerPerson: most } = offer.rules;
  if (seating.wait.length === 0 || !slot.open || slot.startAt <= now) return { next: seating, events: [] };
  const until = new Date(Math.min(now.getTime() + offerMinutes * MINUTE_MS, slot.startAt.getTime()));
  const { next, seats } = offered(seating, { now, until, taken, most });
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
 * Runs an act that may hand seats to who waits. Where a waiter has booked elsewhere meanwhile, the act is decided again with
 * what is known of it by then: at another of the person's places, or without them. Nothing fails because of somebody in line.
 */
export async function withOffers<T>(
  run: (taken: TakenPlaces) => Promise<T>,
  waitersOf: () => Promise<SlotDocument['wait']>,
): Promise<T> {
  const taken = new Map<string, Set<number>>();
  for (;;) {
    try {
      return await run(taken);
    } catch (error) {
      if (!(error instanceof KeyTaken)) throw error;
      if (!learn(taken, error.key, await waitersOf())) throw error;
    }
  }
}

/** More than any hall's M. */
const PLACES = [0, 1, 2, 3, 4, 5];

/** Notes whom the taken key keeps from what. False: nobody in line, so it is not theirs to mend. */
function learn(taken: Map<string, Set<number>>, key: string, wait: SlotDocument['wait']): boolean {
  const isPlace = ruleOf(key) === 'tooMany';
  const place = placeOf([key]);
  let learnt = false;
  for (const { b, k } of wait) {
    if (!(isPlace ? atPlace(k, place) : k).includes(key)) continue;
    const known = taken.get(b) ?? new Set();
    taken.set(b, known);
    for (const one of isPlace ? [place] : PLACES) {
      learnt ||= !known.has(one);
      known.add(one);
    }
  }
  return learnt;
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
  const { rules } = await getScheduleOn(p, hall, date);
  const decide =
    (taken: TakenPlaces): Decide<Seat[]> =>
    (slot, now) => {
      const { next, expired } = cleared(slot, now);
      const gone = expired.map((seat) =>
        seatEvent(p, 'appointments.expired', seat, { slotId, actorId: null }),
      );
      const offer = offerFree(p, slot, next, { now, rules, taken });
      const nothing = expired.length === 0 && next.cool.length === slot.cool.length;
      const lineIsSame = offer.next.wait.length === slot.wait.length;
      if (nothing && lineIsSame) return { result: [] };
      return { change: changeOf(offer.next), events: [...gone, ...offer.events], result: expired };
    };
  return withOffers(
    (taken) => changeSlotNow(p, slotId, decide(taken)),
    () => waitersOf(p, slotId),
  );
}

/**
 * Offers are passed on without anybody asking. First every hold that has run out is cleared away, so that it keeps nobody
 * from an offer elsewhere; then windows with a line in which a seat is free are served, in the order of the windows.
 */
export async function passOffersOn(p: Platform): Promise<{ offered: number }> {
  const now = p.time.now();
  const lapsed = await windowsWith(p, { 'seats.x': { $lte: now } }, 'holds');
  for (const id of lapsed) await clearSlot(p, id);
  const served = await windowsWith(
    p,
    {
      'wait.0': { $exists: true },
      startAt: { $gt: now },
      $or: [{ 'cool.at': { $lte: now } }, { rem: { $gt: 0 } }],
    },
    'one-wait',
  );
  for (const id of served) await clearSlot(p, id);
  return { offered: served.length };
}

/** At most so many in one run; the next comes soon. */
const RUN = 200;

async function windowsWith(p: Platform, filter: object, hint: string): Promise<string[]> {
  const found = await slotCollection(p)
    .find(filter as never, { projection: { _id: 1 }, hint })
    .limit(RUN)
    .toArray();
  return found.map(({ _id }) => _id).sort();
}
