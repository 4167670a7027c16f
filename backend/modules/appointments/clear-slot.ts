import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { changeOf, changeSlotNow, inLine, KeyTaken, slotCollection, type Decide } from './change-slot.ts';
import type { HallRules } from './contract.ts';
import { eachWindow } from './each-window.ts';
import { expiredEvent, seatEvent } from './events.ts';
import { getScheduleOn } from './get-schedule.ts';
import { atPlace, placeOf, ruleOf } from './keys.ts';
import { findStanding } from './persons.ts';
import { cleared, offered, type Seating, type TakenPlaces } from './policy.ts';
import { readSlotId } from './plan-day.ts';
import type { Seat, SlotDocument } from './slot.model.ts';
import { freeStaleKey } from './stale-keys.ts';

const MINUTE_MS = 60_000;

/** Offers what is free to who waits, as long as the window has not begun; what the offer changes, and its events. */
export function offerFree(
  p: Platform,
  slot: SlotDocument,
  seating: Seating,
  offer: { now: Date; rules: HallRules; taken: TakenPlaces | null },
): { next: Seating; events: OutboxEvent[] } {
  const { now, taken } = offer;
  const { offerMinutes, mostPerPerson: most } = offer.rules;
  if (taken === null || seating.wait.length === 0 || !slot.open || slot.startAt <= now)
    return { next: seating, events: [] };
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

/** More than any hall's M. */
const PLACES = [0, 1, 2, 3, 4, 5];

/** Whoever ran into a key and is gone from the line was only passing; this often, then the line is left for the next pass. */
const FRUITLESS = 3;
/** Keys that are nobody's any more are given back this often. */
const FREED = 20;

/**
 * Runs an act that may hand seats to who waits. Where a waiter has booked elsewhere meanwhile, the act is decided again with
 * what is known of it by then: at another of the person's places, or without them; at last without any offer (null), which
 * `passOffersOn` makes up for. Nothing fails because of somebody in line, and nobody loses their place to a booking of theirs
 * that is over.
 */
export async function withOffers<T>(
  p: Platform,
  run: (taken: TakenPlaces | null) => Promise<T>,
  waitersOf: () => Promise<SlotDocument['wait']>,
  barred: readonly string[] = [],
): Promise<T> {
  const taken = new Map(barred.map((b) => [b, new Set(PLACES)]));
  for (let fruitless = 0, freed = 0; fruitless < FRUITLESS && freed < FREED;) {
    try {
      return await run(taken);
    } catch (error) {
      if (!(error instanceof KeyTaken)) throw error;
      const state = await freeStaleKey(p, error.key);
      if (state === 'moving') break;
      if (state === 'freed') freed += 1;
      else if (!learn(taken, error.key, await waitersOf())) fruitless += 1;
    }
  }
  return run(null);
}

/** The same for a window as it stands: who is suspended by now is passed over like who has booked elsewhere. */
export async function serveLine<T>(
  p: Platform,
  slotId: string,
  { noShow }: Pick<HallRules, 'noShow'>,
  run: (taken: TakenPlaces | null) => Promise<T>,
): Promise<T> {
  const wait = await waitersOf(p, slotId);
  const standings = await Promise.all(wait.map(({ p: person }) => findStanding(p, person, noShow)));
  const barred = wait.flatMap(({ b }, n) => (standings[n]?.suspendedUntil ? [b] : []));
  return withOffers(p, run, () => waitersOf(p, slotId), barred);
}

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

async function waitersOf(p: Platform, slotId: string): Promise<SlotDocument['wait']> {
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
    (taken: TakenPlaces | null): Decide<Seat[]> =>
    (slot, now) => {
      const { next, expired } = cleared(slot, now);
      const gone = expired.map((seat) => expiredEvent(p, slotId, seat));
      const offer = offerFree(p, slot, next, { now, rules, taken });
      const nothing = expired.length === 0 && next.cool.length === slot.cool.length;
      const lineIsSame = offer.next.wait.length === slot.wait.length;
      if (nothing && lineIsSame) return { result: [] };
      return { change: changeOf(offer.next), events: [...gone, ...offer.events], result: expired };
    };
  return serveLine(p, slotId, rules, (taken) => changeSlotNow(p, slotId, decide(taken)));
}

/**
 * Offers are passed on without anybody asking. First every hold that has run out is cleared away, so that it keeps nobody
 * from an offer elsewhere; then windows with a line in which a seat is free are served, in the order of the windows. One that
 * fails does not hold up the others.
 */
export async function passOffersOn(p: Platform): Promise<{ offered: number; failed: number }> {
  const now = p.time.now();
  const clear = { idOf: (id: string) => id, work: (id: string) => clearSlot(p, id) };
  const lapsed = await windowsWith(p, { 'seats.x': { $lte: now } }, 'holds');
  const uncleared = await eachWindow(p, 'appointments.offers', lapsed, clear);
  const served = await windowsWith(
    p,
    {
      'wait.0': { $exists: true },
      startAt: { $gt: now },
      $or: [{ 'cool.at': { $lte: now } }, { rem: { $gt: 0 } }],
    },
    'one-wait',
  );
  const unserved = await eachWindow(p, 'appointments.offers', served, clear);
  return { offered: served.length - unserved, failed: uncleared + unserved };
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
