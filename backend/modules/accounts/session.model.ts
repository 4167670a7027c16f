import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';

export interface SessionDocument {
  _id: string;
  /** SHA-256 of the 256-bit token, base64url: a dump of the database opens no session. */
  tokenHash: string;
  accountId: string;
  /** The account's generation at sign-in; when it rises, the session is dead. */
  generation: number;
  /** False until the second factor was given: such a session opens nothing but the second-factor step. */
  complete: boolean;
  /** When a factor was last given in this session. */
  factorAt: Date;
  createdAt: Date;
  /** Written at most once a minute. */
  lastSeenAt: Date;
  /** However busy, it ends here; brought forward when someone signs out. */
  endsAt: Date;
  device: string | null;
  outbox?: OutboxEvent[];
}

export const sessions = defineModel<SessionDocument>({
  collection: 'sessions',
  fields: {
    _id: String,
    tokenHash: String,
    accountId: String,
    generation: Number,
    complete: Boolean,
    factorAt: Date,
    createdAt: Date,
    lastSeenAt: Date,
    endsAt: Date,
    device: String,
  },
  indexes: [
    {
      key: { tokenHash: 1 },
      options: { name: 'token_unique', unique: true },
      because: 'every request finds its session by this alone',
    },
    {
      key: { accountId: 1, _id: 1 },
      options: { name: 'account' },
      because: 'the list of my sessions, and ending them',
    },
    { key: { endsAt: 1 }, options: { name: 'ends_at' }, because: 'the sweep of ended sessions' },
  ],
  outbox: true,
});
