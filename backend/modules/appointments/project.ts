import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { bookingPersons, bookings, type BookingDocument, type NoShow } from './booking.model.ts';
import { slotCollection } from './change-slot.ts';
import { SEAT_EVENTS } from './events.ts';
import { getSchedules, scheduleOn } from './get-schedule.ts';
import { stampOfBooking, STATUS_OF_SEAT, statusOfLeaving } from './present.ts';
import { reminderAfter } from './reminder-times.ts';
import type { Seat, SlotDocument, Tombstone } from './slot.model.ts';
import type { BookingStatus } from './vocabulary.ts';

/**
 * Keeps what became of each booking after its event: reads the seat as it is now, so order and repetition of events do not
 * matter, and never lets an older look replace a newer one. Then the tombstone is drained.
 */

type Known = Omit<BookingDocument, 'outbox'>;

function bookingOf(
  slot: SlotDocument,
  seat: Seat | Tombstone,
  status: BookingStatus,
  ended: { at: Date; late: boolean } | null,
): Known {
  return {
    _id: seat.r,
    b: seat.b,
    slotId: slot._id,
    p: seat.p,
    accountId: seat.a,
    hall: slot.hall,
    date: slot.date,
    pool: slot.pool,
    startAt: slot.startAt,
    endAt: slot.endAt,
    service: seat.sv,
    businessType: seat.bt,
    unit: seat.unit,
    cases: seat.units,
    n: seat.n,
    moves: seat.m,
    channel: seat.ch,
    status,
    stamp: stampOfBooking(seat.m, status),
    late: ended?.late ?? false,
    bookedAt: seat.at,
    heldUntil: seat.x ?? null,
    endedAt: ended?.at ?? null,
    remindAt: null,
  };
}

const isBookingsEnd = ({ why }: Tombstone): boolean => why !== 'moved' && why !== 'dropped';

async function store(p: Platform, known: Known): Promise<void> {
  const remindAt = known.status === 'booked' ? reminderAfter(known.startAt, p.time.now()) : null;
  const { _id, ...rest } = { ...known, remindAt };
  try {
    await bookings(p).collection.updateOne(
      { _id: _id as never, stamp: { $lt: known.stamp } },
      { $set: rest as never },
      { upsert: true },
    );
  } catch (error) {
    // It is known already, as new as this or newer.
    if ((error as { code?: number }).code !== 11_000) throw error;
  }
}

/** Notes a no-show once for a booking, however often its event comes. */
async function noteNoShow(p: Platform, person: string, noShow: NoShow): Promise<void> {
  const { collection } = bookingPersons(p);
  try {
    await collection.updateOne(
      { _id: person as never, 'noShows.r': { $ne: noShow.r } },
      { $push: { noShows: noShow } as never },
      { upsert: true },
    );
  } catch (error) {
    if ((error as { code?: number }).code !== 11_000) throw error;
  }
}

const noShowOf = ({ _id, hall, date, startAt }: Known): NoShow => ({
  r: _id,
  hall,
  date,
  at: startAt,
  appeal: null,
});

async function countsLate(p: Platform, { hall, date }: SlotDocument): Promise<boolean> {
  const { byHall } = await getSchedules(p);
  return scheduleOn(byHall.get(hall) ?? [], date)?.rules.noShow.lateCancelCounts ?? false;
}

async function projectSlot(p: Platform, slot: SlotDocument, ids: ReadonlySet<string>): Promise<void> {
  for (const seat of slot.seats) {
    // The new half of a move that is not decided says nothing yet.
    if (!ids.has(seat.r) || seat.repl) continue;
    const known = bookingOf(slot, seat, STATUS_OF_SEAT[seat.s], null);
    await store(p, known);
    if (seat.s === 'N') await noteNoShow(p, seat.p, noShowOf(known));
  }
  const drained: string[] = [];
  for (const stone of slot.out) {
    if (!ids.has(stone.r) || !isBookingsEnd(stone)) continue;
    const late = stone.why === 'cancelledLate' && (await countsLate(p, slot));
    const known = bookingOf(slot, stone, statusOfLeaving(stone.why), { at: stone.endedAt, late });
    await store(p, known);
    if (late) await noteNoShow(p, stone.p, noShowOf(known));
    drained.push(stone.b);
  }
  const dropped = slot.out.filter(({ r, why }) => ids.has(r) && why === 'dropped').map(({ b }) => b);
  const gone = [...drained, ...dropped];
  if (gone.length === 0) return;
  await slotCollection(p).updateOne({ _id: slot._id }, {
    $pull: { out: { b: { $in: gone }, why: { $ne: 'moved' } } },
    $inc: { ver: 1 },
  } as never);
}

export const projectBookings: Subscriber = {
  name: 'appointments.project-bookings',
  types: SEAT_EVENTS,
  async handle(p: Platform, events: readonly DeliveredEvent[]) {
    const ids = new Set(events.map(({ data }) => String(data.bookingId)));
    const wanted = { $in: [...ids] };
    const [seated, gone] = await Promise.all([
      slotCollection(p)
        .find({ 'seats.r': wanted } as never, { projection: { outbox: 0 }, hint: 'seat' })
        .toArray(),
      slotCollection(p)
        .find({ 'out.r': wanted } as never, { projection: { outbox: 0 }, hint: 'gone' })
        .toArray(),
    ]);
    const slots = new Map([...seated, ...gone].map((slot) => [slot._id, slot]));
    for (const slot of slots.values()) await projectSlot(p, slot, ids);
  },
};
