import { createHash } from 'node:crypto';
import type { DrawnIntent } from './draw.model.ts';

/**
 * Who gets which window in a draw: follows from the published seed, list and seats alone, so that anybody can do it again.
 * test/faults/booking/verify-draw.mjs does, in 30 lines of its own.
 */

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const commitmentOf = (seed: string): string => sha256(seed);

/** Over the list in order of id: `id:window,window` a line. */
export const listHashOf = (list: readonly DrawnIntent[]): string =>
  sha256(
    [...list]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, windows }) => `${id}:${windows.join(',')}`)
      .join('\n'),
  );

/** Each intent's lot is the hash of seed, list and id; the lowest is first. Nobody knows the seed while ids are chosen. */
export const lotOf = (seed: string, listHash: string, id: string): string =>
  sha256(`${seed}|${listHash}|${id}`);

export function allot(
  seed: string,
  list: readonly DrawnIntent[],
  seats: readonly { slotId: string; free: number }[],
): { id: string; slotId: string | null }[] {
  const listHash = listHashOf(list);
  const left = new Map(seats.map(({ slotId, free }) => [slotId, free]));
  return list
    .map((intent) => ({ intent, lot: lotOf(seed, listHash, intent.id) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ intent: { id, windows } }) => {
      const slotId = windows.find((window) => (left.get(window) ?? 0) > 0) ?? null;
      if (slotId !== null) left.set(slotId, (left.get(slotId) ?? 0) - 1);
      return { id, slotId };
    });
}
