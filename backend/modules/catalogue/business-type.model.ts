import { defineModel } from '../../platform/database/model.ts';

/** One version of a business type, never changed once a case may refer to it. */
export interface BusinessTypeDocument {
  /** `ZY02@1`. */
  _id: string;
  code: string;
  version: number;
  validFrom: string;
  /** The type as JSON text: its form schema has keys (`$ref`, `$defs`) that a database document must not have. */
  content: string;
}

export const businessTypes = defineModel<BusinessTypeDocument>({
  collection: 'business-types',
  fields: { _id: String, code: String, version: Number, validFrom: String, content: String },
  indexes: [
    {
      key: { code: 1, version: -1 },
      options: { name: 'code-version', unique: true },
      because: 'a version of a type exists once; the newest is found without a scan',
    },
  ],
});
