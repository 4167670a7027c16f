import type {
  HallFigures,
  MinutesView,
  StatisticsBy,
  StatisticsRow,
} from '../../../backend/modules/appointments/contract.ts';

/** What the charts of 预约统计 say and where their marks stand. Pure. */

/** Also the order of the choice on the page. */
export const BY = ['hour', 'weekday', 'service', 'type', 'hall'] as const satisfies readonly StatisticsBy[];

export const isBy = (text: string | null): text is StatisticsBy => BY.some((one) => one === text);

const DAY_MS = 86_400_000;
/** As the API has it. */
const LONGEST_DAYS = 366;

/** What is wrong with the days, null where nothing is: a hint before the API is asked. */
export function daysProblem(from: string, to: string): 'missing' | 'turned' | 'most' | null {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (Number.isNaN(start) || Number.isNaN(end)) return 'missing';
  if (start > end) return 'turned';
  return (end - start) / DAY_MS + 1 > LONGEST_DAYS ? 'most' : null;
}

/** The row with most of something; null where no row has any. */
export function mostOf(
  rows: readonly StatisticsRow[],
  value: (figures: HallFigures) => number | null,
): { row: StatisticsRow; value: number } | null {
  let most: { row: StatisticsRow; value: number } | null = null;
  for (const row of rows) {
    const own = value(row.figures);
    if (own !== null && own > 0 && (most === null || own > most.value)) most = { row, value: own };
  }
  return most;
}

/** Where an axis ends: a round number of minutes not below any mark. */
export function axisEnd(times: readonly MinutesView[]): number {
  const most = Math.max(1, ...times.map((one) => one?.p90 ?? 0));
  const step = most > 120 ? 60 : most > 40 ? 20 : 10;
  return Math.ceil(most / step) * step;
}

/** About how wide a text of a chart is drawn: a Chinese character a whole, any other about half as wide and never less than it is. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e7f ? 12.5 : 7.2), 0);

/** How much lower the figures of every row stand, where a name and its figure do not fit beside each other. */
export function figureDrop(rows: readonly { name: string; figure: string }[], width: number): number {
  return rows.some(({ name, figure }) => widthOf(name) + widthOf(figure) + 12 > width) ? 18 : 0;
}
