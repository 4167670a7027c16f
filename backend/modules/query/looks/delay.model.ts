import { Schema } from 'mongoose';
import type { EncryptedField } from '../../../platform/crypto/suite.ts';
import { defineModel } from '../../../platform/database/model.ts';
import type { OutboxEvent } from '../../../platform/database/outbox.ts';
import type { DelayGround, DelayState } from '../contract/looks.ts';

interface Person {
  accountId: string;
  name: string;
}

/**
 * 依法暂缓告知 (个人信息保护法 18, 35): looks of one organ at one person are left out of every list while it lasts, and are in
 * them from the moment it ends. The looks themselves are recorded as ever; nothing in the access log is changed.
 */
export interface DelayDocument {
  _id: string;
  revision: number;
  state: DelayState;
  /** Whom the looks are about: blind index, purpose `id-number`. */
  personIndex: string;
  organisationId: string;
  organisationName: string;
  ground: DelayGround;
  docNo: string;
  /** Context `look-delays|<id>|reason`: an inquiry's words may name people. */
  reason: EncryptedField;
  untilOn: string;
  /** First instant at which it no longer holds. */
  until: Date;
  /** Until then it withholds though no leader has agreed; null: of before there was such a limit, decided since. */
  decideBy: Date | null;
  /** Looks from then on are withheld: the request, or the first of those that this one carries on. */
  spanFrom: Date;
  /** The organ's written release, where it ended before its day. */
  released: { by: Person; at: Date; docNo: string } | null;
  asked: { by: Person; at: Date };
  decided: { by: Person; at: Date } | null;
  endedAt: Date | null;
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const delays = defineModel<DelayDocument>({
  collection: 'look-delays',
  outbox: true,
  fields: {
    _id: String,
    revision: Number,
    state: String,
    personIndex: String,
    organisationId: String,
    organisationName: String,
    ground: String,
    docNo: String,
    reason: mixed,
    untilOn: String,
    until: Date,
    decideBy: Date,
    spanFrom: Date,
    released: mixed,
    asked: mixed,
    decided: mixed,
    endedAt: Date,
  } as never,
  indexes: [
    {
      key: { personIndex: 1, state: 1 },
      options: { name: 'by-person' },
      because: 'what is left out of one person’s list, and what was told late',
    },
    {
      key: { state: 1, until: 1 },
      options: { name: 'by-state' },
      because: 'delays that are over, the list of those to decide, and the figures for everybody',
    },
  ],
});

/** When it no longer holds by itself: a request that nobody decides holds no longer than a leader has to decide it. */
export const lastInstantOf = ({
  state,
  until,
  decideBy,
}: Pick<DelayDocument, 'state' | 'until' | 'decideBy'>): Date =>
  state === 'asked' && decideBy && decideBy < until ? decideBy : until;

export const reasonContext = (id: string): string => `look-delays|${id}|reason`;
