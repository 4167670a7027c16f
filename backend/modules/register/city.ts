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

/**
 * The place that registers in a district: a county or a city of its rank by itself, the districts of the city through the city
 * (条例7). `seeds/reference/dictionaries/districts.json` gives certificates the same place; a test compares them.
 */
export function registryPlaceOf(code: string): Sentence {
  const name = findDistrict(code)?.name;
  return name && !name.zh.endsWith('区') ? name : DISTRICTS[CITY.code]!;
}

export const DISTRICT_CODES: readonly string[] = Object.keys(DISTRICTS).filter((code) => code !== CITY.code);
