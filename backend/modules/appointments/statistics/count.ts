import type { Document } from 'mongodb';
import type { Platform } from '../../../platform/platform.ts';
import { bookings } from '../booking.model.ts';
import { slotCollection } from '../change-slot.ts';
import type { StatisticsBy } from '../contract/statistics.ts';
import { ticketCollection } from '../tickets.ts';
import type { BookingCount, TicketCount } from './tally.ts';

/** Days, both ends counted, of some halls, told apart by something. */
export interface Span {
  halls: readonly string[];
  from: string;
  to: string;
  by: StatisticsBy;
}

export type Keyed<T> = T & { key: string | null };

/** The engine brings no table of zones; China has one, without summer time. */
const timezone = '+08:00';
const INDEX = 'statistics';

/** The key of a row as an expression; `at` is the instant that its hour and weekday are of. */
function keyOf(by: StatisticsBy, at: string): Document | string | null {
  switch (by) {
    case 'hour':
      return { $toString: { $hour: { date: at, timezone } } };
    case 'weekday':
      return { $toString: { $isoDayOfWeek: { date: at, timezone } } };
    case 'service':
      return '$service';
    case 'type':
      return '$businessType';
    case 'hall':
      return '$hall';
  }
}

const within = ({ halls, from, to }: Span): Document => ({
  $match: { hall: { $in: [...halls] }, date: { $gte: from, $lte: to } },
});

/**
 * The three counts of a span as pipelines. Each reads the entries of one index, `statistics`, of these halls and days, and **no
 * document**: as many entries as the span has windows, bookings or tickets.
 */
export function pipelinesOf(span: Span): Record<'slots' | 'bookings' | 'tickets', Document[]> {
  const { by } = span;
  const minutes = (from: Document | string, to: string): Document => ({
    $toInt: { $floor: { $divide: [{ $subtract: [to, from] }, 60_000] } },
  });
  const firstCall = { $ifNull: ['$firstCalledAt', '$calledAt'] };
  return {
    // A window takes any service: its seats are told apart by time and hall only.
    slots: [
      within(span),
      {
        $group: {
          _id: by === 'service' || by === 'type' ? null : keyOf(by, '$startAt'),
          // Asked here and not in the filter: to find null by an index, the document is read as well.
          seats: { $sum: { $cond: [{ $in: ['$closedWhy', [null, 'dayOver']] }, '$cap', 0] } },
        },
      },
    ],
    bookings: [
      within(span),
      {
        $group: {
          _id: { key: keyOf(by, '$startAt'), status: '$status', late: '$late' },
          count: { $sum: 1 },
          seats: { $sum: { $ifNull: ['$u', '$cases'] } },
        },
      },
    ],
    tickets: [
      within(span),
      {
        $group: {
          _id: {
            key: by === 'type' ? null : keyOf(by, '$issuedAt'),
            walkIn: { $eq: [{ $ifNull: ['$booking', null] }, null] },
            waited: {
              $cond: [
                { $eq: [{ $ifNull: [firstCall, null] }, null] },
                null,
                { $toInt: { $floor: { $divide: [{ $subtract: [firstCall, '$issuedAt'] }, 60_000] } } },
              ],
            },
            served: { $cond: [{ $eq: ['$state', 'finished'] }, minutes('$calledAt', '$endedAt'), null] },
          },
          count: { $sum: 1 },
        },
      },
    ],
  };
}

interface Grouped<K> {
  _id: K;
  count: number;
  seats: number;
}

export async function countOffered(p: Platform, span: Span): Promise<Keyed<{ seats: number }>[]> {
  const found = await slotCollection(p)
    .aggregate<Grouped<string | null>>(pipelinesOf(span).slots, { hint: INDEX })
    .toArray();
  return found.flatMap(({ _id, seats }) => (seats > 0 ? [{ key: _id, seats }] : []));
}

export async function countBookings(p: Platform, span: Span): Promise<Keyed<BookingCount>[]> {
  const found = await bookings(p)
    .collection.aggregate<Grouped<Keyed<Omit<BookingCount, 'count' | 'seats'>>>>(pipelinesOf(span).bookings, {
      hint: INDEX,
    })
    .toArray();
  return found.map(({ _id, count, seats }) => ({ ..._id, key: _id.key ?? null, count, seats }));
}

export async function countTickets(p: Platform, span: Span): Promise<Keyed<TicketCount>[]> {
  const found = await ticketCollection(p)
    .aggregate<Grouped<Keyed<Omit<TicketCount, 'count'>>>>(pipelinesOf(span).tickets, { hint: INDEX })
    .toArray();
  return found.map(({ _id, count }) => ({ ..._id, key: _id.key ?? null, count }));
}
