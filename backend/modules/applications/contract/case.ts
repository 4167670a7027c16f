import { Type, type Static } from 'typebox';
import {
  Text,
  StatusName,
  ActName,
  PauseReasonName,
  BusinessTypeRef,
  UnitRef,
  PartyView,
  MaterialView,
  ClocksView,
  TimelineEntry,
  DocumentRef,
  CorrectionView,
  WithdrawalView,
  FeeView,
  Todo,
} from './parts.ts';
import { Id, Instant, Day, nullable } from './shapes.ts';

/** A case as its applicants follow it. */

export const CASE_GROUPS = ['needsYou', 'running', 'closed'] as const;
export const CaseGroup = Type.Enum([...CASE_GROUPS]);

export const ListMyCases = Type.Object({
  group: Type.Optional(CaseGroup),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
});

export const CaseCard = Type.Object({
  id: Id,
  no: nullable(Type.String()),
  draftNo: Type.String(),
  group: CaseGroup,
  status: StatusName,
  statusWord: Text,
  sentence: Text,
  businessType: BusinessTypeRef,
  unit: nullable(UnitRef),
  todo: nullable(Todo),
  clocks: nullable(ClocksView),
  updatedAt: Instant,
});
export type CaseCard = Static<typeof CaseCard>;

export const CaseCardPage = Type.Object({
  items: Type.Array(CaseCard),
  nextCursor: nullable(Type.String()),
  counts: Type.Object({ needsYou: Type.Integer(), running: Type.Integer(), closed: Type.Integer() }),
});
export type CaseCardPage = Static<typeof CaseCardPage>;

export const PauseView = Type.Object({
  id: Type.String(),
  reason: PauseReasonName,
  label: Text,
  /** False where the reason replaces the promise by the statutory limit and the time runs on. */
  stopsClock: Type.Boolean(),
  basis: Type.String(),
  note: nullable(Type.String()),
  from: Instant,
  plannedEndOn: nullable(Day),
  to: nullable(Instant),
  /** 补记: entered after it had begun, with approval. */
  backdated: Type.Boolean(),
  recordedAt: Instant,
  approvedBy: nullable(Type.String({ description: 'name; for staff only' })),
});

export type PauseView = Static<typeof PauseView>;

/** The case page of an applicant: conclusion first, reasons below. */
export const CaseView = Type.Object({
  id: Id,
  no: nullable(Type.String()),
  draftNo: Type.String(),
  revision: Type.Integer(),
  status: StatusName,
  statusWord: Text,
  headline: Text,
  sentence: Text,
  businessType: BusinessTypeRef,
  unit: nullable(UnitRef),
  office: nullable(Text),
  submittedAt: nullable(Instant),
  answerDueAt: nullable(Instant),
  acceptedAt: nullable(Instant),
  registeredAt: nullable(Instant),
  issuedAt: nullable(Instant),
  clocks: nullable(ClocksView),
  pauses: Type.Array(PauseView),
  todos: Type.Array(Todo),
  timeline: Type.Array(TimelineEntry),
  documents: Type.Array(DocumentRef),
  parties: Type.Array(PartyView),
  materials: Type.Array(MaterialView),
  correction: nullable(CorrectionView),
  withdrawal: nullable(WithdrawalView),
  fee: nullable(FeeView),
  allowedActs: Type.Array(ActName),
});
export type CaseView = Static<typeof CaseView>;

/** From the paper receipt (受理凭证): its number and its query code. */
export const CaseProgressQuery = Type.Object({
  no: Type.String({ pattern: '^[0-9]{13,16}$' }),
  code: Type.String({ pattern: '^[0-9]{6}$' }),
});
export type CaseProgressQuery = Static<typeof CaseProgressQuery>;

export const CaseProgress = Type.Object({
  no: Type.String(),
  typeName: Text,
  statusWord: Text,
  sentence: Text,
  dueOn: nullable(Day),
  paused: Type.Boolean(),
});
export type CaseProgress = Static<typeof CaseProgress>;
