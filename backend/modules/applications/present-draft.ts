import { legalDayOf } from '../../platform/time.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { presentUnitSummary } from '../register/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeRef } from './case-type.ts';
import type { DraftView, FilingView, SectionState } from './contract.ts';
import type { Examination } from './examine.ts';
import { feeOf } from './fee.ts';
import type { SealedFiling } from './filing.ts';
import { sectionsOf, statementsOf } from './form-view.ts';
import { DRAFT_DAYS } from './draft-days.ts';
import { allowedActs, missingSignatures, type Viewer } from './policy.ts';
import {
  partySources,
  presentCorrection,
  presentMaterial,
  presentParty,
  presentProblem,
  type ScanStates,
} from './present-parts.ts';
import { isEditable } from './transitions.ts';

export interface DraftSource {
  doc: ApplicationDocument;
  type: BusinessType;
  viewer: Viewer;
  examination: Examination;
  scans: ScanStates;
  now: Date;
}

/** `D1A2B3C4D`: a draft has no case number yet, but can be named on the phone. */
export const draftNoOf = ({ _id }: Pick<ApplicationDocument, '_id'>): string =>
  `D${_id.slice(-8).toUpperCase()}`;

export function unitRef({ unit, unitKnown }: Pick<Examination, 'unit' | 'unitKnown'>, now: Date) {
  if (!unit || !unitKnown) return null;
  const { code, address, district } = presentUnitSummary(unit, legalDayOf(now));
  return { code, address, district: district.name.zh };
}

type Problems = Examination['problems'];

const fieldsIn = (type: BusinessType, section: string): string[] =>
  Object.entries(type.form.properties as Record<string, { 'x-section'?: string }>).flatMap(([name, field]) =>
    field['x-section'] === section ? [name] : [],
  );

const isAnswered = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

const GROUPS = { prepare: 'prepare', fill: 'fill', confirm: 'consent' } as const;

/** A field that was begun and is wrong is a problem; one that is simply not filled in yet is work to do. */
function formSection(
  section: BusinessType['sections'][number],
  { type, examination }: Pick<DraftSource, 'type' | 'examination'>,
): SectionState {
  const fields = fieldsIn(type, section.key);
  const { answers } = examination;
  const open = examination.problems.filter(({ pointer }) =>
    fields.some((field) => pointer === `/answers/${field}` || pointer.startsWith(`/answers/${field}/`)),
  );
  const wrong = open.filter(({ pointer }) => isAnswered(answers[pointer.split('/')[2] ?? '']));
  const begun = fields.some((field) => isAnswered(answers[field]));
  const state =
    wrong.length > 0 ? 'problem' : open.length === 0 && begun ? 'done' : begun ? 'started' : 'notStarted';
  return {
    key: section.key,
    label: section.label,
    group: GROUPS[section.group],
    state,
    problemCount: wrong.length,
    hint: null,
  };
}

function materialsSection({ examination }: DraftSource): SectionState[] {
  const { materials, problems } = examination;
  if (materials.every(({ state }) => state === 'notNeeded' || state === 'exempt')) return [];
  const open = problems.filter(({ pointer }) => pointer.startsWith('/materials/'));
  return [
    {
      key: 'materials',
      label: { zh: '上传材料', en: 'Upload materials' },
      group: 'materials',
      state: open.length === 0 ? 'done' : 'notStarted',
      problemCount: 0,
      hint: open.length === 0 ? null : { zh: `还差 ${open.length} 样`, en: `${open.length} still missing` },
    },
  ];
}

function closingSections(source: DraftSource, formDone: boolean): SectionState[] {
  const { doc, type, examination } = source;
  const others = examination.parties.filter(
    ({ signs }, place) => signs && `index:${examination.indexes[place]}` !== doc.initiator.partyKey,
  );
  const joint = others.length > 0 || type.applicants.mode === 'joint';
  const missing = missingSignatures(doc);
  const asked = doc.parties.some(
    ({ consent }) => consent.state !== 'notAsked' && consent.state !== 'notNeeded',
  );
  const signed = others.length > 0 && asked && missing.length === 0;
  const declined = doc.parties.some(({ consent }) => consent.state === 'declined');
  const wait = {
    zh: '填完前面的部分后再发给对方',
    en: 'Send it to the others once the parts above are done',
  };
  const joined = (type.applicants.joining ?? []).find(({ key }) =>
    examination.parties.some(({ role }) => role === key),
  );
  const third = joined && {
    zh: `${joined.label.zh}也要一起申请、签名`,
    en: `${joined.label.en}: has to apply and sign as well`,
  };
  const consent: SectionState = {
    key: 'consent',
    label: { zh: '对方确认和签名', en: 'The others confirm and sign' },
    group: 'consent',
    state: signed ? 'done' : declined ? 'problem' : asked ? 'started' : formDone ? 'notStarted' : 'blocked',
    problemCount: declined ? 1 : 0,
    hint: !formDone && !asked ? wait : signed ? null : (third ?? null),
  };
  const ready = formDone && (!joint || signed);
  const check: SectionState = {
    key: 'check',
    label: { zh: '核对并提交', en: 'Check and submit' },
    group: 'submit',
    state: ready ? 'notStarted' : 'blocked',
    problemCount: 0,
    hint: ready
      ? null
      : joint && formDone
        ? { zh: '大家都签名后才能提交', en: 'Everybody must sign first' }
        : { zh: '前面的部分都完成后才能提交', en: 'Complete the parts above first' },
  };
  return joint ? [consent, check] : [check];
}

function sectionStates(source: DraftSource): SectionState[] {
  const sections = source.type.sections.map((section) => formSection(section, source));
  const early = sections.filter(({ group }) => group !== 'consent');
  const late = sections.filter(({ group }) => group === 'consent');
  const materials = materialsSection(source);
  const formDone = source.examination.problems.length === 0;
  return [...early, ...materials, ...late, ...closingSections(source, formDone)];
}

function keptUntil(doc: ApplicationDocument): string | null {
  if (doc.status !== 'draft' && doc.status !== 'waitingConsent') return null;
  return legalDayOf(new Date(doc.updatedAt.getTime() + DRAFT_DAYS * 86_400_000));
}

export function presentDraft(source: DraftSource): DraftView {
  const { doc, type, viewer, examination, scans, now } = source;
  const { answers, parties, indexes, materials } = examination;
  const problems: Problems = examination.problems;
  return {
    id: doc._id,
    draftNo: draftNoOf(doc),
    no: doc.no,
    revision: doc.revision,
    status: doc.status,
    businessType: typeRef(type),
    unit: unitRef(examination, now),
    answers,
    sections: sectionStates(source),
    parties: partySources(doc, parties, indexes).map((one) =>
      presentParty(one, { doc, type, viewer, names: 'full' }),
    ),
    materials: materials.map((need) => presentMaterial(need, { doc, scans })),
    problems: problems.map(presentProblem),
    correction: presentCorrection(doc),
    reconciliation: doc.reconciliation,
    savedAt: doc.updatedAt.toISOString(),
    keptUntilOn: keptUntil(doc),
    fee: feeOf(type, examination),
    allowedActs: allowedActs(doc, type, viewer),
  };
}

/** Exactly what will be filed, for the page on which it is checked and the page on which it is signed. */
export function presentFiling(source: DraftSource, { canonical, hash }: SealedFiling): FilingView {
  const { doc, type, viewer, examination, scans, now } = source;
  const { answers, parties, indexes, materials, problems } = examination;
  return {
    id: doc._id,
    revision: doc.revision,
    status: doc.status,
    businessType: typeRef(type),
    askedBy: doc.initiator.name,
    // While it is filled in, a code that somebody typed tells them nothing of the register.
    unit: unitRef(
      { unit: examination.unit, unitKnown: examination.unitKnown || !isEditable(doc.status) },
      now,
    ),
    hash,
    canonical,
    sections: sectionsOf(type, answers, { open: false }),
    parties: partySources(doc, parties, indexes).map((one) =>
      presentParty(one, { doc, type, viewer, names: 'full' }),
    ),
    materials: materials.map((need) => presentMaterial(need, { doc, scans })),
    statements: statementsOf(type),
    problems: problems.map(presentProblem),
    allowedActs: allowedActs(doc, type, viewer),
  };
}
