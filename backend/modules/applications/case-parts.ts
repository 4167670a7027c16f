import type { EncryptedField } from '../../platform/crypto/suite.ts';
import type { Act, DocumentKind, PauseReason } from './vocabulary.ts';

/** What a case is made of: parties, files, corrections, opinions, documents, the plan of its recording. Types only. */

export interface Bilingual {
  zh: string;
  en: string;
}

export interface Person {
  accountId: string;
  name: string;
  /** Blind index of the ID number: one person with two accounts is still one person. */
  personIndex: string | null;
}

/** An applicant of the case (申请人). `idNumber` is bound to `applications|<case id>|party:<party id>:idNumber`. */
export interface CaseParty {
  /** `<role>-<place in the answers, from 1>`. */
  id: string;
  role: string;
  relation: string;
  kind: 'person' | 'organisation';
  name: string;
  idKind: string;
  idNumber: EncryptedField;
  idIndex: string;
  /** Blind index of the number in the register, of who applies under a new one. */
  formerIndex?: string;
  phone: EncryptedField | null;
  share: { numerator: number; denominator: number } | null;
  signs: boolean;
  consent: Consent;
}

export interface Consent {
  state: 'notNeeded' | 'notAsked' | 'invited' | 'signed' | 'declined' | 'void';
  invitedAt: Date | null;
  decidedAt: Date | null;
  /** SHA-256 of the filing that was signed; worth nothing once the filing gives another hash. */
  hash: string | null;
  accountId: string | null;
  factor: string | null;
  reason: string | null;
  /** MAC of the link that was sent; the link alone opens nothing without the right account. */
  token: string | null;
}

/** Hash and size as they were when the file was attached: an altered or missing file is found by itself. */
export interface CaseFile {
  fileId: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

export interface CaseMaterial {
  code: string;
  files: CaseFile[];
}

export interface CasePause {
  id: string;
  reason: PauseReason;
  basis: string;
  note: string | null;
  from: Date;
  plannedEndOn: string | null;
  to: Date | null;
  by: Person | null;
  /** Of one that another person approved, or that was written down later (补记); the marks stay. */
  recordedAt?: Date;
  approvedBy?: Person;
  backdated?: true;
}

/** A pause that takes another person's approval: asked by the handler, decided by somebody who supervises. */
export interface PauseRequest {
  id: string;
  reason: PauseReason;
  note: string;
  /** 补记: when it began and, where it is over, ended; null: from the moment it was asked for. */
  startedAt: Date | null;
  endedAt: Date | null;
  plannedEndOn: string | null;
  askedAt: Date;
  askedBy: Person;
  state: 'asked' | 'approved' | 'refused';
  decidedAt: Date | null;
  decidedBy: Person | null;
  opinion: string | null;
}

/** 延长办理期限: asked by the handler with a reason, decided by another person, told to the applicant. */
export interface Extension {
  id: string;
  /** Counted days more. */
  days: number;
  reason: string;
  askedAt: Date;
  askedBy: Person;
  state: 'asked' | 'approved' | 'refused';
  decidedAt: Date | null;
  decidedBy: Person | null;
  opinion: string | null;
}

export interface Correction {
  id: string;
  kind: 'correction' | 'supplement';
  defects: { target: { materialCode: string } | { field: string }; defect: string; remedy: string }[];
  requestedAt: Date;
  dueOn: string;
  by: Person;
  answeredAt: Date | null;
}

/** An opinion on the approval form (审批表): who, when, what was checked. */
export interface Opinion {
  act: Act;
  step: string;
  by: Person;
  at: Date;
  text: string;
  checks: { key: string; result: 'same' | 'different' | 'notApplicable'; note: string | null }[];
}

/** What was told to the applicant, word for word; a PDF is made from it. */
export interface CaseDocument {
  id: string;
  kind: DocumentKind;
  no: string;
  at: Date;
  rows: { label: Bilingual; value: Bilingual }[];
  paragraphs: Bilingual[];
  issuedBy: string;
  signature: { keyId: string; value: string; sha256: string } | null;
}

export interface Submission {
  /** Tells whose write won when several were sent together. */
  id: string;
  at: Date;
  hash: string;
  byAccountId: string;
  /** Replays the same answer to a client that asks again with the same key. */
  idempotencyKey: string | null;
  /** Of the request: the same key for another one is refused. */
  fingerprint: string;
  answerDueAt: Date;
  /** Of a type whose promise is in hours: answered in the working day it came in. */
  answeredSameDay?: true;
}

export interface Acceptance {
  at: Date;
  by: Person;
  receiptNo: string;
  promisedDueOn: string;
  statutoryDueOn: string;
  queryCode: string;
  calendarVersion: string;
  /** Order on each unit: the earlier acceptance is recorded first (深圳条例15, 细则67). */
  orders: { unitCode: string; order: number }[];
}

/** 登簿计划: written before the first unit changes, so that recovery can run it again. */
export interface RecordingPlan {
  at: Date;
  by: Person;
  /** JSON of the register orders; they name people by ID number, hence sealed: `applications|<case id>|plan`. */
  orders: EncryptedField;
  unitCodes: string[];
  certificateNumbers: string[];
}

export interface CaseRegistration {
  at: Date;
  by: Person;
  units: { unitCode: string; revision: number; entryId: string; certificateNumbers: string[] }[];
}

export interface Withdrawal {
  state: 'asked' | 'refused' | 'done';
  askedAt: Date;
  askedByParty: string;
  reason: string | null;
  /** Parties that agreed; 细则13 wants all of them. */
  agreed: string[];
  decidedAt: Date | null;
}

/** What the work list filters and sorts by. Disposable: recomputed from the clock's events. */
export interface Work {
  /** Open for the office: a partial index keeps drafts and closed cases out of the list. */
  open: boolean;
  /** Due instant; of a case paused in time far in the future, so that it sorts last. */
  sortAt: Date;
  yellowAt: Date | null;
  dueAt: Date | null;
  statutoryDueAt: Date | null;
  provisional: boolean;
  paused: boolean;
  waitingFor: 'us' | 'applicant' | 'others' | 'nobody';
  /** Step that the case is at and the post whose turn it is; null while nobody in the office acts. */
  step: string | null;
  role: string | null;
  /** Rules it was made with, see `stampOf`: the calendar's version, and that of the type's promise. */
  calendarVersion: string | null;
  /** When the next alarm is due: what the alarm clock looks for by index. Null while nothing can come. */
  alarmAt: Date | null;
  /** Reasons of the open pauses, sorted, joined by `+`: what is counted from the index. */
  pause: string | null;
  /** The earliest planned end of an open pause: the close of that day. */
  pauseEndsAt: Date | null;
  /** Since when a pause or an extension waits for its decision; null while none does. */
  askedAt: Date | null;
}

/** An alarm that was raised, with what its instant was computed from. */
export interface AlarmMark {
  kind: string;
  threshold: string;
  at: Date;
  lateWorkdays: number;
  ruleVersion: string;
  calendarVersion: string;
}
