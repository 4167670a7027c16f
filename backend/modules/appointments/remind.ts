import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import { bookings, type BookingDocument } from './booking.model.ts';
import { hallFreeFinder } from './free-hour.ts';
import { readSlotId } from './plan-day.ts';
import { reminderAfter } from './reminder-times.ts';

/** Short enough that the job's lease is renewed many times on the way through a full morning. */
const BATCH = 200;

/**
 * All reminders that are due: thousands fall on one moment of the morning. A booking's next one is set on and the event embedded
 * by one write that asks for the moment it was read with, so that two processes at once, or a second run, remind once.
 */
export async function remindDue(p: Platform): Promise<{ reminded: number }> {
  let reminded = 0;
  for (;;) {
    const batch = await remindBatch(p);
    reminded += batch.reminded;
    if (batch.reminded > 0) p.outbox.notify('bookings');
    // Where none of a batch could be set on, another process is at it.
    if (batch.read < BATCH || batch.written === 0) return { reminded };
  }
}

async function remindBatch(p: Platform): Promise<{ read: number; written: number; reminded: number }> {
  const now = p.time.now();
  const collection = bookings(p).collection as unknown as Collection<BookingDocument>;
  const due = await collection
    .find({ remindAt: { $lte: now } }, { projection: { outbox: 0 }, hint: 'remind' })
    .limit(BATCH)
    .toArray();
  const hallFreeOf = await hallFreeFinder(p);
  const tells = ({ status, accountId, startAt }: BookingDocument) =>
    status === 'booked' && accountId !== null && startAt > now;
  const writeOf = (booking: BookingDocument) => {
    const { _id, remindAt, startAt, status, accountId, slotId } = booking;
    const next = status === 'booked' ? reminderAfter(startAt, hallFreeOf(readSlotId(slotId)), now) : null;
    const event = p.outbox.event('appointments.reminder_due', null, { bookingId: _id, accountId, slotId });
    const tell = tells(booking) ? { $push: { outbox: event } } : {};
    return { updateOne: { filter: { _id, remindAt }, update: { $set: { remindAt: next }, ...tell } } };
  };
  const write = async (all: readonly BookingDocument[]): Promise<number> =>
    all.length === 0
      ? 0
      : (await collection.bulkWrite(all.map(writeOf) as never, { ordered: false })).modifiedCount;
  const reminded = await write(due.filter(tells));
  const silent = await write(due.filter((booking) => !tells(booking)));
  return { read: due.length, written: reminded + silent, reminded };
}
