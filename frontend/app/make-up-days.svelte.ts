import type { WorkdayItem } from '../../backend/modules/clock/contract.ts';
import { onMakeUp } from '../i18n/format.ts';
import { api } from './api.ts';

/**
 * Saturdays and Sundays that are worked (调休上班), so that every date that is one says so: a due day on a weekend reads like a
 * mistake without it. A month is asked for when the first of its weekend days is shown, and then known until the page goes.
 */
class MakeUpDays {
  #known = $state.raw<ReadonlySet<string>>(new Set());
  readonly #asked = new Set<string>();

  has(day: string): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) return false;
    void this.#ask(day.slice(0, 7));
    return this.#known.has(day);
  }

  async #ask(month: string): Promise<void> {
    if (this.#asked.has(month)) return;
    this.#asked.add(month);
    const [year, number] = month.split('-').map(Number);
    const last = new Date(Date.UTC(year ?? 0, number ?? 0, 0)).getUTCDate();
    try {
      const days = await api.get<WorkdayItem[]>('/api/workdays', {
        query: { from: `${month}-01`, to: `${month}-${last}` },
        quiet: true,
      });
      const worked = days.filter(({ makeUp }) => makeUp).map(({ date }) => date);
      if (worked.length > 0) this.#known = new Set([...this.#known, ...worked]);
    } catch {
      // A month beyond the calendar has none that is known; the date stands without the note.
    }
  }
}

export function tellMakeUpDays(): void {
  const days = new MakeUpDays();
  onMakeUp((day) => days.has(day));
}
