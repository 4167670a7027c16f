import { Type, type Static } from 'typebox';
import { Count, Id, Instant, nullable, Text, TypeCode } from './shapes.ts';

/** A pause or an extension that waits for somebody to decide on it. */
export const ApprovalView = Type.Object({
  kind: Type.Enum(['pause', 'extension']),
  caseId: Id,
  no: Type.String(),
  type: TypeCode,
  typeName: Text,
  office: nullable(Type.String()),
  what: Text,
  why: Type.String(),
  /** 补记: a pause that began before it was asked for. */
  backdatedFrom: nullable(Instant),
  askedBy: Type.String(),
  askedAt: Instant,
});
export type ApprovalView = Static<typeof ApprovalView>;

/** `GET /api/supervision/approvals`, the longest waiting first; at most 100. */
export const ApprovalList = Type.Object({ items: Type.Array(ApprovalView), total: Count });
export type ApprovalList = Static<typeof ApprovalList>;
