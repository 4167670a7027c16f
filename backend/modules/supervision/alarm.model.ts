import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { AlarmKind } from './vocabulary.ts';

/** 预警. Inserted once and read; nothing changes or deletes one (the relay takes its delivered event out, no more). */
export interface AlarmDocument {
  /** `<case>|<threshold>|<rule version>|<calendar version>`: the unique key that makes each alarm one. */
  _id: string;
  kind: AlarmKind;
  caseId: string;
  no: string;
  typeCode: string;
  officeId: string | null;
  step: string | null;
  /** When it became true. */
  at: Date;
  raisedAt: Date;
  latenessMs: number;
  level: number;
  lateWorkdays: number;
  recipients: { accountId: string; name: string }[];
  ruleVersion: string;
  calendarVersion: string;
  outbox?: OutboxEvent[];
}

export const alarms = defineModel<AlarmDocument>({
  collection: 'alarms',
  outbox: true,
  fields: {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    caseId: { type: String, required: true },
    no: String,
    typeCode: String,
    officeId: { type: String, default: null },
    step: { type: String, default: null },
    at: Date,
    raisedAt: Date,
    latenessMs: Number,
    level: Number,
    lateWorkdays: Number,
    recipients: [{ _id: false, accountId: String, name: String }],
    ruleVersion: String,
    calendarVersion: String,
  } as never,
  // `_id` is the invariant: whichever process comes first inserts it, and every later one finds that it is there.
  indexes: [
    {
      key: { caseId: 1, at: 1 },
      options: { name: 'case' },
      because: 'the alarms of one case in order',
    },
    {
      key: { raisedAt: -1, _id: -1 },
      options: { name: 'newest' },
      because: 'all alarms, newest first, by cursor',
    },
    {
      key: { kind: 1, raisedAt: -1, _id: -1 },
      options: { name: 'newest-of-kind' },
      because: 'the alarms of one kind, newest first, by cursor',
    },
    {
      key: { raisedAt: 1, latenessMs: 1 },
      options: { name: 'lateness' },
      because: 'the lateness of firing in a stretch of days, from the index alone',
    },
  ],
});
