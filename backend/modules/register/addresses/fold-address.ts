import { districtNamed, findDistrict } from '../city.ts';

/**
 * One writing for the many in which people and registers write an address (坐落). Pure. `六号楼`, `6栋`, `６＃` and `6幢` are one building;
 * Chinese and Arabic numerals, full and half width, spaces and brackets make no difference. What is folded is only compared,
 * never shown.
 */

/** Han numerals and what numbers of doors are made of. */
const DIGIT = '0-9A-Z〇零一二三四五六七八九十百';
const HAN_DIGITS = '零一二三四五六七八九';
const MOST_SEGMENTS = 12;

/** An address, or what somebody typed of one, cut where the building ends (domain.md §6.2: strangers see no further). */
export interface AddressParts {
  /** Up to the building, or to the house where there is none above it: as written, but for width, spaces and brackets. */
  place: string;
  /** What names one unit in it, as written: `2单元1102`. Empty for a house of its own. */
  door: string;
}

/**
 * Width, case, spaces, brackets and dashes. A space between two numbers keeps them apart, as people type `6 2 1102`; one between two words
 * stays as `|` where `words` asks for it.
 */
export function plainAddress(text: string, { words = false } = {}): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212~]+/g, '-')
    .replace(/([0-9A-Z])\s+(?=[0-9A-Z])/g, '$1-')
    .replace(/(?<=\p{Script=Han})[\s,;、|]+(?=\p{Script=Han})/gu, words ? '|' : '')
    .replace(/[^\p{Script=Han}〇0-9A-Z#|-]+/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^(?:山东省\|?)?(?:聊城市\|?)?/, '');
}

const BUILDING = new RegExp(`^(.*(?:[${DIGIT}](?:号楼|#楼?|幢|栋)|[0-9A-Z]座))(.*)$`, 'su');
const STAIR = new RegExp(`^(.*?[^${DIGIT}])((?:[${DIGIT}]+|[东西南北中])单元.*)$`, 'su');
const HYPHENS = /^(.*[^0-9A-Z-])([0-9A-Z]{1,4})-([0-9A-Z]+(?:-[0-9A-Z]+)*)室?$/su;
const ROOM = new RegExp(`^(.*(?:号|楼|院))([${DIGIT}-]{2,6})(?:室|号房|房)?$`, 'su');

/** Of an address that `plainAddress` has gone over. */
export function splitAddress(plain: string): AddressParts {
  const building = BUILDING.exec(plain);
  if (building) return { place: building[1]!, door: building[2]!.replace(/^-/, '') };
  const stair = STAIR.exec(plain);
  if (stair) return { place: stair[1]!, door: stair[2]! };
  // 望湖苑6-2-1102: the first number is the building's.
  const [, estate, no, door] = HYPHENS.exec(plain) ?? [];
  if (door) return { place: `${estate}${no}号楼`, door };
  const room = ROOM.exec(plain);
  return room ? { place: room[1]!, door: room[2]! } : { place: plain, door: '' };
}

/** A place as it is compared: `东昌府区湖滨路88#望湖苑6#`. */
export function foldPlace(place: string): string {
  return foldNumerals(place)
    .replace(/(?<=[0-9A-Z])(?:号楼|#楼?|幢|栋|座|弄|号)/g, '#')
    .replace(/(?<![0-9])0+(?=[0-9])/g, '');
}

/** The same of a stored address, under the district's name of today whichever the address gives. */
export function foldStoredPlace(place: string, district: string): string {
  const named = districtNamed(place);
  const rest = named ? place.slice(named.name.length) : place;
  return `${findDistrict(district)?.name.zh ?? ''}${foldPlace(rest)}`;
}

/**
 * A door as it is compared: numbers joined by hyphens, `2-1102`. A floor beside a number of a room says nothing new and is left
 * out, so that `2单元11层1102室` and `2-1102` are one.
 */
export function foldDoor(door: string): string {
  const plain = foldNumerals(door);
  const room = Math.max(...[...plain.matchAll(/[0-9]{3}/g)].map(({ index }) => index), -1);
  return plain
    .replace(/[0-9]+[层楼]/g, (floor, at: number) => (at < room ? '-' : floor))
    .replace(/单元|商铺|车位|号楼|号房|室|层|楼|户|号|门|房|#/g, '-')
    .replace(/(?<![0-9])0+(?=[0-9])/g, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
}

/** A door in full and without what stands before its last numbers: people leave the 单元 out. At most four. */
export function doorSuffixes(door: string): string[] {
  const parts = door.split('-');
  const suffixes = parts.map((_, index) => parts.slice(index).join('-'));
  return suffixes.filter((suffix, index) => index === 0 || suffix.length > 1).slice(0, 4);
}

/**
 * Cuts what was typed where people leave something out, after a number and after a street without one: `东昌路望湖苑6#` also finds
 * `东昌路88#望湖苑6#`, and `东昌路8#` no `东昌路88#`.
 */
export function segmentsOf(folded: string): string[] {
  const cut =
    folded.match(/.+?(?:(?:街道办事处|街道|大道|[路巷乡镇村]|街(?![坊区心道]))(?![0-9A-Z])|#|$)/gsu) ?? [];
  const segments: string[] = [];
  for (const part of cut) {
    // A single character says too little by itself.
    if (segments.length > 0 && [...part].length < 2) segments[segments.length - 1] += part;
    else segments.push(part);
  }
  return segments.slice(0, MOST_SEGMENTS);
}

/** `二十三` 23, `一百零二` 102, `一二` 12, `十` 10; 百 by itself stays, it begins names (百货大楼). */
export function foldNumerals(text: string): string {
  return text.replace(/[〇零一二三四五六七八九十百]+/gu, (run) => {
    const plain = run.replaceAll('〇', '零');
    const parts =
      /^(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)$/u.exec(
        plain,
      );
    if (parts && /[十百]/.test(plain)) {
      const [, hundreds, tens, ten, ones] = parts;
      const digit = (han: string | undefined) => HAN_DIGITS.indexOf(han || '零');
      return String(digit(hundreds) * 100 + (ten ? digit(tens || '一') * 10 : 0) + digit(ones));
    }
    return [...plain].map((han) => (HAN_DIGITS.includes(han) ? HAN_DIGITS.indexOf(han) : han)).join('');
  });
}
