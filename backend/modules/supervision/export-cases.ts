import type { Language } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { say, tableOf, type Table, type TableColumn } from '../../platform/table.ts';
import type { ExportQuery, PromiseRow, SupervisedCase, Text } from './contract.ts';
import { listCases } from './list-cases.ts';
import type { Reader } from './own-cases.ts';
import { refusalWords } from './performance.ts';
import { readPromises } from './promises.ts';
import type { Light, Outcome } from './vocabulary.ts';

const PAGE = 500;

const LIGHT_WORDS = {
  black: { zh: '法定超期', en: 'Past the statutory limit' },
  red: { zh: '超期', en: 'Overdue' },
  yellow: { zh: '临期', en: 'Due soon' },
  green: { zh: '按期', en: 'On time' },
  paused: { zh: '暂停', en: 'Paused' },
  none: { zh: '', en: '' },
} as const satisfies Record<Light, Text>;

const OUTCOME_WORDS = {
  registered: { zh: '已登簿', en: 'Registered' },
  refused: { zh: '不予登记', en: 'Refused' },
  declined: { zh: '不予受理', en: 'Declined' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
} as const satisfies Record<Outcome, Text>;

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const CASE_COLUMNS: readonly TableColumn<SupervisedCase>[] = [
  { title: { zh: '受理编号', en: 'Case number' }, width: 18, cell: ({ no }) => no },
  { title: { zh: '事项', en: 'Business type' }, width: 24, cell: ({ typeName }, l) => say(typeName, l) },
  { title: { zh: '大厅', en: 'Hall' }, width: 24, cell: ({ officeName }, l) => say(officeName, l) },
  { title: { zh: '状态', en: 'State' }, width: 12, cell: ({ statusWord }, l) => say(statusWord, l) },
  {
    title: { zh: '环节', en: 'Step' },
    width: 12,
    cell: ({ stepLabel }, l) => stepLabel && say(stepLabel, l),
  },
  {
    title: { zh: '灯', en: 'Light' },
    width: 10,
    cell: ({ light }, l) => light && say(LIGHT_WORDS[light], l),
  },
  { title: { zh: '经办', en: 'Clerk' }, width: 12, cell: ({ clerk }) => clerk?.name ?? null },
  { title: { zh: '受理时间', en: 'Accepted' }, width: 18, cell: ({ acceptedAt }) => instant(acceptedAt) },
  { title: { zh: '承诺到期', en: 'Promised by' }, width: 18, cell: ({ dueAt }) => instant(dueAt) },
  {
    title: { zh: '法定到期', en: 'Statutory end' },
    width: 18,
    cell: ({ statutoryDueAt }) => instant(statutoryDueAt),
  },
  {
    title: { zh: '暂停', en: 'Paused for' },
    width: 20,
    cell: ({ pauses }, l) => pauses.map(({ label }) => say(label, l)).join('、'),
  },
  {
    title: { zh: '延长（天）', en: 'Extended (days)' },
    width: 10,
    cell: ({ extendedByDays }) => extendedByDays,
  },
  { title: { zh: '补正（次）', en: 'Corrections' }, width: 10, cell: ({ corrections }) => corrections },
  { title: { zh: '结束时间', en: 'Ended' }, width: 18, cell: ({ endedAt }) => instant(endedAt) },
  {
    title: { zh: '结果', en: 'Outcome' },
    width: 12,
    cell: ({ outcome }, l) => outcome && say(OUTCOME_WORDS[outcome], l),
  },
  {
    title: { zh: '是否按时', en: 'On time' },
    width: 10,
    cell: ({ onTime }, l) =>
      onTime === null ? null : say(onTime ? { zh: '按时', en: 'Yes' } : { zh: '超期', en: 'No' }, l),
  },
  {
    title: { zh: '用时（办公分钟）', en: 'Time used (office minutes)' },
    width: 14,
    cell: ({ usedMinutes }) => usedMinutes,
  },
  {
    title: { zh: '暂停（办公分钟）', en: 'Paused (office minutes)' },
    width: 14,
    cell: ({ pausedMinutes }) => pausedMinutes,
  },
  {
    title: { zh: '不予登记理由', en: 'Ground of refusal' },
    width: 30,
    cell: ({ reason }, l) => reason && say(refusalWords(reason), l),
  },
];

/** The cases behind a figure, page by page, as many as there are. */
export function exportCases(p: Platform, reader: Reader, query: ExportQuery, language: Language): Table {
  const { format: _format, ...filters } = query;
  const now = p.time.now();
  async function* rows(): AsyncGenerator<SupervisedCase> {
    let cursor: string | null = null;
    do {
      const page = await listCases(
        p,
        reader,
        { ...filters, limit: PAGE, ...(cursor ? { cursor } : {}) },
        now,
      );
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return tableOf(language === 'en' ? 'Cases' : '办件', CASE_COLUMNS, rows(), language);
}

const UNIT_WORDS = {
  workingDay: { zh: '个工作日', en: 'working days' },
  workingHour: { zh: '个办公小时', en: 'office hours' },
  day: { zh: '日', en: 'days' },
  month: { zh: '个月', en: 'months' },
} as const satisfies Record<PromiseRow['promised']['unit'], Text>;

const limitText = ({ amount, unit }: PromiseRow['promised'], language: Language): string =>
  `${amount} ${say(UNIT_WORDS[unit], language)}`;

const LIVE = {
  last30Days: { zh: '近30天', en: '30 days: ' },
  last365Days: { zh: '近365天', en: '365 days: ' },
};

const liveColumns = (key: keyof typeof LIVE): TableColumn<PromiseRow>[] => {
  const title = (zh: string, en: string) => ({ zh: LIVE[key].zh + zh, en: LIVE[key].en + en });
  return [
    { title: title('办结', 'done'), width: 10, cell: (row) => row[key].done },
    { title: title('按时率', 'on time'), width: 10, cell: (row) => row[key].onTimeShare },
    {
      title: title('中位用时（工作日）', 'median (working days)'),
      width: 12,
      cell: (row) => row[key].medianWorkdays,
    },
    {
      title: title('九成用时（工作日）', 'p90 (working days)'),
      width: 12,
      cell: (row) => row[key].p90Workdays,
    },
  ];
};

const PROMISE_COLUMNS: readonly TableColumn<PromiseRow>[] = [
  { title: { zh: '代码', en: 'Code' }, width: 8, cell: ({ type }) => type },
  { title: { zh: '事项', en: 'Business type' }, width: 28, cell: ({ name }, l) => say(name, l) },
  { title: { zh: '承诺', en: 'Promise' }, width: 12, cell: ({ promised }, l) => limitText(promised, l) },
  { title: { zh: '法定', en: 'Law' }, width: 12, cell: ({ statutory }, l) => limitText(statutory, l) },
  ...liveColumns('last30Days'),
  ...liveColumns('last365Days'),
];

/** 承诺公示 as a table. */
export function exportPromises(p: Platform, language: Language): Table {
  async function* rows(): AsyncGenerator<PromiseRow> {
    yield* (await readPromises(p)).items;
  }
  return tableOf(language === 'en' ? 'Promises' : '承诺公示', PROMISE_COLUMNS, rows(), language);
}
