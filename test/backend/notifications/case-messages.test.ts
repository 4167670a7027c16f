import { describe, expect, it } from 'vitest';
import {
  caseMessageTypes,
  caseReaction,
  saysWhoActed,
  type CaseBrief,
} from '../../../backend/modules/notifications/case-messages.ts';
import { templates } from '../../../backend/modules/notifications/templates.ts';
import { CASE_EVENTS } from '../../../backend/modules/applications/events.ts';
import type { DeliveredEvent } from '../../../backend/platform/database/outbox.ts';

const [SELLER, BUYER, CASE] = ['a'.repeat(24), 'b'.repeat(24), 'c'.repeat(24)];

const brief: CaseBrief = {
  caseTitle: { zh: '二手房过户', en: 'Sale of a home' },
  link: '/cases/2026100900017',
  initiatorId: SELLER,
  actorName: '张*',
  invitees: [{ recipient: BUYER, link: '/consents/x' }],
  stepLabel: (step) => ({ zh: `${step}（初审）`, en: step }),
  pauseLabel: (reason) => ({ zh: `因${reason}`, en: reason }),
};

function event(
  type: string,
  data: Record<string, unknown> = {},
  actorId: string | null = SELLER,
): DeliveredEvent {
  return {
    id: 'e'.repeat(24),
    type: `applications.${type}`,
    at: new Date('2026-10-09T06:00:00Z'),
    actorId,
    requestId: null,
    data: { caseId: CASE, notify: [SELLER, BUYER], ...data },
    source: { collection: 'applications', id: CASE },
  };
}

const told = (given: DeliveredEvent) =>
  caseReaction(given, brief)?.messages?.map(({ template, accountIds, params, link }) => ({
    template,
    accountIds,
    params,
    link,
  }));

describe('who acted', () => {
  it.each(caseMessageTypes)('%s names the actor if and only if it is said to', (type) => {
    const given = event(type.replace(/^applications\./, ''), {
      partyIds: ['x'],
      ownerId: SELLER,
      answerDueAt: '2026-10-10T09:00:00Z',
      from: '2026-10-09T07:00:00Z',
    });
    const said = JSON.stringify(caseReaction({ ...given, type }, { ...brief, actorName: '§' }));
    expect(said.includes('§')).toBe(saysWhoActed(type));
  });
});

describe('who is told what', () => {
  it.each<[string, DeliveredEvent, string, readonly string[]]>([
    [
      'an invitation',
      event('consentRequested', { partyIds: ['buyer-1'] }),
      'applications.consentRequested',
      [BUYER],
    ],
    ['a signature made void', event('consentVoided'), 'applications.consentVoided', [BUYER]],
    ['a signature', event('consentSigned', {}, BUYER), 'applications.consentSigned', [SELLER]],
    ['a no', event('consentDeclined', {}, BUYER), 'applications.consentDeclined', [SELLER]],
    [
      'a submission',
      event('submitted', { answerDueAt: '2026-10-12T09:00:00Z' }),
      'applications.submitted',
      [SELLER, BUYER],
    ],
    ['a pause', event('paused', { reason: 'siteCheck' }), 'applications.paused', [SELLER, BUYER]],
    ['a pause for tax', event('paused', { reason: 'waitTax' }), 'applications.taxDue', [SELLER, BUYER]],
    [
      'a seizure',
      event('paused', { reason: 'suspendedByLaw', causedBy: 'x' }, null),
      'applications.suspendedByLaw',
      [SELLER, BUYER],
    ],
    [
      'another suspension by law',
      event('paused', { reason: 'suspendedByLaw' }),
      'applications.paused',
      [SELLER, BUYER],
    ],
    ['the wish to withdraw', event('withdrawalRequested'), 'applications.withdrawalRequested', [BUYER]],
    [
      'an acceptance',
      event('accepted', { promisedDueAt: '2026-10-14T09:00:00.000Z' }),
      'applications.accepted',
      [SELLER, BUYER],
    ],
    ['the registration', event('registered'), 'applications.registered', [SELLER, BUYER]],
  ])('%s', (_case, given, template, accountIds) => {
    expect(told(given)).toMatchObject([{ template, accountIds }]);
  });
});

it.each([
  ['correction', 'applications.correctionRequested'],
  ['supplement', 'applications.supplementRequested'],
])('a %s calls who filed to act, and tells the others that they need not', (kind, template) => {
  expect(told(event('correctionRequested', { kind, count: 2, dueOn: '2026-10-16' }))).toMatchObject([
    { template, accountIds: [SELLER], params: { count: 2, until: '2026-10-16' } },
    { template: 'applications.correctionByOther', accountIds: [BUYER] },
  ]);
  expect(templates['applications.correctionByOther'].kind).toBe('info');
  expect(templates['applications.correctionByOther'].zh.text).toContain('您不用操作');
});

it('values come from the event and from the case', () => {
  expect(told(event('submitted', { answerDueAt: '2026-10-12T09:00:00Z' }))).toEqual([
    {
      template: 'applications.submitted',
      accountIds: [SELLER, BUYER],
      params: { caseTitle: brief.caseTitle, answerOn: '2026-10-12' },
      link: '/cases/2026100900017',
    },
  ]);
  expect(told(event('consentRequested'))).toMatchObject([
    { link: '/consents/x', params: { inviter: '张*' } },
  ]);
  expect(told(event('reviewed', { step: 'first' }))).toMatchObject([
    { params: { step: { zh: 'first（初审）' } } },
  ]);
});

it('who has signed has nothing left to do', () => {
  expect(caseReaction(event('consentSigned', {}, BUYER), brief)?.settle).toEqual([
    { accountIds: [BUYER], about: CASE },
  ]);
});

it('the initiator is not told of what they did themselves', () => {
  expect(told(event('consentSigned', {}, SELLER))).toMatchObject([{ accountIds: [] }]);
});

it('every event of a case is either told or known to be the office’s own affair', () => {
  const own = new Set([
    'claimed',
    'released',
    'extensionAsked',
    'extensionRefused',
    'pauseAsked',
    'pauseRefused',
    'recordingStarted',
    'recordingTurnedBack',
    'archived',
  ]);
  for (const name of CASE_EVENTS) {
    expect(caseMessageTypes.includes(`applications.${name}`), name).toBe(!own.has(name));
  }
});
