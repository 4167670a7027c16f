import type { Platform } from '../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../platform/time.ts';
import type { Calendar } from '../clock/index.ts';
import { calendarDayOf, calendarOf, releaseOf, toDayNumber, toLegalDay } from './calendar-days.ts';
import type { HallSchedule } from './contract.ts';
import { getSchedules, scheduleOn } from './get-schedule.ts';
import { planDay, slotIdOf } from './plan-day.ts';
import { slots, type SlotDocument } from './slot.model.ts';
import { POOLS } from './vocabulary.ts';

/** Calendar days ahead that can be asked about. */
export const HORIZON_DAYS = 45;

/** Windows are made this long before they are released, so that no release waits for a job. */
export const MADE_BEFORE_MS = 3 * 86_400_000;

/** What a draw leaves is open to everybody so long after it. */
const AFTER_DRAW_MS = 30 * 60_000;

/** A window as it is made: nobody in it. */
export function emptySlot(
  schedule: HallSchedule,
  at: Pick<SlotDocument, 'date' | 'pool' | 'cap' | 'opensAt'> & { from: string; to: string },
): SlotDocument {
  const { date, pool, from, to, cap, opensAt } = at;
  return {
    _id: slotIdOf(schedule.hall, date, from, pool),
    hall: schedule.hall,
    date,
    pool,
    startAt: instantAt(date, from),
    endAt: instantAt(date, to),
    opensAt,
    open: true,
    closedWhy: null,
    settled: false,
    schedule: schedule.version,
    cap,
    used: 0,
    rem: cap,
    seq: 0,
    ver: 0,
    seats: [],
    cool: [],
    wait: [],
    out: [],
  };
}

/**
 * Every window that the schedules in force give in so many days from one on; with `releasedBy`, those alone that are released
 * by then.
 */
export function plannedSlots(
  versions: readonly HallSchedule[],
  calendar: Calendar,
  span: { from: string; days: number; releasedBy?: Date },
): SlotDocument[] {
  const first = toDayNumber(span.from);
  const planned: SlotDocument[] = [];
  for (let day = first; day < first + span.days; day += 1) {
    const date = toLegalDay(day);
    const schedule = scheduleOn(versions, date);
    if (!schedule) continue;
    const { windows } = planDay(schedule, calendarDayOf(calendar, date));
    if (windows.length === 0) continue;
    const release = releaseOf(calendar, date, schedule.rules);
    // Looked at once a minute for every hall: what is not to be made yet is not even planned.
    if (span.releasedBy && release > span.releasedBy) continue;
    const isDrawn = schedule.rules.release === 'draw';
    for (const { from, to, seats } of windows) {
      for (const pool of POOLS) {
        if (seats[pool] > 0) {
          const opensAt =
            isDrawn && pool === 'public' ? new Date(release.getTime() + AFTER_DRAW_MS) : release;
          planned.push(emptySlot(schedule, { date, pool, from, to, cap: seats[pool], opensAt }));
        }
      }
    }
  }
  return planned;
}

/**
 * Makes the windows that are missing, of one hall or of all. Each is inserted under its own id or not at all, so a run that was cut off, or two at
 * once, leave nothing double; what is there is never touched, whoever sits in it.
 */
export async function generateSlots(p: Platform, only?: string): Promise<{ made: number }> {
  const [{ byHall }, calendar] = await Promise.all([getSchedules(p), calendarOf(p)]);
  const now = p.time.now();
  const from = legalDayOf(now);
  const until = new Date(now.getTime() + MADE_BEFORE_MS);
  let made = 0;
  for (const [hall, versions] of byHall) {
    if (only !== undefined && hall !== only) continue;
    const planned = plannedSlots(versions, calendar, { from, days: HORIZON_DAYS, releasedBy: until });
    const known = new Set(
      (
        await slots(p)
          .collection.find({ hall, date: { $gte: from } }, { projection: { _id: 1 }, hint: 'hall-day' })
          .toArray()
      ).map(({ _id }) => String(_id)),
    );
    made += await insertMissing(
      p,
      planned.filter(({ _id, opensAt, endAt }) => !known.has(_id) && opensAt <= until && endAt > now),
    );
  }
  return { made };
}

export async function insertMissing(p: Platform, missing: readonly SlotDocument[]): Promise<number> {
  if (missing.length === 0) return 0;
  const writes = missing.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  const { upsertedCount } = await slots(p).collection.bulkWrite(writes as never, { ordered: false });
  return upsertedCount;
}
