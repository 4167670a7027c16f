import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { resolveMoves } from '../../../backend/modules/appointments/resolve-moves.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import type { Known } from './load.ts';
import { wrongs } from './windows.ts';

/** Compares what people were told with what is there. Empty: 0 overbooked, 0 lost, 0 freed twice, no key twice. */
export async function verifyBookings(p: Platform, people: readonly Known[]): Promise<string[]> {
  // `-1`: what began this very moment is cut off, too.
  await resolveMoves(p, -1);
  const found = await wrongs(p);
  const again = await resolveMoves(p, -1);
  if (again.resolved !== 0) found.push(`the resolver's second pass changed ${again.resolved}`);
  const slots = await slotCollection(p).find().toArray();
  const seats = new Map<string, { r: string; slot: string }[]>();
  for (const slot of slots) {
    for (const seat of slot.seats) {
      if (seat.lent || seat.repl) found.push(`${seat.b} is in the middle of a move`);
      seats.set(seat.p, [...(seats.get(seat.p) ?? []), { r: seat.r, slot: slot._id }]);
    }
    // Every seat number ever given is seated, in a tombstone, or was drained: none is there twice (wrongs), none above seq.
    if (slot.seats.some(({ n }) => n > slot.seq)) found.push(`${slot._id}: a number above the counter`);
  }
  for (const { person, booking, pending } of people) {
    const own = seats.get(person) ?? [];
    if (own.length > 1) found.push(`${person} has ${own.length} seats`);
    if (pending) {
      found.push(`${person}: ${pending.act} was never answered`);
      continue;
    }
    const [seat] = own;
    if (booking && !seat) found.push(`LOST ${person}: ${booking.id} in ${booking.slot} was acknowledged`);
    if (booking && seat && (seat.r !== booking.id || seat.slot !== booking.slot))
      found.push(
        `${person}: ${booking.id} in ${booking.slot} was acknowledged, ${seat.r} in ${seat.slot} is there`,
      );
    if (!booking && seat) found.push(`${person}: a seat that was given up is there`);
  }
  return found;
}
