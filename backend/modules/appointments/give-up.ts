import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { changeOf } from './change-slot.ts';
import { offerFree } from './clear-slot.ts';
import type { SlotChange } from './change-slot.ts';
import type { HallRules } from './contract.ts';
import { expiredEvent } from './events.ts';
import { cleared, cooled, freeOf, usedOf, withoutSeat, type TakenPlaces } from './policy.ts';
import type { SeatLink, SlotDocument } from './slot.model.ts';
import type { Leaving } from './vocabulary.ts';

const MINUTE_MS = 60_000;

/**
 * When a seat given up can be claimed again: at a random moment, so that nobody can sell the knowledge of it (天津号池); in time for
 * somebody to come, as at most half of what is left until the window begins.
 */
export function coolUntil(
  p: Platform,
  { least, most }: HallRules['coolMinutes'],
  now: Date,
  startAt: Date,
): Date {
  // 48 random bits.
  const chance = p.random.bytes(6).readUIntBE(0, 6) / 2 ** 48;
  const wait = (least + chance * (most - least)) * MINUTE_MS;
  const half = Math.max(0, (startAt.getTime() - now.getTime()) / 2);
  return new Date(now.getTime() + Math.min(wait, half));
}

/**
 * A seat leaves its window, in one change with where its capacity goes: to who waits in line, else into the cool pool, else free
 * at once where a clerk says so. The seat must be there.
 */
export function giveUp(
  p: Platform,
  slot: SlotDocument,
  b: string,
  leave: {
    why: Leaving;
    now: Date;
    to?: SeatLink;
    rules: HallRules;
    /** Null: offers are left for the next pass. */
    taken: TakenPlaces | null;
    freeAtOnce?: boolean;
  },
): { change: SlotChange; events: OutboxEvent[] } {
  const { why, now, to, rules, taken, freeAtOnce = false } = leave;
  const left = withoutSeat(slot, b, { why, now, ...(to ? { to } : {}) });
  // A hold that has run out may be of somebody in line: its keys must not stand in the way of their offer.
  const { next: ready, expired } = cleared(left, now);
  const before = freeOf(ready) - usedOf(slot.seats.filter((seat) => seat.b === b));
  const { next, events } = offerFree(p, slot, ready, { now, rules, taken });
  const gone = expired.map((seat) => expiredEvent(p, slot._id, seat));
  // Behind a line nobody claims: what could not be offered now stays free for it.
  const kept = taken === null && next.wait.length > 0;
  const rest =
    freeAtOnce || kept ? next : cooled(next, before, coolUntil(p, rules.coolMinutes, now, slot.startAt));
  return { change: changeOf(rest), events: [...gone, ...events] };
}
