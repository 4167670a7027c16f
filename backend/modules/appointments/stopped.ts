import type { HallSchedule } from './contract.ts';
import { scheduleOn } from './get-schedule.ts';
import type { SlotDocument } from './slot.model.ts';

/** Services that a hall stops while people are booked for them: the window stays, they lose their place in it. */

/** `checkSchedule` sees to it that a service of the list has a desk. */
export const takes = ({ services }: Pick<HallSchedule, 'services'>, service: string): boolean =>
  services.includes(service);

/** Of a window that stays, the seats and the people in line whose service it does not take any more. */
export const stoppedIn = <T extends Pick<SlotDocument, 'seats' | 'wait'>>(
  slot: T,
  schedule: HallSchedule,
): T => ({
  ...slot,
  seats: slot.seats.filter(({ sv }) => !takes(schedule, sv)),
  wait: slot.wait.filter(({ sv }) => !takes(schedule, sv)),
});

/** What finds such windows of a hall from a day on: one filter for each span of days with one schedule. */
export function stoppedFilters(versions: readonly HallSchedule[], today: string): object[] {
  const begins = versions.map(({ validFrom }) => validFrom).filter((day) => day > today);
  const starts = [today, ...new Set(begins)].sort();
  return starts.flatMap((from, at) => {
    const schedule = scheduleOn(versions, from);
    const until = starts[at + 1];
    if (!schedule) return [];
    return [
      {
        hall: schedule.hall,
        open: true,
        date: { $gte: from, ...(until === undefined ? {} : { $lt: until }) },
        seats: { $elemMatch: { s: { $in: ['C', 'H'] }, sv: { $nin: schedule.services } } },
      },
    ];
  });
}
