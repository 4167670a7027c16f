import type { DeliveredEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { instantAt } from '../../platform/time.ts';
import { nextFreeWindow } from './availability.ts';
import type { Because } from './events.ts';
import { givingUpOf, type GivingUp } from './free-hour.ts';
import { getSchedules } from './get-schedule.ts';
import { intentCollection } from './enter-draw.ts';
import { findBooking } from './persons.ts';
import { checkDigitsOf } from './booking-no.ts';
import { readSlotId } from './plan-day.ts';
import { presentNo } from './present.ts';
import { schedules, type ScheduleDocument } from './schedule.model.ts';
import { ticketCollection } from './tickets.ts';

interface Words {
  zh: string;
  en: string;
}

/** What a message about a booking says of it. */
export interface BookingBrief {
  bookingId: string;
  accountId: string;
  hall: Words;
  service: Words;
  startAt: Date;
  no: string;
  /** Why the office took the window back; null where it did not. */
  reason: Words | null;
  heldUntil: Date | null;
  /** Of a reminder: what giving it up comes to as it is told. */
  givingUp: GivingUp | null;
}

/** The booking of an event, as it is kept by now; null when nobody is to be told. */
export async function describeBooking(p: Platform, event: DeliveredEvent): Promise<BookingBrief | null> {
  const booking = await findBooking(p, String(event.data.bookingId));
  if (!booking || booking.accountId === null) return null;
  const isReminder = event.type === 'appointments.reminder_due';
  const [{ services, offices }, reason, givingUp] = await Promise.all([
    getSchedules(p),
    event.type === 'appointments.withdrawn' ? reasonOf(p, booking.hall, event.data) : null,
    isReminder ? givingUpOf(p, booking._id) : null,
  ]);
  // Whoever gave it up, or came, since the reminder fell due needs none.
  if (isReminder && !givingUp) return null;
  const unnamed = (text: string): Words => ({ zh: text, en: text });
  return {
    bookingId: booking._id,
    accountId: booking.accountId,
    hall: offices.get(booking.hall)?.name ?? unnamed(booking.hall),
    service: services.get(booking.service)?.name ?? unnamed(booking.service),
    startAt: booking.startAt,
    no: presentNo(booking.startAt, booking.n, checkDigitsOf(p, booking._id)),
    reason,
    heldUntil: booking.heldUntil,
    givingUp,
  };
}

/** The office's reason, as the event names it; null where it names none. */
async function reasonOf(p: Platform, hall: string, because: Because): Promise<Words | null> {
  const { schedule, notice } = because;
  if (notice !== undefined)
    return { zh: `放假安排变了，见${notice}`, en: `the official holidays changed, see ${notice}` };
  if (schedule === undefined) return null;
  const version = (await schedules(p).collection.findOne({
    _id: `${hall}|${schedule}` as never,
  })) as unknown as ScheduleDocument | null;
  return version?.reason ?? null;
}

export interface LineBrief {
  accountId: string;
  hall: Words;
  service: Words;
  startAt: Date;
  reason: Words | null;
  /** The next window that is free for the service; null when there is none in sight. */
  next: Words | null;
}

/** Who waited in a line that was closed. */
export async function describeClosedLine(p: Platform, { data }: DeliveredEvent): Promise<LineBrief> {
  const { hall, date, from, pool } = readSlotId(String(data.slotId));
  const service = String(data.service);
  const [{ services, offices }, reason, next] = await Promise.all([
    getSchedules(p),
    reasonOf(p, hall, data),
    nextFreeWindow(p, { hall, pool, service }),
  ]);
  return {
    accountId: String(data.accountId),
    hall: offices.get(hall)?.name ?? { zh: hall, en: hall },
    service: services.get(service)?.name ?? { zh: service, en: service },
    startAt: instantAt(date, from),
    reason,
    next: next?.words ?? null,
  };
}

export interface TicketBrief {
  ticketId: string;
  accountId: string;
  hall: Words;
  no: string;
  desk: number;
}

/** Whose ticket was called; null for one that belongs to no account. */
export async function describeTicket(p: Platform, event: DeliveredEvent): Promise<TicketBrief | null> {
  const ticket = await ticketCollection(p).findOne(
    { _id: String(event.source.id) },
    { projection: { outbox: 0 } },
  );
  if (!ticket || ticket.accountId === null) return null;
  const office = (await getSchedules(p)).offices.get(ticket.hall);
  return {
    ticketId: ticket._id,
    accountId: ticket.accountId,
    hall: office?.name ?? { zh: ticket.hall, en: ticket.hall },
    no: ticket.no,
    desk: Number(event.data.desk),
  };
}

export interface DrawBrief {
  accountId: string;
  hallId: string;
  hall: Words;
  date: string;
}

/** Whose intent a draw passed over. */
export async function describeLostDraw(p: Platform, event: DeliveredEvent): Promise<DrawBrief | null> {
  const intent = await intentCollection(p).findOne({ _id: String(event.data.intentId) });
  if (!intent) return null;
  const [hallId = '', date = ''] = intent.draw.split('|');
  const office = (await getSchedules(p)).offices.get(hallId);
  return { accountId: intent.accountId, hallId, hall: office?.name ?? { zh: hallId, en: hallId }, date };
}
