import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';

/**
 * A self-service machine (自助取号机) that a clerk has enabled for one hall. It holds a token of its own instead of anybody's
 * session; of token and pairing code only a keyed hash is kept.
 */
export interface KioskDocument {
  _id: string;
  hall: string;
  /** Where it stands, in the clerk's words. */
  name: string;
  /** Absent once it was used. */
  pairing?: string;
  pairingUntil: Date;
  /** Absent until the machine was paired, and again once it is revoked. */
  token?: string;
  enabledBy: string;
  enabledAt: Date;
  pairedAt: Date | null;
  revokedAt: Date | null;
  outbox?: OutboxEvent[];
}

export const kiosks = defineModel<KioskDocument>({
  collection: 'kiosks',
  outbox: true,
  fields: {
    _id: String,
    hall: String,
    name: String,
    pairing: String,
    pairingUntil: Date,
    token: String,
    enabledBy: String,
    enabledAt: Date,
    pairedAt: Date,
    revokedAt: Date,
  } as never,
  indexes: [
    {
      key: { token: 1 },
      options: { name: 'token', unique: true, partialFilterExpression: { token: { $type: 'string' } } },
      because: 'every request of a machine finds it by its token',
    },
    {
      key: { pairing: 1 },
      options: { name: 'pairing', unique: true, partialFilterExpression: { pairing: { $type: 'string' } } },
      because: 'a code names one machine, so that pairing is one guarded update',
    },
    { key: { hall: 1, enabledAt: -1 }, options: { name: 'hall' }, because: 'machines of a hall' },
  ],
});
