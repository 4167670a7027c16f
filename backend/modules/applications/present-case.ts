import type { BusinessType } from '../catalogue/index.ts';
import type { Calendar } from '../clock/index.ts';
import { findDistrict } from '../register/index.ts';
import { answerWords } from './answer-due.ts';
import type { ApplicationDocument, Bilingual } from './application.model.ts';
import { typeRef } from './case-type.ts';
import { isRunning } from './clocks.ts';
import type { CaseCard, CaseView, ClocksView, ReceiptView, TimelineEntry, Todo } from './contract.ts';
import type { Examination } from './examine.ts';
import { feeOf } from './fee.ts';
import { stoppingPauses } from './limit-switch.ts';
import {
  allowedActs,
  deemedAcceptance,
  isInitiator,
  missingSignatures,
  openCorrection,
  openPauses,
  partiesOf,
  type Viewer,
} from './policy.ts';
import { draftNoOf } from './present-draft.ts';
import {
  documentRef,
  partySources,
  presentCorrection,
  presentMaterial,
  presentParty,
  presentPause,
  type ScanStates,
} from './present-parts.ts';
import { isClosed, isPending } from './transitions.ts';
import { dayWords, fill, instantWords, PAUSE_WORDS, statusWord } from './wording.ts';

/** The case as its applicants see it: conclusion first, what they have to do, then everything else (portal.md §5.11). */

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** One sentence beside the status word (portal.md §7). */
export function sentenceFor(doc: ApplicationDocument, type: BusinessType, now: Date): Bilingual {
  const { status } = doc;
  const correction = openCorrection(doc);
  if (doc.withdrawal?.state === 'asked')
    return say('有人申请撤回，等其他申请人同意', 'A withdrawal was asked for; the others must agree');
  if (correction) {
    const values = { day: dayWords(correction.dueOn, now), n: correction.defects.length };
    if (status === 'correction')
      return fill(
        say('请在 {day} 前补 {n} 样，补齐后受理', 'Supply {n} items by {day}; acceptance goes on then'),
        values,
      );
    const stands = openPauses(doc).some(({ reason }) => reason === 'supplement');
    return fill(
      stands
        ? say('计时暂停，等您补 {n} 样，请在 {day} 前', 'The clock stands still: supply {n} items by {day}')
        : say(
            '补正期限 {day} 已过，计时恢复；还差 {n} 样，请尽快补上',
            'The term ended on {day} and the clock runs again; {n} items are still missing: supply them soon',
          ),
      values,
    );
  }
  const [pause] = stoppingPauses(doc, type);
  if (isPending(status) && pause) {
    const what = PAUSE_WORDS[pause.reason].citizen;
    if (pause.plannedEndOn === null) return what;
    const day = dayWords(pause.plannedEndOn, now);
    return fill(say('{what}，预计 {day} 恢复', '{what}; expected to go on {day}'), { what, day });
  }
  const promised = doc.work.dueAt ? instantWords(doc.work.dueAt, now) : null;
  const [switching] = openPauses(doc);
  if (isPending(status) && switching && promised && !isPastPromise(doc, now)) {
    const words = say(
      '{label}：原来的承诺不再适用，按法定期限 {at} 前办结',
      '{label}: the promise no longer applies; by the legal limit to be completed by {at}',
    );
    return fill(words, { label: PAUSE_WORDS[switching.reason].label, at: promised });
  }
  switch (status) {
    case 'draft':
      return fill(say('还没提交，保存于 {at}', 'Not submitted; saved {at}'), {
        at: instantWords(doc.updatedAt, now),
      });
    case 'waitingConsent': {
      const names = missingSignatures(doc).map(({ name }) => name);
      return names.length === 0
        ? say('大家都已签名，请提交', 'Everybody has signed; please submit')
        : fill(say('等 {names} 确认', 'Waiting for {names} to confirm'), { names: names.join('、') });
    }
    case 'submitted':
      return answerSentence(doc, now);
    case 'accepted':
      if (isPastPromise(doc, now)) return stepSentence(doc, type);
      return promised
        ? fill(say('{at} 前办结', 'To be completed by {at}'), { at: promised })
        : say('办理中', 'In progress');
    case 'reviewing':
    case 'approved':
    case 'registering':
      return stepSentence(doc, type);
    default:
      return ended(doc, now);
  }
}

const DEEMED_ACCEPTED = say(
  '答复期限已过，依法视为受理，办理时间已经起算',
  'The time to answer has passed: by law it counts as accepted, and the clock runs',
);

/** A due time that has gone by is never told as if it were still to come. */
function isPastPromise({ work }: Pick<ApplicationDocument, 'work'>, now: Date): boolean {
  return work.dueAt !== null && now > work.dueAt;
}

function answerSentence(doc: ApplicationDocument, now: Date): Bilingual {
  const { submission } = doc;
  if (!submission) return say('正在看材料', 'The materials are being read');
  if (deemedAcceptance(doc, now)) {
    const { dueAt } = doc.work;
    if (!isRunning(doc) || dueAt === null || isPastPromise(doc, now)) return DEEMED_ACCEPTED;
    return fill(
      say(
        '答复期限已过，依法视为受理，{at} 前办结',
        'The time to answer has passed: by law it counts as accepted, to be completed by {at}',
      ),
      { at: instantWords(dueAt, now) },
    );
  }
  return fill(
    say('正在看材料，最迟 {at} 答复是否受理', 'The materials are being read; you are told by {at}'),
    { at: instantWords(submission.answerDueAt, now) },
  );
}

function stepSentence(doc: ApplicationDocument, type: BusinessType): Bilingual {
  const inside = type.steps.filter(({ kind }) => kind === 'review' || kind === 'approval');
  const isReview = doc.status === 'accepted' || doc.status === 'reviewing';
  const at = isReview ? inside.findIndex(({ key }) => key === doc.step) : inside.length - 1;
  const step = inside[Math.max(0, at)];
  return fill(say('第 {k} 步，共 {n} 步：正在{step}', 'Step {k} of {n}: {step}'), {
    k: Math.max(0, at) + 1,
    n: inside.length,
    step: step?.label ?? say('审核', 'review'),
  });
}

const SENT_BACK = say('已退回，原因和怎样补办，见复函', 'Sent back; the letter says why and what is needed');
const NOT_COMPLETED = say(
  '要补的材料到期没有补齐，这一次没有受理；备齐后可以随时重新申请',
  'What had to be added did not come in time, so it was not accepted this time; file again whenever it is complete',
);

function ended(doc: ApplicationDocument, now: Date): Bilingual {
  const registeredAt = doc.registration ? instantWords(doc.registration.at, now) : '';
  switch (doc.status) {
    case 'declined':
      if (doc.channel === 'entrusted') return SENT_BACK;
      if (doc.decision?.reason === 'notCompleted') return NOT_COMPLETED;
      return say('原因和去哪办，见不予受理告知书', 'The notice says why, and where to go');
    case 'refused':
      if (doc.channel === 'entrusted') return SENT_BACK;
      return say('理由、复议和起诉的期限，见告知书', 'The notice gives the reasons and how to appeal');
    case 'withdrawn':
      return doc.withdrawal?.decidedAt
        ? fill(say('{at} 撤回', 'Withdrawn {at}'), { at: instantWords(doc.withdrawal.decidedAt, now) })
        : say('已撤回', 'Withdrawn');
    case 'registered':
      return fill(say('{at} 记入登记簿，正在制证', 'Recorded {at}; the certificate is being made'), {
        at: registeredAt,
      });
    default:
      return fill(say('{at} 记入登记簿', 'Recorded {at}'), { at: registeredAt });
  }
}

/** The first line of the page: the answer to "到哪一步了，还要多久". */
function headlineFor(doc: ApplicationDocument, type: BusinessType, viewer: Viewer, now: Date): Bilingual {
  const word = turnWords(doc, viewer, now)?.word ?? wordOf(doc, now);
  const [pause] = stoppingPauses(doc, type);
  if (isPending(doc.status) && pause) {
    const supplement = isInitiator(doc, viewer)
      ? say('等您补材料', 'waiting for what you have to add')
      : word;
    return fill(say('办理时间暂停：{label}', 'Time stands still: {label}'), {
      label: pause.reason === 'supplement' ? supplement : PAUSE_WORDS[pause.reason].label,
    });
  }
  if (isPending(doc.status) && doc.work.dueAt) {
    const step = type.steps.find(({ key }) => key === doc.step);
    const doing = step ? fill(say('正在{step}', '{step}'), { step: step.label }) : word;
    const words = isPastPromise(doc, now)
      ? say('{doing}，已过承诺的 {at}', '{doing}: past the promised {at}')
      : say('{doing}，预计 {at} 前办结', '{doing}: to be completed by {at}');
    return fill(words, { doing, at: instantWords(doc.work.dueAt, now) });
  }
  return word;
}

/** What the viewer has to do now. */
export function todosFor(doc: ApplicationDocument, viewer: Viewer): Todo[] {
  const todos: Todo[] = [];
  const add = (kind: Todo['kind'], zh: string, en: string, until: string | null = null) =>
    todos.push({ kind, text: { zh, en }, until });
  const own = partiesOf(doc.parties, viewer);
  const mine = isInitiator(doc, viewer);
  if (doc.withdrawal?.state === 'asked') {
    const { agreed } = doc.withdrawal;
    if (own.some(({ id, signs }) => signs && !agreed.includes(id))) {
      add('agreeWithdrawal', '对方申请撤回，请您答复', 'A withdrawal was asked for; please answer');
    }
  }
  if (own.some(({ consent }) => consent.state === 'invited') && !isClosed(doc.status)) {
    add('sign', '请看过内容后确认并签名', 'Read what will be filed, then sign');
  }
  const correction = openCorrection(doc);
  if (correction && mine) {
    add(
      'correct',
      `请补 ${correction.defects.length} 样`,
      `Supply ${correction.defects.length} items`,
      `${correction.dueOn}T15:59:59.000Z`,
    );
  }
  if (mine && doc.status === 'draft') add('continueDraft', '接着填写', 'Continue');
  if (mine && doc.status === 'waitingConsent' && missingSignatures(doc).length === 0) {
    add('submit', '大家都已签名，请提交', 'Everybody has signed; please submit');
  }
  for (const { reason } of isPending(doc.status) ? openPauses(doc) : []) {
    if (reason === 'waitTax') add('payTax', '请到税务部门缴税', 'Pay the tax at the tax office');
    if (reason === 'waitFee') add('payFee', '请缴登记费', 'Pay the registration fee');
  }
  return todos;
}

export function groupFor(doc: ApplicationDocument, viewer: Viewer): CaseCard['group'] {
  if (isClosed(doc.status)) return 'closed';
  return doc.waitingOn.some((key) => viewer.keys.includes(key)) ? 'needsYou' : 'running';
}

export const districtWords = (code: string): string => findDistrict(code)?.name.zh ?? code;

const unitOf = (doc: ApplicationDocument) => {
  const [code] = doc.unitCodes;
  return code && doc.address ? { code, address: doc.address, district: districtWords(doc.district) } : null;
};

/** The same state in the words of whose turn it is: who is waited for never reads that another is, nor the reverse. */
/** The state in one word; what silence accepted is no longer just handed in. */
const wordOf = (doc: ApplicationDocument, now: Date): Bilingual =>
  doc.status === 'submitted' && deemedAcceptance(doc, now)
    ? say('视为受理', 'Accepted by law')
    : statusWord(doc.status);

function turnWords(
  doc: ApplicationDocument,
  viewer: Viewer,
  now: Date,
): { word: Bilingual; sentence: Bilingual } | null {
  if (isClosed(doc.status)) return null;
  if (partiesOf(doc.parties, viewer).some(({ consent }) => consent.state === 'invited')) {
    return {
      word: say('等您确认', 'Waiting for you'),
      sentence: say('请看过内容后确认并签名', 'Read what will be filed, then sign'),
    };
  }
  if (
    doc.withdrawal?.state === 'asked' &&
    todosFor(doc, viewer).some(({ kind }) => kind === 'agreeWithdrawal')
  ) {
    return {
      word: say('等您答复', 'Waiting for you'),
      sentence: say('对方申请撤回，请您答复', 'The other side asks to withdraw; please answer'),
    };
  }
  const correction = openCorrection(doc);
  if (!correction || isInitiator(doc, viewer)) return null;
  return {
    word: say('等对方补材料', 'Waiting for the other side'),
    sentence: fill(
      say('等 {name} 补 {n} 样，{day} 前交齐，您不用操作', 'Waiting for {name} to supply {n} items by {day}'),
      { name: doc.initiator.name, n: correction.defects.length, day: dayWords(correction.dueOn, now) },
    ),
  };
}

export interface CardSource {
  doc: ApplicationDocument;
  type: BusinessType;
  viewer: Viewer;
  clocks: ClocksView | null;
  now: Date;
}

export function presentCard({ doc, type, viewer, clocks, now }: CardSource): CaseCard {
  const [todo = null] = todosFor(doc, viewer);
  const own = turnWords(doc, viewer, now);
  return {
    id: doc._id,
    no: doc.no,
    draftNo: draftNoOf(doc),
    group: groupFor(doc, viewer),
    status: doc.status,
    statusWord: own?.word ?? wordOf(doc, now),
    sentence: own?.sentence ?? sentenceFor(doc, type, now),
    businessType: typeRef(type),
    unit: unitOf(doc),
    todo,
    clocks,
    updatedAt: doc.updatedAt.toISOString(),
  };
}

export interface CaseSource extends CardSource {
  examination: Examination;
  scans: ScanStates;
  timeline: TimelineEntry[];
  office: CaseView['office'];
}

function withdrawalView(doc: ApplicationDocument, viewer: Viewer): CaseView['withdrawal'] {
  const { withdrawal } = doc;
  if (withdrawal?.state !== 'asked') return null;
  const own = partiesOf(doc.parties, viewer).map(({ id }) => id);
  return {
    askedAt: withdrawal.askedAt.toISOString(),
    reason: withdrawal.reason,
    askedByYou: own.includes(withdrawal.askedByParty),
    waitingForNames: doc.parties
      .filter(({ id, signs }) => signs && !withdrawal.agreed.includes(id))
      .map(({ name }) => name),
  };
}

/** Applicants of one case know each other's names: they sign one document. Numbers stay masked. */
export function presentCase(source: CaseSource): CaseView {
  const { doc, type, viewer, clocks, now, examination, scans, timeline, office } = source;
  const { parties, indexes, materials } = examination;
  const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
  const own = turnWords(doc, viewer, now);
  return {
    id: doc._id,
    no: doc.no,
    draftNo: draftNoOf(doc),
    revision: doc.revision,
    status: doc.status,
    statusWord: own?.word ?? wordOf(doc, now),
    headline: headlineFor(doc, type, viewer, now),
    sentence: own?.sentence ?? sentenceFor(doc, type, now),
    businessType: typeRef(type),
    unit: unitOf(doc),
    office,
    submittedAt: iso(doc.submission?.at),
    answerDueAt: doc.status === 'submitted' ? iso(doc.submission?.answerDueAt) : null,
    acceptedAt: iso(doc.acceptance?.at),
    registeredAt: iso(doc.registration?.at),
    issuedAt: iso(doc.issuance?.at),
    clocks,
    pauses: doc.pauses.map((pause) => presentPause(pause, type, 'applicant')),
    todos: todosFor(doc, viewer),
    timeline,
    documents: doc.documents.map(documentRef),
    parties: partySources(doc, parties, indexes).map((one) =>
      presentParty(one, { doc, type, viewer, names: 'full' }),
    ),
    materials: materials.map((need) => presentMaterial(need, { doc, scans })),
    correction: presentCorrection(doc),
    withdrawal: withdrawalView(doc, viewer),
    fee: feeOf(type, examination),
    allowedActs: allowedActs(doc, type, viewer),
  };
}

export function presentReceipt(
  doc: ApplicationDocument,
  type: BusinessType,
  {
    queryCode,
    office,
    now,
    calendar,
  }: { queryCode: string; office: ReceiptView['office']; now: Date; calendar: Calendar },
): ReceiptView | null {
  const first = doc.earlierSubmissions[0] ?? doc.submission;
  const { submission, no } = doc;
  if (!submission || !first || no === null) return null;
  const due = instantWords(submission.answerDueAt, now, calendar);
  return {
    id: doc._id,
    no,
    businessType: typeRef(type),
    unit: unitOf(doc),
    submittedAt: first.at.toISOString(),
    filingHash: submission.hash,
    answerDueAt: submission.answerDueAt.toISOString(),
    next: fill(say(`${answerWords(submission).zh}：最迟 {at}`, `${answerWords(submission).en}: by {at}`), {
      at: due,
    }),
    office,
    queryCode,
  };
}
