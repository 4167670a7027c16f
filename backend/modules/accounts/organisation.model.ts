import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import { ORGANISATION_KINDS, type OrganisationKind, type OrganisationStatus } from './contract.ts';

export interface OrganisationDocument {
  _id: string;
  kind: OrganisationKind;
  name: string;
  /** 统一社会信用代码 (GB 32100): public, so not encrypted. */
  creditCode: string;
  status: OrganisationStatus;
  createdAt: Date;
  /** The member who signed it up, or the administrator who created it. */
  createdBy: string;
  confirmed: { at: Date; by: string } | null;
  disabled: { at: Date; by: string; reason: string } | null;
  revision: number;
  outbox?: OutboxEvent[];
}

export const organisations = defineModel<OrganisationDocument>({
  collection: 'organisations',
  fields: {
    _id: String,
    kind: String,
    name: String,
    creditCode: String,
    status: String,
    createdAt: Date,
    createdBy: String,
    confirmed: Schema.Types.Mixed,
    disabled: Schema.Types.Mixed,
    revision: Number,
  },
  indexes: [
    {
      key: { creditCode: 1 },
      options: { name: 'credit_code_unique', unique: true },
      because: 'an organisation signs up once',
    },
    {
      key: { status: 1, _id: 1 },
      options: { name: 'status' },
      because: 'the list of those who wait for confirmation, by page',
    },
  ],
  validator: {
    $jsonSchema: {
      bsonType: 'object',
      required: ['_id', 'kind', 'name', 'creditCode', 'status', 'revision'],
      properties: {
        kind: { enum: [...ORGANISATION_KINDS] },
        status: { enum: ['waiting', 'active', 'disabled'] },
      },
    },
  },
  outbox: true,
});
