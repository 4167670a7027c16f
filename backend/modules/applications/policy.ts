import { legalDayOf } from '../../platform/time.ts';
import type { ApplicationDocument, Bilingual, Opinion } from './application.model.ts';
import { roleWords } from './role-words.ts';
import { ACTS, type Act } from './vocabulary.ts';
import { dayWords } from './wording.ts';
import { findTransition, isClosed, isPending, type Guard, type Transition } from './transitions.ts';

/**
 * Who may do what to a case now. Pure: the same judgement refuses an act on the server and keeps its button away
 * from the portal. What takes reading elsewhere (answers, materials, the register) is checked by the use case.
 */

/** The reader or actor, as far as a case cares. */
export interface Viewer {
  /** The instant of the look or act: what the law bars from some day on is judged by it. */
  at: Date;
  accountId: string;
  name: string;
  kind: 'citizen' | 'organisation' | 'staff';
  personIndex: string | null;
  /** A clerk has seen the card (实名核验): only then is the number known to be theirs. */
  nameVerified?: boolean;
  roles: readonly string[];
  /** The hall that a clerk sits in; null for everybody else, and for clerks of the whole city. */
  officeId: string | null;
  /** `account:<id>`, `org:<id>`, `index:<blind index>`: what `viewers` and `waitingOn` of a case are matched with. */
  keys: readonly string[];
}

/** What the policy needs of the business type. */
export interface TypeRules {
  steps: readonly { key: string; kind: 'acceptance' | 'review' | 'approval' | 'issuance'; role: string }[];
  distinctPeople: number;
  /** Absent: an application, not an order of a court. */
  applicants?: { returns?: readonly string[] };
  limits?: { instant: boolean };
}

export type CaseFacts = Pick<
  ApplicationDocument,
  | 'status'
  | 'step'
  | 'submission'
  | 'initiator'
  | 'viewers'
  | 'partyIndexes'
  | 'agentIndexes'
  | 'parties'
  | 'handler'
  | 'opinions'
  | 'acceptance'
  | 'pauses'
  | 'corrections'
  | 'withdrawal'
  | 'extensions'
  | 'pauseRequests'
> & {
  /** When the promise ends, as the work list counts it; null while no clock runs. */
  work?: Pick<ApplicationDocument['work'], 'dueAt'>;
};

export interface Refusal {
  code: `applications.${string}`;
  params: Record<string, string | number | Bilingual>;
}

const no = (reason: string, params: Refusal['params'] = {}): Refusal => ({
  code: `applications.${reason}`,
  params,
});

export const isInitiator = (facts: Pick<CaseFacts, 'initiator'>, viewer: Viewer): boolean =>
  viewer.keys.includes(`account:${facts.initiator.accountId}`) ||
  (facts.initiator.organisationId !== null && viewer.keys.includes(`org:${facts.initiator.organisationId}`));

/** The parties that the viewer stands for; by ID number, never by a claim of theirs. */
export function partiesOf<P extends { idIndex: string }>(parties: readonly P[], viewer: Viewer): P[] {
  return parties.filter(({ idIndex }) => viewer.keys.includes(`index:${idIndex}`));
}

/** An applicant of the case: named in it and let in, or the one who filed it. */
export const isApplicant = (facts: CaseFacts, viewer: Viewer): boolean =>
  viewer.kind !== 'staff' && facts.viewers.some((key) => viewer.keys.includes(key));

/** 回避: the persons who stand back from a case as staff: its parties, and whoever acted for one of them. */
export const personsConcerned = ({
  partyIndexes,
  agentIndexes = [],
}: Pick<CaseFacts, 'partyIndexes' | 'agentIndexes'>): string[] => [...partyIndexes, ...agentIndexes];

/** Under whatever account. */
export const isRecused = (
  facts: Pick<CaseFacts, 'partyIndexes' | 'agentIndexes'>,
  { personIndex }: Pick<Viewer, 'personIndex'>,
): boolean => personIndex !== null && personsConcerned(facts).includes(personIndex);

const samePerson = (by: Opinion['by'], viewer: Viewer): boolean =>
  by.accountId === viewer.accountId || (by.personIndex !== null && by.personIndex === viewer.personIndex);

/** The step that the case is at; while it waits for acceptance, the acceptance step. */
export function currentStep(
  facts: Pick<CaseFacts, 'status' | 'step'>,
  rules: TypeRules,
): TypeRules['steps'][number] | null {
  if (facts.status === 'submitted' || facts.status === 'correction') {
    return rules.steps.find(({ kind }) => kind === 'acceptance') ?? null;
  }
  if (facts.status === 'approved') return rules.steps.find(({ kind }) => kind === 'approval') ?? null;
  return rules.steps.find(({ key }) => key === facts.step) ?? null;
}

/** The steps still to come between 受理 and 登簿; all of them before the first (`key` null). */
export function stepsAfter(key: string | null, rules: TypeRules): TypeRules['steps'][number][] {
  const inside = rules.steps.filter(({ kind }) => kind === 'review' || kind === 'approval');
  return inside.slice(key === null ? 0 : inside.findIndex((step) => step.key === key) + 1);
}

export const openPauses = (facts: Pick<CaseFacts, 'pauses'>) => facts.pauses.filter(({ to }) => to === null);

/** What the applicant still has to put right; nothing any more once the case has ended, answered or not. */
export const openCorrection = (facts: Pick<CaseFacts, 'status' | 'corrections'>) =>
  isClosed(facts.status)
    ? null
    : (facts.corrections.findLast(({ answeredAt }) => answeredAt === null) ?? null);

/**
 * 条例17 末款: an application that was not declined in time counts as accepted, so a late acceptance starts the clock
 * where the time to answer ended, not where the clerk came to it. Null: answered in time.
 */
export function deemedAcceptance(
  { submission }: Pick<ApplicationDocument, 'submission'>,
  now: Date,
): Date | null {
  return submission && submission.answerDueAt < now ? submission.answerDueAt : null;
}

/** Signatures still missing, apart from the initiator's own: filing is how the initiator signs. */
export function missingSignatures(facts: Pick<CaseFacts, 'parties' | 'initiator'>, hash?: string) {
  return facts.parties.filter(
    ({ signs, idIndex, consent }) =>
      signs &&
      `index:${idIndex}` !== facts.initiator.partyKey &&
      (consent.state !== 'signed' || (hash !== undefined && consent.hash !== hash)),
  );
}

/** Whose act the case waits for, as keys of `viewers`: what puts it under 等您处理. */
export function waitingKeys(
  facts: Omit<CaseFacts, 'viewers' | 'partyIndexes' | 'agentIndexes' | 'submission'>,
): string[] {
  const { status, initiator, parties, withdrawal } = facts;
  const own =
    initiator.organisationId === null ? `account:${initiator.accountId}` : `org:${initiator.organisationId}`;
  if (withdrawal?.state === 'asked') {
    return parties.filter(({ id, signs }) => signs && !withdrawal.agreed.includes(id)).map(keyOfParty);
  }
  const asked = missingSignatures(facts).filter(({ consent }) => consent.state === 'invited');
  if (status === 'waitingConsent') return asked.length > 0 ? asked.map(keyOfParty) : [own];
  if (status === 'draft') return [own];
  const editing = status === 'correction' || (isPending(status) && openCorrection(facts) !== null);
  if (editing) return [own, ...asked.map(keyOfParty)];
  const paying = openPauses(facts).some(({ reason }) => reason === 'waitTax' || reason === 'waitFee');
  return isPending(status) && paying ? [own] : [];
}

const keyOfParty = ({ idIndex }: { idIndex: string }): string => `index:${idIndex}`;

/** The extension that was asked for and not yet decided. */
export const openExtension = ({ extensions }: Pick<CaseFacts, 'extensions'>) =>
  extensions?.find(({ state }) => state === 'asked');

/** The pause that was asked for and not yet decided. */
export const openPauseRequest = ({ pauseRequests }: Pick<CaseFacts, 'pauseRequests'>) =>
  pauseRequests?.find(({ state }) => state === 'asked');

/** 上海规定14, 细则90: what is done on the spot, and an order of a court, is never given more days. */
export const isExtendable = ({ applicants, limits }: Pick<TypeRules, 'applicants' | 'limits'>): boolean =>
  !applicants?.returns && !limits?.instant;

const accepting = (facts: CaseFacts) => facts.opinions.filter(({ act }) => act === 'accept');
const judging = (facts: CaseFacts) =>
  facts.opinions.filter(({ act }) => act === 'review' || act === 'approve');

const GUARDS = {
  notParty: (facts, _rules, viewer) => (isRecused(facts, viewer) ? no('recused') : null),
  stepRole: (facts, rules, viewer) => {
    const step = currentStep(facts, rules);
    if (step && viewer.roles.includes(step.role)) return null;
    return no('not_yours_to_act', { role: roleWords(step?.role ?? '') });
  },
  issuanceRole: (_facts, _rules, viewer) =>
    viewer.roles.includes('issuance') ? null : no('not_yours_to_act', { role: roleWords('issuance') }),
  archivistRole: (_facts, _rules, viewer) =>
    viewer.roles.includes('archivist') ? null : no('not_yours_to_act', { role: roleWords('archivist') }),
  unclaimed: (facts) => (facts.handler ? no('claimed_by_other', { name: facts.handler.name }) : null),
  claimedByActor: (facts, _rules, viewer) => {
    if (facts.handler?.accountId === viewer.accountId) return null;
    return facts.handler ? no('claimed_by_other', { name: facts.handler.name }) : no('not_claimed');
  },
  notAcceptor: (facts, _rules, viewer) =>
    accepting(facts).some(({ by }) => samePerson(by, viewer)) ? no('acceptor_cannot') : null,
  // The catalogue counts people between 受理 and 登簿. Refused as soon as the steps still to come could not bring
  // enough new ones, so that no case runs into a step that nobody may do.
  distinctPeople: (facts, rules, viewer) => {
    const signed = new Set(
      [...accepting(facts), ...judging(facts)].map(({ by }) => by.personIndex ?? by.accountId),
    );
    signed.add(viewer.personIndex ?? viewer.accountId);
    const still = stepsAfter(facts.step, rules).length;
    return signed.size + still < rules.distinctPeople
      ? no('people_not_distinct', { count: rules.distinctPeople })
      : null;
  },
  // 初审 ≠ 复审 (浙江规则34): a second look by the same eyes is none.
  reviewsOnce: (facts, _rules, viewer) =>
    facts.opinions.some(({ act, by }) => act === 'review' && samePerson(by, viewer))
      ? no('reviewed_already')
      : null,
  reviewStep: (facts, rules) => stepIs(facts, rules, 'review'),
  approvalStep: (facts, rules) => stepIs(facts, rules, 'approval'),
  notPaused: (facts) => (openPauses(facts).length > 0 ? no('is_paused') : null),
  // 细则90, 法发〔2004〕5号: an order is carried out at once.
  pausable: (_facts, rules) => (rules.applicants?.returns ? no('order_not_paused') : null),
  extendable: (_facts, rules) => (isExtendable(rules) ? null : no('not_extended')),
  // An extension after the promise was broken would hide that.
  inTimeToExtend: ({ work }, _rules, viewer) =>
    work?.dueAt && work.dueAt < viewer.at ? no('extension_late') : null,
  paused: (facts) => (openPauses(facts).length === 0 ? no('not_paused') : null),
  // 条例17 末款: silence was the answer, and it was acceptance. It can be neither refused nor put off any more.
  inTimeToAnswer: (facts, _rules, viewer) =>
    deemedAcceptance(facts, viewer.at) ? no('deemed_accepted') : null,
  noOpenSupplement: (facts) => (openCorrection(facts) ? no('supplement_open') : null),
  // 浙江规则36: the signed notice gave a term, and before it is over nobody is refused.
  supplementOver: (facts, _rules, viewer) => {
    const open = openCorrection(facts);
    return open && open.dueOn >= legalDayOf(viewer.at)
      ? no('supplement_running', { day: dayWords(open.dueOn, viewer.at) })
      : null;
  },
  entrusted: (facts, rules) =>
    rules.applicants?.returns ? null : no('act_not_possible', { status: facts.status }),
  openDefects: (facts) => (openCorrection(facts) ? null : no('no_open_defects')),
  invited: (facts, _rules, viewer) => {
    const asked = partiesOf(facts.parties, viewer).some(({ consent }) =>
      ['invited', 'signed', 'declined', 'void'].includes(consent.state),
    );
    return asked ? null : no('not_invited');
  },
  allSigned: (facts) => {
    const missing = missingSignatures(facts);
    return missing.length === 0
      ? null
      : no('consent_missing', { names: missing.map(({ name }) => name).join('、') });
  },
  withdrawalAsked: (facts, _rules, viewer) => {
    if (facts.withdrawal?.state !== 'asked') return no('no_withdrawal');
    const { agreed } = facts.withdrawal;
    return partiesOf(facts.parties, viewer).some(({ id }) => !agreed.includes(id))
      ? null
      : no('no_withdrawal');
  },
  noWithdrawalAsked: (facts) => (facts.withdrawal?.state === 'asked' ? no('withdrawal_open') : null),
  noExtensionAsked: (facts) => (openExtension(facts) ? no('extension_open') : null),
  extensionAsked: (facts) => (openExtension(facts) ? null : no('no_extension')),
  supervisorRole: (_facts, _rules, viewer) =>
    viewer.roles.includes('supervisor') ? null : no('not_yours_to_act', { role: roleWords('supervisor') }),
  notExtensionAsker: (facts, _rules, viewer) => {
    const asked = openExtension(facts);
    const own = asked && samePerson(asked.askedBy, viewer);
    const handles = facts.handler?.accountId === viewer.accountId;
    return own || handles ? no('extension_own') : null;
  },
  pauseAsked: (facts) => (openPauseRequest(facts) ? null : no('no_pause_request')),
  notPauseAsker: (facts, _rules, viewer) => {
    const asked = openPauseRequest(facts);
    const own = asked && samePerson(asked.askedBy, viewer);
    const handles = facts.handler?.accountId === viewer.accountId;
    return own || handles ? no('pause_own') : null;
  },
} satisfies Record<Guard, (facts: CaseFacts, rules: TypeRules, viewer: Viewer) => Refusal | null>;

function stepIs(facts: CaseFacts, rules: TypeRules, kind: 'review' | 'approval'): Refusal | null {
  const step = currentStep(facts, rules);
  return step?.kind === kind ? null : no('wrong_step', { step: step?.key ?? '-' });
}

function standsAs(transition: Transition, facts: CaseFacts, viewer: Viewer): boolean {
  if (transition.by === 'staff') return viewer.kind === 'staff';
  if (transition.by === 'initiator') return viewer.kind !== 'staff' && isInitiator(facts, viewer);
  return transition.by === 'party' && isApplicant(facts, viewer);
}

/**
 * Why `viewer` may not do `act` now; null when they may. `applications.not_found` means: not even known to them.
 */
export function refusalOf(act: Act, facts: CaseFacts, rules: TypeRules, viewer: Viewer): Refusal | null {
  const transition = findTransition(facts.status, act);
  if (!transition) return no('act_not_possible', { status: facts.status });
  if (!standsAs(transition, facts, viewer)) {
    const known = viewer.kind === 'staff' || isApplicant(facts, viewer);
    return known ? no('act_not_possible', { status: facts.status }) : no('not_found');
  }
  for (const guard of transition.guards) {
    const refusal: Refusal | null = GUARDS[guard](facts, rules, viewer);
    if (refusal) return refusal;
  }
  return null;
}

/** The acts whose buttons the portal shows. */
export function allowedActs(facts: CaseFacts, rules: TypeRules, viewer: Viewer): Act[] {
  return ACTS.filter((act) => refusalOf(act, facts, rules, viewer) === null);
}

/** For staff: acts that the status knows but that something keeps away, each with its reason. */
export function blockedActs(
  facts: CaseFacts,
  rules: TypeRules,
  viewer: Viewer,
): { act: Act; refusal: Refusal }[] {
  return ACTS.flatMap((act) => {
    const transition = findTransition(facts.status, act);
    if (transition?.by !== 'staff') return [];
    const refusal = refusalOf(act, facts, rules, viewer);
    return refusal ? [{ act, refusal }] : [];
  });
}
