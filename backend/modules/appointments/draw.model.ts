import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';

/** One intent as it is drawn and published: its id and the windows it would take, best first. */
export interface DrawnIntent {
  id: string;
  windows: string[];
}

/**
 * The draw of a hall's day (摇号). `collecting` → `frozen`: the list is closed and written down → `drawn`: the seed is revealed and the
 * results follow from it → `seated`. Each step is one guarded write; what follows can be done again.
 */
export interface DrawDocument {
  /** `hall|date`. */
  _id: string;
  hall: string;
  date: string;
  state: 'collecting' | 'frozen' | 'drawn' | 'seated';
  /** SHA-256 of the seed, published from the first moment. */
  commitment: string;
  /** Nobody reads it before the list is closed; bound to `draws|<id>|seed`. */
  sealed: EncryptedField;
  /** 64 hexadecimal digits; null until the list is closed. */
  seed: string | null;
  opensAt: Date;
  closesAt: Date;
  list: DrawnIntent[];
  listHash: string | null;
  /** Free seats of each window when the list was closed. */
  seats: { slotId: string; free: number }[];
  results: { id: string; slotId: string | null }[];
  drawnAt: Date | null;
}

/** That somebody would come: one for a person and service in a draw, however often they ask. */
export interface IntentDocument {
  /** Chosen by the client; also the id of the booking, should it win. */
  _id: string;
  draw: string;
  p: string;
  accountId: string;
  service: string;
  businessType: string | null;
  unit: string | null;
  windows: string[];
  at: Date;
  state: 'waiting' | 'won' | 'lost';
  slotId: string | null;
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const draws = defineModel<DrawDocument>({
  collection: 'draws',
  fields: {
    _id: String,
    hall: String,
    date: String,
    state: String,
    commitment: String,
    sealed: mixed,
    seed: String,
    opensAt: Date,
    closesAt: Date,
    list: [mixed],
    listHash: String,
    seats: [mixed],
    results: [mixed],
    drawnAt: Date,
  } as never,
  indexes: [
    {
      key: { closesAt: 1 },
      options: {
        name: 'to-draw',
        partialFilterExpression: { state: { $in: ['collecting', 'frozen', 'drawn'] } },
      },
      because: 'draws whose hour has come, or that were cut off',
    },
  ],
});

export const drawIntents = defineModel<IntentDocument>({
  collection: 'draw-intents',
  outbox: true,
  fields: {
    _id: String,
    draw: String,
    p: String,
    accountId: String,
    service: String,
    businessType: String,
    unit: String,
    windows: [String],
    at: Date,
    state: String,
    slotId: String,
  } as never,
  indexes: [
    {
      key: { draw: 1, p: 1, service: 1 },
      options: { name: 'one-intent', unique: true },
      because: 'a person draws once for a service: a hundred requests win no more than one does',
    },
    { key: { p: 1, at: -1 }, options: { name: 'person' }, because: 'my intents' },
  ],
});
