import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Seat, Waiter } from './slot.model.ts';

/** What happens to a seat; each is embedded in the window's document by the write that does it. */
export const SEAT_EVENTS = [
  'appointments.booked',
  'appointments.held',
  'appointments.offered',
  'appointments.confirmed',
  'appointments.moved',
  'appointments.cancelled',
  'appointments.expired',
  'appointments.withdrawn',
  'appointments.arrived',
  'appointments.served',
  'appointments.missed',
] as const;
export type SeatEvent = (typeof SEAT_EVENTS)[number];

/** Ids and closed words only; whose seat it is stays in the document. */
export interface SeatEventData extends Record<string, unknown> {
  bookingId: string;
  seatId: string;
  slotId: string;
  accountId: string | null;
}

/** Why the office takes a window back: a version of the hall's schedule, or the notice of a calendar (国办发明电…). */
export interface Because extends Record<string, unknown> {
  schedule?: number;
  notice?: string;
}

/** A line in which somebody waited is there no more; nothing was booked, so it is no event of a seat. */
export const lineClosedEvent = (
  p: Platform,
  { b, a, sv }: Pick<Waiter, 'b' | 'a' | 'sv'>,
  slotId: string,
  because: Because,
): OutboxEvent =>
  p.outbox.event('appointments.line_closed', null, {
    waitingId: b,
    slotId,
    accountId: a,
    service: sv,
    ...because,
  });

export function seatEvent(
  p: Platform,
  type: SeatEvent,
  seat: Pick<Seat, 'b' | 'r' | 'a'>,
  at: { slotId: string; actorId: string | null; more?: Record<string, unknown> },
): OutboxEvent {
  const data: SeatEventData = {
    bookingId: seat.r,
    seatId: seat.b,
    slotId: at.slotId,
    accountId: seat.a,
    ...at.more,
  };
  return p.outbox.event(type, at.actorId, data);
}

/** A hold has run out and is cleared away. */
export const expiredEvent = (p: Platform, slotId: string, seat: Pick<Seat, 'b' | 'r' | 'a'>): OutboxEvent =>
  seatEvent(p, 'appointments.expired', seat, { slotId, actorId: null });
