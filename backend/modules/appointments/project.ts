import { onlyDuplicates } from '../../platform/database/insert-absent.ts';
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  bookingPersons,
  bookings,
  type BookingDocument,
  type NoShow,
  type NoShowRule,
} from './booking.model.ts';
import { slotCollection } from './change-slot.ts';
import type { HallRules } from './contract.ts';
import { SEAT_EVENTS } from './events.ts';
import { hallFreeFinder } from './free-hour.ts';
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
    u: seat.u,
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

/** One command for all of a batch; what is known as new as this or newer stays. */
async function storeAll(p: Platform, all: readonly Known[]): Promise<void> {
  if (all.length === 0) return;
  const now = p.time.now();
  const hallFreeOf = await hallFreeFinder(p);
  const writes = all.map(({ _id, ...rest }) => {
    const remindAt = rest.status === 'booked' ? reminderAfter(rest.startAt, hallFreeOf(rest), now) : null;
    const filter = { _id, stamp: { $lt: rest.stamp } };
    return { updateOne: { filter, update: { $set: { ...rest, remindAt } }, upsert: true } };
  });
  try {
    await bookings(p).collection.bulkWrite(writes as never, { ordered: false });
  } catch (error) {
    // The upsert of a booking that is known as newer runs into its id.
    if (!onlyDuplicates(error)) throw error;
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

function noShowOf({ _id, hall, date, startAt, endedAt }: Known, rule: NoShowRule | null): NoShow {
  return {
    r: _id,
    hall,
    date,
    at: startAt,
    ...(endedAt && { occurredAt: endedAt }),
    ...(rule && { rule: { count: rule.count, within: rule.within, suspendDays: rule.suspendDays } }),
    appeal: null,
  };
}

/** What the hall's schedule in force on the day of a window says of no-shows; null where the hall has none. */
async function ruleFor(p: Platform, { hall, date }: SlotDocument): Promise<HallRules['noShow'] | null> {
  const { byHall } = await getSchedules(p);
  return scheduleOn(byHall.get(hall) ?? [], date)?.rules.noShow ?? null;
}

interface Projection {
  known: Known[];
  noShows: { person: string; noShow: NoShow }[];
  /** Tombstones that have served, by window. */
  drained: { slotId: string; ids: string[] }[];
}

/** What the windows say of these bookings now. */
async function look(
  p: Platform,
  slots: readonly SlotDocument[],
  ids: ReadonlySet<string>,
): Promise<Projection> {
  const projection: Projection = { known: [], noShows: [], drained: [] };
  const standing = slots.flatMap(({ seats }) => seats).filter(({ repl }) => !repl);
  const undecided = new Set(standing.map(({ r }) => r));
  for (const slot of slots) {
    const rule = await ruleFor(p, slot);
    for (const seat of slot.seats) {
      // The new half of a move says nothing while the old one stands; once that is gone the move is decided.
      if (!ids.has(seat.r) || (seat.repl && undecided.has(seat.r))) continue;
      const known = bookingOf(slot, seat, STATUS_OF_SEAT[seat.s], null);
      projection.known.push(known);
      if (seat.s === 'N') projection.noShows.push({ person: seat.p, noShow: noShowOf(known, rule) });
    }
    const gone: string[] = [];
    for (const stone of slot.out) {
      if (!ids.has(stone.r) || stone.why === 'moved') continue;
      gone.push(stone.b);
      if (stone.why === 'dropped') continue;
      const late = stone.why === 'cancelledLate' && (rule?.lateCancelCounts ?? false);
      const known = bookingOf(slot, stone, statusOfLeaving(stone.why), { at: stone.endedAt, late });
      projection.known.push(known);
      if (late) projection.noShows.push({ person: stone.p, noShow: noShowOf(known, rule) });
    }
    if (gone.length > 0) projection.drained.push({ slotId: slot._id, ids: gone });
  }
  return projection;
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
    const { known, noShows, drained } = await look(p, [...slots.values()], ids);
    await storeAll(p, known);
    for (const { person, noShow } of noShows) await noteNoShow(p, person, noShow);
    for (const { slotId, ids: gone } of drained) {
      await slotCollection(p).updateOne({ _id: slotId }, {
        $pull: { out: { b: { $in: gone }, why: { $ne: 'moved' } } },
        $inc: { ver: 1 },
      } as never);
    }
  },
};
