import { defineModel } from '../../platform/database/model.ts';

export interface AuditDocument {
  /** The event's id, so that a second delivery meets the first. */
  _id: string;
  at: Date;
  actorId: string | null;
  type: string;
  subject: { collection: string; id: string };
  requestId: string | null;
  data: Record<string, unknown>;
}

/** Append-only: this module inserts and reads; nothing in the product updates or deletes an entry. */
export const auditEntries = defineModel<AuditDocument>({
  collection: 'audit',
  fields: {
    _id: String,
    at: Date,
    actorId: String,
    type: String,
    subject: { collection: String, id: String },
    requestId: String,
    data: {},
  },
  // `_id` is the invariant: an event is recorded once, however often it is delivered.
  indexes: [
    { key: { at: -1, _id: -1 }, options: { name: 'newest' }, because: 'the list, newest first, by cursor' },
    {
      key: { actorId: 1, at: -1, _id: -1 },
      options: { name: 'by-actor' },
      because: 'what one account did',
    },
    {
      key: { 'subject.id': 1, at: -1, _id: -1 },
      options: { name: 'by-subject' },
      because: 'what was done to one document',
    },
    { key: { type: 1, at: -1, _id: -1 }, options: { name: 'by-type' }, because: 'where one act happened' },
    { key: { requestId: 1 }, options: { name: 'by-request' }, because: 'what one request caused' },
  ],
});

/** What a look was for in the books of whoever looked: 事项编码 and 办件编号 of another authority's system. */
export interface AccessReference {
  matterCode?: string;
  caseNo?: string;
}

export interface AccessDocument {
  _id: string;
  at: Date;
  /** Null: somebody who was not signed in, as whoever verifies a certificate may be. */
  actorId: string | null;
  /** Blind indexes of the persons whose data was shown; purpose `id-number`. */
  subjects: string[];
  /** Closed words: what was shown, as `case`, `materials`, `unit`. */
  what: string[];
  /** The thing that was opened, as `{kind: 'case', id}`. */
  target: { kind: string; id: string } | null;
  /** Units whose owners are among the subjects, so that an owner can ask by property; absent in entries of before. */
  unitCodes?: string[];
  why: string;
  /** Absent where none was given. */
  reference?: AccessReference;
  basis: string;
  requestId: string | null;
}

/** Who saw whose data (谁查过我). Append-only like the audit. */
export const accessEntries = defineModel<AccessDocument>({
  collection: 'access-log',
  fields: {
    _id: String,
    at: Date,
    actorId: String,
    subjects: [String],
    what: [String],
    target: { kind: String, id: String },
    unitCodes: { type: [String], default: undefined },
    why: String,
    reference: { type: { matterCode: String, caseNo: String }, _id: false, default: undefined },
    basis: String,
    requestId: String,
  },
  indexes: [
    {
      key: { subjects: 1, at: -1, _id: -1 },
      options: { name: 'by-subject' },
      because: 'each person sees who looked at their data, newest first',
    },
    {
      key: { actorId: 1, at: -1, _id: -1 },
      options: { name: 'by-actor' },
      because: 'what one account looked at',
    },
    {
      // Not with `subjects` as well: an index cannot hold two lists. The looks at one unit are few.
      key: { unitCodes: 1, at: -1, _id: -1 },
      options: { name: 'by-unit', partialFilterExpression: { unitCodes: { $gt: '' } } },
      because: 'an owner sees who looked at one property, without reading all looks at the person',
    },
  ],
});

/** Entries of either kind that were written long after their ids were made, until they are sealed in the log: `<collection>/<id>`. */
export const lateEntries = defineModel<{ _id: string }>({
  collection: 'audit-late',
  fields: { _id: String },
  // `_id` is the invariant: an entry is noted once.
  indexes: [],
});
