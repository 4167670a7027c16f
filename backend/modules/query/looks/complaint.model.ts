import { Schema } from 'mongoose';
import type { EncryptedField } from '../../../platform/crypto/suite.ts';
import { defineModel } from '../../../platform/database/model.ts';
import type { OutboxEvent } from '../../../platform/database/outbox.ts';
import type { AccessDocument } from '../../audit/index.ts';
import type { ComplaintOutcome } from '../contract/looks.ts';

/** 反映: a person asks what one look at their data was for. The row is kept as it was shown: it is the evidence. */
export interface ComplaintDocument {
  _id: string;
  revision: number;
  open: boolean;
  entryId: string;
  personIndex: string;
  accountId: string;
  at: Date;
  dueOn: string;
  dueAt: Date;
  /** Context `look-complaints|<id>|text`. */
  text: EncryptedField;
  /** The one thing that may be added while the answer is waited for; context `look-complaints|<id>|supplement`. */
  supplement?: { at: Date; text: EncryptedField };
  look: Omit<AccessDocument, '_id' | 'subjects'>;
  /** Text: context `look-complaints|<id>|answer`. */
  answer: { by: string; at: Date; outcome: ComplaintOutcome; text: EncryptedField } | null;
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const complaints = defineModel<ComplaintDocument>({
  collection: 'look-complaints',
  outbox: true,
  fields: {
    _id: String,
    revision: Number,
    open: Boolean,
    entryId: String,
    personIndex: String,
    accountId: String,
    at: Date,
    dueOn: String,
    dueAt: Date,
    text: mixed,
    supplement: mixed,
    look: mixed,
    answer: mixed,
  } as never,
  indexes: [
    {
      key: { entryId: 1, personIndex: 1 },
      options: { name: 'one-a-look', unique: true },
      because: 'one person complains of one look once, however often it is sent',
    },
    {
      key: { open: 1, dueAt: 1, _id: 1 },
      options: { name: 'waiting' },
      because: 'what waits for an answer, the first due first',
    },
  ],
});

export const textContext = (id: string): string => `look-complaints|${id}|text`;
export const answerContext = (id: string): string => `look-complaints|${id}|answer`;
export const supplementContext = (id: string): string => `look-complaints|${id}|supplement`;
