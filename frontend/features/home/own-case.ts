import type { CaseCard, DeadlineAnswer } from '../../../backend/modules/applications/contract.ts';
import { to } from '../../app/paths.ts';
import { dayText, dayWithWeekday, legalDay, nearDay, timeText } from '../../i18n/format.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';
import { traceDays, type TraceDay } from '../cases/trace.ts';

/** Where a case is gone on with: the very page of what the visitor has to do, else the page of the case. */
export function hrefOf(card: CaseCard): string {
  const { id, no } = card;
  switch (card.todo?.kind) {
    case 'sign':
      return to('consent', { token: id });
    case 'submit':
      return to('applicationCheck', { no: id });
    case 'continueDraft':
    case 'send':
    case 'correct':
      return to('application', { no: id });
    default:
      return card.status === 'draft' ? to('application', { no: id }) : to('case', { no: no ?? id });
  }
}

/** Past its promise: the due time is then told as broken, never as still to come. */
export const isLate = ({ clocks }: CaseCard): boolean =>
  clocks !== null && (clocks.light === 'red' || clocks.light === 'black');

export function ownDays(deadline: DeadlineAnswer | null): readonly TraceDay[] {
  if (!deadline?.promised) return [];
  return traceDays(deadline.promised, deadline.computedAt, deadline.stoppedAt);
}

/** “明天（周六，调休上班）” and `17:00`, or the date when it is further away; null while no clock runs or once it is late. */
export function dueWords(card: CaseCard, days: readonly TraceDay[]): { day: string; time: string } | null {
  const at = card.clocks?.running && !isLate(card) ? card.clocks.promised.dueAt : null;
  if (!at) return null;
  const day = legalDay(at);
  const makeUp = days.some((one) => one.due && one.makeUp);
  return { day: nearDatedDay(day, makeUp), time: timeText(at) };
}

/** `下午 5 点`, `上午 9 点半`: the hour as it is spoken. */
export function spokenTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (i18n.language === 'en' || (minute !== 0 && minute !== 30)) return time;
  const half = hour < 12 ? t('home.morning') : t('home.afternoon');
  const twelve = hour > 12 ? hour - 12 : hour;
  return t(minute === 0 ? 'home.oClock' : 'home.halfPast', { half, hour: twelve });
}

/** “明天（周六，调休上班）”; further away the date stands in its place. */
export function nearDatedDay(day: string, makeUp?: boolean): string {
  const dated = dayWithWeekday(day, { makeUp });
  const near = nearDay(day);
  return near && i18n.language !== 'en' ? dated.replace(dayText(day), near) : dated;
}
