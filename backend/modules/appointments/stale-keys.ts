import type { Platform } from '../../platform/platform.ts';
import { changeOf, changeSlotNow, slotCollection } from './change-slot.ts';
import { expiredEvent } from './events.ts';
import { cleared, isExpired, isMoving } from './policy.ts';
import { settleWindow } from './settle-window.ts';
import type { SlotDocument } from './slot.model.ts';

/** The window in which a key is; null when it is free by now. */
export const ownerOf = (p: Platform, key: string): Promise<SlotDocument | null> =>
  slotCollection(p).findOne({ 'seats.k': key, used: { $gt: 0 } } as never, {
    projection: { outbox: 0 },
    hint: 'seat-keys',
  });

/**
 * Gives back a key that only a hold that has run out, or a window that is over, still has: it keeps nobody in line from an
 * offer. Takes no window's line and offers nothing, so that whoever serves a line may wait for it; who waits for the other window is
 * served by the next pass. `moving`: a move decides first; `held`: it is somebody's.
 */
export async function freeStaleKey(p: Platform, key: string): Promise<'freed' | 'moving' | 'held'> {
  const owner = await ownerOf(p, key);
  const seat = owner?.seats.find(({ k }) => k.includes(key));
  if (!owner || !seat) return 'freed';
  const now = p.time.now();
  if (owner.endAt <= now) return (await settleWindow(p, owner._id)) === 'early' ? 'moving' : 'freed';
  if (!isExpired(seat, now)) return 'held';
  if (isMoving(seat)) return 'moving';
  await changeSlotNow<void>(p, owner._id, (slot, at) => {
    const { next, expired } = cleared(slot, at);
    if (expired.length === 0) return { result: undefined };
    const events = expired.map((one) => expiredEvent(p, slot._id, one));
    return { change: changeOf(next), events, result: undefined };
  });
  return 'freed';
}
