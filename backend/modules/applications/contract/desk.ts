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
  Light,
  ClocksView,
  TimelineEntry,
  DocumentRef,
  Defect,
  CorrectionView,
  WithdrawalView,
  FeeView,
} from './parts.ts';
import { RETURN_GROUNDS } from '../../catalogue/contract.ts';
import { REFUSAL_REASONS } from '../vocabulary.ts';
import { PauseView } from './case.ts';
import { Id, Instant, Day, nullable } from './shapes.ts';

/** A case as the office works on it. */

export const ListWorkItems = Type.Object({
  view: Type.Optional(Type.Enum(['mine', 'unclaimed', 'office', 'all'])),
  step: Type.Optional(Type.String({ maxLength: 40 })),
  status: Type.Optional(StatusName),
  type: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[0-9]{2}$' })),
  office: Type.Optional(Type.String({ maxLength: 40 })),
  light: Type.Optional(Light),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type ListWorkItems = Static<typeof ListWorkItems>;

/** In a body: what a clerk types may be an ID number or a phone, which no address may carry (ASVS 5.0 14.2.1). */
export const SearchWorkItems = Type.Object({
  ...ListWorkItems.properties,
  text: Type.String({
    minLength: 1,
    maxLength: 60,
    description:
      'start of a case number, start of a word of an address, or the whole of a party’s ID number, credit code or phone',
  }),
});
export type SearchWorkItems = Static<typeof SearchWorkItems>;

/** The lights of a view are counted under its step and type; its steps under the view alone. Absent: all open cases. */
export const CountWorkItems = Type.Pick(ListWorkItems, ['view', 'step', 'type']);
export type CountWorkItems = Static<typeof CountWorkItems>;

/** Kept under 500 bytes. `recused`: the reader is a party (回避); such a row cannot be opened. */
export const WorkItem = Type.Object({
  id: Id,
  no: Type.String(),
  type: Type.String(),
  typeName: Text,
  address: Type.String(),
  status: StatusName,
  step: nullable(Type.String()),
  light: Light,
  dueAt: nullable(Instant),
  statutoryDueAt: nullable(Instant),
  provisional: Type.Boolean(),
  /** Working days past `dueAt` at whose close the clock ran, the day at hand included; 0 in time. */
  lateDays: Type.Integer({ minimum: 0 }),
  waitingFor: Type.Enum(['us', 'applicant', 'others', 'nobody']),
  handler: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  recused: Type.Boolean(),
  /** The open pauses; none of a case from which the reader must stand back. */
  pauses: Type.Array(Type.Object({ reason: PauseReasonName, label: Text, plannedEndOn: nullable(Day) })),
  claimable: Type.Boolean({ description: 'nobody has it, and its step is one of the reader’s posts' }),
});
export type WorkItem = Static<typeof WorkItem>;

const recomputing = Type.Integer({
  description:
    'open cases whose dates are being worked out again by new rules: each row is right already, but a case may still be counted, or listed, under its old light',
});

export const WorkItemPage = Type.Object({
  items: Type.Array(WorkItem),
  nextCursor: nullable(Type.String()),
  recomputing,
});
export type WorkItemPage = Static<typeof WorkItemPage>;

export const WorkItemCounts = Type.Object({
  lights: Type.Object({
    black: Type.Integer(),
    red: Type.Integer(),
    yellow: Type.Integer(),
    green: Type.Integer(),
    paused: Type.Integer(),
    none: Type.Integer(),
  }),
  /** Due between now and the end of the day: what is late already is under its lights. */
  dueToday: Type.Integer(),
  recomputing,
  mine: Type.Integer(),
  unclaimed: Type.Integer(),
  steps: Type.Array(Type.Object({ step: Type.String(), count: Type.Integer() })),
  types: Type.Array(Type.Object({ type: Type.String(), count: Type.Integer() })),
});
export type WorkItemCounts = Static<typeof WorkItemCounts>;

export const ConflictView = Type.Object({
  code: Type.String(),
  verdict: Type.Enum(['allow', 'refuse', 'condition', 'queue', 'suspend', 'interrupt', 'notApplicable']),
  /** For a condition: whether the case has shown it. */
  met: Type.Boolean(),
  text: Text,
  basis: Type.String(),
});
export type ConflictView = Static<typeof ConflictView>;

export const CheckResult = Type.Enum(['same', 'different', 'notApplicable']);

export const ChecklistRow = Type.Object({
  key: Type.String(),
  label: Text,
  basis: Type.String(),
  /** What the register says and what the applicant says, where both can be put side by side. */
  registerValue: nullable(Type.String()),
  applicantValue: nullable(Type.String()),
  result: nullable(CheckResult),
  note: nullable(Type.String()),
});

export const Opinion = Type.Object({
  step: Type.String(),
  stepLabel: Text,
  act: ActName,
  by: Type.Object({ id: Type.String(), name: Type.String() }),
  at: Instant,
  text: Type.String(),
});

/** An act that the reader may not do now, with the reason: shown beside the disabled button. */
export const BlockedAct = Type.Object({ act: ActName, code: Type.String(), reason: Text });

export const StepView = Type.Object({
  key: Type.String(),
  label: Text,
  role: Type.String(),
  state: Type.Enum(['done', 'current', 'coming']),
  by: nullable(Type.String()),
  at: nullable(Instant),
});

export const ExtensionView = Type.Object({
  id: Type.String(),
  days: Type.Integer(),
  reason: Type.String(),
  askedAt: Instant,
  askedBy: Type.String(),
  state: Type.Enum(['asked', 'approved', 'refused']),
  decidedAt: nullable(Instant),
  decidedBy: nullable(Type.String()),
  opinion: nullable(Type.String()),
});

export const PauseRequestView = Type.Object({
  id: Type.String(),
  reason: PauseReasonName,
  label: Text,
  note: Type.String(),
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  plannedEndOn: nullable(Day),
  askedAt: Instant,
  askedBy: Type.String(),
  state: Type.Enum(['asked', 'approved', 'refused']),
  decidedAt: nullable(Instant),
  decidedBy: nullable(Type.String()),
  opinion: nullable(Type.String()),
});

export const CaseForClerk = Type.Object({
  id: Id,
  no: Type.String(),
  revision: Type.Integer(),
  status: StatusName,
  statusWord: Text,
  step: nullable(Type.String()),
  steps: Type.Array(StepView),
  businessType: BusinessTypeRef,
  unit: nullable(UnitRef),
  office: nullable(Text),
  submittedAt: nullable(Instant),
  answerDueAt: nullable(Instant),
  acceptedAt: nullable(Instant),
  registeredAt: nullable(Instant),
  clocks: nullable(ClocksView),
  pauses: Type.Array(PauseView),
  extensions: Type.Array(ExtensionView),
  pauseRequests: Type.Array(PauseRequestView),
  handler: nullable(Type.Object({ id: Type.String(), name: Type.String(), isYou: Type.Boolean() })),
  /** Order of acceptance on the unit: the earlier case goes first. */
  queueOrder: nullable(Type.Integer()),
  answers: Type.Array(
    Type.Object({
      key: Type.String(),
      label: Text,
      rows: Type.Array(Type.Object({ pointer: Type.String(), label: Text, value: Text })),
    }),
  ),
  parties: Type.Array(
    Type.Object(
      { ...PartyView.properties, idKind: Text, formerIdKind: nullable(Text) },
      { description: '证件种类 beside each number' },
    ),
  ),
  materials: Type.Array(MaterialView),
  checklist: Type.Array(ChecklistRow),
  conflicts: Type.Array(ConflictView),
  opinions: Type.Array(Opinion),
  correction: nullable(CorrectionView),
  correctionCount: Type.Integer(),
  withdrawal: nullable(WithdrawalView),
  documents: Type.Array(DocumentRef),
  timeline: Type.Array(TimelineEntry),
  fee: nullable(FeeView),
  filingHash: nullable(Type.String()),
  filingIntact: Type.Boolean({ description: 'the stored case still gives the hash that the parties signed' }),
  allowedActs: Type.Array(ActName),
  blockedActs: Type.Array(BlockedAct),
  returnGrounds: Type.Array(Type.Enum([...RETURN_GROUNDS]), {
    description: 'an order of a court: the only grounds on which it is sent back; empty for an application',
  }),
  pauseReasons: Type.Array(
    Type.Object({
      reason: PauseReasonName,
      label: Text,
      basis: Type.String(),
      needsApproval: Type.Boolean({ description: 'the clock stops once another person has approved' }),
    }),
  ),
});
export type CaseForClerk = Static<typeof CaseForClerk>;

/**
 * The filing (its SHA-256) that the clerk read before deciding. Where the applicants have changed it since, the decision
 * is refused with 409 `applications.decided_on_old_filing`; absent: not asked.
 */
const filingHash = Type.Optional(Type.String({ maxLength: 64 }));

const note = (minLength: number) => Type.String({ minLength, maxLength: 1000 });

export const Decline = Type.Object({
  reason: Type.Enum([
    'notOurArea',
    'notRegistrable',
    'applicantNotEntitled',
    'conflictWithRegister',
    'other',
    ...RETURN_GROUNDS,
  ]),
  facts: note(4),
  /** Where to go instead (条例17(四)). */
  goTo: Type.Optional(Type.String({ minLength: 2, maxLength: 300 })),
  filingHash,
});
export type Decline = Static<typeof Decline>;

export const RequestCorrection = Type.Object({
  defects: Type.Array(Defect, { minItems: 1, maxItems: 60 }),
  dueOn: Day,
});
export type RequestCorrection = Static<typeof RequestCorrection>;

export const AnswerCorrection = Type.Object({ revision: Type.Integer({ minimum: 1 }) });

export const Accept = Type.Object({ note: Type.Optional(note(0)), filingHash });
export type Accept = Static<typeof Accept>;

/**
 * Without `startedAt` from now on. With it the pause is entered later (补记): never at once, but by request, with another person's
 * approval and a mark that stays. One that is over has `endedAt`, every other `plannedEndOn`.
 */
export const Pause = Type.Object({
  reason: PauseReasonName,
  note: note(2),
  plannedEndOn: Type.Optional(Type.String({ maxLength: 10, description: 'legal day' })),
  startedAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
});
export type Pause = Static<typeof Pause>;

export const DecidePause = Type.Object({ approve: Type.Boolean(), opinion: note(2) });
export type DecidePause = Static<typeof DecidePause>;

export const AskExtension = Type.Object({
  /** Counted days more, never past the statutory limit. */
  days: Type.Integer({ minimum: 1, maximum: 60 }),
  reason: note(4),
});
export type AskExtension = Static<typeof AskExtension>;

export const DecideExtension = Type.Object({ approve: Type.Boolean(), opinion: note(2) });
export type DecideExtension = Static<typeof DecideExtension>;

/** What an act would do to the dates, before it is done. */
export const PreviewDeadline = Type.Object({
  act: Type.Enum(['pause', 'decidePause', 'askExtension', 'decideExtension']),
  /** Of a pause: the day on which work should go on, at its first office hour. */
  plannedEndOn: Type.Optional(Day),
  reason: Type.Optional(PauseReasonName),
  /** Of an extension. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
});
export type PreviewDeadline = Static<typeof PreviewDeadline>;

const TwoDates = Type.Object({
  promised: nullable(Day),
  statutory: nullable(Day),
  provisional: Type.Boolean(),
});
export const DeadlinePreview = Type.Object({
  before: TwoDates,
  after: TwoDates,
  /** Working days by which the promise moves. */
  movedWorkdays: Type.Integer(),
  /** The reason does not stop the clock but replaces the promise by the statutory limit. */
  switchesToStatutory: Type.Boolean(),
  /** Of a pause whose planned end has passed: approved, it is still open, and `after` is the earliest that can be. */
  stillPaused: Type.Boolean(),
  /** Of an extension: most counted days that may still be added. */
  mostDays: nullable(Type.Integer()),
});
export type DeadlinePreview = Static<typeof DeadlinePreview>;

export const Resume = Type.Object({
  pauseId: Type.Optional(Type.String({ maxLength: 40 })),
  note: note(2),
  /** Where work went on earlier than it is said; after the pause began. Default: now. */
  resumedAt: Type.Optional(Instant),
});
export type Resume = Static<typeof Resume>;

export const Review = Type.Object({
  opinion: note(2),
  checks: Type.Array(
    Type.Object({
      key: Type.String({ maxLength: 60 }),
      result: CheckResult,
      note: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    { maxItems: 60 },
  ),
  filingHash,
});
export type Review = Static<typeof Review>;

export const Approve = Type.Object({
  opinion: note(2),
  checks: Type.Optional(Review.properties.checks),
  filingHash,
});
export type Approve = Static<typeof Approve>;

export const Refuse = Type.Object({
  reason: Type.Enum([...REFUSAL_REASONS, ...RETURN_GROUNDS]),
  facts: note(4),
  filingHash,
});
export type Refuse = Static<typeof Refuse>;

/** What a notice would say: of one of the two acts, with what is typed so far. Reads only. */
export const PreviewNotice = Type.Object({
  refuse: Type.Optional(
    Type.Object({ reason: Refuse.properties.reason, facts: Type.String({ maxLength: 1000 }) }),
  ),
  decline: Type.Optional(
    Type.Object({
      reason: Decline.properties.reason,
      facts: Type.String({ maxLength: 1000 }),
      goTo: Type.Optional(Type.String({ maxLength: 300 })),
    }),
  ),
});
export type PreviewNotice = Static<typeof PreviewNotice>;

export const NoticePreview = Type.Object({
  title: Text,
  rows: Type.Array(Type.Object({ label: Text, value: Text })),
  paragraphs: Type.Array(Text),
  issuedBy: Type.String(),
});
export type NoticePreview = Static<typeof NoticePreview>;

export const RecordCase = Type.Object({ filingHash });
export type RecordCase = Static<typeof RecordCase>;

export const Issue = Type.Object({
  delivery: Type.Enum(['electronic', 'counter', 'mail']),
  note: Type.Optional(Type.String({ maxLength: 300 })),
});
export type Issue = Static<typeof Issue>;

export const Empty = Type.Object({});
