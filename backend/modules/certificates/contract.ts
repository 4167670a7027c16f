import { Type, type Static } from 'typebox';

export type CertificateKind = 'title' | 'certification';

/** Shapes of certificates (不动产权证书, 不动产登记证明) that cross the wire. Browser-safe. */

/** By number and a holder's name, or by the token of the QR. Number input may be full-width, with any brackets. */
export const VerifyInput = Type.Union([
  Type.Object({
    number: Type.String({ minLength: 1, maxLength: 80 }),
    holderName: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  Type.Object({ token: Type.String({ minLength: 1, maxLength: 80 }) }),
]);
export type VerifyInput = Static<typeof VerifyInput>;

export const VERIFY_VERDICTS = {
  valid: 'valid',
  superseded: 'superseded',
  cancelled: 'cancelled',
  noMatch: 'noMatch',
  /** The number is of a form that this register does not hold; nothing follows about the paper. */
  outOfScope: 'outOfScope',
} as const;
export type VerifyVerdict = (typeof VERIFY_VERDICTS)[keyof typeof VERIFY_VERDICTS];

/** Restrictions on the unit, public without names (domain.md §6.1). */
export const VerifyFlags = Type.Object({
  mortgaged: Type.Boolean(),
  seized: Type.Boolean(),
  objection: Type.Boolean(),
  preNotice: Type.Boolean(),
  residence: Type.Boolean(),
});

/**
 * Holds what the asker typed or scanned, the verdict, and public flags; nothing else. For `noMatch` and `outOfScope` every field
 * after `checkNo` is null: it is not told which part failed.
 */
export const VerifyView = Type.Object({
  verdict: Type.Unsafe<VerifyVerdict>(Type.String({ enum: Object.values(VERIFY_VERDICTS) })),
  /** ISO instant: the verdict holds for this moment only. */
  checkedAt: Type.String(),
  /** `HY-7F3K-29QD`: derived by key from the rest of the answer, so that the office can confirm a printed slip. */
  checkNo: Type.String(),
  /** Canonical form of the number. */
  number: Type.Union([Type.String(), Type.Null()]),
  kind: Type.Union([Type.Literal('title'), Type.Literal('certification'), Type.Null()]),
  /** Legal day of the registration that the certificate shows. */
  registeredOn: Type.Union([Type.String(), Type.Null()]),
  /** Legal day on which it was superseded or cancelled. */
  changedOn: Type.Union([Type.String(), Type.Null()]),
  /** Only for a QR, so that a real code on a false paper is noticed: `赵**`. */
  holdersMasked: Type.Union([Type.Array(Type.String()), Type.Null()]),
  /**
   * Legal day on which the office cancelled the electronic form. By its QR the verdict is then `cancelled`; by number and name it is that of
   * the registration, which goes on.
   */
  electronicCancelledOn: Type.Union([Type.String(), Type.Null()]),
  /** Only while valid. */
  flags: Type.Union([VerifyFlags, Type.Null()]),
});
export type VerifyView = Static<typeof VerifyView>;

/** Asked as `VerifyInput` is. `statement` is null for whatever `verify` answers with no match, and for a log without a signed head. */
export const StatusView = Type.Object({
  /**
   * 状态证明: a signed note (C2SP) under the key of the log. `<log>/standing`, then one line of JSON: `at`, `changedOn`, `entryId`, `limits`, `size`,
   * `status` (`valid`, `superseded`, `cancelled`). It can be kept and shown: it is true of its instant.
   */
  statement: Type.Union([Type.String(), Type.Null()]),
});
export type StatusView = Static<typeof StatusView>;

/** A certificate in its holder's list. */
export const CertificateView = Type.Object({
  id: Type.String(),
  number: Type.String(),
  kind: Type.Union([Type.Literal('title'), Type.Literal('certification')]),
  status: Type.Union([Type.Literal('valid'), Type.Literal('superseded'), Type.Literal('cancelled')]),
  unitCode: Type.String(),
  address: Type.String(),
  /** 权利类型, or 证明权利或事项 of a certification. */
  subject: Type.Object({ zh: Type.String(), en: Type.String() }),
  issuedOn: Type.String(),
  /** Names of all holders, as printed. */
  holders: Type.Array(Type.String()),
  caseId: Type.Union([Type.String(), Type.Null()]),
  pdfUrl: Type.String(),
  verifyUrl: Type.String(),
});
export type CertificateView = Static<typeof CertificateView>;

export const MyCertificatesView = Type.Object({
  items: Type.Array(CertificateView),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

/** With these anybody can check the signed record inside a PDF without asking the office. */
export const PublicKeysView = Type.Object({
  items: Type.Array(
    Type.Object({ keyId: Type.String(), algorithm: Type.Literal('Ed25519'), publicKeyPem: Type.String() }),
  ),
});
export type PublicKeysView = Static<typeof PublicKeysView>;
