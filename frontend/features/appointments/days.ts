import type {
  AvailabilityView,
  DayView,
  WindowView,
} from '../../../backend/modules/appointments/contract.ts';
import { dayWithWeekday, legalDay, nearDay } from '../../i18n/format.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';

/** A fortnight of windows in words. */

export function levelWord(level: WindowView['level']): string {
  const words = {
    plenty: t('appointments.levelPlenty'),
    few: t('appointments.levelFew'),
    full: t('appointments.levelFull'),
    closed: t('appointments.levelClosed'),
    notYet: t('appointments.levelNotYet'),
    past: t('appointments.levelPast'),
  } satisfies Record<WindowView['level'], string>;
  return words[level];
}

/** Free when any window is: plenty where one has plenty. */
export function levelOfDay({
  bookable,
  windows,
}: Pick<DayView, 'bookable' | 'windows'>): 'plenty' | 'few' | null {
  if (!bookable) return null;
  return windows.some(({ level }) => level === 'plenty') ? 'plenty' : 'few';
}

export const isWaitable = ({ windows }: Pick<DayView, 'windows'>): boolean =>
  windows.some(({ canWait }) => canWait);

/** A day that can be opened: something is free, or one can wait for it. */
export const canOpen = (day: DayView): boolean => day.bookable || isWaitable(day);

/** 调休上班: open at a weekend. */
export const isMakeUp = ({ weekday, windows }: Pick<DayView, 'weekday' | 'windows'>): boolean =>
  weekday >= 6 && windows.length > 0;

/** `今天 10月9日（周五）`, for the beginning of a line; `plain` where 调休上班 is said beside it. */
export function dayLabel(
  date: string,
  { today = legalDay(), plain = false }: { today?: string; plain?: boolean } = {},
): string {
  const near = nearDay(date, today);
  const day = dayWithWeekday(date, plain ? { today, makeUp: false } : { today });
  if (!near) return day;
  return i18n.language === 'en'
    ? `${near.charAt(0).toUpperCase()}${near.slice(1)}, ${day}`
    : `${near} ${day}`;
}

/** `10月12日（周一）09:00`. */
export function whenText(date: string, from: string, to?: string): string {
  const span = to ? `${from}–${to}` : from;
  return `${dayWithWeekday(date)}${i18n.language === 'en' ? ', ' : ''}${span}`;
}

/** The parts of a slot's name: hall, day, time. */
export function readSlot(slotId: string): { hall: string; date: string; from: string; pool: string } | null {
  const [hall, date, at, pool] = slotId.split('|');
  if (!hall || !date || at?.length !== 4 || !pool) return null;
  return { hall, date, from: `${at.slice(0, 2)}:${at.slice(2)}`, pool };
}

export function earliestText(view: AvailabilityView): string | null {
  const slot = view.nextFree && readSlot(view.nextFree.slotId);
  return slot ? whenText(slot.date, slot.from) : null;
}

/** Windows of a day by half. */
export function halvesOf(
  windows: readonly WindowView[],
): { key: 'morning' | 'afternoon'; windows: WindowView[] }[] {
  const morning = windows.filter(({ from }) => from < '12:00');
  const afternoon = windows.filter(({ from }) => from >= '12:00');
  return [
    { key: 'morning' as const, windows: morning },
    { key: 'afternoon' as const, windows: afternoon },
  ].filter((half) => half.windows.length > 0);
}

/** Which day to open: the one asked for, `next` for the earliest that is free; null where none was asked for. */
export function dayAsked(view: AvailabilityView, wish: string | null): DayView | null | 'unknown' {
  if (!wish) return null;
  const date = wish === 'next' ? view.nextFree?.date : wish;
  if (!date) return null;
  return view.days.find((day) => day.date === date) ?? 'unknown';
}
