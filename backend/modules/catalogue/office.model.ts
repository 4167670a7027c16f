import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { Office } from './contract.ts';

/** A hall (办事大厅). Loaded once from the reference data, then the administrator's. */
export type OfficeDocument = Omit<Office, 'id'> & { _id: string };

export const offices = defineModel<OfficeDocument>({
  collection: 'offices',
  fields: {
    _id: String,
    name: Schema.Types.Mixed,
    districtCode: String,
    address: Schema.Types.Mixed,
    phone: String,
    hours: Schema.Types.Mixed,
    hoursNote: Schema.Types.Mixed,
    windows: Schema.Types.Mixed,
    transport: Schema.Types.Mixed,
    accessibility: Schema.Types.Mixed,
  } as never,
  // A handful of documents, always read whole.
  indexes: [],
});
