import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { HallRules } from './contract.ts';
import type { BookingStatus, Channel, Pool } from './vocabulary.ts';

/**
 * What became of a booking: a projection of its seat, made after the fact and never asked about capacity. It outlives the
 * seat's tombstone and carries what is done about the booking by time (reminders).
 */
export interface BookingDocument {
  /** The booking: id of its first seat. */
  _id: string;
  /** The seat it has or had last, and its window. */
  b: string;
  slotId: string;
  p: string;
  accountId: string | null;
  hall: string;
  date: string;
  pool: Pool;
  startAt: Date;
  endAt: Date;
  service: string;
  businessType: string | null;
  unit: string | null;
  cases: number;
  /** Seats of capacity that it takes; absent from bookings kept before it was. */
  u?: number;
  n: number;
  moves: number;
  channel: Channel;
  status: BookingStatus;
  /** moves × 10 + phase of the status: an older look at the seat never replaces a newer one. */
  stamp: number;
  /** A late cancellation that counts as a no-show. */
  late: boolean;
  bookedAt: Date;
  heldUntil: Date | null;
  endedAt: Date | null;
  /** Next reminder, null when none is left. */
  remindAt: Date | null;
  outbox?: OutboxEvent[];
}

export const bookings = defineModel<BookingDocument>({
  collection: 'bookings',
  outbox: true,
  fields: {
    _id: String,
    b: String,
    slotId: String,
    p: String,
    accountId: String,
    hall: String,
    date: String,
    pool: String,
    startAt: Date,
    endAt: Date,
    service: String,
    businessType: String,
    unit: String,
    cases: Number,
    u: Number,
    n: Number,
    moves: Number,
    channel: String,
    status: String,
    stamp: Number,
    late: Boolean,
    bookedAt: Date,
    heldUntil: Date,
    endedAt: Date,
    remindAt: Date,
  } as never,
  indexes: [
    { key: { p: 1, startAt: -1 }, options: { name: 'person' }, because: 'past bookings of a person' },
    {
      key: { remindAt: 1 },
      options: { name: 'remind', partialFilterExpression: { remindAt: { $type: 'date' } } },
      because: 'reminders that are due',
    },
    {
      key: { hall: 1, date: 1, startAt: 1, service: 1, businessType: 1, status: 1, late: 1, u: 1, cases: 1 },
      options: { name: 'statistics' },
      because: 'the figures of a hall over days are counted from this index alone, see statistics/count.ts',
    },
  ],
});

/** By what a no-show is judged. */
export type NoShowRule = Pick<HallRules['noShow'], 'count' | 'within' | 'suspendDays'>;

/** A booking missed, or given up too late. */
export interface NoShow {
  /** The booking. */
  r: string;
  hall: string;
  date: string;
  /** When the window began: what the rule counts by. */
  at: Date;
  /** When a late cancellation was made, which is before its window; absent where the window was missed. */
  occurredAt?: Date;
  /** The hall's rule in force on its day, whatever becomes of the rule; absent from no-shows kept before it was. */
  rule?: NoShowRule;
  appeal: {
    text: EncryptedField;
    at: Date;
    state: 'waiting' | 'granted' | 'refused';
    opinion: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
  } | null;
}

export interface PersonDocument {
  /** `p` of a seat. */
  _id: string;
  noShows: NoShow[];
  outbox?: OutboxEvent[];
}

/** A person's no-shows (爽约记录). What follows from them is computed when it is asked, see no-show.ts. */
export const bookingPersons = defineModel<PersonDocument>({
  collection: 'booking-persons',
  outbox: true,
  fields: { _id: String, noShows: [Schema.Types.Mixed] } as never,
  indexes: [
    {
      key: { 'noShows.appeal.state': 1, 'noShows.hall': 1 },
      options: {
        name: 'appeals',
        partialFilterExpression: { 'noShows.appeal.state': { $exists: true } },
      },
      because: 'appeals that wait for a clerk',
    },
  ],
});
