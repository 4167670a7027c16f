import type { Language, Sentence } from '../../../platform/errors.ts';
import { say, tableOf, type Table, type TableColumn } from '../../../platform/table.ts';
import type { HallFigures, StatisticsBy, StatisticsRow, StatisticsView } from '../contract/statistics.ts';

const FIRST = {
  hour: { zh: '时间', en: 'Hour' },
  weekday: { zh: '星期', en: 'Weekday' },
  service: { zh: '业务', en: 'Service' },
  type: { zh: '事项', en: 'Business type' },
  hall: { zh: '大厅', en: 'Hall' },
} as const satisfies Record<StatisticsBy, Sentence>;

const column = (
  zh: string,
  en: string,
  cell: (figures: HallFigures) => number | null,
): TableColumn<StatisticsRow> => ({
  title: { zh, en },
  width: 12,
  cell: ({ figures }) => cell(figures),
});

const FIGURES: readonly TableColumn<StatisticsRow>[] = [
  column('号源', 'Seats offered', ({ offered }) => offered),
  column('已约', 'Seats taken', ({ taken }) => taken),
  column('约满率', 'Filled', ({ fillShare }) => fillShare),
  column('预约', 'Bookings', ({ bookings }) => bookings),
  column('取消', 'Cancelled', ({ cancelled }) => cancelled),
  column('其中临时取消', 'of them late', ({ cancelledLate }) => cancelledLate),
  column('取消率', 'Share cancelled', ({ cancelledShare }) => cancelledShare),
  column('大厅取消', 'Withdrawn by the office', ({ withdrawn }) => withdrawn),
  column('到场办理', 'Served', ({ served }) => served),
  column('爽约', 'Missed', ({ missed }) => missed),
  column('爽约率', 'Share missed', ({ missedShare }) => missedShare),
  column('取号', 'Tickets', ({ tickets }) => tickets),
  column('其中现场号', 'of them walk-in', ({ walkIns }) => walkIns),
  column('等候中位（分钟）', 'Wait, median (min)', ({ waiting }) => waiting?.median ?? null),
  column('等候九成（分钟）', 'Wait, p90 (min)', ({ waiting }) => waiting?.p90 ?? null),
  column('办理中位（分钟）', 'Service, median (min)', ({ serving }) => serving?.median ?? null),
  column('办理九成（分钟）', 'Service, p90 (min)', ({ serving }) => serving?.p90 ?? null),
];

/** The rows of the screen and their total, in the same order. Shares are parts of one. */
export function exportStatistics({ by, rows, total }: StatisticsView, language: Language): Table {
  const first: TableColumn<StatisticsRow> = {
    title: FIRST[by],
    width: 24,
    cell: ({ name }, l) => say(name, l),
  };
  const sum: StatisticsRow = { key: null, name: { zh: '合计', en: 'Total' }, figures: total };
  const name = language === 'en' ? 'Hall figures' : '预约统计';
  return tableOf(name, [first, ...FIGURES], [...rows, sum], language);
}
