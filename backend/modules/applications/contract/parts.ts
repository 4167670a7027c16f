import { Type, type Static } from 'typebox';
import { ACTS, DOCUMENT_KINDS, PAUSE_REASONS, REFUSAL_REASONS, STATUSES } from '../vocabulary.ts';
import { Id, Instant, Day, nullable } from './shapes.ts';

/** Parts that several pages share: parties, materials, clocks, timeline, documents. */

export const Text = Type.Object({ zh: Type.String(), en: Type.String() });
export type Text = Static<typeof Text>;

export const StatusName = Type.Enum([...STATUSES]);
export const ActName = Type.Enum([...ACTS]);
export const PauseReasonName = Type.Enum([...PAUSE_REASONS]);
export const RefusalReasonName = Type.Enum([...REFUSAL_REASONS]);

/**
 * A case is named by its id (24 hexadecimal digits), by the token of an invitation (`<id>.<party>.<mac>`) or, once
 * submitted, by its number (YYYYMMDD + 5 digits, more on a day with more than 99,999).
 */
export const CaseParams = Type.Object({
  id: Type.String({
    pattern: '^([0-9a-f]{24}(\\.[A-Za-z0-9]+-[0-9]{1,3}\\.[A-Za-z0-9_-]{22})?|[0-9]{13,16})$',
  }),
});

/** `draft`: as it is filled in; `case`: as it is followed. Without it, whichever fits the state. */
export const CaseQuery = Type.Object({ view: Type.Optional(Type.Enum(['draft', 'case'])) });

export const Share = Type.Object({
  numerator: Type.Integer({ minimum: 1 }),
  denominator: Type.Integer({ minimum: 1 }),
});
export type Share = Static<typeof Share>;

export const BusinessTypeRef = Type.Object({
  code: Type.String(),
  version: Type.Integer(),
  name: Text,
  plainName: Text,
});

export const UnitRef = Type.Object({ code: Type.String(), address: Type.String(), district: Type.String() });

/** `notAsked`: the draft has not been sent to them; `void`: they signed, and something changed afterwards. */
export const ConsentState = Type.Enum(['notNeeded', 'notAsked', 'invited', 'signed', 'declined', 'void']);

export const PartyView = Type.Object({
  id: Type.String(),
  role: Type.String(),
  roleLabel: Text,
  /** Of somebody who applies as well because of what the register says: why they are needed, and by which law. */
  why: nullable(Text),
  basis: nullable(Text),
  kind: Type.Enum(['person', 'organisation']),
  /** Full for the person themselves, for staff and on the page that is signed; masked otherwise. */
  name: Type.String(),
  idNumber: Type.String({ description: 'masked, but for staff' }),
  /** 证件变更: the number by which the register knows them; masked, but for staff. */
  formerIdNumber: nullable(Type.String()),
  /** Whether name and former number are those of a holder in the register. Told to staff alone; null to all others. */
  formerMatches: nullable(Type.Boolean()),
  phone: nullable(Type.String({ description: 'masked, but for staff' })),
  share: nullable(Share),
  isYou: Type.Boolean(),
  isInitiator: Type.Boolean(),
  consent: Type.Object({
    state: ConsentState,
    invitedAt: nullable(Instant),
    decidedAt: nullable(Instant),
    reason: nullable(Type.String()),
  }),
});
export type PartyView = Static<typeof PartyView>;

export const MaterialFile = Type.Object({
  fileId: Id,
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  sha256: Type.String(),
  scan: Type.Enum(['clean', 'pending', 'infected']),
});

/** `shared`: fetched from another department, nothing to hand in (条例24); `own`: in our own register. */
export const MaterialView = Type.Object({
  code: Type.String(),
  name: Text,
  why: Text,
  basis: Type.String(),
  need: Type.Enum(['required', 'optional', 'notNeeded']),
  source: Type.Enum(['applicant', 'shared', 'own']),
  state: Type.Enum(['missing', 'received', 'shared', 'notNeeded', 'scanning', 'unusable']),
  /** Accepted by the type: paper originals may be shown at the counter instead. */
  form: Type.Enum(['electronic', 'paper', 'either']),
  files: Type.Array(MaterialFile),
  /** What a correction notice says about this material, while it is open. */
  defect: nullable(Type.Object({ defect: Type.String(), remedy: Type.String() })),
});
export type MaterialView = Static<typeof MaterialView>;

export const Limit = Type.Object({
  amount: Type.Integer(),
  unit: Type.Enum(['workingDay', 'workingHour', 'day', 'month']),
});

export const Light = Type.Enum(['green', 'yellow', 'red', 'black', 'paused', 'none']);
export type Light = Static<typeof Light>;

/** One of the two clocks of a case. While paused there is no due instant, only what remains. */
export const ClockView = Type.Object({
  limit: Limit,
  citation: Text,
  dueOn: nullable(Day),
  dueAt: nullable(Instant),
  provisional: Type.Boolean(),
  /** Added to the limit by approved extensions; what is counted and what remains add up to both. */
  extendedByDays: Type.Integer({ minimum: 0 }),
  countedUnits: Type.Number(),
  remainingUnits: Type.Number(),
  overdueUnits: Type.Number(),
});
export type ClockView = Static<typeof ClockView>;

export const ClocksView = Type.Object({
  light: Light,
  running: Type.Boolean(),
  promised: ClockView,
  statutory: ClockView,
});
export type ClocksView = Static<typeof ClocksView>;

export const TraceRow = Type.Object({
  date: Day,
  kind: Type.Enum(['start', 'counted', 'makeUp', 'off', 'paused', 'extended', 'late']),
  counted: Type.Integer({ minimum: 0, maximum: 1 }),
  /** Which counted day it is: 1, 2, 3…; null when not counted. */
  ordinal: nullable(Type.Integer()),
  /** A Saturday or Sunday that is worked (调休上班). */
  makeUp: Type.Boolean(),
  holiday: nullable(Text),
  due: Type.Boolean(),
  provisional: Type.Boolean(),
  basis: Text,
});

/** `GET /api/applications/:id/deadline`: computed from the case's events at the moment of asking. */
export const DeadlineAnswer = Type.Object({
  id: Id,
  no: nullable(Type.String()),
  computedAt: Instant,
  light: Light,
  running: Type.Boolean(),
  acceptedAt: nullable(Instant),
  stoppedAt: nullable(Instant),
  promised: nullable(Type.Object({ ...ClockView.properties, trace: Type.Array(TraceRow) })),
  statutory: nullable(Type.Object({ ...ClockView.properties, trace: Type.Array(TraceRow) })),
  /** What was promised in writing on the acceptance receipt; it never changes. */
  frozen: nullable(Type.Object({ promisedDueOn: Day, statutoryDueOn: Day, receiptNo: Type.String() })),
});
export type DeadlineAnswer = Static<typeof DeadlineAnswer>;

/** `done` happened; `current` is happening; `coming` is what follows, with its latest time where one is known. */
export const TimelineEntry = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  state: Type.Enum(['done', 'current', 'coming']),
  title: Text,
  detail: nullable(Text),
  at: nullable(Instant),
  until: nullable(Instant),
  /** Who acts or acted: a role for citizens, a name for staff. */
  who: nullable(Text),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

export const DocumentRef = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...DOCUMENT_KINDS]),
  title: Text,
  no: Type.String(),
  at: Instant,
});
export type DocumentRef = Static<typeof DocumentRef>;

/** A legal document as a record: what was told to the applicant, word for word. */
export const DocumentView = Type.Object({
  ...DocumentRef.properties,
  caseNo: nullable(Type.String()),
  rows: Type.Array(Type.Object({ label: Text, value: Text })),
  paragraphs: Type.Array(Text),
  issuedBy: Type.String(),
  /** Ed25519 over the canonical form, where the document is signed. */
  signature: nullable(Type.Object({ keyId: Type.String(), value: Type.String(), sha256: Type.String() })),
});
export type DocumentView = Static<typeof DocumentView>;

/** Everything that is wrong, said once (条例17, 一次性告知). */
export const Defect = Type.Object({
  target: Type.Union([
    Type.Object({ materialCode: Type.String({ maxLength: 40 }) }),
    Type.Object({ field: Type.String({ maxLength: 80, description: 'JSON pointer below /answers' }) }),
  ]),
  defect: Type.String({ minLength: 2, maxLength: 500 }),
  remedy: Type.String({ minLength: 2, maxLength: 500 }),
});
export type Defect = Static<typeof Defect>;

export const CorrectionView = Type.Object({
  defects: Type.Array(Defect),
  requestedAt: Instant,
  dueOn: Day,
  /** `supplement`: found after acceptance, so that the clock is paused until it is answered. */
  kind: Type.Enum(['correction', 'supplement']),
  answeredAt: nullable(Instant),
});

export const WithdrawalView = Type.Object({
  askedAt: Instant,
  reason: nullable(Type.String()),
  askedByYou: Type.Boolean(),
  waitingForNames: Type.Array(Type.String()),
});

export const FeeView = Type.Object({
  rule: Type.String(),
  amountFen: Type.Integer(),
  payer: Text,
});

/** One thing the viewer has to do now, with the act that does it. */
export const Todo = Type.Object({
  kind: Type.Enum([
    'continueDraft',
    'sign',
    'correct',
    'agreeWithdrawal',
    'payTax',
    'payFee',
    'send',
    'submit',
  ]),
  text: Text,
  until: nullable(Instant),
});

export type Todo = Static<typeof Todo>;
