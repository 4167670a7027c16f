import { beforeAll, describe, expect, it } from 'vitest';
import type { DeadlineAnswer } from '../../../backend/modules/applications/contract.ts';
import {
  miniDays,
  miniLabel,
  promiseView,
  splitBasis,
} from '../../../frontend/features/cases/promise-view.ts';
import { traceDays, traceTotals } from '../../../frontend/features/cases/trace.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';

type Face = NonNullable<DeadlineAnswer['promised']>;
type Row = Face['trace'][number];

const row = (
  date: string,
  kind: Row['kind'],
  zh: string,
  ordinal: number | null = null,
  more: Partial<Row> = {},
): Row => ({
  date,
  kind,
  counted: ordinal === null ? 0 : 1,
  ordinal,
  makeUp: false,
  holiday: null,
  due: false,
  provisional: false,
  basis: { zh, en: zh },
  ...more,
});

const NATIONAL_DAY = { zh: '国庆节', en: 'National Day' };

/** The case of the mock-up: accepted 29 September, holiday, one paused day, a make-up Saturday at the end. */
const trace: Row[] = [
  row('2026-09-29', 'start', '受理当天，不计（民法典 201 条）'),
  row('2026-09-30', 'counted', '工作日，计', 1),
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) =>
    row(`2026-10-${day}`, 'off', '国庆放假，不计（国务院办公厅 2026 年放假通知）', null, {
      holiday: NATIONAL_DAY,
    }),
  ),
  row('2026-10-08', 'paused', '下班时还在等您补材料，不计（补正通知 2026-0417）'),
  row('2026-10-09', 'counted', '工作日，计', 2),
  row('2026-10-10', 'makeUp', '调休上班，计', 3, { makeUp: true, due: true }),
];

function answer(face: Partial<Face> = {}, more: Partial<DeadlineAnswer> = {}): DeadlineAnswer {
  return {
    id: '0'.repeat(24),
    no: '2026092900137',
    computedAt: '2026-10-09T02:30:00Z',
    light: 'green',
    running: true,
    acceptedAt: '2026-09-29T02:12:00Z',
    stoppedAt: null,
    promised: {
      limit: { amount: 3, unit: 'workingDay' },
      citation: { zh: '承诺', en: 'Promised' },
      dueOn: '2026-10-10',
      dueAt: '2026-10-10T09:00:00Z',
      provisional: false,
      countedUnits: 1,
      remainingUnits: 2,
      overdueUnits: 0,
      extendedByDays: 0,
      trace,
      ...face,
    },
    statutory: null,
    frozen: null,
    ...more,
  };
}

describe('the promise panel', () => {
  beforeAll(() => i18n.load(['app', 'cases']));

  it('draws one cell a day, each with a sentence of its own', () => {
    const view = promiseView(answer())!;
    expect(view.cells.map(({ kind }) => kind)).toEqual([
      'start',
      'done',
      ...Array(7).fill('off'),
      'pause',
      'counting',
      'ahead',
    ]);
    expect(view.cells[9]!.sentence).toBe('10月8日 周四，下班时还在等您补材料，不计');
    expect(view.cells[11]).toMatchObject({ badge: '班', due: true, number: 3 });
    expect(view.cells[11]!.sentence).toBe('10月10日 周六，调休上班，计，第 3 个工作日，这一天到期');
  });

  it('adds up to the promise', () => {
    const sums = promiseView(answer())!.sums.map(({ strong = '', text }) => strong + text);
    expect(sums).toEqual([
      '承诺 3 个工作日 = 已计 1 + 还剩 2',
      '放假 7 天不计',
      '暂停 1 天不计',
      '受理当天不计',
    ]);
  });

  it('adds up to the promise with its extension, and names it', () => {
    const extended = { extendedByDays: 5, countedUnits: 1, remainingUnits: 7 };
    expect(promiseView(answer(extended))!.sums[0]).toEqual({
      mark: 'counted',
      strong: '承诺 3 个工作日，延长 5 个工作日',
      text: '：已计 1 + 还剩 7',
    });
    const late = promiseView(answer({ ...extended, remainingUnits: 0, overdueUnits: 1 }, { light: 'red' }))!;
    expect(late.sums[0]).toMatchObject({
      strong: '承诺 3 个工作日，延长 5 个工作日',
      text: '，已超期 1 个工作日',
    });
  });

  it('tells equal days in a row on one line, for the table and the elder view alike', () => {
    const view = promiseView(answer())!;
    expect(view.rows.map(({ when, number }) => [when, number])).toContainEqual(['10月1日–7日', '–']);
    expect(view.runs).toHaveLength(6);
  });

  it('names the make-up Saturday in the due day and counts today as left', () => {
    expect(promiseView(answer())!.facts[0]).toMatchObject({
      value: '10月10日（周六，调休上班）17:00',
      note: '还剩 2 个工作日（含今天）',
    });
  });

  it('counts today no longer as left once the office has closed', () => {
    const evening = promiseView(
      answer({ remainingUnits: 1, countedUnits: 2 }, { computedAt: '2026-10-09T10:08:00Z' }),
    )!;
    expect(evening.facts[0]).toMatchObject({ note: '还剩 1 个工作日' });
    expect(evening.cells.filter(({ kind }) => kind === 'counting')).toEqual([]);
    expect(promiseView(answer())!.cells.filter(({ kind }) => kind === 'counting')).toHaveLength(1);
  });

  it('has no due day while paused, and says what is left', () => {
    const fact = promiseView(answer({ dueOn: null, dueAt: null }, { running: false, light: 'paused' }))!
      .facts[0]!;
    expect(fact).toMatchObject({
      value: '暂停中',
      note: '还剩 2 个工作日；恢复后重新算出到期日',
      tone: 'pause',
    });
  });

  it('goes on past the due day to today, with the late days drawn as late', () => {
    const late = [
      ...trace,
      row('2026-10-11', 'off', '周末，不计'),
      row('2026-10-12', 'late', '工作日，已超期第 1 个工作日'),
      row('2026-10-13', 'late', '工作日，已超期第 2 个工作日'),
    ];
    const view = promiseView(
      answer(
        { trace: late, overdueUnits: 2, remainingUnits: 0 },
        { light: 'red', computedAt: '2026-10-13T02:00:00Z' },
      ),
    )!;
    expect(view.cells.slice(-4).map(({ kind, word }) => `${kind} ${word}`)).toEqual([
      'done 到期',
      'off 休',
      'late 超期',
      'late 超期',
    ]);
    expect(view.cells.at(-1)).toMatchObject({ today: true, sentence: expect.stringContaining('已超期第 2') });
    expect(view.rows.at(-1)).toMatchObject({ number: '–' });
    expect(view.runs.at(-1)).toMatchObject({ kind: 'late', today: true });
  });

  it('writes lateness in words', () => {
    const view = promiseView(answer({ overdueUnits: 1, remainingUnits: 0 }, { light: 'red' }))!;
    expect(view.facts[0]).toMatchObject({ note: '超期 1 个工作日', tone: 'late' });
    expect(view.sums[0]).toMatchObject({ mark: 'late', text: '，已超期 1 个工作日' });
  });

  it('is nothing before acceptance', () => {
    expect(promiseView({ ...answer(), promised: null })).toBeNull();
  });

  it('stands the same wherever the browser is', () => {
    const days = traceDays(answer().promised!, '2026-10-09T16:30:00Z', null);
    expect(days.find((day) => day.today)?.date).toBe('2026-10-10');
    expect(traceTotals(days)).toEqual({ counted: 2, holidays: 7, weekends: 0, paused: 1 });
  });
});

describe('the small strip', () => {
  const clock = {
    limit: { amount: 3, unit: 'workingDay' },
    countedUnits: 1,
    remainingUnits: 2,
    overdueUnits: 0,
    extendedByDays: 0,
  };

  it.each([
    ['running', { ...clock }, true, ['counted', 'today', 'ahead']],
    ['nothing counted yet', { ...clock, remainingUnits: 3 }, true, ['ahead', 'ahead', 'ahead']],
    ['paused', { ...clock }, false, ['counted', 'paused', 'ahead', 'ahead'].slice(0, 4)],
    [
      'late',
      { ...clock, remainingUnits: 0, overdueUnits: 1 },
      true,
      ['counted', 'counted', 'counted', 'late'],
    ],
    [
      'extended: cells of the promise and of what was added',
      { ...clock, remainingUnits: 7, extendedByDays: 5 },
      true,
      ['counted', 'today', ...Array(6).fill('ahead')],
    ],
  ] as const)('%s', (_, totals, running, cells) => {
    expect(miniDays(totals, running)).toEqual(cells);
  });

  it('leaves long limits to words', () => {
    expect(miniDays({ ...clock, limit: { amount: 30, unit: 'workingDay' } }, true)).toBeNull();
    expect(miniDays({ ...clock, extendedByDays: 6, remainingUnits: 8 }, true)).toBeNull();
  });

  it('says what it is counted against', () => {
    const extended = { ...clock, remainingUnits: 7, extendedByDays: 5 };
    expect(miniLabel(clock, true)).toBe('已用 1 个工作日，承诺 3 个');
    expect(miniLabel(extended, true)).toBe('已用 1 个工作日，承诺加延长共 8 个');
    expect(miniLabel(extended, false)).toBe('已用 1 个工作日，暂停中，承诺加延长共 8 个');
    expect(miniLabel({ ...extended, remainingUnits: 0, overdueUnits: 1 }, true)).toBe(
      '承诺加延长共 8 个工作日，已超期 1 个',
    );
  });
});

it('sets a source apart from its sentence', () => {
  expect(splitBasis('受理当天，不计（民法典 201 条）')).toEqual({
    why: '受理当天，不计',
    basis: '民法典 201 条',
  });
  expect(splitBasis('工作日，计')).toEqual({ why: '工作日，计', basis: '' });
});
