import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { AccountKind, AccountStatus, DocumentKind, StaffRole } from './contract.ts';

/** One-time link or code by which someone sets a password; only its keyed digest is kept. */
export interface Ticket {
  mac: string;
  purpose: 'enrolment' | 'recovery';
  expiresAt: Date;
  /** Set for those who must enrol a second factor: the TOTP secret to add, context field `ticket`. */
  totpSecret: EncryptedField | null;
}

/** One confirmation that a person is who the account says (实名核验记录); never changed afterwards. */
export interface IdentityCheck {
  id: string;
  /** Later modes (police interface, bank card) add their own word. */
  mode: 'counter';
  at: Date;
  /** The clerk who saw the document, and where. */
  byAccountId: string;
  officeId: string | null;
  documentKind: DocumentKind;
  /** The name before, where the document spelled it otherwise. */
  formerName: string | null;
  /** Whether the person proved the account theirs by its code, or recovered it. */
  proof: 'code' | 'recovery';
}

export interface AccountDocument {
  _id: string;
  kind: AccountKind;
  status: AccountStatus;
  /** Exact code points as on the document. */
  name: string;
  idNumber: EncryptedField;
  /** Blind index of the canonical ID number, purpose `id-number`. */
  idIndex: string;
  /** `citizen:<idIndex>`, `staff:<idIndex>`, `organisation:<organisationId>:<idIndex>`. */
  personKey: string;
  phone: EncryptedField;
  /** Blind index, purpose `phone`. Not unique: families share a number. */
  phoneIndex: string;
  /** Staff and members of organisations sign in by it; citizens by phone or ID number. */
  loginName?: string;
  passwordHash: string | null;
  /** Rises whenever all sessions must end; a session of an older generation is dead in every process. */
  generation: number;
  factor: {
    secret: EncryptedField;
    enrolledAt: Date;
    /** The last TOTP step that was accepted: none before or at it is accepted again (RFC 6238 §5.2). */
    lastStep: number;
  } | null;
  ticket?: Ticket;
  /** MAC of the code that proves at the counter whose account this is. */
  counterCode?: { mac: string; expiresAt: Date };
  organisationId: string | null;
  organisationAdministrator: boolean;
  roles: StaffRole[];
  officeId: string | null;
  /** The name counts as verified when there is at least one. */
  identityChecks: IdentityCheck[];
  privacyNotice: { version: string; at: Date } | null;
  /** Makes a repeated sign-up with the same Idempotency-Key give the same answer. Both are MACs. */
  creation?: { key: string; fingerprint: string };
  createdAt: Date;
  createdBy: string | null;
  lastSignedInAt: Date | null;
  disabled: { at: Date; by: string; reason: string } | null;
  revision: number;
  outbox?: OutboxEvent[];
}

const Mixed = Schema.Types.Mixed;

/**
 * Every act on an account is one guarded update of its document: the password, the second factor, the tickets and the
 * generation that its sessions hang on live together, so that no crash leaves one changed and the other not.
 */
export const accounts = defineModel<AccountDocument>({
  collection: 'accounts',
  fields: {
    _id: String,
    kind: String,
    status: String,
    name: String,
    idNumber: Mixed,
    idIndex: String,
    personKey: String,
    phone: Mixed,
    phoneIndex: String,
    loginName: String,
    passwordHash: String,
    generation: Number,
    factor: Mixed,
    ticket: Mixed,
    counterCode: Mixed,
    organisationId: String,
    organisationAdministrator: Boolean,
    roles: [String],
    officeId: String,
    identityChecks: [Mixed],
    privacyNotice: Mixed,
    creation: Mixed,
    createdAt: Date,
    createdBy: String,
    lastSignedInAt: Date,
    disabled: Mixed,
    revision: Number,
  },
  indexes: [
    {
      key: { personKey: 1 },
      options: { name: 'person_unique', unique: true },
      because:
        'one citizen account and one staff account per ID number, one per member of an organisation: two sign-ups at once, one wins',
    },
    {
      key: { loginName: 1 },
      options: {
        name: 'login_name_unique',
        unique: true,
        partialFilterExpression: { loginName: { $exists: true } },
      },
      because: 'a login name names one account; citizens have none',
    },
    {
      key: { phoneIndex: 1, kind: 1 },
      options: { name: 'phone' },
      because: 'sign-in by phone number',
    },
    {
      key: { idIndex: 1, kind: 1 },
      options: { name: 'id_number' },
      because: 'which accounts belong to one person: nobody handles their own case',
    },
    {
      key: { 'ticket.mac': 1 },
      options: {
        name: 'ticket_unique',
        unique: true,
        partialFilterExpression: { 'ticket.mac': { $exists: true } },
      },
      because: 'a one-time link finds its account',
    },
    {
      key: { kind: 1, organisationId: 1, _id: 1 },
      options: { name: 'kind_organisation' },
      because: 'the lists of staff and of an organisation’s members, by page',
    },
  ],
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: [
        '_id',
        'kind',
        'status',
        'name',
        'idNumber',
        'idIndex',
        'personKey',
        'generation',
        'revision',
      ],
      properties: {
        kind: { enum: ['citizen', 'organisation', 'staff'] },
        status: { enum: ['enrolling', 'active', 'disabled'] },
        // Ciphertext only: an ID number or phone in plain is refused by the database itself.
        idNumber: { bsonType: 'object', required: ['k', 'n', 'c', 't'] },
        phone: { bsonType: 'object', required: ['k', 'n', 'c', 't'] },
      },
    },
  },
  outbox: true,
});
