import type { Platform } from '../../platform/platform.ts';
import { calendarOf, freeUntil } from './calendar-days.ts';
import { getSchedules, scheduleOn } from './get-schedule.ts';
import { locateSeat } from './locate.ts';
import { freeUntilOf } from './no-show.ts';

/** Ends of the time for free cancelling by the halls' own hour, for many windows at once; null where a hall has no schedule. */
export async function hallFreeFinder(
  p: Platform,
): Promise<(window: { hall: string; date: string }) => Date | null> {
  const [{ byHall }, calendar] = await Promise.all([getSchedules(p), calendarOf(p)]);
  return ({ hall, date }) => {
    const schedule = scheduleOn(byHall.get(hall) ?? [], date);
    return schedule && freeUntil(calendar, date, schedule.rules.cancelUntil);
  };
}

/** What giving a booking up now comes to. `inTime`: it is free until an hour that is still to come, and counts from then on. */
export type GivingUp = { is: 'free' | 'late' } | { is: 'inTime'; until: Date };

/** Null where nobody is expected any more: given up, or checked in. */
export async function givingUpOf(p: Platform, bookingId: string): Promise<GivingUp | null> {
  const [located, { byHall }, hallFreeOf] = await Promise.all([
    locateSeat(p, bookingId),
    getSchedules(p),
    hallFreeFinder(p),
  ]);
  if (located?.seat.s !== 'C') return null;
  const { slot, seat } = located;
  const rules = scheduleOn(byHall.get(slot.hall) ?? [], slot.date)?.rules;
  const hallFree = hallFreeOf(slot);
  if (!rules?.noShow.lateCancelCounts || !hallFree) return { is: 'free' };
  const until = freeUntilOf(seat, { hallFree, startAt: slot.startAt });
  if (until >= slot.startAt) return { is: 'free' };
  return p.time.now() <= until ? { is: 'inTime', until } : { is: 'late' };
}
