import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Limit } from './contract.ts';

/**
 * One version of the promise (承诺办结时限) of a business type, published after its catalogue file. Never changed once written: the
 * receipts of cases name the version they were accepted under.
 */
export interface LimitVersionDocument {
  /** `BG01#2`. */
  _id: string;
  code: string;
  /** From 1; 0 stands for the promise of the catalogue file itself. */
  version: number;
  /** First legal day on which it is promised. */
  validFrom: string;
  promised: Limit;
  /** The paper that announces it. */
  notice: { title: string; number: string };
  reason: string;
  publishedAt: Date;
  publishedBy: { accountId: string; name: string };
  outbox: OutboxEvent[];
}

export const limitVersions = defineModel<LimitVersionDocument>({
  collection: 'limit-versions',
  outbox: true,
  fields: {
    _id: String,
    code: String,
    version: Number,
    validFrom: String,
    promised: Schema.Types.Mixed,
    notice: Schema.Types.Mixed,
    reason: String,
    publishedAt: Date,
    publishedBy: Schema.Types.Mixed,
  } as never,
  // A few dozen small documents, read whole once per process; `_id` carries the one invariant, a version is written once.
  indexes: [],
});
