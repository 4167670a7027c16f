import { defineModel } from '../../../platform/database/model.ts';
import { Schema } from 'mongoose';
import type { OutboxEvent } from '../../../platform/database/outbox.ts';
import type { GrantPurpose } from '../contract/grants.ts';

/** 授权查看. Every act on it is one guarded update of this document. */
export interface GrantDocument {
  _id: string;
  unitCode: string;
  /** The live right when it was given: another right, and it holds no more (转移、更名、注销). */
  rightId: string;
  giver: { accountId: string; personIndex: string };
  purpose: GrantPurpose;
  forWhom: string;
  givenAt: Date;
  until: Date;
  usesAllowed: number | null;
  uses: number;
  lastUsedAt: Date | null;
  revoked: { at: Date; by: string } | null;
  /** 16 random bytes, base64url: with the key of the office the token follows from it, so the owner can show it again. */
  salt: string;
  /** MAC of the token: a dump of the database opens nothing. */
  tokenMac: string;
  created: { key: string; fingerprint: string };
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const grants = defineModel<GrantDocument>({
  collection: 'look-grants',
  outbox: true,
  fields: {
    _id: String,
    unitCode: String,
    rightId: String,
    giver: mixed,
    purpose: String,
    forWhom: String,
    givenAt: Date,
    until: Date,
    usesAllowed: Number,
    uses: Number,
    lastUsedAt: Date,
    revoked: mixed,
    salt: String,
    tokenMac: String,
    created: { _id: false, key: String, fingerprint: String },
  } as never,
  indexes: [
    {
      key: { tokenMac: 1 },
      options: { name: 'token', unique: true },
      because: 'a token opens one permission, looked up without telling what exists',
    },
    {
      key: { 'giver.accountId': 1, 'created.key': 1 },
      options: { name: 'created-once', unique: true },
      because: 'one request key of one owner gives one permission, however often it is sent',
    },
    {
      key: { unitCode: 1, givenAt: -1, _id: -1 },
      options: { name: 'by-unit' },
      because: 'what the owners of a unit have given, newest first',
    },
  ],
  // However many looks race, the last allowed one is the last: held against any client of the database.
  validator: {
    $expr: { $or: [{ $eq: ['$usesAllowed', null] }, { $lte: ['$uses', '$usesAllowed'] }] },
  },
});
