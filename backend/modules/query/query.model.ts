import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { CertificateLeaf } from '../certificates/index.ts';
import type { DelayGround } from './contract/looks.ts';
import type { ResultKind } from './contract/views.ts';
import type { Evidence, Purpose, QueryKind, QueryState, RefusalReason, Relation } from './vocabulary.ts';

/** A signed document of a query; its text never changes. */
export interface QueryResult {
  kind: ResultKind;
  no: string;
  at: Date;
  /** Canonical JSON of the ResultRecord; signed, printed, shown. Empty once it was erased (erase-papers.ts). */
  record: string;
  keyId: string;
  /** Ed25519 over the UTF-8 bytes of `record`, base64url; empty with it. */
  signature: string;
  /** Blind index of the QR's token. */
  tokenKey: string;
  /** Its leaf in the ledger: salted hashes of every field of `record`. */
  leaf: CertificateLeaf;
  /** Recorded revisions of the units that it states: whether something was recorded since. */
  revisions: { unitCode: string; revision: number }[];
  /** Blind indexes of the people of whom it tells: recorded whenever somebody but the asker opens it. */
  subjects: string[];
}

/** When those whom a state organ asked about are told of it (个人信息保护法 35). */
export interface QueryNotice {
  ground: DelayGround;
  /** Last day on which they are not told. */
  untilOn: string;
  /** First instant at which they are. */
  until: Date;
  /** Until the term has ended and they were told, or the organ released it. */
  open: boolean;
  releasedAt: Date | null;
}

/** How long papers and answer stay: from the query's end, by the rule of `seeds/reference/query/retention.json`. */
export interface QueryKeeping {
  /** When it was answered, refused or taken back. */
  since: Date;
  /** Until they were erased. */
  open: boolean;
  erasedAt: Date | null;
}

export interface QueryDocument {
  /** Chosen by whoever asks: a repeated request is the same query. */
  _id: string;
  no: string;
  kind: QueryKind;
  /** What was, or would be, disclosed; null while only the register can say (own). */
  relation: Relation | null;
  state: QueryState;
  asker: {
    accountId: string;
    name: string;
    /** Of the person who sits at the account: they stand back as staff. */
    personIndex: string | null;
    organisation: { id: string; name: string; creditCode: string } | null;
    /** Blind index under which the register would know the asker. */
    holderIndex: string;
  };
  purpose: Purpose;
  purposeText: string;
  /** As typed, folded; null for all of one's own. */
  target: string | null;
  /** District code of the registry whose clerks decide it (desk-scope.ts). */
  registry: string;
  /** Blind indexes of whom it concerned when it was asked: they do not find it on the clerks' list. Whoever opens it is checked afresh. */
  concerns: string[];
  /** Only of a query by person, until those on its units stand in `concerns`, too (concern.ts). */
  concernsOpen?: boolean;
  /** Resolved when it was asked; null: there is none, which a clerk says. */
  unitCode: string | null;
  /** Without the number, however sealed, once papers and answer were erased; null then of one that was taken back. */
  person: { name: string; idNumber?: EncryptedField; idIndex: string } | null;
  claimedName: string | null;
  /** Of a state organ: 文号 of its letter or of the case; null of others, and of queries of before it was asked for. */
  letterNo: string | null;
  /** 委托人: for whom a lawyer asks, as written; null of other kinds and of lawyers' queries from before it was asked. */
  client: string | null;
  evidence: { code: Evidence; fileId: string; sha256: string }[];
  /** 查询办法25: promised at; null: of one's own, which binds to nothing. */
  promisedAt: Date | null;
  askedAt: Date;
  due: { promisedAt: Date; promisedOn: string; legalAt: Date; legalOn: string } | null;
  decision: {
    at: Date;
    by: { accountId: string; name: string } | null;
    reason: RefusalReason | null;
    explanation: string | null;
  } | null;
  result: QueryResult | null;
  /** Of a state organ's query; null of others, which are told at once. */
  notice: QueryNotice | null;
  /** Null while it waits. */
  keeping: QueryKeeping | null;
  /**
   * Keyed digest of the request, by which a repeated one is known. Keyed, since all of the request but a sealed number stands beside it
   * in plain, and a number is soon guessed. Null once papers and answer were erased, and of queries whose digest had no key: the same
   * id again is then refused.
   */
  requestMac: string | null;
  revision: number;
  outbox?: OutboxEvent[];
}

const Mixed = Schema.Types.Mixed;

export const queries = defineModel<QueryDocument>({
  collection: 'queries',
  outbox: true,
  fields: {
    _id: { type: String, required: true },
    no: { type: String, required: true },
    kind: { type: String, required: true },
    relation: { type: String, default: null },
    state: { type: String, required: true },
    asker: { type: Mixed, required: true },
    purpose: { type: String, required: true },
    purposeText: { type: String, default: '' },
    target: { type: String, default: null },
    registry: { type: String, required: true },
    concerns: { type: [String], required: true },
    concernsOpen: { type: Boolean },
    unitCode: { type: String, default: null },
    person: { type: Mixed, default: null },
    claimedName: { type: String, default: null },
    letterNo: { type: String, default: null },
    client: { type: String, default: null },
    evidence: { type: [Mixed], required: true },
    promisedAt: { type: Date, default: null },
    askedAt: { type: Date, required: true },
    due: { type: Mixed, default: null },
    decision: { type: Mixed, default: null },
    result: { type: Mixed, default: null },
    notice: { type: Mixed, default: null },
    keeping: { type: Mixed, default: null },
    requestMac: { type: String, default: null },
    revision: { type: Number, required: true },
  } as never,
  indexes: [
    {
      key: { 'asker.accountId': 1, askedAt: -1, _id: -1 },
      options: { name: 'queries_by_asker' },
      because: 'my queries, newest first',
    },
    {
      key: { 'due.promisedAt': 1, _id: 1 },
      options: { name: 'queries_waiting', partialFilterExpression: { state: 'waiting' } },
      because: 'the clerks’ list, what is due first at its head',
    },
    {
      key: { 'decision.at': -1, _id: -1 },
      options: { name: 'queries_decided', partialFilterExpression: { 'decision.by': { $type: 'object' } } },
      because: 'what clerks decided, newest first',
    },
    {
      key: { 'notice.until': 1, _id: 1 },
      options: { name: 'queries_by_notice', partialFilterExpression: { 'notice.open': true } },
      because: 'those whose term of silence has ended, of whom people are told now',
    },
    {
      key: { state: 1, 'keeping.since': 1, _id: 1 },
      options: { name: 'queries_kept', partialFilterExpression: { 'keeping.open': true } },
      because: 'those that ended and whose papers and answer are still there, what ended first at the head',
    },
    {
      key: { 'result.tokenKey': 1 },
      options: {
        name: 'queries_by_token',
        unique: true,
        partialFilterExpression: { 'result.tokenKey': { $type: 'string' } },
      },
      because: 'a QR leads to one result',
    },
    {
      key: { 'evidence.fileId': 1 },
      options: { name: 'queries_by_file' },
      because: 'which uploads a query names, so that the sweep leaves them',
    },
  ],
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: ['_id', 'kind', 'state', 'asker', 'purpose', 'promisedAt', 'revision'],
      properties: {
        state: { enum: ['waiting', 'answered', 'refused', 'withdrawn'] },
        // Ciphertext only: an ID number in plain is refused by the database itself.
        person: {
          oneOf: [
            { bsonType: 'null' },
            {
              bsonType: 'object',
              properties: { idNumber: { bsonType: 'object', required: ['k', 'n', 'c', 't'] } },
            },
          ],
        },
      },
    },
  },
});
