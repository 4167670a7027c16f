import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Priority, TicketState } from './vocabulary.ts';

/** A number in the queue of a hall on one day (排队号). */
export interface TicketDocument {
  _id: string;
  hall: string;
  date: string;
  /** As shown and called, `A012`. */
  no: string;
  n: number;
  service: string;
  priority: Priority;
  /** What the person says and no clerk has looked at yet; the rank leaves it out. Absent: nothing. */
  unconfirmed?: Priority;
  /** The booking it was checked in for; null for who came without one. */
  booking: string | null;
  accountId: string | null;
  p: string | null;
  /** Milliseconds: lower is called first, see rank.ts. */
  rank: number;
  state: TicketState;
  desk: number | null;
  /** `hall|desk` while a desk has it: no desk has two, no ticket two desks. */
  atDesk?: string;
  calls: number;
  issuedAt: Date;
  /** When it was called first: the end of the wait. Kept when it is called again or transferred; absent until then. */
  firstCalledAt?: Date;
  /** Called last: where the service began. */
  calledAt: Date | null;
  endedAt: Date | null;
  outbox?: OutboxEvent[];
}

export const tickets = defineModel<TicketDocument>({
  collection: 'tickets',
  outbox: true,
  fields: {
    _id: String,
    hall: String,
    date: String,
    no: String,
    n: Number,
    service: String,
    priority: String,
    unconfirmed: String,
    booking: String,
    accountId: String,
    p: String,
    rank: Number,
    state: String,
    desk: Number,
    atDesk: String,
    calls: Number,
    issuedAt: Date,
    firstCalledAt: Date,
    calledAt: Date,
    endedAt: Date,
  } as never,
  indexes: [
    {
      key: { hall: 1, date: 1, n: 1 },
      options: { name: 'number', unique: true },
      because: 'a number is given once a day in a hall',
    },
    {
      key: { booking: 1 },
      options: { name: 'booking', unique: true, partialFilterExpression: { booking: { $type: 'string' } } },
      because: 'a booking is checked in once',
    },
    {
      key: { atDesk: 1 },
      options: { name: 'at-desk', unique: true, partialFilterExpression: { atDesk: { $type: 'string' } } },
      because: 'a desk serves one ticket at a time',
    },
    {
      key: { hall: 1, date: 1, state: 1, rank: 1, n: 1 },
      options: { name: 'line' },
      because: 'who is next, who is before, and the pace of the day',
    },
    {
      key: {
        hall: 1,
        date: 1,
        service: 1,
        state: 1,
        booking: 1,
        issuedAt: 1,
        firstCalledAt: 1,
        calledAt: 1,
        endedAt: 1,
      },
      options: { name: 'statistics' },
      because:
        'waits and times of service over days are counted from this index alone, see statistics/count.ts',
    },
  ],
});

interface CounterDocument {
  /** `hall|date`. */
  _id: string;
  n: number;
  walkIns: number;
}

/** Numbers given so far on a day in a hall. Risen first, then the ticket is made: a crash leaves a gap, never a double. */
export const ticketCounters = defineModel<CounterDocument>({
  collection: 'ticket-counters',
  fields: { _id: String, n: Number, walkIns: Number },
  indexes: [],
});
