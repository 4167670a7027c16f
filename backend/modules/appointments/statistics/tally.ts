import type { HallFigures, MinutesView } from '../contract/statistics.ts';
import type { BookingStatus } from '../vocabulary.ts';

/** Sums of a hall's figures that can be added up, and what is said of them. Pure. */

/** How many tickets took so many whole minutes. */
export type Histogram = ReadonlyMap<number, number>;

export interface Tally {
  offered: number;
  taken: number;
  bookings: number;
  cancelled: number;
  cancelledLate: number;
  withdrawn: number;
  served: number;
  missed: number;
  tickets: number;
  walkIns: number;
  waits: Map<number, number>;
  services: Map<number, number>;
}

export const emptyTally = (): Tally => ({
  offered: 0,
  taken: 0,
  bookings: 0,
  cancelled: 0,
  cancelledLate: 0,
  withdrawn: 0,
  served: 0,
  missed: 0,
  tickets: 0,
  walkIns: 0,
  waits: new Map(),
  services: new Map(),
});

/** What a booking in a status counts as. A hold is a seat taken, but no booking until it is confirmed. */
const COUNTS_AS = {
  held: { taken: true, booking: false, also: null },
  booked: { taken: true, booking: true, also: null },
  arrived: { taken: true, booking: true, also: null },
  served: { taken: true, booking: true, also: 'served' },
  missed: { taken: true, booking: true, also: 'missed' },
  cancelled: { taken: false, booking: true, also: 'cancelled' },
  withdrawnByOffice: { taken: false, booking: true, also: 'withdrawn' },
  expired: { taken: false, booking: false, also: null },
} as const satisfies Record<BookingStatus, object>;

export interface BookingCount {
  status: BookingStatus;
  late: boolean;
  count: number;
  /** Seats that they take together. */
  seats: number;
}

export function addBookings(tally: Tally, { status, late, count, seats }: BookingCount): void {
  const { taken, booking, also } = COUNTS_AS[status];
  if (taken) tally.taken += seats;
  if (booking) tally.bookings += count;
  if (also) tally[also] += count;
  if (also === 'cancelled' && late) tally.cancelledLate += count;
}

export interface TicketCount {
  walkIn: boolean;
  /** Whole minutes; null where it was not called, or is not finished. */
  waited: number | null;
  served: number | null;
  count: number;
}

export function addTickets(tally: Tally, { walkIn, waited, served, count }: TicketCount): void {
  tally.tickets += count;
  if (walkIn) tally.walkIns += count;
  if (waited !== null) tally.waits.set(waited, (tally.waits.get(waited) ?? 0) + count);
  if (served !== null) tally.services.set(served, (tally.services.get(served) ?? 0) + count);
}

/** The least of the values that at least `part` of all do not exceed. */
function quantile(sorted: readonly (readonly [number, number])[], total: number, part: number): number {
  const rank = Math.ceil(total * part);
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.[0] ?? 0;
}

export function minutesOf(histogram: Histogram): MinutesView {
  const sorted = [...histogram].sort(([a], [b]) => a - b);
  const count = sorted.reduce((sum, [, n]) => sum + n, 0);
  return count === 0
    ? null
    : { count, median: quantile(sorted, count, 0.5), p90: quantile(sorted, count, 0.9) };
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Which figures are told apart by what the rows are. */
export interface ToldApart {
  offered: boolean;
  tickets: boolean;
}

export function figuresOf(tally: Tally, told: ToldApart): HallFigures {
  const { waits, services, offered, tickets, walkIns, ...counts } = tally;
  return {
    ...counts,
    offered: told.offered ? offered : null,
    fillShare: told.offered ? shareOf(tally.taken, offered) : null,
    cancelledShare: shareOf(tally.cancelled, tally.bookings),
    missedShare: shareOf(tally.missed, tally.missed + tally.served),
    tickets: told.tickets ? tickets : null,
    walkIns: told.tickets ? walkIns : null,
    waiting: told.tickets ? minutesOf(waits) : null,
    serving: told.tickets ? minutesOf(services) : null,
  };
}
