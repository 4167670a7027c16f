import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { CalendarYear } from '../applications/contract.ts';
import { draftCalendar } from '../clock/index.ts';
import type { CalendarBookings } from './contract.ts';
import { differenceOf, losingIn } from './difference.ts';
import { getSchedules } from './get-schedule.ts';

/**
 * What a year of the working calendar would do to the halls: windows closed and made, and whom it touches. Beside what it does to cases,
 * which modules below this one know. Writes nothing. @throws clock.calendar_wrong
 */
export async function previewCalendarBookings(p: Platform, given: CalendarYear): Promise<CalendarBookings> {
  const [{ after }, { byHall, offices }] = await Promise.all([draftCalendar(p, given), getSchedules(p)]);
  const since = legalDayOf(p.time.now());
  const effect: CalendarBookings = { closed: 0, made: 0, bookings: 0, waiting: 0, halls: [] };
  for (const [hall, versions] of byHall) {
    const difference = await differenceOf(p, { hall, versions, calendar: after, since });
    const { closed, made, waiting } = difference.impact;
    const bookings = losingIn(difference).length;
    effect.closed += closed;
    effect.made += made;
    effect.bookings += bookings;
    effect.waiting += waiting;
    if (bookings + waiting > 0)
      effect.halls.push({
        id: hall,
        name: offices.get(hall)?.name ?? { zh: hall, en: hall },
        bookings,
        waiting,
      });
  }
  return effect;
}
