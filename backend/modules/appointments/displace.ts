import { createHash } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { availableSpan, nextFreeWindow, readAvailability } from './availability.ts';
import { calendarOf } from './calendar-days.ts';
import { cancelBooking } from './cancel.ts';
import { slotCollection } from './change-slot.ts';
import { eachWindow } from './each-window.ts';
import type { Because } from './events.ts';
import { getSchedules, scheduleOn } from './get-schedule.ts';
import { moveBooking } from './reschedule.ts';
import { schedules } from './schedule.model.ts';
import type { Seat, SlotDocument } from './slot.model.ts';
import { stoppedFilters, stoppedIn } from './stopped.ts';
import { POOLS, REOPENING } from './vocabulary.ts';

/** Bookings that have lost their window: to the next free one of the same service, or withdrawn with the reason. */

/** The id of a move that the office makes: the same whenever it is tried again. */
const moveIdOf = (seat: Seat, to: string): string =>
  createHash('sha256').update(`${seat.b}|${to}`).digest('hex').slice(0, 24);

/** Windows to come with bookings that lost their place, each with only those seats. */
async function losingWindows(p: Platform, hall: string | null): Promise<SlotDocument[]> {
  const { byHall } = await getSchedules(p);
  const now = p.time.now();
  const halls = hall === null ? [...byHall.values()] : [byHall.get(hall) ?? []];
  const found = await slotCollection(p)
    .find(
      {
        settled: false,
        endAt: { $gt: now },
        'seats.0': { $exists: true },
        ...(hall === null ? {} : { hall }),
        $or: [
          { open: false, closedWhy: { $in: REOPENING } },
          ...halls.flatMap((versions) => stoppedFilters(versions, legalDayOf(now))),
        ],
      } as never,
      { projection: { outbox: 0 }, hint: 'to-settle' },
    )
    .toArray();
  return found.map((slot) => {
    const schedule = scheduleOn(byHall.get(slot.hall) ?? [], slot.date);
    return slot.open && schedule ? { ...stoppedIn(slot, schedule), schedule: schedule.version } : slot;
  });
}

/**
 * Bookings in windows that a schedule closed, or whose service it stopped: moved or withdrawn as its publication said. Those in
 * windows that the calendar closed: moved where there is room. Can be done again at any time.
 */
export async function displaceClosed(
  p: Platform,
  hall: string | null = null,
): Promise<{ moved: number; withdrawn: number; failed: number }> {
  const done = { moved: 0, withdrawn: 0 };
  const failed = await eachWindow(p, 'appointments.displace', await losingWindows(p, hall), {
    idOf: ({ _id }) => _id,
    async work(slot) {
      const end = await endOf(p, slot);
      for (const seat of slot.seats) {
        if (slot.startAt <= p.time.now() || seat.repl || (seat.s !== 'C' && seat.s !== 'H')) continue;
        const ended = await displace(p, slot, seat, end);
        if (ended) done[ended] += 1;
      }
    },
  });
  return { ...done, failed };
}

/** What is done with those who were in a window, and why. */
interface End {
  move: boolean;
  because: Because;
}

async function endOf(p: Platform, { hall, schedule, closedWhy }: SlotDocument): Promise<End> {
  if (closedWhy === 'calendar') return { move: true, because: { notice: (await calendarOf(p)).lastNotice } };
  const version = (await schedules(p).collection.findOne({ _id: `${hall}|${schedule}` as never })) as {
    displaced?: string;
  } | null;
  return { move: version?.displaced === 'move', because: { schedule } };
}

/** One booking that lost its place. Null: its holder has moved or cancelled it meanwhile. */
async function displace(
  p: Platform,
  slot: SlotDocument,
  seat: Seat,
  { move, because }: End,
): Promise<'moved' | 'withdrawn' | null> {
  if (move && seat.s === 'C' && (await moveOn(p, slot, seat))) return 'moved';
  try {
    const order = { id: seat.r, person: null, actorId: null, byOffice: true, because, inWindow: slot._id };
    return (await cancelBooking(p, order)).already ? null : 'withdrawn';
  } catch (error) {
    if ((error as { code?: string }).code === 'appointments.already_gone') return null;
    throw error;
  }
}

/** Windows of the days to come that are tried for one booking. */
const MOST_TRIED = 20;

async function moveOn(p: Platform, slot: SlotDocument, seat: Seat): Promise<boolean> {
  const order = { hall: slot.hall, pool: slot.pool, service: seat.sv };
  if (!(await nextFreeWindow(p, order))) return false;
  const span = availableSpan(p.time.now(), {
    from: slot.date < legalDayOf(p.time.now()) ? undefined : slot.date,
  });
  const { body } = await readAvailability(p, { ...order, ...span });
  const free = body.days
    .flatMap(({ windows }) => windows)
    .filter(({ level }) => level === 'plenty' || level === 'few')
    .slice(0, MOST_TRIED);
  for (const { slotId } of free) {
    try {
      await moveBooking(p, {
        id: seat.r,
        person: seat.p,
        moveId: moveIdOf(seat, slotId),
        slotId,
        inWindow: slot._id,
        pools: POOLS,
        kind: slot.pool === 'organisation' ? 'organisation' : 'person',
        actorId: null,
        byOffice: true,
      });
      return true;
    } catch (error) {
      // Full by now, or not for this booking: the next one.
      if ((error as { name?: string }).name !== 'AppError') throw error;
    }
  }
  return false;
}
