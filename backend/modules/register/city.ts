import type { Sentence } from '../../platform/errors.ts';

/** The city this register belongs to: what certificate numbers and unit codes carry (domain.md §4.6). */
export const CITY = {
  provinceShort: '鲁',
  code: '371500',
  name: '聊城市',
} as const;

/** 登记机构 of a city or county, as it stands on the certificates that carry the place's name. */
export const agencyAt = (place: string): string => `${place}自然资源和规划局`;

const DISTRICTS: Readonly<Record<string, Sentence>> = {
  '371500': { zh: '聊城市', en: 'Liaocheng' },
  '371502': { zh: '东昌府区', en: 'Dongchangfu District' },
  '371503': { zh: '茌平区', en: 'Chiping District' },
  '371521': { zh: '阳谷县', en: 'Yanggu County' },
  '371522': { zh: '莘县', en: 'Shen County' },
  '371524': { zh: '东阿县', en: "Dong'e County" },
  '371525': { zh: '冠县', en: 'Guan County' },
  '371526': { zh: '高唐县', en: 'Gaotang County' },
  '371581': { zh: '临清市', en: 'Linqing City' },
};

/** 茌平县 371523 became 茌平区 371503 in 2019; unit codes written before keep the old six digits. */
const HISTORIC_DISTRICTS: Readonly<Record<string, string>> = { '371523': '371503' };

/** The district that answers for a unit code today; null when it lies outside the city (条例17(四): tell the right office). */
export function findDistrict(code: string): { code: string; name: Sentence } | null {
  const current = HISTORIC_DISTRICTS[code] ?? code;
  const name = DISTRICTS[current];
  return name ? { code: current, name } : null;
}

const HISTORIC_NAMES: Readonly<Record<string, string>> = { 茌平县: '371503' };
const NAMES: readonly (readonly [name: string, code: string])[] = [
  ...Object.entries(DISTRICTS).map(([code, name]) => [name.zh, code] as const),
  ...Object.entries(HISTORIC_NAMES),
].filter(([, code]) => code !== CITY.code);

/** The district by whose full name, of today or of before, a text begins; null when it begins with none. */
export function districtNamed(text: string): { name: string; code: string } | null {
  const [name, code] = NAMES.find(([one]) => text.startsWith(one)) ?? [];
  return name && code ? { name, code } : null;
}

/** The name of a district without 区, 县 or 市, if a text begins with that; two characters at least (莘县 has none). */
export function districtShortNamed(text: string): string | null {
  const shorts = NAMES.map(([name]) => name.slice(0, -1)).filter((short) => short.length > 1);
  return shorts.find((short) => text.startsWith(short)) ?? null;
}

export const isPartOfDistrictName = (text: string): boolean => NAMES.some(([name]) => name.includes(text));

/**
 * The place that registers in a district: a county or a city of its rank by itself, the districts of the city through the city
 * (条例7). `seeds/reference/dictionaries/districts.json` gives certificates the same place; a test compares them.
 */
export function registryPlaceOf(code: string): Sentence {
  const name = findDistrict(code)?.name;
  return name && !name.zh.endsWith('区') ? name : DISTRICTS[CITY.code]!;
}

/** By its code: which districts have the same registry. */
export function registryCodeOf(code: string): string {
  const district = findDistrict(code);
  return district && !district.name.zh.endsWith('区') ? district.code : CITY.code;
}

export const DISTRICT_CODES: readonly string[] = Object.keys(DISTRICTS).filter((code) => code !== CITY.code);
