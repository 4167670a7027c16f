import type { Act, Status } from './vocabulary.ts';

/**
 * The states of a case (domain.md §3.2) as one table: status × act → next status, who may act, and what else must hold. It is the
 * single source for the server's checks, for the buttons that the portal shows and for the documentation.
 * An act that has no row is refused in that status, whoever asks.
 */

/**
 * initiator: the account (or organisation) that filed · party: any applicant of the case · staff: a clerk in the
 * role of the current step · system: the portal itself, by job or by event.
 */
export type ActorClass = 'initiator' | 'party' | 'staff' | 'system';

/** Checked by policy.ts, by name, in this order. */
export type Guard =
  | 'notParty'
  | 'stepRole'
  | 'issuanceRole'
  | 'archivistRole'
  | 'unclaimed'
  | 'claimedByActor'
  | 'notAcceptor'
  | 'distinctPeople'
  | 'reviewsOnce'
  | 'reviewStep'
  | 'approvalStep'
  | 'notPaused'
  | 'pausable'
  | 'extendable'
  | 'inTimeToExtend'
  | 'paused'
  | 'inTimeToAnswer'
  | 'noOpenSupplement'
  | 'supplementOver'
  | 'entrusted'
  | 'openDefects'
  | 'invited'
  | 'allSigned'
  | 'withdrawalAsked'
  | 'noWithdrawalAsked'
  | 'noExtensionAsked'
  | 'extensionAsked'
  | 'supervisorRole'
  | 'notExtensionAsker'
  | 'pauseAsked'
  | 'notPauseAsker';

export interface Transition {
  /** Null: the status stays (a claim, a pause, a step inside the review). */
  to: Status | null;
  by: ActorClass;
  guards: readonly Guard[];
}

const initiator = (to: Status | null, ...guards: Guard[]): Transition => ({ to, by: 'initiator', guards });
const party = (to: Status | null, ...guards: Guard[]): Transition => ({ to, by: 'party', guards });
const staff = (to: Status | null, ...guards: Guard[]): Transition => ({
  to,
  by: 'staff',
  guards: ['notParty', ...guards],
});
const system = (to: Status | null): Transition => ({ to, by: 'system', guards: [] });

const CLAIMED = ['stepRole', 'claimedByActor'] as const;

/** 条例15, 细则13: until the register is written, the applicants may withdraw, all of them together. */
const withdrawable = {
  withdraw: party(null, 'noWithdrawalAsked'),
  confirmWithdrawal: party(null, 'withdrawalAsked'),
} as const;

const claimable = {
  claim: staff(null, 'stepRole', 'unclaimed'),
  release: staff(null, 'claimedByActor'),
} as const;

/** 延长: asked by the handler, decided by somebody else who supervises (domain.md §2.2). */
const extendable = {
  askExtension: staff(null, ...CLAIMED, 'extendable', 'notPaused', 'noExtensionAsked', 'inTimeToExtend'),
  /** 暂停计时 where it takes an approval, and 补记: never by who asked (domain.md §2.4). */
  decidePause: staff(null, 'pauseAsked', 'supervisorRole', 'notPauseAsker'),
  decideExtension: staff(null, 'extensionAsked', 'supervisorRole', 'notExtensionAsker', 'notPaused'),
} as const;

/** Between 受理 and 核定: the clock runs, or a pause holds it. */
const underReview = {
  ...withdrawable,
  ...claimable,
  ...extendable,
  requestCorrection: staff(null, ...CLAIMED, 'noOpenSupplement'),
  save: initiator(null, 'openDefects'),
  requestConsent: initiator(null, 'openDefects'),
  consent: party(null, 'openDefects', 'invited'),
  answerCorrection: initiator(null, 'openDefects', 'allSigned'),
  pause: staff(null, ...CLAIMED, 'pausable'),
  resume: staff(null, ...CLAIMED, 'paused'),
  review: staff('reviewing', ...CLAIMED, 'reviewStep', 'distinctPeople', 'reviewsOnce', 'notPaused'),
  approve: staff('approved', ...CLAIMED, 'approvalStep', 'notAcceptor', 'distinctPeople', 'notPaused'),
  refuse: staff('refused', ...CLAIMED, 'supplementOver'),
  suspendByLaw: system(null),
} as const;

export const TRANSITIONS = {
  draft: {
    save: initiator(null),
    deleteDraft: initiator(null),
    requestConsent: initiator('waitingConsent'),
    submit: initiator('submitted', 'allSigned'),
  },
  waitingConsent: {
    save: initiator('draft'),
    deleteDraft: initiator(null),
    requestConsent: initiator(null),
    consent: party(null, 'invited'),
    submit: initiator('submitted', 'allSigned'),
  },
  submitted: {
    ...withdrawable,
    ...claimable,
    accept: staff('accepted', ...CLAIMED),
    decline: staff('declined', ...CLAIMED, 'inTimeToAnswer'),
    requestCorrection: staff('correction', ...CLAIMED, 'inTimeToAnswer'),
  },
  correction: {
    ...withdrawable,
    save: initiator(null),
    requestConsent: initiator(null),
    consent: party(null, 'invited'),
    answerCorrection: initiator('submitted', 'allSigned'),
    lapseCorrection: system('declined'),
    // An order does not lapse (细则90): somebody sends it back, once the term that its court was given is over. Whoever
    // holds the post may, since who asked for the papers may be gone by then.
    decline: staff('declined', 'entrusted', 'stepRole', 'supplementOver'),
  },
  accepted: underReview,
  reviewing: underReview,
  approved: {
    ...withdrawable,
    ...claimable,
    ...extendable,
    pause: staff(null, ...CLAIMED, 'pausable'),
    resume: staff(null, ...CLAIMED, 'paused'),
    refuse: staff('refused', ...CLAIMED, 'supplementOver'),
    record: staff('registering', ...CLAIMED, 'notAcceptor', 'notPaused'),
    suspendByLaw: system(null),
  },
  registering: { finishRecording: system('registered'), undoRecording: system('approved') },
  registered: { issue: staff('issued', 'issuanceRole') },
  issued: { archive: staff('archived', 'archivistRole') },
  archived: {},
  declined: {},
  refused: {},
  withdrawn: {},
} as const satisfies Record<Status, Partial<Record<Act, Transition>>>;

/** The row of the table, or null where the act is not possible in this status. */
export function findTransition(status: Status, act: Act): Transition | null {
  const row: Partial<Record<Act, Transition>> = TRANSITIONS[status];
  return row[act] ?? null;
}

/** Nothing more will happen to the case; its place in a unit's queue is given up. */
export const CLOSED = [
  'declined',
  'refused',
  'withdrawn',
  'issued',
  'archived',
] as const satisfies readonly Status[];
export const isClosed = (status: Status): boolean => (CLOSED as readonly Status[]).includes(status);

/** Accepted and not yet in the register: what a seizure interrupts, and what a queue holds. */
export const PENDING = ['accepted', 'reviewing', 'approved'] as const satisfies readonly Status[];
export const isPending = (status: Status): boolean => (PENDING as readonly Status[]).includes(status);

/** A person may still change what will be filed. */
export const isEditable = (status: Status): boolean => findTransition(status, 'save') !== null;
