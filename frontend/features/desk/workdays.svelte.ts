import type { WorkdayItem } from '../../../backend/modules/clock/contract.ts';
import { api } from '../../app/api.ts';
import { legalDay } from '../../i18n/format.ts';
import { addDays } from '../cases/days.ts';

/** Far enough for any limit that a list shows in days. */
const BACK_DAYS = 60;
const AHEAD_DAYS = 105;

/** The official calendar around today, so that a list of hundreds of due days can say how many working days are left. */
export class Workdays {
  #days = $state.raw<ReadonlyMap<string, WorkdayItem>>(new Map());

  async load(today: string = legalDay()): Promise<void> {
    const list = await api.get<WorkdayItem[]>('/api/workdays', {
      query: { from: addDays(today, -BACK_DAYS), to: addDays(today, AHEAD_DAYS) },
    });
    this.#days = new Map(list.map((day) => [day.date, day]));
  }

  isMakeUp(day: string): boolean {
    return this.#days.get(day)?.makeUp ?? false;
  }

  isWorkday(day: string): boolean {
    return this.#days.get(day)?.workday ?? false;
  }

  /** `day` itself when it is worked, else the next working day (民法典203); `day` beyond the calendar that was read. */
  onOrAfter(day: string): string {
    let next = day;
    while (this.#days.get(next)?.workday === false) next = addDays(next, 1);
    return this.#days.has(next) ? next : day;
  }

  /** Working days from `from` to `to`, both included; null beyond the calendar that was read. */
  between(from: string, to: string): number | null {
    if (!this.#days.has(from) || !this.#days.has(to)) return null;
    let count = 0;
    for (let day = from; day <= to; day = addDays(day, 1)) if (this.isWorkday(day)) count += 1;
    return count;
  }
}
