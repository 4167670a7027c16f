import type { Collection, Document, Filter } from 'mongodb';
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
/** So few that each is read; with more, a rarer word is looked for among what was typed. */
const FEW = 200;

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
  const { patterns, exact } = pattern;
  const candidates = await rarest(collection, pattern);
  const { filter, hint, few } = candidates;
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
    (!exact && !few && (await countUpTo(collection, candidates, MOST_EXAMINED)) === MOST_EXAMINED);
  return { items: items.slice(0, MOST), more };
}

interface Candidates {
  filter: Filter<BuildingDocument>;
  hint: string;
  /** Bounds in the index of `hint`. */
  min: Document;
  max: Document;
}

function candidatesBy(district: string | null, token: string): Candidates {
  // 𠅤 and the like sort behind \uffff.
  const [from, to] = [token, `${token}\u{10ffff}`];
  const inDistrict = district ? { district } : {};
  return {
    // One token between the two, not one above and another below.
    filter: { ...inDistrict, tokens: { $elemMatch: { $gte: from, $lt: to } } },
    hint: district ? 'buildings_by_district_token' : 'buildings_by_token',
    min: { ...inDistrict, tokens: from },
    max: { ...inDistrict, tokens: to },
  };
}

/** How many there are, up to `most`: from keys of the index alone. A count by the filter would read every place. */
async function countUpTo(
  collection: Collection<BuildingDocument>,
  { hint, min, max }: Candidates,
  most: number,
): Promise<number> {
  const keys = { hint, min, max, returnKey: true, limit: most };
  // In one answer, of which nothing is decoded.
  return (await collection.find({}, { ...keys, batchSize: most, raw: true }).toArray()).length;
}

/**
 * The places by the first token; where those are many and other tokens were typed, by one of which there are few. `few`: there are so few that all
 * of them are looked at.
 */
async function rarest(
  collection: Collection<BuildingDocument>,
  { district, token, others }: PlacePattern,
): Promise<Candidates & { few: boolean }> {
  const first = candidatesBy(district, token);
  if (others.length === 0) return { ...first, few: false };
  for (const candidates of [first, ...others.map((other) => candidatesBy(district, other))]) {
    if ((await countUpTo(collection, candidates, FEW + 1)) <= FEW) return { ...candidates, few: true };
  }
  return { ...first, few: false };
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
