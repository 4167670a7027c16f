import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { errors } from './errors.ts';
import { getScheduleOn } from './get-schedule.ts';
import { calendarDayOf, calendarOf } from './calendar-days.ts';
import { planDay } from './plan-day.ts';
import { rankOf, ticketNo } from './rank.ts';
import { ticketCounters, tickets, type TicketDocument } from './ticket.model.ts';
import type { Priority } from './vocabulary.ts';

export const ticketCollection = (p: Platform): Collection<TicketDocument> =>
  tickets(p).collection as unknown as Collection<TicketDocument>;

export interface TicketOrder {
  id: string;
  hall: string;
  service: string;
  priority: Priority;
  /** Said by the person, and not looked at by a clerk: kept beside the ticket, without effect on its place. */
  unconfirmed?: Priority;
  /** The booking it is for, and when its window begins. */
  booked: { id: string; startAt: Date; accountId: string | null; person: string } | null;
}

/** Tickets of these bookings, in the words of the partial index: without the type it is not used. */
export const ofBookings = (ids: readonly string[]) => ({
  booking: { $in: [...ids], $type: 'string' as const },
});

const DUPLICATE_KEY = 11_000;
const isDuplicate = (error: unknown): boolean => (error as { code?: number }).code === DUPLICATE_KEY;

/** Key of the numbers that a hall gives on a day. */
export const counterKey = ({ hall, date }: { hall: string; date: string }): string => `${hall}|${date}`;

/** The next number of the day. Walk-ins whose priority no clerk has seen are counted against the hall's quota in the same write; null: used up. */
async function nextNumber(p: Platform, key: string, quota: number | null): Promise<number | null> {
  const { collection } = ticketCounters(p);
  await collection
    .updateOne({ _id: key as never }, { $setOnInsert: { n: 0, walkIns: 0 } }, { upsert: true })
    .catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  const counted = await collection.findOneAndUpdate(
    { _id: key as never, ...(quota === null ? {} : { walkIns: { $lt: quota } }) },
    { $inc: { n: 1, walkIns: quota === null ? 0 : 1 } },
    { returnDocument: 'after' },
  );
  return (counted as { n: number } | null)?.n ?? null;
}

/** The ticket that the same request, or the same booking, was given before. @throws appointments.id_reused when it is another's */
async function findOwn(p: Platform, { id, booked, hall }: TicketOrder): Promise<TicketDocument | null> {
  const found = await ticketCollection(p).findOne(booked ? ofBookings([booked.id]) : { _id: id }, {
    projection: { outbox: 0 },
    ...(booked ? { hint: 'booking' } : {}),
  });
  const own = found?.hall === hall && (booked !== null || found.booking === null);
  return found === null || own ? found : errors.fail('appointments.id_reused');
}

/**
 * Gives a number (取号). The counter rises first, then the ticket is made: a crash between them leaves a gap, never two of a
 * number. The same id, or the same booking, again answers the ticket that there is.
 * @throws appointments.tickets_gone, appointments.service_unknown, appointments.hall_closed_now, appointments.id_reused
 */
export async function issueTicket(p: Platform, order: TicketOrder): Promise<TicketDocument> {
  const { id, hall, service, priority, unconfirmed = 'none', booked } = order;
  const known = await findOwn(p, order);
  if (known) return known;
  const now = p.time.now();
  const date = legalDayOf(now);
  const schedule = await getScheduleOn(p, hall, date);
  if (!booked && !schedule.services.includes(service)) return errors.fail('appointments.service_unknown');
  if (!booked && planDay(schedule, calendarDayOf(await calendarOf(p), date)).windows.length === 0)
    return errors.fail('appointments.hall_closed_now');
  const counts = booked === null && priority === 'none';
  const key = counterKey({ hall, date });
  const n = await nextNumber(p, key, counts ? schedule.rules.walkInTickets : null);
  // The same request at the same moment may have had the last number.
  if (n === null) return (await findOwn(p, order)) ?? errors.fail('appointments.tickets_gone');
  const ticket: TicketDocument = {
    _id: id,
    hall,
    date,
    no: ticketNo(schedule.services, service, n),
    n,
    service,
    priority,
    ...(unconfirmed === 'none' ? {} : { unconfirmed }),
    booking: booked?.id ?? null,
    accountId: booked?.accountId ?? null,
    p: booked?.person ?? null,
    rank: rankOf({ issuedAt: now, windowStart: booked?.startAt ?? null, priority }),
    state: 'waiting',
    desk: null,
    calls: 0,
    issuedAt: now,
    calledAt: null,
    endedAt: null,
  };
  try {
    await ticketCollection(p).insertOne(ticket);
    return ticket;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // The same request twice at once made one ticket: the number stays a gap, the quota is given back.
    if (counts)
      await ticketCounters(p).collection.updateOne({ _id: key as never }, { $inc: { walkIns: -1 } });
    const other = await findOwn(p, order);
    if (!other) throw error;
    return other;
  }
}

/** @throws appointments.ticket_unknown */
export async function getTicket(p: Platform, id: string): Promise<TicketDocument> {
  const found = await ticketCollection(p).findOne({ _id: id }, { projection: { outbox: 0 } });
  return found ?? errors.fail('appointments.ticket_unknown');
}
