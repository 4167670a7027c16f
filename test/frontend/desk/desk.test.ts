import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseForClerk, WorkItem } from '../../../backend/modules/applications/contract.ts';
import { Checks } from '../../../frontend/features/desk/checks.svelte.ts';
import { choicesOf, liveKeys, notJudging } from '../../../frontend/features/desk/deciding.ts';
import { markDifferences } from '../../../frontend/features/desk/differences.ts';
import {
  groupOf,
  leftText,
  pauseLines,
  waitingText,
  workGroups,
} from '../../../frontend/features/desk/work-rows.ts';
import { Workdays } from '../../../frontend/features/desk/workdays.svelte.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';

const NOW = '2026-10-09T02:30:00Z';

function item(no: string, dueAt: string | null, light: WorkItem['light'] = 'green'): WorkItem {
  return {
    id: no.padStart(24, '0'),
    no,
    type: 'ZY02',
    typeName: { zh: '存量房买卖转移登记', en: 'Sale' },
    address: '望湖苑',
    status: 'reviewing',
    step: 'firstReview',
    light,
    dueAt,
    statutoryDueAt: null,
    provisional: false,
    lateDays: 0,
    waitingFor: 'us',
    handler: null,
    recused: false,
    pauses: [],
    claimable: true,
  };
}

describe('the work list', () => {
  beforeAll(() => i18n.load(['app', 'desk', 'cases']));

  it('says of a paused row why, and until when where a day is known', () => {
    const reason = { zh: '待缴税', en: 'Waiting for tax' };
    const paused = {
      ...item('1', null, 'paused'),
      pauses: [
        { reason: 'waitTax' as const, label: reason, plannedEndOn: '2026-10-20' },
        { reason: 'suspendedByLaw' as const, label: { zh: '依法中止', en: '' }, plannedEndOn: null },
      ],
    };
    expect(pauseLines(paused)).toEqual(['待缴税，预计 10月20日（周二）恢复', '依法中止']);
    expect(pauseLines(item('2', '2026-10-12T09:00:00Z'))).toEqual([]);
  });

  it.each([
    ['2026-10-08T09:00:00Z', 'red', 'late'],
    ['2026-10-09T09:00:00Z', 'yellow', 'today'],
    ['2026-10-10T09:00:00Z', 'green', 'tomorrow'],
    ['2026-10-12T09:00:00Z', 'green', 'later'],
    [null, 'paused', 'paused'],
    [null, 'none', 'none'],
  ] as const)('puts %s (%s) under %s', (dueAt, light, group) =>
    expect(groupOf(item('1', dueAt, light), NOW)).toBe(group),
  );

  it.each([
    ['2026-10-09T02:00:00Z', '2026-10-09T02:30:00Z', '今天'],
    ['2026-10-08T09:00:00Z', '2026-10-09T02:30:00Z', '还不到 1 个工作日'],
  ])('says of what was due at %s, at %s: %s', (dueAt, now, words) =>
    expect(
      leftText(item('1', dueAt, 'red'), now, Object.assign(new Workdays(), { between: () => 0 })),
    ).toContain(words),
  );

  it('takes the days late from the clock, which leaves out those that were paused', () => {
    const row = { ...item('1', '2026-10-08T09:00:00Z', 'red'), lateDays: 2 };
    const week = Object.assign(new Workdays(), { between: () => 7 });
    expect(leftText(row, '2026-10-19T02:30:00Z', week)).toContain('2 个工作日');
  });

  it('offers to take only what is of the reader’s posts', () => {
    expect(waitingText(item('1', null), 'me')).toBe('可领取');
    expect(waitingText({ ...item('1', null), claimable: false }, 'me')).toBe('其他岗位');
  });

  it('orders groups by urgency and rows by due time', () => {
    const items = [
      item('3', null, 'paused'),
      item('2', '2026-10-12T09:00:00Z'),
      item('1', '2026-10-09T09:00:00Z', 'yellow'),
    ];
    const groups = workGroups(items, NOW, new Workdays()).filter(({ rows }) => rows.length > 0);
    expect(groups.map(({ rows }) => rows[0]!.no)).toEqual(['1', '2', '3']);
    expect(groups[0]!.heading).toBe('今天到期　1 件');
  });
});

describe('differences between the register and the application', () => {
  it('marks the word that differs', () => {
    const { left, right } = markDifferences('共同共有：赵明远、刘芸', '共同共有：赵明远、刘云');
    expect(left.filter(({ differs }) => differs).map(({ text }) => text)).toEqual(['刘芸']);
    expect(right.filter(({ differs }) => differs).map(({ text }) => text)).toEqual(['刘云']);
  });

  it('takes a masked number for the one it hides', () => {
    const { right } = markDifferences('赵明远 371502********0019 1/1', '赵明远 371502196309070019');
    expect(right.every(({ differs }) => !differs)).toBe(true);
  });

  it('says nothing where one side is missing', () => {
    expect(markDifferences(null, '赵明远').right).toEqual([{ text: '赵明远', differs: false }]);
  });
});

describe('checks', () => {
  const row = (
    key: string,
    registerValue: string | null,
    applicantValue: string | null,
  ): CaseForClerk['checklist'][number] => ({
    key,
    label: { zh: key, en: key },
    basis: '',
    registerValue,
    applicantValue,
    result: null,
    note: null,
  });
  const rows = [
    row('unit', '371502001001GB00001F00010001', '371502001001GB00001F00010001'),
    row('mortgage', '无', '是'),
    row('consent', null, '询问笔录'),
  ];

  beforeEach(() => sessionStorage.clear());

  it('takes over what agrees word for word and leaves the rest to the clerk', () => {
    const checks = new Checks({ id: 'c1', step: 'firstReview', filingHash: null }, 'me');
    checks.take(rows);
    expect([checks.done, checks.left, checks.current]).toEqual([1, 2, 1]);
  });

  it('goes on to the next open row, and waits at a difference for a note', () => {
    const checks = new Checks({ id: 'c2', step: 'firstReview', filingHash: null }, 'me');
    checks.take(rows);
    checks.mark('different');
    expect(checks.current).toBe(1);
    checks.setNote('mortgage', '抵押未注销');
    checks.mark('same');
    expect(checks.current).toBe(2);
    expect(checks.wire.find(({ key }) => key === 'mortgage')).toEqual({ key: 'mortgage', result: 'same' });
  });

  it('is still there after a reload, and not at the next step', () => {
    const checks = new Checks({ id: 'c3', step: 'firstReview', filingHash: null }, 'me');
    checks.take(rows);
    checks.set('consent', 'notApplicable');
    const again = new Checks({ id: 'c3', step: 'firstReview', filingHash: null }, 'me');
    again.take(rows);
    expect(again.resultOf('consent')).toBe('notApplicable');
    const next = new Checks({ id: 'c3', step: 'secondReview', filingHash: null }, 'me');
    next.take(rows);
    expect(next.resultOf('consent')).toBeNull();
  });
});

describe('the keys of the decisions', () => {
  it('name one button each, also for a head who may ask and decide', () => {
    const view = {
      allowedActs: [
        'review',
        'requestCorrection',
        'pause',
        'askExtension',
        'decidePause',
        'decideExtension',
        'refuse',
      ],
      blockedActs: [],
      steps: [],
      pauses: [],
    } as unknown as CaseForClerk;
    const keys = choicesOf(view, new Checks({ id: 'c4', step: 'firstReview', filingHash: null }, 'me')).map(
      ({ key }) => key,
    );
    expect(keys.length).toBe(7);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are in the table of keys only while they do something', () => {
    const page = { judging: false, papers: 1, choices: [], claims: true, next: false };
    expect(liveKeys(page)).toEqual(['C', 'G', 'Esc', '?']);
    expect(liveKeys({ ...page, judging: true, claims: false })).toEqual(
      expect.arrayContaining(['1', '2', '3']),
    );
  });

  it('of judging say why nothing is judged', () => {
    const view = { acceptedAt: null, allowedActs: ['accept'] } as unknown as CaseForClerk;
    expect(notJudging(view)).toBe('受理后才逐项核对');
    expect(notJudging({ ...view, acceptedAt: NOW, allowedActs: ['claim'] })).toBe('先领取，再办理');
  });
});
