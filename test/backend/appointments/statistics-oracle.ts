import type { Collection, Document } from 'mongodb';
import type { StatisticsBy } from '../../../backend/modules/appointments/contract.ts';

/** Counts the figures of the halls again from whole documents, by other means than the portal: no index, no sums in the database. */

export interface Asked {
  halls: readonly string[];
  from: string;
  to: string;
  by: StatisticsBy;
}

const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000);
const hourOf = (at: Date) => String(local(at).getUTCHours());
const weekdayOf = (at: Date) => String(((local(at).getUTCDay() + 6) % 7) + 1);

function keyOf(by: StatisticsBy, one: Document, at: Date): string | null {
  if (by === 'hour') return hourOf(at);
  if (by === 'weekday') return weekdayOf(at);
  if (by === 'service') return one.service as string;
  return by === 'type' ? (one.businessType as string | null) : (one.hall as string);
}

const minutes = (from: Date, to: Date) => Math.floor((to.getTime() - from.getTime()) / 60_000);

function spread(values: number[]) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1];
  return { count: sorted.length, median: at(0.5), p90: at(0.9) };
}
const part = (some: number, whole: number) => (whole === 0 ? null : some / whole);

function figures(slots: Document[], bookings: Document[], tickets: Document[], by: StatisticsBy | 'all') {
  const with_ = (...statuses: string[]) =>
    bookings.filter(({ status }) => statuses.includes(status as string));
  const offered = slots.reduce((sum, { cap }) => sum + (cap as number), 0);
  const taken = with_('held', 'booked', 'arrived', 'served', 'missed').reduce(
    (n, { u }) => n + (u as number),
    0,
  );
  const made = bookings.length - with_('held', 'expired').length;
  const [cancelled, missed, served] = [with_('cancelled'), with_('missed'), with_('served')];
  const seats = by !== 'service' && by !== 'type';
  const line = by !== 'type';
  const called = tickets.filter(({ firstCalledAt }) => firstCalledAt);
  const finished = tickets.filter(({ state }) => state === 'finished');
  return {
    offered: seats ? offered : null,
    taken,
    fillShare: seats ? part(taken, offered) : null,
    bookings: made,
    cancelled: cancelled.length,
    cancelledLate: cancelled.filter(({ late }) => late).length,
    cancelledShare: part(cancelled.length, made),
    withdrawn: with_('withdrawnByOffice').length,
    served: served.length,
    missed: missed.length,
    missedShare: part(missed.length, missed.length + served.length),
    tickets: line ? tickets.length : null,
    walkIns: line ? tickets.filter(({ booking }) => booking === null).length : null,
    waiting: line
      ? spread(called.map((one) => minutes(one.issuedAt as Date, one.firstCalledAt as Date)))
      : null,
    serving: line ? spread(finished.map((one) => minutes(one.calledAt as Date, one.endedAt as Date))) : null,
  };
}

export async function recount(read: (name: string) => Collection, { halls, from, to, by }: Asked) {
  const all = async (name: string) =>
    (await read(name).find().toArray()).filter(
      (one) => halls.includes(one.hall as string) && one.date >= from && one.date <= to,
    );
  const slots = (await all('slots')).filter(({ closedWhy }) => closedWhy === null || closedWhy === 'dayOver');
  const [bookings, tickets] = [await all('bookings'), await all('tickets')];
  const slotKey = (one: Document) =>
    by === 'service' || by === 'type' ? undefined : keyOf(by, one, one.startAt as Date);
  const ticketKey = (one: Document) => (by === 'type' ? undefined : keyOf(by, one, one.issuedAt as Date));
  const bookingKey = (one: Document) => keyOf(by, one, one.startAt as Date);
  const keys = new Set([...slots.map(slotKey), ...bookings.map(bookingKey), ...tickets.map(ticketKey)]);
  keys.delete(undefined);
  return {
    total: figures(slots, bookings, tickets, 'all'),
    rows: new Map(
      [...keys].map((key) => [
        key,
        figures(
          slots.filter((one) => slotKey(one) === key),
          bookings.filter((one) => bookingKey(one) === key),
          tickets.filter((one) => ticketKey(one) === key),
          by,
        ),
      ]),
    ),
  };
}
