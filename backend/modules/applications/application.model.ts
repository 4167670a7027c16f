import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { ClockEvent } from '../clock/index.ts';
import type {
  Bilingual,
  Person,
  CaseParty,
  CaseMaterial,
  CasePause,
  Extension,
  PauseRequest,
  Correction,
  Opinion,
  CaseDocument,
  Submission,
  Acceptance,
  RecordingPlan,
  CaseRegistration,
  Withdrawal,
  Work,
  AlarmMark,
} from './case-parts.ts';
import type { RefusalReason, Status } from './vocabulary.ts';

export type {
  Bilingual,
  Person,
  CaseParty,
  Consent,
  CaseFile,
  CaseMaterial,
  CasePause,
  Extension,
  PauseRequest,
  Correction,
  Opinion,
  CaseDocument,
  Submission,
  Acceptance,
  RecordingPlan,
  CaseRegistration,
  Withdrawal,
  Work,
  AlarmMark,
} from './case-parts.ts';

export interface ApplicationDocument {
  _id: string;
  /** +1 with every write; each act is one update filtered by the revision it was decided on. */
  revision: number;
  no: string | null;
  status: Status;
  step: string | null;
  typeCode: string;
  typeVersion: number;
  channel: 'online' | 'entrusted';

  initiator: {
    accountId: string;
    organisationId: string | null;
    partyKey: string;
    name: string;
    /** As long as nobody has confirmed that the account is theirs (实名): nothing of the register is told for its sake. */
    unproven?: boolean;
  };
  /** Who may read: `account:<id>`, `org:<id>`, `index:<blind index>`. Parties join when they are invited. */
  viewers: string[];
  /** Of those, whose act the case waits for. */
  waitingOn: string[];
  /** Accounts of the applicants, as far as they have one: who is told what happens. */
  followers: string[];
  /** Blind indexes of all parties: a clerk among them must stand back (回避). */
  partyIndexes: string[];
  /**
   * Blind indexes of whoever acted for a party: drew up, filed, signed, answered, withdrew (经办人). They stand back as parties
   * do, and stay here when they act no more.
   */
  agentIndexes?: string[];

  unitCodes: string[];
  address: string;
  /** Words of the address, for search by prefix. */
  addressTokens: string[];
  district: string;
  officeId: string | null;

  /**
   * All answers, sealed as one JSON text, `applications|<id>|answers`: a form holds names, numbers and phones in many
   * places, and one ciphertext leaves no key or operator of the sender's in the database.
   */
  answers: EncryptedField;
  /** Revision at which each answer last changed: tells two tabs apart. */
  answerRevisions: Record<string, number>;
  reconciliation: {
    fromVersion: number;
    toVersion: number;
    kept: string[];
    changed: string[];
    dropped: string[];
    added: string[];
  } | null;
  materials: CaseMaterial[];
  parties: CaseParty[];

  submission: Submission | null;
  earlierSubmissions: Submission[];
  acceptance: Acceptance | null;
  handler: { accountId: string; name: string; at: Date } | null;
  opinions: Opinion[];
  pauses: CasePause[];
  /** Absent until one is asked for. */
  extensions?: Extension[];
  /** Absent until a pause takes an approval. */
  pauseRequests?: PauseRequest[];
  corrections: Correction[];
  /** What the deadline clock computes from; every due date is a function of these. */
  clockEvents: ClockEvent[];
  work: Work;
  /** Alarms that were raised; each is a document of its own in `alarms`. Absent before the first. */
  alarmed?: AlarmMark[];
  documents: CaseDocument[];
  withdrawal: Withdrawal | null;
  decision: {
    reason: RefusalReason | string;
    facts: string;
    at: Date;
    /** Null where the portal itself ended it: a correction that nobody answered. */
    by: Person | null;
    goTo: string | null;
  } | null;
  plan: RecordingPlan | null;
  /** Why the last attempt to record was turned back. */
  planRefusal: { at: Date; reasons: Bilingual[] } | null;
  registration: CaseRegistration | null;
  issuance: { at: Date; by: Person | null; delivery: string; note: string | null } | null;
  /** The electronic certificates exist. */
  certificatesReady: boolean;
  archivedAt: Date | null;
  /** Places in the units' queues that are being taken or given up: a job finishes what a crash cut off. */
  queue: { state: 'entering' | 'entered' | 'leaving'; at: Date } | null;

  /** The request that made the draft: same key, same draft. */
  created: { key: string | null; fingerprint: string };
  createdAt: Date;
  updatedAt: Date;
  outbox: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;
const text = { type: String, required: true } as const;

export const applications = defineModel<ApplicationDocument>({
  collection: 'applications',
  outbox: true,
  fields: {
    _id: text,
    revision: { type: Number, required: true },
    no: { type: String, default: null },
    status: text,
    step: { type: String, default: null },
    typeCode: text,
    typeVersion: { type: Number, required: true },
    channel: text,
    initiator: {
      _id: false,
      type: new Schema(
        { accountId: String, organisationId: String, partyKey: String, name: String, unproven: Boolean },
        { _id: false, strict: 'throw' },
      ),
    },
    viewers: [String],
    waitingOn: [String],
    followers: [String],
    partyIndexes: [String],
    agentIndexes: [String],
    unitCodes: [String],
    address: { type: String, default: '' },
    addressTokens: [String],
    district: { type: String, default: '' },
    officeId: { type: String, default: null },
    answers: mixed,
    answerRevisions: mixed,
    reconciliation: mixed,
    materials: [mixed],
    parties: [mixed],
    submission: mixed,
    earlierSubmissions: [mixed],
    acceptance: mixed,
    handler: {
      type: new Schema({ accountId: String, name: String, at: Date }, { _id: false, strict: 'throw' }),
      default: null,
    },
    opinions: [mixed],
    pauses: [mixed],
    extensions: [mixed],
    pauseRequests: [mixed],
    corrections: [mixed],
    clockEvents: [mixed],
    work: {
      type: new Schema(
        {
          open: Boolean,
          sortAt: Date,
          yellowAt: Date,
          dueAt: Date,
          statutoryDueAt: Date,
          provisional: Boolean,
          paused: Boolean,
          waitingFor: String,
          step: String,
          role: String,
          calendarVersion: String,
          alarmAt: Date,
          pause: String,
          pauseEndsAt: Date,
          askedAt: Date,
        },
        { _id: false, strict: 'throw' },
      ),
    },
    alarmed: { type: [mixed], default: undefined },
    documents: [mixed],
    withdrawal: mixed,
    decision: mixed,
    plan: mixed,
    planRefusal: mixed,
    registration: mixed,
    issuance: mixed,
    certificatesReady: { type: Boolean, default: false },
    archivedAt: { type: Date, default: null },
    queue: {
      type: new Schema({ state: String, at: Date }, { _id: false, strict: 'throw' }),
      default: null,
    },
    created: {
      type: new Schema({ key: String, fingerprint: String }, { _id: false, strict: 'throw' }),
    },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  } as never,
  indexes: [
    {
      key: { no: 1 },
      options: { name: 'no', unique: true, partialFilterExpression: { no: { $gt: '' } } },
      because: 'a case number belongs to one case; found by it, or by its first digits',
    },
    {
      key: { 'initiator.accountId': 1, 'created.key': 1 },
      options: {
        name: 'created-once',
        unique: true,
        partialFilterExpression: { 'created.key': { $gt: '' } },
      },
      because: 'one request key of one account makes one draft, however often it is sent',
    },
    {
      key: { viewers: 1, updatedAt: -1, _id: -1 },
      options: { name: 'viewers' },
      because: 'my cases, newest first',
    },
    {
      key: { 'work.sortAt': 1, _id: 1 },
      options: { name: 'work-due', partialFilterExpression: { 'work.open': true } },
      because: 'the work list by due time, open cases only',
    },
    {
      key: { 'handler.accountId': 1, 'work.sortAt': 1, _id: 1 },
      options: { name: 'work-mine', partialFilterExpression: { 'work.open': true } },
      because: 'my work by due time, and what nobody has taken (null)',
    },
    {
      key: { typeCode: 1, 'work.calendarVersion': 1 },
      options: { name: 'work-rules', partialFilterExpression: { 'work.open': true } },
      because: 'open cases of a type whose dates were made with an older calendar or promise',
    },
    {
      key: { addressTokens: 1 },
      options: { name: 'address', partialFilterExpression: { 'work.open': true } },
      because: 'the work list by words of an address',
    },
    {
      key: { partyIndexes: 1 },
      options: { name: 'parties', partialFilterExpression: { 'work.open': true } },
      because: 'the work list by the number of a party',
    },
    {
      key: { status: 1, updatedAt: 1 },
      options: {
        name: 'to-recover',
        partialFilterExpression: { status: { $in: ['registering', 'correction', 'registered'] } },
      },
      because: 'recordings to finish, corrections to close, certificates to wait for',
    },
    {
      key: { 'corrections.dueOn': 1 },
      options: { name: 'to-lapse', partialFilterExpression: { status: 'correction' } },
      because: 'corrections whose term is over, however many others are open',
    },
    {
      key: { 'work.alarmAt': 1 },
      options: { name: 'next-alarm', partialFilterExpression: { 'work.alarmAt': { $gt: new Date(0) } } },
      because: 'the alarms that are due, without a look at any other case',
    },
    {
      key: {
        'work.open': 1,
        typeCode: 1,
        'work.sortAt': 1,
        _id: 1,
        officeId: 1,
        'handler.accountId': 1,
        'work.step': 1,
        'work.yellowAt': 1,
        'work.dueAt': 1,
        'work.statutoryDueAt': 1,
        'work.paused': 1,
        'work.pause': 1,
        'work.pauseEndsAt': 1,
      },
      options: { name: 'open-figures', partialFilterExpression: { 'work.open': true } },
      because: 'all open cases counted from the index alone; the open cases of one type by due time',
    },
    {
      key: { 'work.askedAt': 1 },
      options: { name: 'to-decide', partialFilterExpression: { 'work.askedAt': { $gt: new Date(0) } } },
      because: 'pauses and extensions that wait for a decision, the longest waiting first',
    },
    {
      key: { 'work.pauseEndsAt': 1 },
      options: {
        name: 'pause-ends',
        partialFilterExpression: { 'work.pauseEndsAt': { $gt: new Date(0) } },
      },
      because: 'supplements whose term is over, without a look at any other case',
    },
    {
      key: { 'materials.files.fileId': 1 },
      options: { name: 'files' },
      because: 'whether a case still names a file, before it is swept',
    },
    {
      key: { 'queue.at': 1 },
      options: {
        name: 'queue-unsettled',
        partialFilterExpression: { 'queue.state': { $in: ['entering', 'leaving'] } },
      },
      because: 'places in queues that a crash left half taken',
    },
    {
      key: { 'submission.answerDueAt': 1, no: 1 },
      options: { name: 'unanswered', partialFilterExpression: { status: 'submitted' } },
      because: 'what nobody answered in time and is accepted by law, the oldest first',
    },
    {
      key: { updatedAt: 1 },
      options: {
        name: 'abandoned',
        partialFilterExpression: { status: { $in: ['draft', 'waitingConsent'] } },
      },
      because: 'drafts that nobody touched for the time they are kept',
    },
  ],
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: ['_id', 'revision', 'status', 'typeCode', 'typeVersion', 'initiator', 'viewers'],
      properties: {
        revision: { bsonType: 'number', minimum: 1 },
        no: { bsonType: ['string', 'null'], pattern: '^[0-9]{13,16}$' },
      },
    },
  },
});
