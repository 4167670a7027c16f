import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { countAddress, countTurn } from './attempts.ts';
import { book } from './book.ts';
import { bookerOf } from './booker.ts';
import type { BookingView, ClaimInput, WaitingRoomView } from './contract.ts';
import { inTurn, readTicket, roomOf } from './waiting-room.ts';

/**
 * 预约 as the portal asks for it: books at once, or at the rush says how many go first. The booking id stays the key of idempotency, with a
 * ticket and without. @throws appointments.address_busy, appointments.too_fast, and what `book` throws
 */
export function claimInTurn(
  p: Platform,
  actor: ApplicantActor,
  { ticket, ...order }: ClaimInput,
  address: string,
): Promise<BookingView | WaitingRoomView> {
  const { person } = bookerOf(p, actor);
  const turn = { person, id: order.id, slotId: order.slotId, ticket };
  const since = readTicket(p, turn);
  // Whoever was told to come back was counted when they first came.
  if (since === null) countAddress(p, address, roomOf(p).limits.mostOfAddress);
  countTurn(p, person);
  return inTurn(p, turn, since, () => book(p, actor, order));
}
