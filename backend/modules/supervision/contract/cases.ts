import { Type, type Static } from 'typebox';
import { PauseReasonName, StatusName } from '../../applications/contract.ts';
import { OUTCOMES } from '../vocabulary.ts';
import { AlarmView } from './alarms.ts';
import { FindingView } from './findings.ts';
import { OrderView } from './orders.ts';
import {
  Count,
  Cursor,
  Day,
  Id,
  Instant,
  Key,
  LightName,
  Month,
  PersonRef,
  Share,
  Text,
  TypeCode,
  nullable,
} from './shapes.ts';

/** The cases behind a figure. */

const filters = {
  /** open: in work, by due time · ended: registered, refused, declined or withdrawn, latest first. */
  set: Type.Optional(Type.Enum(['open', 'ended'])),
  type: Type.Optional(TypeCode),
  office: Type.Optional(Key),
  /** Account of who has the case, or who decided it; `nobody` for cases that nobody has taken. */
  clerk: Type.Optional(Key),
  /** Open cases only. */
  /** `overdue`: past the promise, whether or not past the law as well: red and black together. */
  light: Type.Optional(Type.Union([LightName, Type.Literal('overdue')])),
  step: Type.Optional(Key),
  pause: Type.Optional(PauseReasonName),
  pauseOverdue: Type.Optional(Type.Boolean()),
  dueOn: Type.Optional(Day),
  /** Ended cases only. */
  month: Type.Optional(Month),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
  kept: Type.Optional(Type.Enum(['onTime', 'late', 'edge'])),
  reason: Type.Optional(Key),
};

export const CaseQuery = Type.Object({
  ...filters,
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type CaseQuery = Static<typeof CaseQuery>;

/** `GET /api/supervision/export`: the same rows as a file. */
export const ExportQuery = Type.Object({ ...filters, format: Type.Enum(['csv', 'xlsx']) });
export type ExportQuery = Static<typeof ExportQuery>;

export const SupervisedCase = Type.Object({
  id: Id,
  no: Type.String(),
  type: TypeCode,
  typeName: Text,
  office: nullable(Type.String()),
  officeName: Text,
  status: StatusName,
  statusWord: Text,
  step: nullable(Type.String()),
  stepLabel: nullable(Text),
  /** Null once ended. */
  light: nullable(LightName),
  /** Who has it, or who decided it. */
  clerk: nullable(PersonRef),
  acceptedAt: nullable(Instant),
  dueAt: nullable(Instant),
  statutoryDueAt: nullable(Instant),
  provisional: Type.Boolean(),
  /** Reasons of the pauses that are open. */
  pauses: Type.Array(Type.Object({ reason: Type.String(), label: Text, plannedEndOn: nullable(Day) })),
  extendedByDays: Count,
  endedAt: nullable(Instant),
  outcome: nullable(Type.Enum([...OUTCOMES])),
  onTime: nullable(Type.Boolean()),
  usedMinutes: nullable(Count),
  /** Part of the limit that was used. */
  usedShare: Share,
  pausedMinutes: nullable(Count),
  corrections: Count,
  /** Ground of the refusal. */
  reason: nullable(Type.String()),
});
export type SupervisedCase = Static<typeof SupervisedCase>;

/** `GET /api/supervision/cases`. */
export const CasePage = Type.Object({
  items: Type.Array(SupervisedCase),
  /** Open cases whose kept dates are being made again with newer rules: the dates of the rows are new already. */
  recomputing: Count,
  nextCursor: nullable(Type.String()),
});
export type CasePage = Static<typeof CasePage>;

export const CaseParams = Type.Object({ id: Type.String({ pattern: '^([0-9a-f]{24}|[0-9]{13,16})$' }) });

/** `GET /api/supervision/cases/:id`: where the time went, and what was said about it. The cause is on this page. */
export const CaseCause = Type.Object({
  case: SupervisedCase,
  /** Stretches of the case in order; the one with most minutes is where it stuck. */
  stretches: Type.Array(
    Type.Object({
      step: nullable(Type.String()),
      label: Text,
      /** Who had it for most of that time; null: nobody had taken it. */
      person: nullable(PersonRef),
      from: Instant,
      to: nullable(Instant),
      /** Office minutes, pauses taken out. */
      minutes: Count,
      /** Of those, before anybody took it. */
      unclaimedMinutes: Count,
    }),
  ),
  pauses: Type.Array(
    Type.Object({
      reason: Type.String(),
      label: Text,
      from: Instant,
      to: nullable(Instant),
      plannedEndOn: nullable(Day),
      by: nullable(PersonRef),
      approvedBy: nullable(PersonRef),
      /** 补记: it was entered later, at `recordedAt`; the mark stays. */
      backdated: Type.Boolean(),
      recordedAt: Instant,
      minutes: Count,
    }),
  ),
  /** 延长: asked for by one person and decided by another. */
  extensions: Type.Array(
    Type.Object({
      days: Count,
      reason: Type.String(),
      state: Type.Enum(['asked', 'approved', 'refused']),
      askedBy: PersonRef,
      askedAt: Instant,
      decidedBy: nullable(PersonRef),
      decidedAt: nullable(Instant),
    }),
  ),
  alarms: Type.Array(AlarmView),
  findings: Type.Array(FindingView),
  orders: Type.Array(OrderView),
});
export type CaseCause = Static<typeof CaseCause>;
