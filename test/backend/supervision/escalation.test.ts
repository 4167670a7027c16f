import { describe, expect, it } from 'vitest';
import {
  levelOf,
  recipientsOf,
  type Concerned,
  type Directory,
} from '../../../backend/modules/supervision/escalation.ts';
import type { AlarmKind } from '../../../backend/modules/supervision/vocabulary.ts';

const person = (name: string, officeId: string | null = 'centre') => ({
  accountId: name,
  name,
  officeId,
  personIndex: `index of ${name}`,
});

const DIRECTORY: Directory = {
  firstReview: [person('guo'), person('guo of linqing', 'linqing'), person('wang')],
  sectionHead: [person('head'), person('head of linqing', 'linqing')],
  leader: [person('leader', null)],
  supervisor: [person('supervisor', 'linqing')],
};

const CASE: Concerned = { officeId: 'centre', handlerId: 'guo', role: 'firstReview', partyIndexes: [] };

const told = (kind: AlarmKind, concerned: Partial<Concerned> = {}, directory = DIRECTORY) =>
  recipientsOf(directory, kind, { ...CASE, ...concerned }).map(({ accountId }) => accountId);

describe('who is told of an alarm (deadlines.md, domain.md §2.4)', () => {
  it.each<[AlarmKind, string[]]>([
    ['yellow', ['guo']],
    ['red', ['head', 'supervisor']],
    ['late', ['leader']],
    ['black', ['leader', 'supervisor']],
    ['preReviewOverdue', ['guo', 'head', 'supervisor']],
    ['deemedAccepted', ['head', 'leader', 'supervisor']],
    ['pauseOverdue', ['guo', 'head']],
  ])('%s', (kind, expected) => {
    expect(told(kind)).toEqual(expected);
  });

  it('rises one level with every further working day', () => {
    expect([1, 2, 3].map((days) => levelOf('late', days))).toEqual([2, 3, 4]);
    expect([levelOf('yellow', 0), levelOf('red', 0), levelOf('black', 0)]).toEqual([0, 1, 2]);
  });

  it('tells everybody of the post in this hall while nobody has taken the case', () => {
    expect(told('yellow', { handlerId: null })).toEqual(['guo', 'wang']);
    expect(told('yellow', { handlerId: null, officeId: 'linqing' })).toEqual(['guo of linqing']);
  });

  it('goes up where a post is empty, so that no alarm is lost', () => {
    const { sectionHead: _none, ...withoutHead } = DIRECTORY;
    expect(told('red', {}, withoutHead)).toEqual(['leader', 'supervisor']);
    expect(told('yellow', { handlerId: null, role: 'issuance' })).toEqual(['head']);
    expect(told('pauseOverdue', { handlerId: 'left us' }, { supervisor: DIRECTORY.supervisor! })).toEqual([
      'supervisor',
    ]);
  });

  it('tells nobody as staff who is a party to the case (回避)', () => {
    expect(told('yellow', { handlerId: null, partyIndexes: ['index of guo'] })).toEqual(['wang']);
    expect(told('red', { partyIndexes: ['index of head'] })).toEqual(['leader', 'supervisor']);
  });
});
