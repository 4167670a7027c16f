import { createGatherer, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { forgetFull, knownFull, slotCollection, type SlotHead } from './change-slot.ts';

/** Whether an id has a seat by now: look-ups of all losers that arrive together are one command, answered from the index. */
const seatFinder = perPlatform((p: Platform) =>
  createGatherer<string, boolean>(
    async (ids) => {
      const found = await slotCollection(p)
        .find({ 'seats.k': { $in: ids.map((id) => `id:${id}`) }, used: { $gt: 0 } } as never, {
          projection: { 'seats.b': 1 },
          hint: 'seat-keys',
        })
        .toArray();
      const seated = new Set(found.flatMap(({ seats }) => seats.map(({ b }) => b)));
      return ids.map((id) => seated.has(id));
    },
    { batch: 1_000 },
  ),
);

/**
 * The window when it is known to be full for this order; null when it has to be asked. What this process remembers may be a second
 * old: an order whose id has got a seat since, by another process, is a repeated request and never refused by it.
 */
export async function fullFor(
  p: Platform,
  slotId: string,
  order: { b: string; u: number },
): Promise<SlotHead | null> {
  const full = knownFull(p, slotId, order);
  if (!full || !(await seatFinder(p)(order.b))) return full;
  forgetFull(p, slotId);
  return null;
}
