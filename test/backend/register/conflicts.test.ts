import { describe, expect, it } from 'vitest';
import { blockingConflicts, conflictsOf } from '../../../backend/modules/register/conflicts.ts';
import {
  EXISTING_STATES,
  REQUEST_KINDS,
  type ExistingState,
  type RequestKind,
} from '../../../backend/modules/register/contract.ts';
import type { UnitDocument } from '../../../backend/modules/register/unit.model.ts';
import { encumbrance, NOW, pendingCase, sealed, TERMS, TODAY, unit } from './units.ts';

/**
 * domain.md §5.1, written down again from the law and not from the code. y allowed · n refused · c condition ·
 * q queue · s suspended (中止) · i interrupts · - does not arise · w allowed, with something to know.
 * Columns: 转移 抵押首次 抵押注销 更名 面积用途 所有权注销 预告 异议 更正 查封 解封 续封 换补证 查询
 */
const LAW: Record<ExistingState, string> = {
  seizure: 'n n y c n n n y c w y y c y',
  objection: 'c c y y y c c c y y y y y y',
  preNotice: 'c c y y c c n y y w y y y y',
  mortgageFree: 'w w y y y c y y y y y y y y',
  mortgageRestricted: 'c w y y y c c y y y y y y y',
  mortgageBefore2021: 'c w y y y c c y y y y y y y',
  residence: 'c c y y c c c y y y y y y y',
  easement: 'y y y y y c y y y y y y y y',
  constructionMortgage: 'c w y - - c c - - y y y - y',
  correctionPending: 's s y s s s s y - y y y s y',
  // The earlier case is a sale. A discharge does not wait for it: 民法典393, and domain.md's order of acceptance
  // protects who stands before from losing something, which nobody does here.
  earlierCase: 'q q y q q q q y y i y y q y',
  // 查封规定23: whatever the seizure row stops, its service holds.
  orderServed: 's s y s s s s y s q y y s y',
  notFirstRegistered: 'n n - - - - w - - w y y - -',
  historic: 'n n - n n n n n c n n n n y',
};

const SIGN: Record<string, string> = {
  allow: 'w',
  refuse: 'n',
  condition: 'c',
  queue: 'q',
  suspend: 's',
  interrupt: 'i',
  notApplicable: '-',
};

const COLUMNS: RequestKind[] = [
  'transfer',
  'mortgageFirst',
  'mortgageDischarge',
  'rename',
  'areaUseChange',
  'cancelOwnership',
  'preNotice',
  'objection',
  'correction',
  'seizure',
  'seizureRelease',
  'seizureRenewal',
  'reissue',
  'query',
];

const bankHolder = { ...sealed('bank', null), name: '聊城农商银行' };
const mortgage = (terms = {}, registeredAt = new Date('2022-03-01T09:00:00+08:00')) =>
  encumbrance('mortgage', { holders: [bankHolder], mortgage: { ...TERMS, ...terms }, registeredAt });

/** One unit in exactly one state each. */
const IN_STATE: Record<ExistingState, UnitDocument> = {
  seizure: unit({ encumbrances: [encumbrance('seizure')] }),
  objection: unit({ encumbrances: [encumbrance('objection')] }),
  preNotice: unit({ encumbrances: [encumbrance('preNotice', { holders: [sealed('钱进', null)] })] }),
  mortgageFree: unit({ encumbrances: [mortgage()] }),
  mortgageRestricted: unit({ encumbrances: [mortgage({ transferRestricted: true })] }),
  mortgageBefore2021: unit({ encumbrances: [mortgage({}, new Date('2020-12-31T23:59:59+08:00'))] }),
  residence: unit({ encumbrances: [encumbrance('residence')] }),
  easement: unit({ encumbrances: [encumbrance('easement')] }),
  constructionMortgage: unit({ encumbrances: [mortgage({ underConstruction: true })] }),
  correctionPending: unit({ pending: [pendingCase('other', 1, 'correction')] }),
  earlierCase: unit({ pending: [pendingCase('other', 1)] }),
  orderServed: unit({
    served: [{ caseId: 'other', caseNo: '20261009000001', request: 'seizure', at: NOW }],
  }),
  notFirstRegistered: unit({ status: 'future', rights: [] }),
  historic: unit({ status: 'cancelled' }),
};

const context = { on: TODAY, caseId: 'mine', conditionsMet: [] };

describe('what blocks what', () => {
  it('has a row for every state and a column for every request', () => {
    expect(COLUMNS.toSorted()).toEqual(Object.values(REQUEST_KINDS).toSorted());
    expect(Object.keys(LAW).toSorted()).toEqual(Object.values(EXISTING_STATES).toSorted());
  });

  for (const state of Object.values(EXISTING_STATES)) {
    const cells = LAW[state].split(' ');
    COLUMNS.forEach((request, column) => {
      const expected = cells[column];
      it(`${state} × ${request}: ${expected}`, () => {
        const conflicts = conflictsOf(IN_STATE[state], request, context);
        expect(conflicts.map(({ verdict }) => SIGN[verdict])).toEqual(expected === 'y' ? [] : [expected]);
        for (const conflict of conflicts) {
          expect(conflict.state).toBe(state);
          expect(conflict.condition === null).toBe(expected !== 'c');
          for (const text of [conflict.sentence, conflict.publicSentence, conflict.basis]) {
            expect(`${text.zh}${text.en}`).not.toMatch(/[{}]|undefined|null/);
            expect(text.zh).toMatch(/\p{Script=Han}/u);
            expect(text.en).not.toMatch(/\p{Script=Han}.*\p{Script=Han}{12}/u);
          }
        }
      });
    });
  }
});

describe('送达先后 (细则91): which seizure waits for which', () => {
  const order = (caseId: string, minute: number, request: RequestKind = 'seizure') => ({
    caseId,
    caseNo: caseId,
    request,
    at: new Date(NOW.getTime() + minute * 60_000),
  });
  it.each<[string, ReturnType<typeof order>[], string, number]>([
    ['the later for the earlier', [order('a', 0), order('b', 1)], 'b', 1],
    ['the earlier for nobody, whatever the order of the list', [order('b', 1), order('a', 0)], 'a', 0],
    ['one that is not handed in yet for all', [order('a', 0), order('b', 1)], 'c', 2],
    ['none for a renewal', [order('a', 0, 'seizureRenewal'), order('b', 1)], 'b', 0],
    ['one of two of the same instant for the other', [order('b', 0), order('a', 0)], 'b', 1],
    ['the other for none', [order('b', 0), order('a', 0)], 'a', 0],
  ])('%s', (_, served, caseId, waits) => {
    const found = blockingConflicts(conflictsOf(unit({ served }), 'seizure', { ...context, caseId }));
    expect(found.map(({ state }) => state)).toEqual(Array(waits).fill('orderServed'));
  });
});

describe('a conflict says enough to act on', () => {
  const only = (unitInState: UnitDocument, request: RequestKind) =>
    conflictsOf(unitInState, request, context)[0]!;

  it('names the court, the document and the last day of a seizure', () => {
    const { sentence, basis } = only(IN_STATE.seizure, 'transfer');
    expect(sentence.zh).toBe(
      '这个单元已被东昌府区人民法院查封（(2026)鲁1502执123号，至 2029-01-04），现在不能办理转移登记。请先向查封机关申请解封。',
    );
    expect(basis.zh).toBe('《城市房地产管理法》第三十八条第（二）项');
    expect(only(IN_STATE.seizure, 'mortgageFirst').basis.zh).toBe('《民法典》第三百九十九条第（五）项');
  });

  it('names the earlier case and the day it is promised for', () => {
    const { sentence, pendingCaseId } = only(IN_STATE.earlierCase, 'transfer');
    expect(sentence.zh).toContain('2026100900001，承诺 2026-10-14 前办结');
    expect(pendingCaseId).toBe('other');
  });

  it('tells others neither court, nor case, nor holder', () => {
    expect(only(IN_STATE.seizure, 'transfer').publicSentence.zh).toBe(
      '这个单元正被查封，现在不能办理转移登记。请先向查封机关申请解封。',
    );
    expect(only(IN_STATE.mortgageRestricted, 'transfer').publicSentence.zh).not.toContain('农商');
    expect(only(IN_STATE.earlierCase, 'transfer').publicSentence.zh).not.toContain('2026');
  });

  it('is met once its condition was shown, and then blocks no more', () => {
    const asked = { ...context, conditionsMet: ['mortgageeJoins' as const] };
    const before = conflictsOf(IN_STATE.mortgageRestricted, 'transfer', context);
    const after = conflictsOf(IN_STATE.mortgageRestricted, 'transfer', asked);
    expect([before[0]?.met, blockingConflicts(before).length]).toEqual([false, 1]);
    expect([after[0]?.met, blockingConflicts(after).length]).toEqual([true, 0]);
  });

  it('does not let a promise cure a refusal', () => {
    const all = { ...context, conditionsMet: ['courtConsent' as const, 'ownRiskPromise' as const] };
    expect(blockingConflicts(conflictsOf(IN_STATE.seizure, 'transfer', all))).toHaveLength(1);
  });
});

describe('order of acceptance', () => {
  const queue = unit({ pending: [pendingCase('first', 1), pendingCase('second', 2)] });
  const ask = (caseId: string | null) => conflictsOf(queue, 'transfer', { ...context, caseId });

  it('lets the first through and makes the second wait for the first only', () => {
    expect(ask('first')).toEqual([]);
    expect(ask('second').map(({ pendingCaseId }) => pendingCaseId)).toEqual(['first']);
  });

  it('lets a discharge pass every earlier case but another discharge', () => {
    for (const earlier of COLUMNS) {
      const busy = unit({ pending: [pendingCase('other', 1, earlier)] });
      const waits = conflictsOf(busy, 'mortgageDischarge', context).map(({ verdict }) => verdict);
      expect(waits, earlier).toEqual(earlier === 'mortgageDischarge' ? ['queue'] : []);
    }
  });

  it('lets no later sale pass a discharge', () => {
    const busy = unit({ pending: [pendingCase('other', 1, 'mortgageDischarge')] });
    expect(conflictsOf(busy, 'transfer', context).map(({ verdict }) => verdict)).toEqual(['queue']);
  });

  it('puts a case that is not yet accepted behind all of them', () => {
    expect(ask(null).map(({ pendingCaseId }) => pendingCaseId)).toEqual(['first', 'second']);
  });
});

describe('a seizure that arrives (查封规定23)', () => {
  // What it stops: whatever the matrix bars on a seized unit. What is allowed there goes on.
  it.each<[RequestKind, boolean]>([
    ['transfer', true],
    ['mortgageFirst', true],
    ['preNotice', true],
    ['cancelOwnership', true],
    ['rename', true],
    ['mortgageDischarge', false],
    ['objection', false],
    ['seizure', false],
    ['seizureRelease', false],
  ])('and an accepted %s: stopped %s', (request, stopped) => {
    const busy = unit({ pending: [pendingCase('other', 1, request)] });
    const conflicts = conflictsOf(busy, 'seizure', context);
    expect(conflicts.map(({ verdict }) => verdict)).toEqual(stopped ? ['interrupt'] : []);
  });

  it('is lifted without a word of waiting or of stopping others', () => {
    const seized = unit({ encumbrances: [encumbrance('seizure')], pending: [pendingCase('other', 1)] });
    expect(conflictsOf(seized, 'seizureRelease', context)).toEqual([]);
  });
});

describe('dates', () => {
  it('an objection binds on its last day and not on the next', () => {
    const at = (on: string) => conflictsOf(IN_STATE.objection, 'transfer', { ...context, on }).length;
    expect([at('2026-10-20'), at('2026-10-21')]).toEqual([1, 0]);
  });

  it('a seizure that ran out blocks no more, though nobody marked it, unless another waited', () => {
    const after = { ...context, on: '2029-01-05' };
    expect(conflictsOf(IN_STATE.seizure, 'transfer', after)).toEqual([]);
    const waiting = encumbrance('seizure', {
      id: 'waiting',
      status: 'waiting',
      rank: 2,
      from: null,
      until: null,
    });
    const two = unit({ encumbrances: [encumbrance('seizure'), waiting] });
    expect(conflictsOf(two, 'transfer', after).map(({ encumbranceId }) => encumbranceId)).toEqual([
      'waiting',
    ]);
  });

  it('a right of residence past its term is not dropped silently', () => {
    const past = unit({ encumbrances: [encumbrance('residence', { until: '2026-01-31' })] });
    expect(conflictsOf(past, 'transfer', context)).toHaveLength(1);
  });
});
