import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { Calendar } from '../clock/index.ts';
import { calendarOf } from './calendar-days.ts';
import { changeSlot } from './change-slot.ts';
import type { HallSchedule } from './contract.ts';
import { differenceOf, type Difference } from './difference.ts';
import { displaceClosed } from './displace.ts';
import { lineClosedEvent, type Because } from './events.ts';
import { eachWindow } from './each-window.ts';
import { errors } from './errors.ts';
import { generateSlots } from './generate-slots.ts';
import { forgetSchedules, getSchedules, scheduleOn } from './get-schedule.ts';
import { coolOf, reopens, usedOf } from './policy.ts';
import { schedules, type ScheduleDocument } from './schedule.model.ts';
import type { SlotDocument } from './slot.model.ts';
import { stoppedIn } from './stopped.ts';
import type { ClosedReason } from './vocabulary.ts';

/**
 * A hall's windows follow two things that change by publication: its schedule and the working calendar (放假调休). The newest version
 * of the schedule carries what its windows were last made to follow (`applied`, `calendar`), written after the windows are. So whoever
 * is cut off leaves the mark behind, and the job does it again.
 */

type Mark = Pick<ScheduleDocument, 'hall' | 'version' | 'applied' | 'calendar'>;

/** Of each hall, how far its windows have come. */
async function marksOf(p: Platform, hall?: string): Promise<Mark[]> {
  const found = (await schedules(p)
    .collection.find(hall === undefined ? {} : { hall }, {
      projection: { hall: 1, version: 1, applied: 1, calendar: 1 },
    })
    .sort({ hall: 1, version: 1 })
    .toArray()) as unknown as Mark[];
  return [...new Map(found.map((mark) => [mark.hall, mark])).values()];
}

export async function versionsOf(p: Platform, hall: string): Promise<readonly HallSchedule[]> {
  const { byHall } = await getSchedules(p);
  return byHall.get(hall) ?? errors.fail('appointments.hall_unknown');
}

/** Brings a hall up to the calendar of now, should the job not have been there yet. The version of that calendar. */
export async function followCalendar(p: Platform, hall: string): Promise<string> {
  const [[mark], { version }] = await Promise.all([marksOf(p, hall), calendarOf(p)]);
  if (mark && mark.calendar !== version) await applyLatest(p, hall);
  return version;
}

/**
 * Makes the windows of a hall what its latest version and the calendar say. Should another of either be published meanwhile, that
 * one is applied after it, so that whoever is slower does not undo what the newer one did.
 */
export async function applyLatest(p: Platform, hall: string): Promise<void> {
  for (let applied = ''; ;) {
    forgetSchedules(p);
    const [versions, calendar, [mark]] = await Promise.all([
      versionsOf(p, hall),
      calendarOf(p),
      marksOf(p, hall),
    ]);
    const next = versions.at(-1);
    const done = `${next?.version} ${calendar.version}`;
    if (!next || !mark || done === applied) return;
    await applyOnce(p, { versions, next, calendar, mark });
    applied = done;
  }
}

async function applyOnce(
  p: Platform,
  rules: { versions: readonly HallSchedule[]; next: HallSchedule; calendar: Calendar; mark: Mark },
): Promise<void> {
  const { versions, next, calendar, mark } = rules;
  const { hall, version } = next;
  const behind = mark.calendar !== calendar.version;
  const { collection } = schedules(p);
  const fresh = await collection.distinct('version', { hall, applied: false });
  // A calendar changes any day; a version of the schedule none before its first.
  const begins = versions.filter((one) => one === next || fresh.includes(one.version));
  const since = behind ? legalDayOf(p.time.now()) : begins.map(({ validFrom }) => validFrom).sort()[0]!;
  const why = behind && mark.applied !== false ? 'calendar' : 'schedule';
  const difference = await differenceOf(p, { hall, versions, calendar, since });
  const becauseOf = ({ date }: SlotDocument): Because =>
    why === 'calendar'
      ? { notice: calendar.lastNotice }
      : { schedule: scheduleOn(versions, date)?.version ?? version };
  await applyWindows(p, { why, becauseOf }, difference);
  await generateSlots(p, hall);
  await collection.updateMany(
    { hall, version: { $lte: version }, applied: false },
    { $set: { applied: true } },
  );
  await collection.updateOne(
    { _id: `${hall}|${version}` as never },
    { $set: { calendar: calendar.version } },
  );
}

async function applyWindows(
  p: Platform,
  { why, becauseOf }: { why: ClosedReason; becauseOf(slot: SlotDocument): Because },
  { closing, stopped, resized, retimed }: Difference,
): Promise<void> {
  for (const slot of closing) {
    const because = becauseOf(slot);
    await changeSlot<void>(p, slot._id, ({ wait }) => ({
      // By the version is found what is to be done with those who were in it.
      change: { open: false, closedWhy: why, wait: [], ...('schedule' in because ? because : {}) },
      events: wait.map((waiter) => lineClosedEvent(p, waiter, slot._id, because)),
      result: undefined,
    }));
  }
  for (const { slot, schedule } of stopped) {
    await changeSlot<void>(p, slot._id, (found) => {
      const { wait } = stoppedIn(found, schedule);
      if (wait.length === 0) return { result: undefined };
      return {
        change: { wait: found.wait.filter((waiter) => !wait.includes(waiter)) },
        events: wait.map((waiter) => lineClosedEvent(p, waiter, slot._id, { schedule: schedule.version })),
        result: undefined,
      };
    });
  }
  for (const { slot, wanted } of resized) {
    // Never below what is taken: nobody is put out by fewer seats.
    await changeSlot<void>(p, slot._id, (found) => ({
      change: {
        cap: Math.max(wanted.cap, usedOf(found.seats) + coolOf(found.cool)),
        schedule: wanted.schedule,
        ...(reopens(found) ? { open: true, closedWhy: null } : {}),
      },
      result: undefined,
    }));
  }
  for (const { slot, wanted } of retimed) {
    const { opensAt, schedule } = wanted;
    // What was released meanwhile stays released.
    await changeSlot<void>(p, slot._id, (found, now) => ({
      ...(found.opensAt > now ? { change: { opensAt, schedule } } : {}),
      result: undefined,
    }));
  }
}

/** Halls that a schedule or a calendar was published for and that do not follow it yet, and bookings that have lost their window. */
export async function finishPublished(
  p: Platform,
): Promise<{ followed: number; moved: number; withdrawn: number; failed: number }> {
  const [marks, { version }] = await Promise.all([marksOf(p), calendarOf(p)]);
  const halls = marks.filter(({ applied, calendar }) => applied === false || calendar !== version);
  const unapplied = await eachWindow(p, 'appointments.displace', halls, {
    idOf: ({ hall }) => hall,
    work: ({ hall }) => applyLatest(p, hall),
  });
  const { failed, ...ended } = await displaceClosed(p);
  return { followed: halls.length - unapplied, ...ended, failed: failed + unapplied };
}
