import type { Platform } from '../../platform/platform.ts';
import { inLine, slotCollection } from './change-slot.ts';
import { eachWindow } from './each-window.ts';
import { resolveSlot } from './resolve-moves.ts';
import { settleWindow, type Settlement } from './settle-window.ts';

/** A window that is over, the moves in it first. */
export async function settleSlot(p: Platform, slotId: string): Promise<Settlement> {
  await resolveSlot(p, slotId);
  return inLine(p, slotId, () => settleWindow(p, slotId));
}

/** All windows that are over. One that fails does not hold up the others. */
export async function settleDue(p: Platform): Promise<{ settled: number; failed: number }> {
  const now = p.time.now();
  // Most windows of most days: nobody sat in them, and nobody can any more.
  const { modifiedCount } = await slotCollection(p).updateMany(
    { settled: false, endAt: { $lte: now }, 'seats.0': { $exists: false } } as never,
    [
      {
        $set: {
          settled: true,
          open: false,
          // A window that was closed before stays told apart: its seats were not on offer.
          closedWhy: { $ifNull: ['$closedWhy', 'dayOver'] },
          wait: [],
          ver: { $add: ['$ver', 1] },
        },
      },
    ],
    { hint: 'to-settle' },
  );
  const due = await slotCollection(p)
    .find({ settled: false, endAt: { $lte: now } } as never, { projection: { _id: 1 }, hint: 'to-settle' })
    .limit(500)
    .toArray();
  let settled = modifiedCount;
  const failed = await eachWindow(p, 'appointments.settle', due, {
    idOf: ({ _id }) => _id,
    async work({ _id }) {
      if ((await settleSlot(p, _id)) === 'settled') settled += 1;
    },
  });
  return { settled, failed };
}
