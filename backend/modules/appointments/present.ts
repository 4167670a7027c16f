import type { Office } from '../catalogue/index.ts';
import type { BookingDocument } from './booking.model.ts';
import type { BookingView, HallRules, HallService } from './contract.ts';
import { freeUntilOf } from './no-show.ts';
import type { Seat, SlotDocument } from './slot.model.ts';
import type { AppealState, BookingStatus, Leaving, SeatState } from './vocabulary.ts';

/** A booking as its holder reads it. */

export const STATUS_OF_SEAT = {
  H: 'held',
  C: 'booked',
  A: 'arrived',
  D: 'served',
  N: 'missed',
} as const satisfies Record<SeatState, BookingStatus>;

/** `moved` and `dropped` end a seat, not a booking. */
export const statusOfLeaving = (why: Leaving): BookingStatus =>
  why === 'expired' ? 'expired' : why === 'office' ? 'withdrawnByOffice' : 'cancelled';

/** Order of the phases of a booking between two moves: a look at the seat that is older never replaces a newer one. */
export const PHASE = {
  held: 0,
  booked: 1,
  arrived: 2,
  served: 5,
  missed: 5,
  cancelled: 6,
  expired: 6,
  withdrawnByOffice: 6,
} as const satisfies Record<BookingStatus, number>;

export const stampOfBooking = (moves: number, status: BookingStatus): number => moves * 10 + PHASE[status];

/** From the seat itself, or from what was kept of it. */
export type BookingFacts = Pick<
  BookingDocument,
  | '_id'
  | 'slotId'
  | 'hall'
  | 'date'
  | 'startAt'
  | 'endAt'
  | 'service'
  | 'businessType'
  | 'unit'
  | 'cases'
  | 'n'
  | 'moves'
  | 'channel'
  | 'status'
  | 'bookedAt'
  | 'heldUntil'
> &
  Pick<Seat, 'since' | 'office'>;

export const factsOfSeat = (
  slot: Pick<SlotDocument, '_id' | 'hall' | 'date' | 'startAt' | 'endAt'>,
  seat: Seat,
): BookingFacts => ({
  _id: seat.r,
  slotId: slot._id,
  hall: slot.hall,
  date: slot.date,
  startAt: slot.startAt,
  endAt: slot.endAt,
  service: seat.sv,
  businessType: seat.bt,
  unit: seat.unit,
  cases: seat.units,
  n: seat.n,
  moves: seat.m,
  channel: seat.ch,
  status: STATUS_OF_SEAT[seat.s],
  bookedAt: seat.at,
  heldUntil: seat.x ?? null,
  ...(seat.since ? { since: seat.since } : {}),
  ...(seat.office ? { office: seat.office } : {}),
});

/** Number of a booking, as `0930-05-42`: window, seat in it, and the digits of checkDigitsOf. */
export const presentNo = (startAt: Date, n: number, check: string): string =>
  `${wallTime(startAt).replace(':', '')}-${String(n).padStart(2, '0')}-${check}`;

export interface BookingContext {
  office: Office;
  service: Pick<HallService, 'code' | 'name'>;
  rules: HallRules;
  now: Date;
  /** Until when cancelling is free in this hall; of this booking: no-show.ts. */
  hallFree: Date;
  checkInCode: string;
  /** Last digits of its number. */
  checkDigits: string;
  ticketId: string | null;
  appeal: AppealState;
  /** There is a no-show on record for it. */
  hasNoShow: boolean;
}

const MINUTE_MS = 60_000;
const wallTime = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

export const checkInSpan = (startAt: Date, { beforeMinutes, afterMinutes }: HallRules['checkIn']) => ({
  from: new Date(startAt.getTime() - beforeMinutes * MINUTE_MS),
  until: new Date(startAt.getTime() + afterMinutes * MINUTE_MS),
});

/** Moving gives the seat up as cancelling does: where that counts by now, it cannot be moved any more. */
export const isLateMove = ({ noShow }: Pick<HallRules, 'noShow'>, freeUntil: Date, now: Date): boolean =>
  noShow.lateCancelCounts && now > freeUntil;

export function presentBooking(facts: BookingFacts, context: BookingContext): BookingView {
  const { office, service, rules, now } = context;
  const { status, startAt, endAt } = facts;
  const ahead = startAt > now;
  const { bookedAt: at, since, office: moved } = facts;
  const free = freeUntilOf(
    { at, ...(since ? { since } : {}), ...(moved ? { office: moved } : {}) },
    { hallFree: context.hallFree, startAt },
  );
  const span = checkInSpan(startAt, rules.checkIn);
  const canCheckIn = status === 'booked' && now >= span.from && now <= span.until;
  const from = wallTime(startAt);
  return {
    id: facts._id,
    status,
    no: presentNo(startAt, facts.n, context.checkDigits),
    hall: {
      id: office.id,
      name: office.name,
      address: office.address,
      phone: office.phone,
      transport: office.transport,
    },
    slotId: facts.slotId,
    date: facts.date,
    from,
    to: wallTime(endAt),
    startAt: startAt.toISOString(),
    endAt: endAt.toISOString(),
    service: { code: service.code, name: service.name },
    businessType: facts.businessType,
    unitCode: facts.unit,
    cases: facts.cases,
    channel: facts.channel,
    bookedAt: facts.bookedAt.toISOString(),
    heldUntil: status === 'held' ? (facts.heldUntil?.toISOString() ?? null) : null,
    cancelFreeUntil: free.toISOString(),
    lateCancelCounts: rules.noShow.lateCancelCounts,
    checkInFrom: span.from.toISOString(),
    checkInUntil: span.until.toISOString(),
    checkInCode: status === 'booked' || status === 'arrived' ? context.checkInCode : null,
    moves: facts.moves,
    can: {
      cancel: ahead && (status === 'held' || status === 'booked'),
      reschedule: ahead && status === 'booked' && !isLateMove(rules, free, now),
      confirm: status === 'held' && ahead && facts.heldUntil !== null && facts.heldUntil > now,
      checkIn: canCheckIn,
      appeal: context.hasNoShow && context.appeal === 'none',
    },
    appeal: context.appeal,
    ticketId: context.ticketId,
  };
}
