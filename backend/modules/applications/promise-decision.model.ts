import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { PromiseMade } from '../clock/index.ts';
import type { Person } from './case-parts.ts';

/**
 * 决定: a longer promise for cases that were accepted under a shorter one. Written down before the first case changes, with who
 * decided, why, and for which cases; never changed but for `done`.
 */
export interface PromiseDecision {
  _id: string;
  code: string;
  promise: PromiseMade;
  cases: { id: string; no: string }[];
  reason: string;
  at: Date;
  by: Person;
  /** Every case has been looked at; false while a process that died left some. */
  done: boolean;
  outbox: OutboxEvent[];
}

export const promiseDecisions = defineModel<PromiseDecision>({
  collection: 'promise-decisions',
  outbox: true,
  fields: {
    _id: String,
    code: String,
    promise: Schema.Types.Mixed,
    cases: [Schema.Types.Mixed],
    reason: String,
    at: Date,
    by: Schema.Types.Mixed,
    done: Boolean,
  } as never,
  indexes: [
    {
      key: { done: 1, at: 1 },
      options: { name: 'unfinished', partialFilterExpression: { done: false } },
      because: 'decisions that a process left half done',
    },
  ],
});
