import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { OrderTarget } from './contract.ts';
import type { OrderState } from './vocabulary.ts';

interface Person {
  accountId: string;
  name: string;
}

export interface OrderReply {
  by: Person;
  at: Date;
  text: string;
  returnedAt: Date | null;
  returnedWith: string | null;
}

/** 督办单. Every act is one update of it, filtered by the revision that was read. */
export interface OrderDocument {
  _id: string;
  no: string;
  revision: number;
  state: OrderState;
  /** issued or replied. */
  open: boolean;
  target: OrderTarget;
  reason: string;
  addressees: Person[];
  issuedBy: Person;
  issuedAt: Date;
  replyDueOn: string;
  replyDueAt: Date;
  /** Everybody concerned was told that the reply is overdue. */
  overdueTold?: boolean;
  replies: OrderReply[];
  closing: { by: Person; at: Date; opinion: string } | null;
  created: { key: string; fingerprint: string };
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const orders = defineModel<OrderDocument>({
  collection: 'supervision-orders',
  outbox: true,
  fields: {
    _id: String,
    no: String,
    revision: Number,
    state: String,
    open: Boolean,
    target: mixed,
    reason: String,
    addressees: [mixed],
    issuedBy: mixed,
    issuedAt: Date,
    replyDueOn: String,
    replyDueAt: Date,
    overdueTold: Boolean,
    replies: [mixed],
    closing: mixed,
    created: { _id: false, key: String, fingerprint: String },
  } as never,
  indexes: [
    {
      key: { 'issuedBy.accountId': 1, 'created.key': 1 },
      options: { name: 'created-once', unique: true },
      because: 'one request key of one supervisor makes one order, however often it is sent',
    },
    { key: { no: 1 }, options: { name: 'no', unique: true }, because: 'a number belongs to one order' },
    {
      key: { 'addressees.accountId': 1, issuedAt: -1, _id: -1 },
      options: { name: 'addressee' },
      because: 'the orders that somebody has to answer',
    },
    { key: { issuedAt: -1, _id: -1 }, options: { name: 'newest' }, because: 'all orders, newest first' },
    {
      key: { 'target.id': 1, issuedAt: -1 },
      options: { name: 'target' },
      because: 'the orders about one case',
    },
    {
      key: { open: 1, state: 1, replyDueAt: 1 },
      options: { name: 'open', partialFilterExpression: { open: true } },
      because: 'how many are open, and how many wait for a reply past its time',
    },
  ],
});
