import { Type, type Static } from 'typebox';
import { FINDING_KINDS } from '../vocabulary.ts';
import { Count, Cursor, Id, Instant, Key, PersonRef, Text, TypeCode, nullable } from './shapes.ts';

/** 要看一看的做法: what could stretch a promise without breaking it. A finding is a question, not a verdict. */

export const FindingKindName = Type.Enum([...FINDING_KINDS]);

export const FindingView = Type.Object({
  id: Type.String(),
  kind: FindingKindName,
  label: Text,
  caseId: Id,
  no: Type.String(),
  type: TypeCode,
  typeName: Text,
  office: nullable(Type.String()),
  /** Who acted, where somebody did. */
  person: nullable(PersonRef),
  at: Instant,
  /** What was seen, as a sentence with its times. */
  evidence: Text,
  /** The earlier case of a restarted one. */
  otherNo: nullable(Type.String()),
});
export type FindingView = Static<typeof FindingView>;

export const FindingQuery = Type.Object({
  kind: Type.Optional(FindingKindName),
  office: Type.Optional(Key),
  clerk: Type.Optional(Key),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type FindingQuery = Static<typeof FindingQuery>;

/** `GET /api/supervision/findings`, newest first. `counts`: of the last 30 days, without the filters. */
export const FindingPage = Type.Object({
  items: Type.Array(FindingView),
  nextCursor: nullable(Type.String()),
  counts: Type.Array(Type.Object({ kind: FindingKindName, label: Text, count: Count })),
});
export type FindingPage = Static<typeof FindingPage>;
