import type { Collection } from 'mongodb';
import { perPlatform } from '../../platform/database/gather.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { errors } from './errors.ts';
import { coolOf, usedOf, type Seating } from './policy.ts';
import { slots, type SlotDocument } from './slot.model.ts';

export const slotCollection = (p: Platform): Collection<SlotDocument> =>
  slots(p).collection as unknown as Collection<SlotDocument>;

/** A key that another seat has. */
export class KeyTaken extends Error {
  override readonly name = 'KeyTaken';
  readonly key: string;
  constructor(key: string) {
    super('a seat key is taken');
    this.key = key;
  }
}

const DUPLICATE_KEY = 11_000;

/** The seat key that a write ran into; null for any other failure. */
export function takenKeyOf(error: unknown): string | null {
  const { code, keyValue } = error as { code?: number; keyValue?: Record<string, unknown> };
  if (code !== DUPLICATE_KEY) return null;
  const key = keyValue?.['seats.k'] ?? keyValue?.['wait.w'];
  return typeof key === 'string' ? key : null;
}

export type SlotChange = Partial<
  Pick<
    SlotDocument,
    | 'seats'
    | 'cool'
    | 'wait'
    | 'out'
    | 'open'
    | 'closedWhy'
    | 'settled'
    | 'cap'
    | 'seq'
    | 'schedule'
    | 'opensAt'
  >
>;

export const changeOf = ({ seats, cool, wait, out, seq }: Seating): SlotChange => ({
  seats,
  cool,
  wait,
  out,
  seq,
});

/** What an act makes of a window as it stands; without `change` nothing is written. */
export interface Decision<T> {
  change?: SlotChange;
  events?: readonly OutboxEvent[];
  result: T;
}

/** Others in other processes may be faster this often before the caller is asked to try again. */
const TRIES = 40;

/** Acts of this process on one window go one after the other, so that they do not run into each other. */
const linesOf = perPlatform(() => new Map<string, Promise<unknown>>());

export function inLine<T>(p: Platform, slotId: string, work: () => Promise<T>): Promise<T> {
  const lines = linesOf(p);
  const before = lines.get(slotId) ?? Promise.resolve();
  const mine = before.then(work, work);
  lines.set(slotId, mine);
  const clear = () => {
    if (lines.get(slotId) === mine) lines.delete(slotId);
  };
  mine.then(clear, clear);
  return mine;
}

export async function findSlot(p: Platform, slotId: string): Promise<SlotDocument | null> {
  return slotCollection(p).findOne({ _id: slotId }, { projection: { outbox: 0 } });
}

/**
 * Every act on a window but the claim: read, decide by rules without side effects, and write what was decided if the window is
 * still the one that was read (`ver`); if not, decide again. Sums are computed from the arrays, and the database's
 * validator holds them to it.
 * @throws KeyTaken when the seating would give a key twice; appointments.window_unknown, appointments.busy
 */
export function changeSlot<T>(p: Platform, slotId: string, decide: Decide<T>): Promise<T> {
  return inLine(p, slotId, () => changeSlotNow(p, slotId, decide));
}

export type Decide<T> = (slot: SlotDocument, now: Date) => Decision<T>;

/** The same for who is in the window's line already. */
export async function changeSlotNow<T>(p: Platform, slotId: string, decide: Decide<T>): Promise<T> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const slot = await findSlot(p, slotId);
    if (!slot) return errors.fail('appointments.window_unknown');
    const { change, events = [], result } = decide(slot, p.time.now());
    if (!change) return result;
    if (await writeChange(p, slot, change, events)) return result;
  }
  return errors.fail('appointments.busy');
}

async function writeChange(
  p: Platform,
  slot: SlotDocument,
  change: SlotChange,
  events: readonly OutboxEvent[],
): Promise<boolean> {
  const next = { ...slot, ...change };
  const used = usedOf(next.seats);
  const rem = next.cap - used - coolOf(next.cool);
  try {
    const { matchedCount } = await slotCollection(p).updateOne({ _id: slot._id, ver: slot.ver }, {
      $set: { ...change, used, rem },
      $inc: { ver: 1 },
      ...(events.length > 0 ? { $push: { outbox: { $each: [...events] } } } : {}),
    } as never);
    if (matchedCount === 0) return false;
  } catch (error) {
    const key = takenKeyOf(error);
    if (key === null) throw error;
    throw new KeyTaken(key);
  }
  forgetFull(p, slot._id);
  if (events.length > 0) p.outbox.notify('slots');
  return true;
}

/**
 * “This window was full a moment ago”: kept for a second at most and by this process only. It can refuse, never grant; who
 * is refused by it would have been refused by the database, or at worst comes a second too early.
 */
interface FullMark {
  until: number;
  free: number;
  /** From then on something may be free by itself. */
  ripeAt: number;
  /** Seats in it: their owners are answered by the database. */
  ids: ReadonlySet<string>;
  slot: SlotHead;
}

/** What a refusal needs to know of a window. */
export type SlotHead = Pick<
  SlotDocument,
  '_id' | 'hall' | 'date' | 'pool' | 'startAt' | 'endAt' | 'opensAt'
> & { waiting: number };

export const headOf = (slot: SlotDocument): SlotHead => {
  const { _id, hall, date, pool, startAt, endAt, opensAt, wait } = slot;
  return { _id, hall, date, pool, startAt, endAt, opensAt, waiting: wait.length };
};

const FULL_MS = 1_000;
const fullOf = perPlatform(() => new Map<string, FullMark>());

export function markFull(p: Platform, slot: SlotDocument, ripe: Date | null): void {
  const marks = fullOf(p);
  if (marks.size > 5_000) marks.clear();
  marks.set(slot._id, {
    until: performance.now() + FULL_MS,
    // Behind a line nobody claims, whatever is free.
    free: slot.wait.length > 0 ? 0 : slot.rem,
    ripeAt: ripe?.getTime() ?? Infinity,
    ids: new Set(slot.seats.map(({ b }) => b)),
    slot: headOf(slot),
  });
}

export function forgetFull(p: Platform, slotId: string): void {
  fullOf(p).delete(slotId);
}

/** The window when it is known to be full for this order; null when the database has to be asked. */
export function knownFull(p: Platform, slotId: string, order: { b: string; u: number }): SlotHead | null {
  const mark = fullOf(p).get(slotId);
  if (!mark) return null;
  if (performance.now() > mark.until || p.time.now().getTime() >= mark.ripeAt) return null;
  return order.u > mark.free && !mark.ids.has(order.b) ? mark.slot : null;
}
