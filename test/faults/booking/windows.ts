import { randomBytes } from 'node:crypto';
import { appointmentsModule } from '../../../backend/modules/appointments/index.ts';
import { slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { emptySlot, insertMissing } from '../../../backend/modules/appointments/generate-slots.ts';
import {
  forgetSchedules,
  getScheduleOn,
  getService,
} from '../../../backend/modules/appointments/get-schedule.ts';
import { loadSchedules } from '../../../backend/modules/appointments/load-schedules.ts';
import { minutesOf, readSlotId, wallTimeOf } from '../../../backend/modules/appointments/plan-day.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { takeSeat } from '../../../backend/modules/appointments/take-seat.ts';
import type { Seat, SlotDocument } from '../../../backend/modules/appointments/slot.model.ts';
import { clockModule, loadCalendars } from '../../../backend/modules/clock/index.ts';
import { AppError } from '../../../backend/platform/errors.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import type { Platform } from '../../../backend/platform/platform.ts';

/** Windows of a hall, and people who try for them, below HTTP: for tests and for the fault scripts alike. */

export const HALL = 'liaocheng-centre';
export const DAY = '2026-10-12';

export const newBookingId = (): string => randomBytes(12).toString('hex');

let people = 0;
/** A person nobody else is. */
export const newPerson = (): string => `person-${process.pid}-${(people += 1)}`;

/** `2026-10-12 09:00 [pool]`: a window of half an hour, open now unless said otherwise. Its id. */
export async function makeWindow(
  p: Platform,
  at: string,
  cap: number,
  more: Partial<SlotDocument> = {},
): Promise<string> {
  const [date = '', from = '', pool = 'public'] = at.split(' ');
  const schedule = await getScheduleOn(p, HALL, date);
  const slot = emptySlot(schedule, {
    date,
    pool: pool as 'public',
    from,
    to: wallTimeOf(minutesOf(from) + 30),
    cap,
    opensAt: new Date(p.time.now().getTime() - 3_600_000),
  });
  await insertMissing(p, [{ ...slot, ...more }]);
  return slot._id;
}

/** Seats given up come back at once: the clock of a fault script stands still. */
export async function dropCoolTime(p: Platform): Promise<void> {
  const change = { $set: { 'content.rules.coolMinutes': { least: 0, most: 0 } } };
  await schedules(p).collection.updateMany({}, change);
  forgetSchedules(p);
}

/** Collections, calendars and schedules; nothing of the other modules. */
export async function prepareHall(p: Platform): Promise<void> {
  await migrate(p, [clockModule, appointmentsModule], platformModels);
  await loadCalendars(p);
  await loadSchedules(p);
}

export interface Wish {
  id?: string;
  person?: string;
  service?: string;
  unit?: string | null;
  cases?: number;
  heldUntil?: Date;
}

export type Try =
  | { ok: true; seat: Seat; again: boolean; id: string }
  | { ok: false; code: string; details: string[]; id: string };

/** One try to take a seat; a refusal is an answer, anything else a failure of the test. */
export async function tryTake(p: Platform, slotId: string, wish: Wish = {}): Promise<Try> {
  const { hall, date, pool } = readSlotId(slotId);
  const schedule = await getScheduleOn(p, hall, date);
  const service = await getService(p, schedule, wish.service ?? 'transfer');
  const id = wish.id ?? newBookingId();
  try {
    const taken = await takeSeat(p, {
      id,
      slotId,
      hall,
      pool,
      schedule,
      service,
      businessType: null,
      unit: wish.unit ?? null,
      cases: wish.cases ?? 1,
      booker: { person: wish.person ?? newPerson(), accountId: null, kind: 'person' },
      channel: 'portal',
      actorId: null,
      ...(wish.heldUntil ? { heldUntil: wish.heldUntil } : {}),
    });
    return { ok: true, ...taken, id };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, code: error.code, details: error.problems.map(({ code }) => code), id };
  }
}

export const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

/** Runs many at once, `atOnce` on the way. */
export async function crowd<T>(count: number, atOnce: number, one: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = new Array(count) as T[];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, count) }, async () => {
      while (next < count) {
        const n = next++;
        results[n] = await one(n);
      }
    }),
  );
  return results;
}

export const tally = (tries: readonly Try[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of tries) {
    const word = one.ok ? 'ok' : one.code;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
};

/** What must be true of all windows whatever happened. Empty when it is. */
export async function wrongs(p: Platform): Promise<string[]> {
  const found: string[] = [];
  const holders = new Map<string, string>();
  const rows = await slotCollection(p).find().toArray();
  for (const slot of rows) {
    const used = slot.seats.reduce((sum, { u }) => sum + u, 0);
    const cool = slot.cool.reduce((sum, { u }) => sum + u, 0);
    if (used !== slot.used) found.push(`${slot._id}: used ${slot.used}, seats ${used}`);
    if (slot.rem + used + cool !== slot.cap) found.push(`${slot._id}: sums differ from the capacity`);
    if (slot.rem < 0 || used > slot.cap) found.push(`${slot._id}: overbooked`);
    const numbers = slot.seats.map(({ n }) => n);
    if (new Set(numbers).size < numbers.length) found.push(`${slot._id}: a number is given twice`);
    for (const { b, k } of slot.seats) {
      for (const key of k) {
        const other = holders.get(key);
        if (other !== undefined) found.push(`${key} is held by ${other} and ${b}`);
        holders.set(key, b);
      }
    }
  }
  return found;
}
