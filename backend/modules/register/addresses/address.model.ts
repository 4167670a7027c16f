import { defineModel } from '../../../platform/database/model.ts';

/** A building of which the register has units, or a house or plot of its own: what an address names before the door. */
export interface BuildingDocument {
  /** The folded place, district first: `东昌府区湖滨路88#望湖苑6#`. */
  _id: string;
  district: string;
  /** As the register writes it, without the doors. */
  address: string;
  /** See place-tokens.ts. */
  tokens: string[];
}

/**
 * The directory of places, derived from the addresses of the units. It is written before the units that lie in them: what is cut off leaves a
 * building too many, which finds nothing, and never a unit that cannot be found.
 */
export const buildings = defineModel<BuildingDocument>({
  collection: 'buildings',
  fields: {
    _id: { type: String, required: true },
    district: { type: String, required: true },
    address: { type: String, required: true },
    tokens: { type: [String], required: true },
  },
  indexes: [
    {
      key: { tokens: 1 },
      options: { name: 'buildings_by_token' },
      because:
        'a substring of an address is the prefix of a token; twenty places a unit less than on the units themselves',
    },
    {
      key: { district: 1, tokens: 1 },
      options: { name: 'buildings_by_district_token' },
      because: 'a common name (人民路) in one district, without reading those of the others',
    },
  ],
});
