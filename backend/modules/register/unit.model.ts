import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type {
  CertificateKind,
  CoOwnership,
  EncumbranceKind,
  EncumbranceStatus,
  RequestKind,
  RightKind,
  UnitStatus,
} from './contract.ts';

/** An exact fraction of the whole; both integers are at least 1, reduced, at most 10^9. */
export interface Share {
  numerator: number;
  denominator: number;
}

export type PartyKind = 'person' | 'organisation';

/** 权利人, as stored. `idNumber` is bound to `units|<unit code>|<holder id>`. */
export interface Holder {
  id: string;
  /** Exact code points as on the identity document. */
  name: string;
  partyKind: PartyKind;
  /** 证件种类 by word: `residentId`, `creditCode`, `passport`, `hkMoTwPermit`, `other`. */
  idKind: string;
  idNumber: EncryptedField;
  /** Blind index of the number, purpose `id-number`. */
  idIndex: string;
  /** Null under 共同共有 and for organisations that hold an encumbrance together. */
  share: Share | null;
}

/** 自然状况. Words are printed as they are; areas are decimal text in square metres with two places. */
export interface NaturalState {
  landUse: string;
  houseUse: string;
  landNature: string;
  houseNature: string;
  structure: string;
  areaM2: string;
  innerAreaM2: string | null;
  sharedAreaM2: string | null;
  floorsTotal: number | null;
  floor: string | null;
  completedOn: string | null;
}

/** 权属状况: the one live right of the unit, and every earlier one as history. Never overwritten, only closed. */
export interface Right {
  id: string;
  kind: RightKind;
  status: 'current' | 'historic';
  holders: Holder[];
  coOwnership: CoOwnership;
  certificateNo: string | null;
  /** 使用期限 to this day, null when none was recorded. */
  landTermUntil: string | null;
  /** 更名变更: the same people as in the right before it, under another name or number. */
  renamed?: true;
  registeredAt: Date;
  caseId: string;
  closedAt: Date | null;
  closedByCaseId: string | null;
}

export interface MortgageTerms {
  /** general 一般抵押, maximum 最高额抵押. */
  mode: 'general' | 'maximum';
  /** 被担保主债权数额 or 最高债权额. */
  amountFen: number;
  /** 是否存在禁止或限制转让抵押不动产的约定 (2021 form). */
  transferRestricted: boolean;
  debtFrom: string | null;
  debtUntil: string | null;
  scope: string | null;
  /** 在建建筑物抵押. */
  underConstruction: boolean;
}

export interface SeizureTerms {
  court: string;
  /** 裁定书、协助执行通知书 number. */
  docNo: string;
  /** 预查封: the owner is not yet registered. */
  preSeizure: boolean;
  /** Length of the term; a waiting seizure counts it from the day it takes effect. At most 36 (查封规定, 解释485). */
  termMonths: number;
  /** 被执行人: must be a present owner, or the property is no longer theirs to seize (查封规定23). Absent: not checked. */
  executedName?: string | null;
  /**
   * The name in the register where it is not the debtor's: of before a change of name, or of who confirms in writing that the property is the
   * debtor's (查封规定2).
   */
  heldAs?: string | null;
  /** 续行查封, in order; absent while there was none. */
  renewals?: SeizureRenewalTerms[];
}

/** One renewal: the term that it added follows the one before without a day between. */
export interface SeizureRenewalTerms {
  docNo: string;
  /** Legal day of its registration. */
  on: string;
  /** Last day of the term before, and of the term added. */
  after: string;
  until: string;
  caseId: string;
}

/** The suit or arbitration over an objection, by the 受理通知书 that was handed in (民法典220). */
export interface ObjectionSuit {
  /** Court or arbitration commission. */
  institution: string;
  docNo: string;
  /** Legal day of the notice, and that on which the office had it. */
  docOn: string;
  handedInOn: string;
  reason: string;
}

export interface Encumbrance {
  id: string;
  kind: EncumbranceKind;
  status: EncumbranceStatus;
  /** Order of registration among all of this kind the unit ever had; 顺位 is the position among the live ones. */
  rank: number;
  /** 抵押权人, 预告权利人, 异议申请人, 居住权人; empty for a seizure. */
  holders: Holder[];
  mortgage: MortgageTerms | null;
  seizure: SeizureTerms | null;
  /** Of an objection; with it the objection has no last day. Absent: no suit was shown. */
  suit?: ObjectionSuit | null;
  /** First and last legal day in force; `until` null means until discharged. A waiting seizure has neither. */
  from: string | null;
  until: string | null;
  certificateNo: string | null;
  registeredAt: Date;
  caseId: string;
  closedAt: Date | null;
  closedByCaseId: string | null;
}

/** An accepted case that has not been recorded: the queue whose order decides (受理编号 order, 深圳条例15). */
export interface PendingCase {
  caseId: string;
  caseNo: string;
  businessType: string;
  request: RequestKind;
  /** From the unit's own counter: 1, 2, 3 …, never reused. */
  order: number;
  acceptedAt: Date;
  dueOn: string | null;
}

/** 送达: an order of an authority that was handed in and is not recorded yet (查封规定23). */
export interface ServedOrder {
  caseId: string;
  caseNo: string;
  request: RequestKind;
  /** When it was handed in with all its papers; while some are missing, when it first came. */
  at: Date;
  /** Its papers are not all here: it holds what a seizure stops, but no complete order waits for it (查封规定1, 7). */
  incomplete?: true;
}

/** What a recorded change asks of the certificates module. */
export interface CertificateConsequences {
  needed: { no: string; kind: CertificateKind; subjectId: string }[];
  /** Numbers replaced by a newer record (转移, 更名). */
  superseded: string[];
  /** Numbers whose right ended (注销). */
  cancelled: string[];
}

/** One act of registration on this unit. `caseId` here is what makes recording idempotent. */
export interface UnitChange {
  caseId: string;
  caseNo: string;
  businessType: string;
  /** The revision that this change made. */
  revision: number;
  at: Date;
  actorId: string | null;
  kinds: string[];
  entryId: string;
  certificates: CertificateConsequences;
  entry: LedgerEntry;
}

/** What the ledger appends: `bytes` are the leaf, a canonical JSON text that holds commitments only. */
export interface LedgerEntry {
  id: string;
  revision: number;
  /** 16 bytes, base64url; erasing it erases the datum without touching the leaf. */
  salt: string;
  bytes: string;
}

export interface UnitDocument {
  /** The 28-character unit code. */
  _id: string;
  revision: number;
  status: UnitStatus;
  /** Six digits by GB/T 2260; old codes are kept in the unit code and aliased here. */
  district: string;
  /** Changed only together with what `listedAddress` derives from it, and after its building is listed. */
  address: string;
  /** Derived: `<building>|<door>`, the door in full and shortened, for the search by address. */
  addressKeys: string[];
  natural: NaturalState;
  rights: Right[];
  encumbrances: Encumbrance[];
  pending: PendingCase[];
  acceptanceCounter: number;
  /** Absent while there never was one. */
  served?: ServedOrder[];
  /** Terms of seizures, `<encumbrance>|<last day>`, whose court was told that they are about to end; absent before the first. */
  seizuresTold?: string[];
  changes: UnitChange[];
  /** Derived: blind indexes of the current owners, for "my properties". */
  ownerIndexes: string[];
  /** Derived: the earliest last day of a live encumbrance, for the lapse job; null if none ends by itself. */
  nextLapseOn: string | null;
  createdAt: Date;
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const units = defineModel<UnitDocument>({
  collection: 'units',
  outbox: true,
  fields: {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    status: { type: String, required: true },
    district: { type: String, required: true },
    address: { type: String, required: true },
    addressKeys: { type: [String], default: undefined },
    natural: { type: mixed, required: true },
    rights: { type: [mixed], required: true },
    encumbrances: { type: [mixed], required: true },
    pending: { type: [mixed], required: true },
    acceptanceCounter: { type: Number, required: true },
    served: { type: [mixed], default: undefined },
    seizuresTold: { type: [String], default: undefined },
    changes: { type: [mixed], required: true },
    ownerIndexes: { type: [String], required: true },
    nextLapseOn: { type: String, default: null },
    createdAt: { type: Date, required: true },
  } as never,
  indexes: [
    {
      key: { ownerIndexes: 1 },
      options: { name: 'units_by_owner' },
      because: 'my properties, and whether a person owns a unit',
    },
    {
      key: { addressKeys: 1 },
      options: { name: 'units_by_address' },
      because:
        'the unit behind a door of a building that was found by its address, and no other of that building',
    },
    {
      key: { 'changes.caseId': 1 },
      options: { name: 'units_by_change' },
      because: 'what a case changed: recovery of a recording, and the certificates it asks for',
    },
    {
      key: { 'served.caseId': 1 },
      options: { name: 'units_by_served', sparse: true },
      because: 'where an order of an authority is held for, when it has ended or names another unit',
    },
    {
      key: { nextLapseOn: 1 },
      options: { name: 'units_by_lapse', partialFilterExpression: { nextLapseOn: { $type: 'string' } } },
      because: 'what ends today, and the seizures that end soon, without reading the register',
    },
  ],
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: ['_id', 'revision', 'status', 'rights', 'encumbrances', 'pending', 'changes', 'ownerIndexes'],
      properties: {
        _id: { bsonType: 'string', pattern: '^[0-9]{12}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$' },
        revision: { bsonType: 'number', minimum: 1 },
        status: { enum: ['future', 'active', 'cancelled'] },
      },
    },
    // One live right a unit: the invariant of the whole register, held against any client of the database.
    $expr: {
      $lte: [
        {
          $size: {
            $filter: { input: '$rights', as: 'right', cond: { $eq: ['$$right.status', 'current'] } },
          },
        },
        1,
      ],
    },
  },
});
