import type { Collection } from 'mongodb';
import type { Platform } from '../../../platform/platform.ts';
import { findDistrict } from '../city.ts';
import type { AddressHitView, AddressSearchView } from '../contract.ts';
import { units, type UnitDocument } from '../unit.model.ts';
import { sealHit } from './address-hit.ts';
import { buildings, type BuildingDocument } from './address.model.ts';
import { foldDoor, plainAddress, splitAddress } from './fold-address.ts';
import { addressKeyOf } from './list-address.ts';
import { placePattern, type PlacePattern } from './place-pattern.ts';

const MOST = 20;
/** Places that one search looks at, however common the name: twenty thousand on a 人民路 must cost little more than twenty. */
const MOST_EXAMINED = 2_000;

type UnitAt = Pick<UnitDocument, '_id' | 'address' | 'addressKeys' | 'district' | 'status'>;

/**
 * Finds by address (坐落). What is typed as far as a building gives buildings; where it names the door as well, or the place is a house of its
 * own, the units themselves, each as a sealed hit. So nobody is shown a door that they did not name (坐落 to 楼栋 level, domain.md §6.2),
 * and nobody at all an owner or a unit code. At most `MOST` of them, in the order of their numbers.
 */
export async function searchAddresses(
  p: Platform,
  accountId: string,
  text: string,
): Promise<AddressSearchView> {
  const typed = plainAddress(text, { words: true });
  const parts = splitAddress(typed);
  const place = parts.place.replace(/\|$/, '');
  const door = foldDoor(parts.door.replaceAll('|', ''));
  const named = await findBuildings(p, placePattern(place, { whole: door !== '' }));
  const found = await findUnitsAt(p, named.items, door);
  if (door === '') return view(p, accountId, { ...named, found, doorFound: null });
  if (found.length > 0) return view(p, accountId, { items: [], more: named.more, found, doorFound: true });
  // 88号12 may be the beginning of 12号楼; else the building is named without the door, or the estate without the building.
  const begun = await findBuildings(p, placePattern(typed));
  if (begun.items.length > 0) return view(p, accountId, { ...begun, found: [], doorFound: null });
  const around = await findBuildings(p, placePattern(place));
  return view(p, accountId, { ...around, found: [], doorFound: false });
}

interface Buildings {
  items: BuildingDocument[];
  /** There are others that fit, or some that were not looked at. */
  more: boolean;
}

const NONE: Buildings = { items: [], more: false };

/** By the prefix of a token, then by all of what was typed. At most `MOST_EXAMINED` documents are read. */
async function findBuildings(p: Platform, pattern: PlacePattern | null): Promise<Buildings> {
  if (!pattern) return NONE;
  const collection = buildings(p).collection as unknown as Collection<BuildingDocument>;
  const { district, token, patterns, exact } = pattern;
  // One token between the two, not one above and another below. 𠅤 and the like sort behind \uffff.
  const tokens = { $elemMatch: { $gte: token, $lt: `${token}\u{10ffff}` } };
  const filter = { ...(district ? { district } : {}), tokens };
  const hint = district ? 'buildings_by_district_token' : 'buildings_by_token';
  const fitting = patterns.map((one) => ({ _id: { $regex: one } }));
  const items = await collection
    .aggregate<BuildingDocument>(
      [
        { $match: filter },
        // Before the verifying match, so that what does not fit is bounded, too.
        { $limit: MOST_EXAMINED },
        ...(exact ? [] : [{ $match: { $and: fitting } }]),
        { $limit: MOST + 1 },
        { $project: { tokens: 0 } },
      ],
      { hint },
    )
    .toArray();
  const more =
    items.length > MOST ||
    (!exact && (await collection.countDocuments(filter, { hint, limit: MOST_EXAMINED })) === MOST_EXAMINED);
  return { items: items.slice(0, MOST), more };
}

/** Units with this door in any of the buildings; an empty door finds the houses that are a unit of their own. */
async function findUnitsAt(
  p: Platform,
  places: readonly BuildingDocument[],
  door: string,
): Promise<UnitAt[]> {
  if (places.length === 0) return [];
  const addressKeys = { $in: places.map(({ _id }) => addressKeyOf(_id, door)) };
  return (await units(p)
    .find(
      { addressKeys, status: { $ne: 'cancelled' } },
      { address: 1, addressKeys: 1, district: 1, status: 1 },
    )
    .hint('units_by_address')
    .limit(MOST + 1)
    .lean()) as UnitAt[];
}

interface Found extends Buildings {
  found: readonly UnitAt[];
  doorFound: boolean | null;
}

const byAddress = new Intl.Collator('zh-CN', { numeric: true });

function view(p: Platform, accountId: string, { items, more, found, doorFound }: Found): AddressSearchView {
  const houses = new Set(found.flatMap(({ addressKeys }) => addressKeys));
  const places = items.filter(({ _id }) => !houses.has(addressKeyOf(_id, '')));
  const hits = [
    ...found.map(({ _id, address, district }) =>
      hitView(plainAddress(address), district, () => sealHit(p, accountId, _id)),
    ),
    ...places.map(({ address, district }) => hitView(address, district, () => null)),
  ];
  hits.sort((one, other) => byAddress.compare(one.address, other.address));
  return { items: hits.slice(0, MOST), more: more || hits.length > MOST, doorFound };
}

function hitView(address: string, code: string, hit: () => string | null): AddressHitView {
  const district = findDistrict(code) ?? { code, name: { zh: code, en: code } };
  return { address, district, hit: hit() };
}
