import { findDistrict } from './city.ts';

const PATTERN = /^(\d{6})(\d{3})(\d{3})([GJZ])([A-Z])(\d{5})([FLQW])(\d{8})$/;

/** 宗地特征码, second letter (GB/T 37346-2019). */
const PARCEL_RIGHTS = 'ABSXCDEFHGWY';

export interface UnitCodeParts {
  /** 县级行政区划 */
  district: string;
  /** 地籍区 */
  cadastralDistrict: string;
  /** 地籍子区 */
  cadastralSubdistrict: string;
  /** 宗地特征码, two letters */
  parcelKind: string;
  /** 宗地顺序号 */
  parcelNo: string;
  /** 定着物特征码: F 房屋, L 林木, Q 其他, W 无定着物 */
  fixtureKind: string;
  /** 定着物单元号, for houses 4 digits of the building and 4 of the door */
  fixtureNo: string;
}

export type UnitCodeProblem = 'length' | 'pattern' | 'parcelKind' | 'emptyFixture' | 'elsewhere';

/** Full-width to half-width, spaces and hyphens dropped, letters upper-case. */
export function foldUnitCode(input: string): string {
  return input
    .normalize('NFKC')
    .replace(/[\s\u200b\-_.·]/gu, '')
    .toUpperCase();
}

/** Parts of a folded code, or null if it has not the form of one. */
export function parseUnitCode(code: string): UnitCodeParts | null {
  const match = PATTERN.exec(code);
  if (!match) return null;
  const [, district, area, subarea, ownership, use, parcelNo, fixtureKind, fixtureNo] =
    match as unknown as string[];
  return {
    district: district!,
    cadastralDistrict: area!,
    cadastralSubdistrict: subarea!,
    parcelKind: ownership! + use!,
    parcelNo: parcelNo!,
    fixtureKind: fixtureKind!,
    fixtureNo: fixtureNo!,
  };
}

/** The first thing wrong with a folded code, or null. `elsewhere`: another city's register answers for it. */
export function checkUnitCode(code: string): UnitCodeProblem | null {
  if (code.length !== 28) return 'length';
  const parts = parseUnitCode(code);
  if (!parts) return 'pattern';
  // OCR reads GB as G8 and the like: a digit fails the pattern, an unknown letter fails here.
  if (!PARCEL_RIGHTS.includes(parts.parcelKind[1] ?? '')) return 'parcelKind';
  if ((parts.fixtureKind === 'W') !== (parts.fixtureNo === '00000000')) return 'emptyFixture';
  return findDistrict(parts.district) ? null : 'elsewhere';
}

/** `371502 001001 GB00001 F00010001`, as certificates print it. */
export function groupUnitCode(code: string): string {
  return `${code.slice(0, 6)} ${code.slice(6, 12)} ${code.slice(12, 19)} ${code.slice(19)}`;
}
