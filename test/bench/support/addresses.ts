/** A million addresses as a city of Liaocheng's size has them: flats in estates, houses in villages. Made up, the same at every run. */

const STREETS = [
  ...['东昌', '湖南', '柳园', '兴华', '花园', '振兴', '建设', '昌润', '卫育', '聊堂', '松桂', '财干'],
  ...['湖滨', '站前', '利民', '陈口', '龙山', '向阳', '光岳', '黄山', '嘉明', '东环', '黑龙江', '中华'],
  ...['徒骇河', '兴隆', '人民', '新华', '文化', '健康', '铁塔', '古楼', '枣乡', '铝城', '先锋', '大众'],
];
const KINDS = ['路', '东路', '西路', '南路', '北路', '街'];
const FIRST = [
  ...[
    '阳光',
    '望湖',
    '观湖',
    '水岸',
    '金鼎',
    '凤凰',
    '运河',
    '明珠',
    '孟达',
    '昌润',
    '锦绣',
    '龙城',
    '世纪',
    '星光',
  ],
  ...[
    '江北',
    '东昌',
    '光岳',
    '月季',
    '荷香',
    '国际',
    '御景',
    '翡翠',
    '滨河',
    '香江',
    '民生',
    '裕昌',
    '当代',
    '名人',
  ],
];
const SECOND = ['', '新', '丽', '华', '一品', '怡', '和', '尚', '东方', '中央', '雅', '福'];
const LAST = ['花园', '小区', '家园', '新城', '苑', '公馆', '名邸', '广场', '华庭', '嘉园'];
const DISTRICTS = [
  ['371502', '东昌府区'],
  ['371502', '东昌府区'],
  ['371502', '东昌府区'],
  ['371503', '茌平区'],
  ['371581', '临清市'],
  ['371521', '阳谷县'],
  ['371522', '莘县'],
  ['371524', '东阿县'],
  ['371525', '冠县'],
  ['371526', '高唐县'],
] as const;
const SURNAMES = ['李', '王', '张', '刘', '孙', '赵', '陈', '杨', '周', '许'];
const FLATS_OF_BUILDING = 72;
const BUILDINGS_OF_ESTATE = 12;
/** Every tenth estate of a city bears the name that all cities have. */
const COMMON_ESTATE = '阳光花园';

export interface BenchAddress {
  unitCode: string;
  district: string;
  address: string;
}

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

function estateOf(estate: number): { district: readonly [string, string]; place: string } {
  const district = pick(DISTRICTS, estate * 7);
  const street = `${pick(STREETS, estate)}${pick(KINDS, Math.floor(estate / STREETS.length))}`;
  const own = `${pick(FIRST, estate * 5)}${pick(SECOND, Math.floor(estate / 28))}${pick(LAST, Math.floor(estate / 3))}`;
  const name = estate % 10 === 0 ? COMMON_ESTATE : own;
  return { district, place: `${district[1]}${street}${1 + ((estate * 37) % 300)}号${name}` };
}

/** The `n`-th: seven of ten are flats, the others houses of villages. */
export function benchAddress(n: number): BenchAddress {
  if (n % 10 >= 7) {
    const house = Math.floor(n / 10) * 3 + (n % 10) - 7;
    const [district, name] = pick(DISTRICTS, Math.floor(house / 90));
    const village = Math.floor(house / 75);
    const [township, own, surname] = [village % 36, Math.floor(village / 36), Math.floor(village / 1_008)];
    const at = `${pick(STREETS, township)}${pick(['街道', '镇', '乡'], township)}${pick(FIRST, own)}${pick(SURNAMES, surname)}${pick(['庄村', '家村', '屯村'], village)}`;
    return {
      unitCode: `${district}${pad(100 + (village % 800), 3)}001JC${pad(village % 100_000, 5)}F${pad(Math.floor(house / 10_000), 4)}${pad(house % 10_000, 4)}`,
      district,
      address: `${name}${at}${1 + (house % 75)}号`,
    };
  }
  const flat = Math.floor(n / 10) * 7 + (n % 10);
  const building = Math.floor(flat / FLATS_OF_BUILDING);
  const estate = Math.floor(building / BUILDINGS_OF_ESTATE);
  const { district, place } = estateOf(estate);
  const at = flat % FLATS_OF_BUILDING;
  const door = `${1 + Math.floor(at / 36)}单元${1 + Math.floor((at % 36) / 2)}${pad(1 + (at % 2), 2)}`;
  return {
    unitCode: `${district[0]}${pad(1 + (estate % 90), 3)}001GB${pad(estate % 100_000, 5)}F${pad(building % 10_000, 4)}${pad(at, 4)}`,
    district: district[0],
    address: `${place}${1 + (building % BUILDINGS_OF_ESTATE)}号楼${door}`,
  };
}

const DISTRICT = /^(?:东昌府区|茌平区|临清市|..?县)/;
const flatOf = (n: number) => benchAddress(n - (n % 10));
const streetOf = (address: string) => /^(.*?\d+号)/.exec(address.replace(DISTRICT, ''))?.[1] ?? '';
const estateNameOf = (address: string) => /\d+号([^\d]*)\d+号楼/.exec(address)?.[1] ?? '';

/** What people type, and what is worst for the search. `n`: any unit, which is looked for. */
export const QUERIES: Readonly<Record<string, (n: number) => string>> = {
  // Looks nothing up: what an answer costs of itself, session and limit included.
  'one character': () => '路',
  'estate, building and door': (n) => flatOf(n).address.replace(/^.*?号/, ''),
  'door as 6-2-1102': (n) =>
    flatOf(n)
      .address.replace(/^.*?\d号/, '')
      .replace(/号楼|单元/g, '-'),
  'whole address': (n) => flatOf(n).address,
  'estate and building': (n) =>
    flatOf(n)
      .address.replace(/^.*?号/, '')
      .replace(/号楼.*$/, '号楼'),
  estate: (n) => estateNameOf(flatOf(n).address),
  'piece of an estate’s name': (n) => estateNameOf(flatOf(n).address).slice(1),
  'street and number': (n) => streetOf(flatOf(n).address),
  'street, estate, building': (n) =>
    flatOf(n)
      .address.replace(DISTRICT, '')
      .replace(/\d+号(?!楼)/, '')
      .replace(/号楼.*$/, '号楼'),
  'house of a village': (n) => benchAddress(n - (n % 10) + 7).address.replace(DISTRICT, ''),
  'common street': (n) => `${pick(STREETS, n)}路`,
  'common estate': () => COMMON_ESTATE,
  'common estate in a district': (n) => `${pick(DISTRICTS, n)[1]}${COMMON_ESTATE}`,
  'common word and one that is nowhere': () => `${COMMON_ESTATE} 南京路`,
  // Either leads to a thousand and more, and by its number no estate of that name is on a street of an odd place in the list.
  'common words that do not meet': (n) => `${COMMON_ESTATE} ${STREETS[1 + 2 * (n % 18)]}`,
  'number alone': (n) => `${1 + (n % 300)}号`,
  'nothing there': (n) => `南京${n % 100}路玄武小区`,
  'regex characters': (n) => `(${pick(STREETS, n)}.*)+路[^$]{2,}`,
};
