import type { Collection } from 'mongodb';
import { insertAbsent } from '../../../platform/database/insert-absent.ts';
import { findDistrict } from '../city.ts';
import type { BuildingDocument } from './address.model.ts';
import { doorSuffixes, foldDoor, foldStoredPlace, plainAddress, splitAddress } from './fold-address.ts';
import { placeTokens } from './place-tokens.ts';

export interface ListedAddress {
  building: BuildingDocument;
  /** For the unit: `<building>|<door>`, the door in full and without its 单元. */
  addressKeys: string[];
}

/** Pure: the building of an address and the keys of the unit in it. `district`: six digits of the unit. */
export function listedAddress(address: string, district: string): ListedAddress {
  const { place, door } = splitAddress(plainAddress(address));
  const id = foldStoredPlace(place, district);
  const name = findDistrict(district)?.name.zh ?? '';
  return {
    building: {
      _id: id,
      district: findDistrict(district)?.code ?? district,
      address: place,
      tokens: placeTokens(id, name),
    },
    addressKeys: doorSuffixes(foldDoor(door)).map((suffix) => addressKeyOf(id, suffix)),
  };
}

export const addressKeyOf = (buildingId: string, door: string): string => `${buildingId}|${door}`;

/**
 * Enters the buildings that the directory does not have yet; the others stay as they are. To be called before the units themselves are
 * written, see address.model.ts. `collection` is the driver's, so that a migration can call it, too.
 */
export async function listBuildings(
  collection: Pick<Collection<BuildingDocument>, 'find' | 'insertMany'>,
  listed: readonly ListedAddress[],
): Promise<void> {
  const wanted = new Map(listed.map(({ building }) => [building._id, building]));
  const known = await collection
    .find({ _id: { $in: [...wanted.keys()] } }, { projection: { _id: 1 } })
    .toArray();
  for (const { _id } of known) wanted.delete(_id);
  await insertAbsent(collection as never, [...wanted.values()]);
}
