import { Type, type Static } from 'typebox';

const Instant = Type.String({ format: 'date-time' });

/** One act, as it was recorded with the change that it made. */
export const AuditEntry = Type.Object({
  /** The event's id. */
  id: Type.String(),
  at: Instant,
  /** `module.happened`. */
  type: Type.String(),
  /** Account that acted; null for the system itself. */
  actorId: Type.Union([Type.String(), Type.Null()]),
  /** The document that was changed. */
  subject: Type.Object({ collection: Type.String(), id: Type.String() }),
  requestId: Type.Union([Type.String(), Type.Null()]),
  /** Ids and closed words; personal data stays in the document. */
  data: Type.Record(Type.String(), Type.Unknown()),
});
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  type: Type.Optional(Type.String({ pattern: '^[a-zA-Z]+\\.[a-zA-Z_]+$', maxLength: 80 })),
  actorId: Type.Optional(Type.String({ pattern: '^[0-9a-f]{24}$' })),
  subjectId: Type.Optional(Type.String({ maxLength: 64 })),
  requestId: Type.Optional(Type.String({ maxLength: 64 })),
  /** Instants, from included, to excluded. */
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
});
export type AuditQuery = Static<typeof AuditQuery>;

/** `GET /api/audit`, newest first. */
export const AuditList = Type.Object({
  items: Type.Array(AuditEntry),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type AuditList = Static<typeof AuditList>;
