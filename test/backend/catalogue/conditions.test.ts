import { describe, expect, it } from 'vitest';
import { conditionProblem, holds, valueAt } from '../../../backend/modules/catalogue/conditions.ts';
import type { Condition } from '../../../backend/modules/catalogue/contract.ts';

const answers = {
  kind: 'loan',
  agreed: false,
  empty: '',
  buyers: [{ partyKind: 'person' }, { partyKind: 'organisation' }],
  none: [],
  facts: { objection: true },
};

describe('conditions', () => {
  it.each([
    ['the answer is one of', { field: '/kind', in: ['loan', 'cash'] }, true],
    ['the answer is none of', { field: '/kind', in: ['cash'] }, false],
    ['false is an answer', { field: '/agreed', in: [false] }, true],
    ['a field that is not there', { field: '/nothing', in: ['x'] }, false],
    ['present', { field: '/kind', present: true }, true],
    ['an empty text is not present', { field: '/empty', present: true }, false],
    ['an empty list is not present', { field: '/none', present: false }, true],
    ['false is present', { field: '/agreed', present: true }, true],
    ['some of a list', { some: '/buyers', field: '/partyKind', in: ['organisation'] }, true],
    ['none of a list', { some: '/buyers', field: '/partyKind', in: ['court'] }, false],
    ['some of what is no list', { some: '/kind', field: '/partyKind', in: ['person'] }, false],
    ['a fact', { field: '/facts/objection', in: [true] }, true],
    [
      'all',
      {
        all: [
          { field: '/kind', in: ['loan'] },
          { field: '/agreed', in: [true] },
        ],
      },
      false,
    ],
    [
      'any',
      {
        any: [
          { field: '/kind', in: ['loan'] },
          { field: '/agreed', in: [true] },
        ],
      },
      true,
    ],
    ['not', { not: { field: '/kind', in: ['loan'] } }, false],
  ] as [string, Condition, boolean][])('%s: %j is %s', (_name, condition, expected) =>
    expect(holds(condition, answers)).toBe(expected),
  );

  it('read own properties only', () => {
    expect(valueAt({}, '/constructor')).toBeUndefined();
    expect(valueAt({}, '/__proto__/toString')).toBeUndefined();
    expect(valueAt({ a: [1] }, '/a/length')).toBe(1);
  });

  it.each([
    ['code', { javascript: 'true' }],
    ['an unknown field', { field: '/other', in: ['x'] }],
    ['nothing to compare with', { field: '/kind', in: [] }],
    ['an empty all', { all: [] }],
    ['a wrong part deep inside', { any: [{ not: { field: '/other', present: true } }] }],
    ['a text', 'true'],
    ['nothing', null],
    ['too much', { field: '/kind', in: ['x'], present: true }],
  ])('refuse %s as data', (_name, condition) => {
    expect(conditionProblem(condition, (pointer) => pointer === '/kind')).not.toBeNull();
  });
});
