import { Type, type Static } from 'typebox';
import { ALARM_KINDS } from '../vocabulary.ts';
import { Count, Cursor, Day, Id, Instant, PersonRef, Share, Text, nullable } from './shapes.ts';

/** 预警: each raised once for a case, a threshold, a rule version and a calendar version. Nothing takes one back. */

export const AlarmKindName = Type.Enum([...ALARM_KINDS]);

export const AlarmView = Type.Object({
  id: Type.String(),
  kind: AlarmKindName,
  /** `临期`, `超期 2 个工作日`. */
  label: Text,
  caseId: Id,
  no: Type.String(),
  type: Type.String(),
  typeName: Text,
  office: nullable(Type.String()),
  /** Step that the case was at. */
  step: nullable(Type.String()),
  /** When it became true. */
  at: Instant,
  /** When it was raised; the difference is the lateness of firing. */
  raisedAt: Instant,
  /** 0 handler · 1 head of section and supervisor · 2 leader · 3 and more: still the leader, further days late. */
  level: Type.Integer({ minimum: 0 }),
  /** Working days past the promise; 0 for other kinds. */
  lateWorkdays: Count,
  /** Who was told. */
  recipients: Type.Array(PersonRef),
  ruleVersion: Type.String(),
  calendarVersion: Type.String(),
});
export type AlarmView = Static<typeof AlarmView>;

export const AlarmQuery = Type.Object({
  kind: Type.Optional(AlarmKindName),
  case: Type.Optional(Type.String({ pattern: '^([0-9a-f]{24}|[0-9]{13,16})$' })),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type AlarmQuery = Static<typeof AlarmQuery>;

/** `GET /api/supervision/alarms`, newest first. */
export const AlarmPage = Type.Object({ items: Type.Array(AlarmView), nextCursor: nullable(Type.String()) });
export type AlarmPage = Static<typeof AlarmPage>;

export const LatenessQuery = Type.Object({
  /** Legal days, both included; the last 30 days by default. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
});
export type LatenessQuery = Static<typeof LatenessQuery>;

/** `GET /api/supervision/alarms/lateness`: how long after its instant each alarm was raised. */
export const LatenessHistogram = Type.Object({
  from: Day,
  to: Day,
  alarms: Count,
  /** In order; each counts alarms raised later than the bound before and not later than its own. Null: no upper bound. */
  bins: Type.Array(Type.Object({ atMostMs: nullable(Type.Integer()), count: Count })),
  medianMs: nullable(Type.Integer()),
  p99Ms: nullable(Type.Integer()),
  maxMs: nullable(Type.Integer()),
  /** Raised within ten seconds. */
  promptShare: Share,
});
export type LatenessHistogram = Static<typeof LatenessHistogram>;
