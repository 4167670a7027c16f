import { defineModel } from '../../platform/database/model.ts';

export interface ThrottleDocument {
  /** `purpose:key`, where key is a MAC: neither login nor address is readable. */
  _id: string;
  failures: number;
  /** No attempt is looked at before this. */
  blockedUntil: Date;
  /** Failures are forgotten after this. */
  forgetAt: Date;
}

export const throttles = defineModel<ThrottleDocument>({
  collection: 'sign-in-throttles',
  fields: { _id: String, failures: Number, blockedUntil: Date, forgetAt: Date },
  indexes: [
    { key: { forgetAt: 1 }, options: { name: 'forget_at' }, because: 'the sweep of what is forgotten' },
  ],
});
