import { Type, type Static } from 'typebox';
import { VerifyInput, VerifyView } from '../contract.ts';

/** The six operations on electronic certificates of DB37/T 4701-2024: 制证、更新、签发、注销、下载、核对. */
export const ELECTRONIC_OPERATIONS = {
  make: 'make',
  update: 'update',
  issue: 'issue',
  cancel: 'cancel',
  download: 'download',
  check: 'check',
} as const;
export type ElectronicOperation = (typeof ELECTRONIC_OPERATIONS)[keyof typeof ELECTRONIC_OPERATIONS];

export const ELECTRONIC_STATUSES = { made: 'made', issued: 'issued', cancelled: 'cancelled' } as const;
export type ElectronicStatus = (typeof ELECTRONIC_STATUSES)[keyof typeof ELECTRONIC_STATUSES];

const words = <T extends string>(set: Readonly<Record<string, T>>) =>
  Type.Unsafe<T>(Type.String({ enum: Object.values(set) }));
/**
 * What another authority's system needs somebody's certificate for; the holder reads it beside the look. No word for an inquiry or an
 * enforcement: who may not be told is asked about by a query, which has a term of silence.
 */
export const ELECTRONIC_PURPOSES = [
  'loan',
  'housingFund',
  'tax',
  'school',
  'household',
  'business',
  'utilities',
  'socialAid',
] as const;
export type ElectronicPurpose = (typeof ELECTRONIC_PURPOSES)[number];
const Purpose = Type.Unsafe<ElectronicPurpose>(Type.String({ enum: [...ELECTRONIC_PURPOSES] }));

/**
 * 事项编码 and 办件编号 of the matter for which a system asks, by its own books; holders read them beside the look, so that they can ask the
 * authority about it. Letters, digits and hyphens, with nobody's name in them.
 */
const ReferenceNo = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9-]{2,63}$' });
const reference = { matterCode: Type.Optional(ReferenceNo), caseNo: Type.Optional(ReferenceNo) };

/** Operations that make something: the registry's own systems alone. */
export const OWN_OPERATIONS: readonly ElectronicOperation[] = ['make', 'issue'];

const CertificateNoInput = Type.String({ minLength: 1, maxLength: 80 });
const Reason = Type.String({ minLength: 4, maxLength: 300 });

/** By number alone: nothing that the answer holds is anybody's data. Full-width characters and any brackets will do. */
export const ElectronicNumber = Type.Object({ number: CertificateNoInput });
export type ElectronicNumber = Static<typeof ElectronicNumber>;

/** What a download shows is shown to who names a holder with the number. */
export const ElectronicDownload = Type.Object({
  number: CertificateNoInput,
  holderName: Type.String({ minLength: 1, maxLength: 200 }),
  purpose: Purpose,
  ...reference,
});
export type ElectronicDownload = Static<typeof ElectronicDownload>;

export const ElectronicView = Type.Object({
  /** Of the certificate, 24 hexadecimal digits. */
  id: Type.String(),
  /** Canonical form. */
  number: Type.String(),
  status: words(ELECTRONIC_STATUSES),
  /** One more for each step: who kept an older one has missed a step. */
  version: Type.Integer({ minimum: 1 }),
  /** ISO instants; null for what has not happened. */
  madeAt: Type.String(),
  issuedAt: Type.Union([Type.String(), Type.Null()]),
  cancelledAt: Type.Union([Type.String(), Type.Null()]),
  cancelledBy: Type.Union([Type.Literal('register'), Type.Literal('administrator'), Type.Null()]),
});
export type ElectronicView = Static<typeof ElectronicView>;

export const ElectronicCheckInput = Type.Object({
  certificate: VerifyInput,
  purpose: Purpose,
  ...reference,
});
export type ElectronicCheckInput = Static<typeof ElectronicCheckInput>;
/** 核对: what anybody is told who verifies the certificate, and how far its electronic form has come; null unless the certificate fits. */
export const ElectronicCheckView = Type.Object({
  certificate: VerifyView,
  electronic: Type.Union([
    Type.Object({ status: words(ELECTRONIC_STATUSES), version: Type.Integer({ minimum: 1 }) }),
    Type.Null(),
  ]),
});
export type ElectronicCheckView = Static<typeof ElectronicCheckView>;

export const CancelElectronic = Type.Object({ number: CertificateNoInput, reason: Reason });
export type CancelElectronic = Static<typeof CancelElectronic>;

export const SystemIdParams = Type.Object({ id: Type.String({ pattern: '^system:[0-9a-f]{24}$' }) });

/** A system of another authority, let in by an administrator. */
export const CreateSystem = Type.Object({
  /** Whose it is and what for; holders read it where they see who looked at their certificate. */
  name: Type.String({ minLength: 4, maxLength: 100 }),
  operations: Type.Array(words(ELECTRONIC_OPERATIONS), { minItems: 1, uniqueItems: true }),
  /** Of the registry itself; only such a system makes and issues. */
  ofRegistry: Type.Optional(Type.Boolean()),
  /** Days until the key ends by itself; two years at most. */
  validDays: Type.Integer({ minimum: 1, maximum: 731 }),
});
export type CreateSystem = Static<typeof CreateSystem>;

export const SystemView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  ofRegistry: Type.Boolean(),
  operations: Type.Array(words(ELECTRONIC_OPERATIONS)),
  validUntil: Type.String(),
  createdAt: Type.String(),
  revokedAt: Type.Union([Type.String(), Type.Null()]),
});
export type SystemView = Static<typeof SystemView>;

/** The key is in this answer and nowhere else. */
export const CreatedSystemView = Type.Object({ system: SystemView, key: Type.String() });
export const SystemListView = Type.Object({ items: Type.Array(SystemView) });
