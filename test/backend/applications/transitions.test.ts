import { describe, expect, it } from 'vitest';
import {
  findTransition,
  isClosed,
  isPending,
  TRANSITIONS,
} from '../../../backend/modules/applications/transitions.ts';
import { ACTS, STATUSES, type Act, type Status } from '../../../backend/modules/applications/vocabulary.ts';

/** Written apart from the table, from domain.md §3.2: every pair that is possible, and nothing else. */
const EXPECTED: Record<Status, Partial<Record<Act, Status | 'stays'>>> = {
  draft: { save: 'stays', deleteDraft: 'stays', requestConsent: 'waitingConsent', submit: 'submitted' },
  waitingConsent: {
    save: 'draft',
    deleteDraft: 'stays',
    requestConsent: 'stays',
    consent: 'stays',
    submit: 'submitted',
  },
  submitted: {
    withdraw: 'stays',
    confirmWithdrawal: 'stays',
    claim: 'stays',
    release: 'stays',
    accept: 'accepted',
    decline: 'declined',
    requestCorrection: 'correction',
  },
  correction: {
    withdraw: 'stays',
    confirmWithdrawal: 'stays',
    save: 'stays',
    requestConsent: 'stays',
    consent: 'stays',
    answerCorrection: 'submitted',
    lapseCorrection: 'declined',
    decline: 'declined',
  },
  accepted: reviewRow(),
  reviewing: reviewRow(),
  approved: {
    withdraw: 'stays',
    confirmWithdrawal: 'stays',
    claim: 'stays',
    release: 'stays',
    pause: 'stays',
    resume: 'stays',
    askExtension: 'stays',
    decidePause: 'stays',
    decideExtension: 'stays',
    refuse: 'refused',
    record: 'registering',
    suspendByLaw: 'stays',
  },
  registering: { finishRecording: 'registered', undoRecording: 'approved' },
  registered: { issue: 'issued' },
  issued: { archive: 'archived' },
  archived: {},
  declined: {},
  refused: {},
  withdrawn: {},
};

function reviewRow(): Partial<Record<Act, Status | 'stays'>> {
  return {
    withdraw: 'stays',
    confirmWithdrawal: 'stays',
    claim: 'stays',
    release: 'stays',
    requestCorrection: 'stays',
    save: 'stays',
    requestConsent: 'stays',
    consent: 'stays',
    answerCorrection: 'stays',
    pause: 'stays',
    resume: 'stays',
    askExtension: 'stays',
    decidePause: 'stays',
    decideExtension: 'stays',
    review: 'reviewing',
    approve: 'approved',
    refuse: 'refused',
    suspendByLaw: 'stays',
  };
}

describe('transitions', () => {
  const pairs = STATUSES.flatMap((status) => ACTS.map((act) => [status, act] as const));

  it.each(pairs)('%s × %s', (status, act) => {
    const transition = findTransition(status, act);
    const expected = EXPECTED[status][act];
    if (expected === undefined) expect(transition).toBeNull();
    else expect(transition?.to ?? 'stays').toBe(expected);
  });

  it('lets no act of staff pass without the check for their own interest (回避)', () => {
    for (const row of Object.values(TRANSITIONS)) {
      for (const transition of Object.values(row)) {
        if (transition.by === 'staff') expect(transition.guards[0]).toBe('notParty');
      }
    }
  });

  it('keeps recording and approval away from who accepted, in every status', () => {
    for (const status of STATUSES) {
      for (const act of ['approve', 'record'] as const) {
        const transition = findTransition(status, act);
        if (transition) expect(transition.guards).toContain('notAcceptor');
      }
    }
  });

  it('reaches every status from a draft', () => {
    // The last applicant's agreement, not a row of its own, leads to 已撤回.
    const seen = new Set<Status>(['draft', 'withdrawn']);
    for (const status of seen) {
      for (const act of ACTS) {
        const to = findTransition(status, act)?.to;
        if (to) seen.add(to);
      }
    }
    expect([...seen].sort()).toEqual([...STATUSES].sort());
  });

  it('has no way out of what is closed, but for the archive', () => {
    for (const status of STATUSES.filter(isClosed)) {
      expect(Object.keys(TRANSITIONS[status])).toEqual(status === 'issued' ? ['archive'] : []);
    }
  });

  it('counts as pending what is accepted and not recorded', () => {
    expect(STATUSES.filter(isPending)).toEqual(['accepted', 'reviewing', 'approved']);
  });
});
