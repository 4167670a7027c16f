import { Type, type Static } from 'typebox';
import {
  Text,
  StatusName,
  ActName,
  BusinessTypeRef,
  UnitRef,
  PartyView,
  MaterialView,
  CorrectionView,
  FeeView,
} from './parts.ts';
import { Id, Instant, Day, nullable } from './shapes.ts';

/** The application while it is filled in. */

export const CreateDraft = Type.Object({
  businessType: Type.String({ pattern: '^[A-Z]{2}[0-9]{2}$' }),
  unitCode: Type.Optional(Type.String({ maxLength: 60 })),
  /** Answers carried over from the guided questions. */
  answers: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type CreateDraft = Static<typeof CreateDraft>;

/**
 * Autosave. `answers` is merged field by field; null removes a field. `revision` is the one that the page was
 * loaded with; when it is no longer the latest the answer is 409 `applications.stale_draft`, whose details
 * point at every field that differs.
 */
export const SaveDraft = Type.Object({
  revision: Type.Integer({ minimum: 1 }),
  unitCode: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
  answers: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type SaveDraft = Static<typeof SaveDraft>;

/** Replaces the files of one material. An empty list removes them. */
export const SetMaterial = Type.Object({
  revision: Type.Integer({ minimum: 1 }),
  materialCode: Type.String({ maxLength: 40 }),
  fileIds: Type.Array(Id, { maxItems: 40 }),
});
export type SetMaterial = Static<typeof SetMaterial>;

/** `blocked` rows cannot be opened yet; `hint` says why in words. */
export const SectionState = Type.Object({
  key: Type.String(),
  label: Text,
  group: Type.Enum(['prepare', 'fill', 'materials', 'consent', 'submit']),
  state: Type.Enum(['done', 'started', 'notStarted', 'blocked', 'problem']),
  problemCount: Type.Integer(),
  hint: nullable(Text),
});
export type SectionState = Static<typeof SectionState>;

/** What became of the answers when the business type got a newer version. */
export const Reconciliation = Type.Object({
  fromVersion: Type.Integer(),
  toVersion: Type.Integer(),
  kept: Type.Array(Type.String()),
  changed: Type.Array(Type.String({ description: 'kept, but has to be looked at again' })),
  dropped: Type.Array(Type.String()),
  added: Type.Array(Type.String()),
});
export type Reconciliation = Static<typeof Reconciliation>;

export const FieldProblem = Type.Object({
  pointer: Type.String(),
  code: Type.String(),
  message: Text,
});
export type FieldProblem = Static<typeof FieldProblem>;

export const DraftView = Type.Object({
  id: Id,
  draftNo: Type.String(),
  /** Present once submitted: a correction is edited like a draft. */
  no: nullable(Type.String()),
  revision: Type.Integer(),
  status: StatusName,
  businessType: BusinessTypeRef,
  unit: nullable(UnitRef),
  answers: Type.Record(Type.String(), Type.Unknown()),
  sections: Type.Array(SectionState),
  parties: Type.Array(PartyView),
  materials: Type.Array(MaterialView),
  /** Everything that keeps the draft from being sent, at once. Empty: ready. */
  problems: Type.Array(FieldProblem),
  correction: nullable(CorrectionView),
  reconciliation: nullable(Reconciliation),
  savedAt: Instant,
  keptUntilOn: nullable(Day),
  fee: nullable(FeeView),
  allowedActs: Type.Array(ActName),
});
export type DraftView = Static<typeof DraftView>;
