import { Type, type Static } from 'typebox';
import { Text, StatusName, ActName, BusinessTypeRef, UnitRef, PartyView, MaterialView } from './parts.ts';
import { FieldProblem } from './draft.ts';
import { Id, Instant, nullable } from './shapes.ts';

/** What is signed and filed, and the answers to it. */

/**
 * Exactly what will be filed. `canonical` is the RFC 8785 text whose SHA-256 is `hash`; a browser can check it.
 * Numbers of other people's documents stand in it masked, together with a keyed fingerprint.
 */
export const FilingView = Type.Object({
  id: Id,
  revision: Type.Integer(),
  status: StatusName,
  businessType: BusinessTypeRef,
  askedBy: Type.String(),
  unit: nullable(UnitRef),
  hash: Type.String(),
  canonical: Type.String(),
  sections: Type.Array(
    Type.Object({
      key: Type.String(),
      label: Text,
      rows: Type.Array(Type.Object({ pointer: Type.String(), label: Text, value: Text })),
    }),
  ),
  parties: Type.Array(PartyView),
  materials: Type.Array(MaterialView),
  statements: Type.Array(Type.Object({ key: Type.String(), text: Text })),
  problems: Type.Array(FieldProblem),
  allowedActs: Type.Array(ActName),
});
export type FilingView = Static<typeof FilingView>;

export const RequestConsent = Type.Object({ revision: Type.Integer({ minimum: 1 }) });

export const GiveConsent = Type.Object({
  decision: Type.Enum(['sign', 'decline']),
  /** The hash of what was read. Another one is refused with `applications.filing_changed`. */
  hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  password: Type.Optional(Type.String({ maxLength: 200 })),
  totp: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
  reason: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
});
export type GiveConsent = Static<typeof GiveConsent>;

export const SubmitApplication = Type.Object({
  revision: Type.Integer({ minimum: 1 }),
  /** Of the filing page, where one was shown: what is filed is then exactly what was read. */
  hash: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
});
export type SubmitApplication = Static<typeof SubmitApplication>;

/** 网上申请回执: works from a bookmark, so it can be read again at any time. */
export const ReceiptView = Type.Object({
  id: Id,
  no: Type.String(),
  businessType: BusinessTypeRef,
  unit: nullable(UnitRef),
  submittedAt: Instant,
  filingHash: Type.String(),
  /** Pre-review within one working day: the latest moment at which acceptance is answered. */
  answerDueAt: Instant,
  next: Text,
  office: nullable(Text),
  queryCode: Type.String(),
});
export type ReceiptView = Static<typeof ReceiptView>;

export const Withdraw = Type.Object({
  decision: Type.Optional(Type.Enum(['ask', 'agree', 'refuse'])),
  reason: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
});
export type Withdraw = Static<typeof Withdraw>;
