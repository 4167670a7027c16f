import type { TraceDay } from '../cases/trace.ts';

/** One cell of the short strip on the front page: a counted day, or a run of days that do not count. */
export interface StripCell {
  key: string;
  kind: 'done' | 'today' | 'ahead' | 'off' | 'pause';
  ordinal: number | null;
  from: string;
  to: string;
  days: number;
  holiday: boolean;
  /** As the State Council's notice names it. */
  name: TraceDay['name'];
  due: boolean;
}

/** More cells than this cannot be told apart at phone width. */
const MOST_CELLS = 6;

function kindOf(day: TraceDay): StripCell['kind'] {
  if (day.kind === 'off') return 'off';
  if (day.kind === 'paused') return 'pause';
  if (day.today) return 'today';
  return day.past ? 'done' : 'ahead';
}

/**
 * The promise in a handful of cells: counted days one by one, days off and pauses as one cell a run, the day of
 * acceptance left out (it is not counted). Empty when that would be more cells than a phone can show.
 */
export function stripCells(days: readonly TraceDay[]): readonly StripCell[] {
  const cells: StripCell[] = [];
  for (const day of days) {
    if (day.kind === 'start') continue;
    const kind = kindOf(day);
    const last = cells.at(-1);
    if (last && last.kind === kind && (kind === 'off' || kind === 'pause')) {
      last.to = day.date;
      last.days += 1;
      last.holiday ||= day.holiday;
      last.name ??= day.name;
      continue;
    }
    cells.push({
      key: day.date,
      kind,
      ordinal: day.ordinal,
      from: day.date,
      to: day.date,
      days: 1,
      holiday: day.holiday,
      name: day.name,
      due: day.due,
    });
  }
  return cells.length > MOST_CELLS ? [] : cells;
}
