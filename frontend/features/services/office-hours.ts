import type { Office } from '../../../backend/modules/catalogue/contract.ts';
import type { WorkdayItem } from '../../../backend/modules/clock/contract.ts';
import { dayWithWeekday, legalDay, nearDay, timeText } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.svelte.ts';

export type OpenState =
  | { kind: 'open'; until: string }
  | { kind: 'break'; opens: string }
  | { kind: 'later'; opens: string }
  | { kind: 'closed'; nextOn: string | null; opens: string };

/**
 * Whether a hall is open now: office hours of a working day, by the official calendar, in Asia/Shanghai.
 * `workdays` begins today.
 */
export function openState(hours: Office['hours'], workdays: readonly WorkdayItem[], now: Date): OpenState {
  const today = legalDay(now);
  const time = timeText(now);
  const opens = hours[0]?.opens ?? '';
  if (workdays.some((day) => day.date === today && day.workday)) {
    const session = hours.find((span) => time >= span.opens && time < span.closes);
    if (session) return { kind: 'open', until: session.closes };
    const later = hours.find((span) => time < span.opens);
    if (later) return { kind: later === hours[0] ? 'later' : 'break', opens: later.opens };
  }
  return {
    kind: 'closed',
    nextOn: workdays.find((day) => day.date > today && day.workday)?.date ?? null,
    opens,
  };
}

/** The state of a hall as a sentence; needs the message area `home`. */
export function openText(state: OpenState): string {
  switch (state.kind) {
    case 'open':
      return t('home.hallOpen', { time: state.until });
    case 'break':
      return t('home.hallBreak', { time: state.opens });
    case 'later':
      return t('home.hallLater', { time: state.opens });
    case 'closed':
      return state.nextOn
        ? t('home.hallClosedNext', {
            day: nearDay(state.nextOn) || dayWithWeekday(state.nextOn),
            time: state.opens,
          })
        : t('home.hallClosed');
  }
}

export interface CalendarNotice {
  kind: 'holiday' | 'makeUp';
  from: string;
  to: string;
  days: number;
  name: { zh: string; en: string } | null;
}

function isWeekend(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The days that are not as usual: holidays as runs, with the weekends that touch them, and make-up workdays. */
export function calendarNotices(workdays: readonly WorkdayItem[]): readonly CalendarNotice[] {
  const notices: CalendarNotice[] = [];
  let run: WorkdayItem[] = [];
  const close = () => {
    const first = run[0];
    const last = run.at(-1);
    if (first && last && run.some((day) => !isWeekend(day.date) || day.name)) {
      notices.push({
        kind: 'holiday',
        from: first.date,
        to: last.date,
        days: run.length,
        name: run.find((day) => day.name)?.name ?? null,
      });
    }
    run = [];
  };
  for (const day of workdays) {
    if (!day.workday) {
      run.push(day);
      continue;
    }
    close();
    if (day.makeUp) notices.push({ kind: 'makeUp', from: day.date, to: day.date, days: 1, name: null });
  }
  close();
  return notices;
}
