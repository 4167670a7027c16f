import { Schema } from 'mongoose';
import type { EncryptedField } from '../../platform/crypto/suite.ts';
import { defineModel } from '../../platform/database/model.ts';

export interface PendingEmail {
  email: EncryptedField;
  /** MAC of account and code: a dump gives no code away. */
  codeMac: string;
  expiresAt: Date;
  /** Guesses left; taken before a guess is looked at. */
  guesses: number;
}

export interface SettingsDocument {
  /** The account. */
  _id: string;
  email: EncryptedField | null;
  pending: PendingEmail | null;
  byEmail: boolean;
  bySms: boolean;
}

export const settings = defineModel<SettingsDocument>({
  collection: 'notification-settings',
  fields: {
    _id: String,
    email: Schema.Types.Mixed,
    pending: Schema.Types.Mixed,
    byEmail: Boolean,
    bySms: Boolean,
  },
  indexes: [],
});

export const emailContext = (accountId: string): string => `notification-settings|${accountId}|email`;
