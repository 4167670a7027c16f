import { fieldAt, type BusinessType, type ChecklistItem } from '../catalogue/index.ts';
import { countLateDays, dayNumberOf, mergePauses, type Calendar } from '../clock/index.ts';
import { isLive, liveRight, type Conflict, type UnitDocument } from '../register/index.ts';
import { findErrorDefinition, sentenceOf } from '../../platform/errors.ts';
import { valueAt } from './answers.ts';
import type { ApplicationDocument, Bilingual } from './application.model.ts';
import { typeRef } from './case-type.ts';
import { lightOf } from './clocks.ts';
import type { CaseForClerk, ConflictView, WorkItem } from './contract.ts';
import type { Examination } from './examine.ts';
import { feeOf } from './fee.ts';
import { sectionsOf } from './form-view.ts';
import { switchesLimit } from './limit-switch.ts';
import {
  allowedActs,
  blockedActs,
  currentStep,
  isRecused,
  openPauses,
  partiesOf,
  type Refusal,
  type Viewer,
} from './policy.ts';
import { pauseReasonsOf } from './pause-reasons.ts';
import { districtWords, type CaseSource } from './present-case.ts';
import {
  documentRef,
  partySources,
  presentCorrection,
  presentMaterial,
  presentParty,
  presentPause,
} from './present-parts.ts';
import { findTransition } from './transitions.ts';
import { PAUSE_WORDS, statusWord } from './wording.ts';

/** The case as a clerk works on it: the register beside the application, and why a button is not there. Pure. */

/** What a row of the work list needs of a case; nothing else is read from the database. */
export type WorkRow = Pick<
  ApplicationDocument,
  | '_id'
  | 'no'
  | 'typeCode'
  | 'typeVersion'
  | 'address'
  | 'status'
  | 'work'
  | 'handler'
  | 'partyIndexes'
  | 'agentIndexes'
  | 'pauses'
>;

export const WORK_ROW_FIELDS = {
  no: 1,
  typeCode: 1,
  typeVersion: 1,
  address: 1,
  status: 1,
  work: 1,
  handler: 1,
  partyIndexes: 1,
  agentIndexes: 1,
  pauses: 1,
} as const;

/** As the case itself has it, from what a row carries. */
function lateDaysOf({ work, pauses }: WorkRow, type: BusinessType, calendar: Calendar, now: Date): number {
  if (work.dueAt === null || now <= work.dueAt) return 0;
  const stopping = mergePauses(pauses.filter(({ reason }) => !switchesLimit(type, reason)));
  return countLateDays(calendar, stopping, dayNumberOf(work.dueAt), dayNumberOf(now));
}

export function presentWorkItem(
  row: WorkRow,
  type: BusinessType,
  viewer: Viewer,
  { calendar, now }: { calendar: Calendar; now: Date },
): WorkItem {
  const { work, handler } = row;
  const recused = isRecused(row, viewer);
  return {
    id: row._id,
    no: row.no ?? '',
    type: row.typeCode,
    typeName: type.name,
    // 回避: a party who is also staff learns no more here than as a party.
    address: recused ? '' : row.address,
    status: row.status,
    // Whose turn it is: after 登簿 no longer the step that approved.
    step: work.step,
    light: lightOf(work, now),
    dueAt: work.dueAt?.toISOString() ?? null,
    statutoryDueAt: work.statutoryDueAt?.toISOString() ?? null,
    provisional: work.provisional,
    lateDays: lateDaysOf(row, type, calendar, now),
    waitingFor: work.waitingFor,
    handler: handler && { id: handler.accountId, name: handler.name },
    recused,
    pauses: recused
      ? []
      : openPauses(row).map(({ reason, plannedEndOn }) => ({
          reason,
          label: PAUSE_WORDS[reason].label,
          plannedEndOn,
        })),
    claimable:
      !recused &&
      handler === null &&
      viewer.roles.includes(work.role ?? '') &&
      findTransition(row.status, 'claim') !== null,
  };
}

export function presentConflicts(conflicts: readonly Conflict[]): ConflictView[] {
  return conflicts.map(({ code, verdict, met, sentence, basis }) => ({
    code,
    verdict,
    met,
    text: sentence,
    basis: basis.zh,
  }));
}

function stepsOf(doc: ApplicationDocument, type: BusinessType): CaseForClerk['steps'] {
  const at = currentStep(doc, type)?.key;
  const ACTS_OF = {
    acceptance: ['accept', 'decline'],
    review: ['review'],
    approval: ['approve'],
    issuance: ['issue'],
  };
  return type.steps.map(({ key, label, role, kind }) => {
    const done = doc.opinions.findLast(
      (one) => ACTS_OF[kind].includes(one.act) && (kind === 'acceptance' || one.step === key),
    );
    const recorded = kind === 'approval' ? doc.registration !== null : true;
    const finished = kind === 'issuance' ? doc.issuance !== null : done !== undefined && recorded;
    const by = kind === 'issuance' ? (doc.issuance?.by?.name ?? null) : (done?.by.name ?? null);
    const when = kind === 'issuance' ? doc.issuance?.at : done?.at;
    return {
      key,
      label,
      role,
      state: finished ? ('done' as const) : key === at ? ('current' as const) : ('coming' as const),
      by,
      at: when?.toISOString() ?? null,
    };
  });
}

const words = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) {
    return value
      .map((item: unknown) => {
        const { name, idNumber, share } = (item ?? {}) as {
          name?: string;
          idNumber?: string;
          share?: { numerator: number; denominator: number };
        };
        return [name, idNumber, shareWords(share)].filter(Boolean).join(' ');
      })
      .join('；');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
};

/** A choice by its label: 单独所有 rather than its code. */
function optionWords(type: BusinessType, pointer: string, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return fieldAt(type.form, pointer)?.['x-options']?.[value]?.zh ?? null;
}

/** The whole is not written as a share: both sides then read alike. */
const shareWords = (share: { numerator: number; denominator: number } | null | undefined): string =>
  share && share.denominator > 1 ? `${share.numerator}/${share.denominator}` : '';

const CO_OWNERSHIP = ['单独所有', '共同共有', '按份共有', '其他共有'];

/** What the register says, in words to be read beside the applicant's. Holders' numbers come from `openNumber`. */
function registerWords(
  unit: UnitDocument,
  path: string,
  openNumber: (holder: { id: string }) => string,
): string | null {
  const live = liveRight(unit);
  const encumbrances = unit.encumbrances.filter(isLive);
  switch (path) {
    case '_id':
      return unit._id;
    case 'rights.holders':
      return (
        live?.holders
          .map((holder) =>
            [holder.name, openNumber(holder), shareWords(holder.share)].filter(Boolean).join(' '),
          )
          .join('；') ?? null
      );
    case 'rights.certificateNo':
      return live?.certificateNo ?? null;
    case 'rights.coOwnership':
      return live ? (CO_OWNERSHIP[live.coOwnership] ?? null) : null;
    case 'encumbrances':
    case 'encumbrances.holders':
    case 'encumbrances.certificateNo':
      return encumbrances.length === 0 ? '无' : encumbrances.map(encumbranceWords).join('；');
    default:
      return words(valueAt(unit, `/${path.replaceAll('.', '/')}`));
  }
}

const KINDS = {
  mortgage: '抵押',
  seizure: '查封',
  objection: '异议',
  preNotice: '预告',
  residence: '居住权',
  easement: '地役权',
};

function encumbranceWords({
  kind,
  status,
  holders,
  certificateNo,
  seizure,
  mortgage,
}: UnitDocument['encumbrances'][number]): string {
  const waiting = status === 'waiting' ? '（轮候）' : '';
  const parts = [
    KINDS[kind] + waiting,
    holders.map(({ name }) => name).join('、'),
    seizure ? `${seizure.court} ${seizure.docNo}` : '',
    mortgage?.transferRestricted ? '约定禁止或限制转让' : '',
    certificateNo ?? '',
  ];
  return parts.filter(Boolean).join(' ');
}

function checklistOf(
  doc: ApplicationDocument,
  type: BusinessType,
  { answers, unit }: Examination,
  openNumber: (holder: { id: string }) => string,
): CaseForClerk['checklist'] {
  const latest = new Map(
    doc.opinions.flatMap(({ checks }) => checks.map((check) => [check.key, check] as const)),
  );
  return type.checklist.map(({ key, label, basis, answer, register }: ChecklistItem) => ({
    key,
    label,
    basis: basis.zh,
    registerValue: register === null || unit === null ? null : registerWords(unit, register, openNumber),
    applicantValue:
      answer === null
        ? null
        : (optionWords(type, answer, valueAt(answers, answer)) ?? words(valueAt(answers, answer))),
    result: latest.get(key)?.result ?? null,
    note: latest.get(key)?.note ?? null,
  }));
}

/** The sentence of a refusal, with the step in words. */
export function refusalWords({ code, params }: Refusal, type: BusinessType) {
  const definition = findErrorDefinition(code) ?? { zh: code, en: code };
  const step = type.steps.find(({ key }) => key === params.step)?.label;
  const put = (language: 'zh' | 'en') => ({ ...params, ...(step ? { step: step[language] } : {}) });
  return { zh: sentenceOf(definition, 'zh-CN', put('zh')), en: sentenceOf(definition, 'en', put('en')) };
}

export interface DeskSource extends CaseSource {
  filingIntact: boolean;
  openNumber(holder: { id: string }): string;
  /** 证件种类 in words, of its code. */
  idKindWords(code: string): Bilingual;
}

export function presentForClerk(source: DeskSource): CaseForClerk {
  const { doc, type, viewer, clocks, examination, scans, timeline, office } = source;
  const { parties, indexes, materials, answers, conflicts } = examination;
  const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
  const [code] = doc.unitCodes;
  const { withdrawal } = doc;
  return {
    id: doc._id,
    no: doc.no ?? '',
    revision: doc.revision,
    status: doc.status,
    statusWord: statusWord(doc.status),
    step: currentStep(doc, type)?.key ?? doc.step,
    steps: stepsOf(doc, type),
    businessType: typeRef(type),
    unit: code ? { code, address: doc.address, district: districtWords(doc.district) } : null,
    office,
    submittedAt: iso((doc.earlierSubmissions[0] ?? doc.submission)?.at),
    answerDueAt: doc.status === 'submitted' ? iso(doc.submission?.answerDueAt) : null,
    acceptedAt: iso(doc.acceptance?.at),
    registeredAt: iso(doc.registration?.at),
    clocks,
    pauses: doc.pauses.map((pause) => presentPause(pause, type, 'staff')),
    extensions: (doc.extensions ?? []).map(({ askedAt, askedBy, decidedAt, decidedBy, ...rest }) => ({
      ...rest,
      askedAt: askedAt.toISOString(),
      askedBy: askedBy.name,
      decidedAt: iso(decidedAt),
      decidedBy: decidedBy?.name ?? null,
    })),
    pauseRequests: (doc.pauseRequests ?? []).map(
      ({ askedAt, askedBy, decidedAt, decidedBy, startedAt, endedAt, ...rest }) => ({
        ...rest,
        label: PAUSE_WORDS[rest.reason].label,
        startedAt: iso(startedAt),
        endedAt: iso(endedAt),
        askedAt: askedAt.toISOString(),
        askedBy: askedBy.name,
        decidedAt: iso(decidedAt),
        decidedBy: decidedBy?.name ?? null,
      }),
    ),
    handler: doc.handler && {
      id: doc.handler.accountId,
      name: doc.handler.name,
      isYou: doc.handler.accountId === viewer.accountId,
    },
    queueOrder: doc.acceptance?.orders[0]?.order ?? null,
    answers: sectionsOf(type, answers, { open: true }),
    parties: partySources(doc, parties, indexes, examination.formerHolders).map((one) => ({
      ...presentParty(one, { doc, type, viewer, names: 'full' }),
      idKind: source.idKindWords(one.draft.idKind),
      formerIdKind: one.draft.former ? source.idKindWords(one.draft.former.idKind) : null,
    })),
    materials: materials.map((need) => presentMaterial(need, { doc, scans })),
    checklist: checklistOf(doc, type, examination, source.openNumber),
    conflicts: presentConflicts(conflicts),
    opinions: doc.opinions.map(({ step, act, by, at, text }) => ({
      step,
      stepLabel: type.steps.find(({ key }) => key === step)?.label ?? { zh: step, en: step },
      act,
      by: { id: by.accountId, name: by.name },
      at: at.toISOString(),
      text,
    })),
    correction: presentCorrection(doc),
    correctionCount: doc.corrections.length,
    withdrawal:
      withdrawal?.state === 'asked'
        ? {
            askedAt: withdrawal.askedAt.toISOString(),
            reason: withdrawal.reason,
            askedByYou: partiesOf(doc.parties, viewer).some(({ id }) => id === withdrawal.askedByParty),
            waitingForNames: doc.parties
              .filter(({ id, signs }) => signs && !withdrawal.agreed.includes(id))
              .map(({ name }) => name),
          }
        : null,
    documents: doc.documents.map(documentRef),
    timeline,
    fee: feeOf(type, examination),
    filingHash: doc.submission?.hash ?? null,
    filingIntact: source.filingIntact,
    allowedActs: allowedActs(doc, type, viewer),
    blockedActs: blockedActs(doc, type, viewer).map(({ act, refusal }) => ({
      act,
      code: refusal.code,
      reason: refusalWords(refusal, type),
    })),
    returnGrounds: type.applicants.returns ?? [],
    pauseReasons: pauseReasonsOf(type).map((reason) => ({
      reason,
      label: PAUSE_WORDS[reason].label,
      basis: PAUSE_WORDS[reason].basis,
      needsApproval: type.limits.pauseApproval?.includes(reason) ?? false,
    })),
  };
}
