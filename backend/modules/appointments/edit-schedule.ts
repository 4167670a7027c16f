import { createHash } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findAccountNames, maskName, type StaffActor } from '../accounts/index.ts';
import { availableSpan, nextFreeWindow, readAvailability } from './availability.ts';
import { cancelBooking } from './cancel.ts';
import { changeSlot, slotCollection } from './change-slot.ts';
import type {
  HallSchedule,
  PublishSchedule,
  ScheduleImpact,
  ScheduleInput,
  ScheduleOutcome,
} from './contract.ts';
import { drawCollection } from './enter-draw.ts';
import { eachWindow } from './each-window.ts';
import { errors } from './errors.ts';
import { generateSlots, HORIZON_DAYS, MADE_BEFORE_MS, plannedSlots } from './generate-slots.ts';
import { forgetSchedules, getSchedules } from './get-schedule.ts';
import { checkSchedule } from './plan-day.ts';
import { coolOf, usedOf } from './policy.ts';
import { moveBooking } from './reschedule.ts';
import { schedules } from './schedule.model.ts';
import type { Seat, SlotDocument } from './slot.model.ts';
import { POOLS } from './vocabulary.ts';

/** Another version of a hall's schedule: what it would touch, and its publication. */

interface Difference {
  impact: Omit<ScheduleImpact, 'touched'>;
  /** Windows that the new schedule does not have. */
  closing: SlotDocument[];
  /** Windows that it gives another capacity. */
  resized: { slot: SlotDocument; cap: number }[];
  /** Windows that nobody could book yet, and that it releases at another time. */
  retimed: { slot: SlotDocument; opensAt: Date }[];
}

async function latestOf(p: Platform, hall: string): Promise<readonly HallSchedule[]> {
  const { byHall } = await getSchedules(p);
  return byHall.get(hall) ?? errors.fail('appointments.hall_unknown');
}

/** @throws appointments.schedule_wrong */
async function versionFrom(
  p: Platform,
  hall: string,
  input: ScheduleInput,
): Promise<{ versions: readonly HallSchedule[]; next: HallSchedule }> {
  const versions = await latestOf(p, hall);
  const { services } = await getSchedules(p);
  const problem = checkSchedule(input, new Set(services.keys()));
  if (problem) return errors.fail('appointments.schedule_wrong', { problem: problem.zh });
  return { versions, next: { hall, version: (versions.at(-1)?.version ?? 0) + 1, ...input } };
}

async function differenceOf(
  p: Platform,
  versions: readonly HallSchedule[],
  next: HallSchedule,
): Promise<Difference> {
  const now = p.time.now();
  const from = legalDayOf(now);
  const planned = await plannedSlots(p, [...versions, next], { from, days: HORIZON_DAYS });
  const wanted = new Map(planned.map((slot) => [slot._id, slot]));
  const present = (
    await slotCollection(p)
      .find({ hall: next.hall, date: { $gte: from } } as never, {
        projection: { outbox: 0 },
        hint: 'hall-day',
      })
      .toArray()
  ).filter(({ startAt, date }) => startAt > now && date >= next.validFrom);
  const known = new Set(present.map(({ _id }) => _id));
  const closing = present.filter(({ _id, open }) => open && !wanted.has(_id));
  // A window that an earlier version closed opens again where this one has it.
  const resized = present.flatMap((slot) => {
    const cap = wanted.get(slot._id)?.cap;
    const reopens = !slot.open && slot.closedWhy === 'schedule';
    return cap !== undefined && (cap !== slot.cap || reopens) ? [{ slot, cap }] : [];
  });
  // Who entered a draw that is announced is drawn, whatever is decided for later days.
  const draws = await drawCollection(p)
    .find({ _id: { $gte: `${next.hall}|${from}`, $lt: `${next.hall}|~` } }, { projection: { date: 1 } })
    .toArray();
  const announced = new Set(draws.map(({ date }) => date));
  const retimed = present.flatMap((slot) => {
    const opensAt = wanted.get(slot._id)?.opensAt;
    const mayMove = slot.opensAt > now && !(slot.pool === 'public' && announced.has(slot.date));
    return mayMove && opensAt && opensAt.getTime() !== slot.opensAt.getTime() ? [{ slot, opensAt }] : [];
  });
  return {
    closing,
    resized,
    retimed,
    impact: {
      // Those that publication makes; later days follow the schedule when they come near.
      made: planned.filter(
        ({ _id, date, opensAt }) =>
          date >= next.validFrom && !known.has(_id) && opensAt.getTime() <= now.getTime() + MADE_BEFORE_MS,
      ).length,
      closed: closing.length,
      grown: resized.filter(({ slot, cap }) => cap > slot.cap).length,
      shrunk: resized.filter(({ slot, cap }) => cap < slot.cap).length,
      keptAbove: resized.filter(({ slot, cap }) => cap < slot.used).length,
      retimed: retimed.length,
    },
  };
}

async function touchedIn(p: Platform, closing: readonly SlotDocument[]): Promise<ScheduleImpact['touched']> {
  const seats = closing.flatMap((slot) =>
    slot.seats.filter(({ s, repl }) => (s === 'C' || s === 'H') && !repl).map((seat) => ({ slot, seat })),
  );
  const names = await findAccountNames(
    p,
    seats.flatMap(({ seat }) => seat.a ?? []),
  );
  return seats.map(({ slot, seat }) => {
    const name = seat.a === null ? undefined : names.get(seat.a);
    return {
      id: seat.r,
      slotId: slot._id,
      startAt: slot.startAt.toISOString(),
      service: seat.sv,
      cases: seat.units,
      name: name === undefined ? null : maskName(name),
    };
  });
}

/** What publishing would do: windows made, closed and resized, and every booking that loses its window. Writes nothing. */
export async function previewSchedule(
  p: Platform,
  hall: string,
  input: ScheduleInput,
): Promise<ScheduleImpact> {
  const { versions, next } = await versionFrom(p, hall, input);
  const { impact, closing } = await differenceOf(p, versions, next);
  return { ...impact, touched: await touchedIn(p, closing) };
}

/**
 * Publishes the version first, closes and resizes windows, then moves who was in a closed one to the next free window of the
 * same service, or withdraws the booking and says so. Closing is the atomic end of claims there. Cut off anywhere after the first
 * write, a job goes on with it (`finishPublished`): a version that is not marked as applied, then closed windows with bookings.
 * @throws appointments.schedule_changed, appointments.schedule_wrong
 */
export async function publishSchedule(
  p: Platform,
  actor: StaffActor,
  hall: string,
  body: PublishSchedule,
): Promise<ScheduleOutcome> {
  const { versions, next } = await versionFrom(p, hall, body.schedule);
  if (versions.at(-1)?.version !== body.basedOn) return errors.fail('appointments.schedule_changed');
  const { impact, closing } = await differenceOf(p, versions, next);
  const touched = await touchedIn(p, closing);
  const event = p.outbox.event('appointments.schedule_published', actor.accountId, {
    hall,
    version: next.version,
    closed: impact.closed,
    touched: touched.length,
    displaced: body.displaced,
  });
  try {
    await schedules(p).collection.insertOne({
      _id: `${hall}|${next.version}`,
      hall,
      version: next.version,
      content: next,
      publishedAt: p.time.now(),
      publishedBy: actor.accountId,
      displaced: body.displaced,
      reason: body.reason,
      applied: false,
      outbox: [event],
    } as never);
  } catch (error) {
    if ((error as { code?: number }).code === 11_000) return errors.fail('appointments.schedule_changed');
    throw error;
  }
  p.outbox.notify('hall-schedules');
  await applyLatest(p, hall);
  const { moved, withdrawn } = await displaceClosed(p, hall);
  return { version: next.version, impact: { ...impact, touched }, moved, withdrawn };
}

/**
 * Makes the windows of a hall what its latest version says. Should another be published meanwhile, that one is applied after it, so
 * that whoever is slower does not undo what the newer one did.
 */
async function applyLatest(p: Platform, hall: string): Promise<void> {
  for (let applied = 0; ;) {
    forgetSchedules(p);
    const versions = await latestOf(p, hall);
    const next = versions.at(-1);
    if (!next || next.version === applied) return;
    await applyWindows(p, next, await differenceOf(p, versions.slice(0, -1), next));
    await generateSlots(p);
    await schedules(p).collection.updateMany(
      { hall, version: { $lte: next.version }, applied: false },
      { $set: { applied: true } },
    );
    applied = next.version;
  }
}

/** What publications that were cut off have left to do. */
export async function finishPublished(
  p: Platform,
): Promise<{ moved: number; withdrawn: number; failed: number }> {
  const halls = (await schedules(p).collection.distinct('hall', { applied: false })) as string[];
  const unapplied = await eachWindow(p, 'appointments.displace', halls, {
    idOf: (hall) => hall,
    work: (hall) => applyLatest(p, hall),
  });
  const { failed, ...ended } = await displaceClosed(p);
  return { ...ended, failed: failed + unapplied };
}

async function applyWindows(
  p: Platform,
  next: HallSchedule,
  { closing, resized, retimed }: Pick<Difference, 'closing' | 'resized' | 'retimed'>,
): Promise<void> {
  for (const { _id } of closing) {
    await changeSlot<void>(p, _id, () => ({
      change: { open: false, closedWhy: 'schedule', schedule: next.version, wait: [] },
      result: undefined,
    }));
  }
  for (const { slot, cap } of resized) {
    // Never below what is taken: nobody is put out by fewer seats.
    await changeSlot<void>(p, slot._id, ({ seats, cool, open, closedWhy }) => ({
      change: {
        cap: Math.max(cap, usedOf(seats) + coolOf(cool)),
        schedule: next.version,
        ...(!open && closedWhy === 'schedule' ? { open: true, closedWhy: null } : {}),
      },
      result: undefined,
    }));
  }
  for (const { slot, opensAt } of retimed) {
    // What was released meanwhile stays released.
    await changeSlot<void>(p, slot._id, (found, now) => ({
      ...(found.opensAt > now ? { change: { opensAt, schedule: next.version } } : {}),
      result: undefined,
    }));
  }
}

/** The id of a move that the office makes: the same whenever it is tried again. */
const moveIdOf = (seat: Seat, to: string): string =>
  createHash('sha256').update(`${seat.b}|${to}`).digest('hex').slice(0, 24);

/** Bookings in windows that a schedule closed: moved or withdrawn, as its publication said. Can be done again at any time. */
export async function displaceClosed(
  p: Platform,
  hall: string | null = null,
): Promise<{ moved: number; withdrawn: number; failed: number }> {
  const closed = await slotCollection(p)
    .find(
      {
        closedWhy: 'schedule',
        open: false,
        settled: false,
        endAt: { $gt: p.time.now() },
        'seats.0': { $exists: true },
        ...(hall === null ? {} : { hall }),
      } as never,
      { projection: { outbox: 0 }, hint: 'to-settle' },
    )
    .toArray();
  const done = { moved: 0, withdrawn: 0 };
  const failed = await eachWindow(p, 'appointments.displace', closed, {
    idOf: ({ _id }) => _id,
    async work(slot) {
      const version = (await schedules(p).collection.findOne({
        _id: `${slot.hall}|${slot.schedule}` as never,
      })) as { displaced?: string } | null;
      for (const seat of slot.seats) {
        if (slot.startAt <= p.time.now() || seat.repl || (seat.s !== 'C' && seat.s !== 'H')) continue;
        const ended = await displace(p, slot, seat, version?.displaced === 'move');
        if (ended) done[ended] += 1;
      }
    },
  });
  return { ...done, failed };
}

/** One booking of a closed window. Null: its holder has moved or cancelled it meanwhile. */
async function displace(
  p: Platform,
  slot: SlotDocument,
  seat: Seat,
  move: boolean,
): Promise<'moved' | 'withdrawn' | null> {
  if (move && seat.s === 'C' && (await moveOn(p, slot, seat))) return 'moved';
  try {
    const order = { id: seat.r, person: null, actorId: null, byOffice: true, inWindow: slot._id };
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
