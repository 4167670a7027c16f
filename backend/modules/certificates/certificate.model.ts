import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { CertificateKind } from './contract.ts';

export type CertificateStatus = 'valid' | 'superseded' | 'cancelled';

export interface CertificateDocument {
  /** 24 hexadecimal digits, derived from the number: the same certificate has the same id however often it is made. */
  _id: string;
  number: string;
  kind: CertificateKind;
  unitCode: string;
  /** The right or encumbrance that it certifies. */
  subjectId: string;
  caseId: string;
  /** Canonical JSON of the CertificateRecord; signed, printed, never changed. */
  record: string;
  keyId: string;
  /** Ed25519 over the UTF-8 bytes of `record`, base64url. */
  signature: string;
  /** What the QR carries: 128 random bits, so that it cannot be guessed from the number. */
  token: string;
  /** Blind indexes of the holders: whose certificates these are. */
  holderIndexes: string[];
  issuedAt: Date;
  /** A copy of what the register says, for lists; verification asks the register itself. */
  status: CertificateStatus;
  statusAt: Date;
  /** What stands for it in the ledger; absent on one of before there was a log, until its event was delivered. */
  leaf?: CertificateLeaf;
  outbox?: OutboxEvent[];
}

export interface CertificateLeaf {
  /** 16 bytes, base64url: whoever has it can show what the leaf commits to. */
  salt: string;
  /** Canonical JSON, as it is appended. */
  bytes: string;
}

export const certificates = defineModel<CertificateDocument>({
  collection: 'certificates',
  outbox: true,
  fields: {
    _id: { type: String, required: true },
    number: { type: String, required: true },
    kind: { type: String, required: true },
    unitCode: { type: String, required: true },
    subjectId: { type: String, required: true },
    caseId: { type: String, required: true },
    record: { type: String, required: true },
    keyId: { type: String, required: true },
    signature: { type: String, required: true },
    token: { type: String, required: true },
    holderIndexes: { type: [String], required: true },
    issuedAt: { type: Date, required: true },
    status: { type: String, required: true },
    statusAt: { type: Date, required: true },
    leaf: { type: { salt: String, bytes: String }, _id: false },
  } as never,
  indexes: [
    {
      key: { number: 1 },
      options: { name: 'certificates_number', unique: true },
      because: 'a number is printed on one certificate only, however often issuing is tried',
    },
    {
      key: { holderIndexes: 1, issuedAt: -1, _id: -1 },
      options: { name: 'certificates_by_holder' },
      because: 'my certificates, newest first',
    },
    {
      key: { unitCode: 1, status: 1 },
      options: { name: 'certificates_by_unit' },
      because: 'what a change of a unit supersedes or cancels',
    },
    { key: { caseId: 1 }, options: { name: 'certificates_by_case' }, because: 'the results of a case' },
  ],
});

/**
 * How a certificate is found without telling what exists: `_id` is a keyed digest of number and one holder's name, or
 * of the token. A wrong name and an absent number are the same miss. Never changed once written.
 */
export interface CertificateKeyDocument {
  _id: string;
  certificateId: string;
  number: string;
  kind: CertificateKind;
  unitCode: string;
  subjectId: string;
  /** Legal day of the registration. */
  registeredOn: string;
  /** Only under the key of a token: `孙*岚`, to be compared with the paper around the QR. */
  holdersMasked: string[] | null;
}

export const certificateKeys = defineModel<CertificateKeyDocument>({
  collection: 'certificate-keys',
  fields: {
    _id: { type: String, required: true },
    certificateId: { type: String, required: true },
    number: { type: String, required: true },
    kind: { type: String, required: true },
    unitCode: { type: String, required: true },
    subjectId: { type: String, required: true },
    registeredOn: { type: String, required: true },
    holdersMasked: { type: [String], default: null },
  } as never,
  indexes: [],
});
