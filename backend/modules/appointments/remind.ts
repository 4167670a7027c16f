import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import { bookings, type BookingDocument } from './booking.model.ts';
import { reminderAfter } from './reminder-times.ts';

const BATCH = 200;

/**
 * Reminders that are due. The booking's next one is set on and the event embedded by one write that asks for the moment
 * it was read with, so that two processes at once, or a second run, remind once.
 */
export async function remindDue(p: Platform): Promise<{ reminded: number }> {
  const now = p.time.now();
  const collection = bookings(p).collection as unknown as Collection<BookingDocument>;
  const due = await collection
    .find({ remindAt: { $lte: now } }, { projection: { outbox: 0 }, hint: 'remind' })
    .limit(BATCH)
    .toArray();
  let reminded = 0;
  for (const { _id, remindAt, startAt, status, accountId, slotId } of due) {
    const next = status === 'booked' ? reminderAfter(startAt, now) : null;
    const tell = status === 'booked' && accountId !== null && startAt > now;
    const event = p.outbox.event('appointments.reminder_due', null, { bookingId: _id, accountId, slotId });
    const { modifiedCount } = await collection.updateOne({ _id, remindAt }, {
      $set: { remindAt: next },
      ...(tell ? { $push: { outbox: event } } : {}),
    } as never);
    if (modifiedCount === 1 && tell) reminded += 1;
  }
  if (reminded > 0) p.outbox.notify('bookings');
  return { reminded };
}
