import { legalDayOf } from '../../platform/time.ts';
import { sentenceOf, type Sentence } from '../../platform/errors.ts';
import { CONFLICT_TABLE, ROW_BASIS, type Cell } from './conflict-table.ts';
import { CONDITION_WORDS, NOTE_WORDS, REQUEST_WORDS, STATE_WORDS } from './conflict-words.ts';
import type { Condition, ConflictView, ExistingState, RequestKind } from './contract.ts';
import type { Encumbrance, PendingCase, ServedOrder, UnitDocument } from './unit.model.ts';
import { isInForce, settleLapsed } from './unit-state.ts';

/** What the register has to say to one request on one unit; `publicSentence` names no court, case or holder. */
export interface Conflict extends ConflictView {
  /** Row of the matrix; null when an effect itself does not fit the register. */
  state: ExistingState | null;
  publicSentence: Sentence;
  encumbranceId: string | null;
  /** The case that was accepted earlier. */
  pendingCaseId: string | null;
}

export interface ConflictContext {
  /** The legal day of the question. */
  on: string;
  /** The asking case, so that it does not wait for itself; null before it exists. */
  caseId: string | null;
  conditionsMet: readonly Condition[];
}

/** What the matrix needs of a unit. */
export type ConflictUnit = Pick<UnitDocument, 'status' | 'encumbrances' | 'pending' | 'served'>;

interface Finding {
  state: ExistingState;
  params: { zh: Record<string, string>; en: Record<string, string> };
  encumbranceId: string | null;
  pending: PendingCase | null;
}

/** 抵押 registered before this day follow the old rule: transfer only with the mortgagee's consent (自然资发〔2021〕54号). */
const NEW_MORTGAGE_RULE_FROM = '2021-01-01';

/**
 * Everything on the unit that speaks to a request on a day, by the matrix of domain.md §5.1: refusals, conditions
 * with whether they were shown, earlier cases, and allowed things worth knowing. Pure. Empty means: nothing to say.
 */
export function conflictsOf(unit: ConflictUnit, request: RequestKind, context: ConflictContext): Conflict[] {
  return findStates(unit, request, context).flatMap((finding) => {
    const cell: Cell = CONFLICT_TABLE[finding.state][request];
    const silent = cell.verdict === 'allow' && !cell.note;
    // What a seizure would not bar, its arrival does not stop.
    const untouched =
      cell.verdict === 'interrupt' &&
      finding.pending !== null &&
      !isStoppedBySeizure(finding.pending.request);
    const indifferent =
      finding.pending !== null &&
      cell.onlyBehind !== undefined &&
      !cell.onlyBehind.includes(finding.pending.request);
    return silent || untouched || indifferent ? [] : [describe(finding, cell, request, context)];
  });
}

/** What stops a recording here and now: refusals, conditions not shown, earlier cases, suspension. */
export function blockingConflicts<C extends ConflictView>(conflicts: readonly C[]): C[] {
  return conflicts.filter(({ verdict, met }) => verdict !== 'allow' && verdict !== 'interrupt' && !met);
}

/** What no waiting and no paper can cure: the case cannot even be accepted. */
export function refusingConflicts<C extends ConflictView>(conflicts: readonly C[]): C[] {
  return conflicts.filter(({ verdict }) => verdict === 'refuse' || verdict === 'notApplicable');
}

/**
 * Whether an accepted case has to stop when a seizure reaches the register (查封规定23): where the matrix would refuse it
 * or ask for more. A discharge, a 轮候 seizure and a release go on.
 */
export function isStoppedBySeizure(request: RequestKind): boolean {
  return CONFLICT_TABLE.seizure[request].verdict !== 'allow';
}

function findStates(unit: ConflictUnit, request: RequestKind, context: ConflictContext): Finding[] {
  const findings: Finding[] = [];
  if (unit.status === 'future') findings.push(plain('notFirstRegistered'));
  if (unit.status === 'cancelled') findings.push(plain('historic'));
  for (const encumbrance of settleLapsed(unit.encumbrances, context.on)) {
    if (isInForce(encumbrance, context.on)) findings.push(ofEncumbrance(encumbrance));
  }
  const served = servedBefore(unit.served ?? [], request, context.caseId);
  return [...findings, ...earlierCases(unit.pending, context.caseId).map(ofPending), ...served.map(ofServed)];
}

/** 受理先后: a case waits only for those accepted before it; one not yet accepted would come last. */
function earlierCases(pending: readonly PendingCase[], caseId: string | null): PendingCase[] {
  const own = pending.find((one) => one.caseId === caseId);
  return pending.filter((one) => one !== own && (!own || one.order < own.order));
}

/**
 * 送达先后 (细则91, 查封规定26): a seizure waits for those that were served before it, whichever the office took up first, so
 * that the order of recording, which is that of 轮候, is the order of service. One that is not handed in yet would
 * come last, and so would one whose papers are not all here: ruling and notice take effect together (查封规定1, 7).
 * Whatever else a seizure stops waits for every order.
 */
function servedBefore(
  served: readonly ServedOrder[],
  request: RequestKind,
  caseId: string | null,
): ServedOrder[] {
  const own = served.find((one) => one.caseId === caseId);
  const others = served.filter((one) => one !== own);
  if (request !== 'seizure') return others;
  const complete = others.filter((one) => one.request === 'seizure' && !one.incomplete);
  return complete.filter((one) => !own || isEarlier(one, own));
}

function isEarlier(one: ServedOrder, other: ServedOrder): boolean {
  const apart = one.at.getTime() - other.at.getTime();
  return apart === 0 ? one.caseId < other.caseId : apart < 0;
}

function plain(state: ExistingState): Finding {
  return { state, params: { zh: {}, en: {} }, encumbranceId: null, pending: null };
}

function ofEncumbrance(encumbrance: Encumbrance): Finding {
  const holder = encumbrance.holders.map(({ name }) => name);
  const until = encumbrance.until ?? '';
  const term = termOf(encumbrance);
  const { court = '', docNo = '' } = encumbrance.seizure ?? {};
  return {
    state: stateOfEncumbrance(encumbrance),
    params: {
      zh: { holder: holder.join('、'), until, term: term.zh, court, docNo },
      en: { holder: holder.join(', '), until, term: term.en, court, docNo },
    },
    encumbranceId: encumbrance.id,
    pending: null,
  };
}

/** How long an objection stands: fifteen days, or for the time of the suit (民法典220). */
const termOf = ({ until }: Encumbrance): Sentence =>
  until === null
    ? { zh: '已起诉，不因期满失效', en: 'there is a suit, so it does not lapse' }
    : { zh: `至 ${until}`, en: `until ${until}` };

function stateOfEncumbrance({ kind, mortgage, registeredAt }: Encumbrance): ExistingState {
  if (kind !== 'mortgage') return kind;
  if (mortgage?.underConstruction) return 'constructionMortgage';
  // The agreement binds third parties because it is recorded (担保制度解释43), on whatever day it was.
  if (mortgage?.transferRestricted) return 'mortgageRestricted';
  return legalDayOf(registeredAt) < NEW_MORTGAGE_RULE_FROM ? 'mortgageBefore2021' : 'mortgageFree';
}

function ofPending(pending: PendingCase): Finding {
  const { caseNo, request, dueOn } = pending;
  return {
    state: request === 'correction' ? 'correctionPending' : 'earlierCase',
    params: {
      zh: { caseNo, due: dueOn ? `，承诺 ${dueOn} 前办结` : '' },
      en: { caseNo, due: dueOn ? `, due by ${dueOn}` : '' },
    },
    encumbranceId: null,
    pending,
  };
}

function ofServed({ caseNo }: ServedOrder): Finding {
  return {
    state: 'orderServed',
    params: { zh: { caseNo }, en: { caseNo } },
    encumbranceId: null,
    pending: null,
  };
}

function describe(finding: Finding, cell: Cell, request: RequestKind, context: ConflictContext): Conflict {
  const { state, params, encumbranceId, pending } = finding;
  const words = STATE_WORDS[state];
  const tail = tailOf(state, cell);
  const fill = (head: Sentence): Sentence => ({
    zh: sentenceOf(join(head, tail), 'zh-CN', { ...params.zh, request: REQUEST_WORDS[request].zh }),
    en: capital(sentenceOf(join(head, tail), 'en', { ...params.en, request: REQUEST_WORDS[request].en })),
  });
  const condition = cell.condition ?? null;
  return {
    code: `register.conflict.${state}`,
    state,
    verdict: cell.verdict,
    condition,
    met: condition !== null && context.conditionsMet.includes(condition),
    sentence: fill(words.full),
    publicSentence: fill(words.public),
    basis: cell.basis ?? ROW_BASIS[state],
    encumbranceId,
    pendingCaseId: pending?.caseId ?? null,
  };
}

function join(head: Sentence, tail: Sentence): Sentence {
  return { zh: `${head.zh}，${tail.zh}`, en: `${head.en}; ${tail.en}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tailOf(state: ExistingState, cell: Cell): Sentence {
  const { advice } = STATE_WORDS[state];
  const needs = cell.condition ? CONDITION_WORDS[cell.condition] : null;
  if (needs) return { zh: `办理{request}还需要：${needs.zh}。`, en: `{request} also needs ${needs.en}.` };
  if (cell.note) return NOTE_WORDS[cell.note];
  return { ...TAILS[cell.verdict as keyof typeof TAILS](advice) };
}

const TAILS = {
  refuse: (advice: Sentence) => ({
    zh: `现在不能办理{request}。${advice.zh}`,
    en: `{request} is not possible now. ${advice.en}`,
  }),
  queue: () => ({
    zh: '{request}要等它办结后才能登簿，按受理先后办理，不用您做什么。',
    en: '{request} is recorded after it, in order of acceptance. You need do nothing.',
  }),
  suspend: () => ({
    zh: '{request}先中止，更正办结后继续办理，不用您做什么。',
    en: '{request} is suspended until that is done. You need do nothing.',
  }),
  interrupt: () => ({
    zh: '{request}依法先办，那件业务将中止。',
    en: '{request} goes first by law, and that case is suspended.',
  }),
  notApplicable: () => ({
    zh: '不会有{request}这种情形，请核对业务类型和单元号。',
    en: '{request} does not arise here. Check the type of business and the unit code.',
  }),
  allow: () => ({ zh: '可以办理{request}。', en: '{request} is possible.' }),
  condition: () => ({ zh: '办理{request}还需要补充材料。', en: '{request} needs more documents.' }),
};
