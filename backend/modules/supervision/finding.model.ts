import { defineModel } from '../../platform/database/model.ts';
import type { FindingKind } from './vocabulary.ts';

/** What could stretch a promise without breaking it, with its evidence. Inserted once, never changed. */
export interface FindingDocument {
  /** `<kind>|<case>|<what it is about>`. */
  _id: string;
  kind: FindingKind;
  caseId: string;
  no: string;
  typeCode: string;
  officeId: string | null;
  person: { accountId: string; name: string } | null;
  at: Date;
  evidence: { zh: string; en: string };
  otherNo: string | null;
}

export const findings = defineModel<FindingDocument>({
  collection: 'findings',
  fields: {
    _id: String,
    kind: String,
    caseId: String,
    no: String,
    typeCode: String,
    officeId: String,
    person: { _id: false, accountId: String, name: String },
    at: Date,
    evidence: { _id: false, zh: String, en: String },
    otherNo: String,
  } as never,
  // `_id` is the invariant: seen again, it is the same finding.
  indexes: [
    { key: { at: -1, _id: -1 }, options: { name: 'newest' }, because: 'findings, newest first, by cursor' },
    {
      key: { kind: 1, at: -1, _id: -1 },
      options: { name: 'newest-of-kind' },
      because: 'findings of one kind, newest first, and how many there are',
    },
    { key: { caseId: 1, at: 1 }, options: { name: 'case' }, because: 'the findings about one case' },
  ],
});
