import type { NaturalState } from '../../../backend/modules/register/index.ts';
import type { Chance } from './chance.ts';
import type { District, Estate } from './places.ts';

/** One door of an estate, before anybody owns it. */
export interface Door {
  unitCode: string;
  district: string;
  address: string;
  natural: NaturalState;
  use: 'home' | 'shop' | 'garage';
  /** First year in which it could be registered. */
  builtYear: number;
}

const STRUCTURES = ['钢筋混凝土结构', '混合结构'];

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

interface Building {
  estate: Estate;
  district: District;
  parcel: string;
  no: number;
  stairs: number;
  floors: number;
  builtYear: number;
}

/** Doors of a district, building by building, until there are enough. */
export function doorsOf(district: District, parcelFrom: number, chance: Chance): Door[] {
  const perEstate = Math.ceil(district.homes / district.estates.length);
  return district.estates
    .flatMap((estate, index) => doorsOfEstate(district, estate, parcelFrom + index, perEstate, chance))
    .slice(0, district.homes);
}

function doorsOfEstate(
  district: District,
  estate: Estate,
  parcelNo: number,
  wanted: number,
  chance: Chance,
): Door[] {
  const parcel = `${district.unitCodePrefix}${pad(1 + (parcelNo % 7), 3)}001GB${pad(parcelNo, 5)}`;
  const builtYear = chance.between(1998, 2019);
  const floors = chance.pick([6, 6, 11, 18]);
  const doors: Door[] = [];
  for (let no = 1; doors.length < wanted; no += 1) {
    const building = { estate, district, parcel, no, stairs: chance.between(2, 4), floors, builtYear };
    doors.push(...doorsOfBuilding(building, chance));
  }
  return doors.slice(0, wanted);
}

/** Half of a building is in the demo: the other half belongs to people who are not. */
function doorsOfBuilding(building: Building, chance: Chance): Door[] {
  const doors: Door[] = [];
  let serial = 0;
  for (let stair = 1; stair <= building.stairs; stair += 1) {
    for (let floor = 1; floor <= building.floors; floor += 1) {
      for (const side of [1, 2]) {
        serial += 1;
        if (chance.in100(50)) doors.push(makeDoor(building, { stair, floor, side, serial }, chance));
      }
    }
  }
  return doors;
}

function makeDoor(
  { estate, district, parcel, no, floors, builtYear }: Building,
  { stair, floor, side, serial }: { stair: number; floor: number; side: number; serial: number },
  chance: Chance,
): Door {
  const use = floor === 1 && chance.in100(22) ? 'shop' : chance.in100(4) ? 'garage' : 'home';
  const place = `${district.name}${estate.street}${estate.no}号${estate.name}${no}号楼`;
  const room = `${stair}单元${floor}${pad(side, 2)}`;
  const address = {
    home: `${place}${room}`,
    shop: `${place}${stair}单元1层${side}号商铺`,
    garage: `${place}地下车库${pad(serial, 3)}号车位`,
  }[use];
  return {
    unitCode: `${parcel}F${pad(no, 4)}${pad(serial, 4)}`,
    district: district.code,
    address,
    natural: naturalOf(use, { floors, floor, builtYear }, chance),
    use,
    builtYear,
  };
}

function naturalOf(
  use: Door['use'],
  { floors, floor, builtYear }: { floors: number; floor: number; builtYear: number },
  chance: Chance,
): NaturalState {
  const words = {
    home: { landUse: '城镇住宅用地', houseUse: '住宅', cm2: [6200, 14300] },
    shop: { landUse: '商服用地', houseUse: '商业服务', cm2: [3500, 22000] },
    garage: { landUse: '城镇住宅用地', houseUse: '车位', cm2: [1280, 3100] },
  }[use];
  const hundredths = chance.between(words.cm2[0]!, words.cm2[1]!);
  const shared = use === 'garage' ? 0 : Math.round(hundredths * 0.19);
  const area = (value: number) => (value / 100).toFixed(2);
  return {
    landUse: words.landUse,
    houseUse: words.houseUse,
    landNature: '出让',
    houseNature: builtYear < 2003 ? '房改房' : '市场化商品房',
    structure: floors > 7 ? STRUCTURES[0]! : STRUCTURES[1]!,
    areaM2: area(hundredths),
    innerAreaM2: use === 'garage' ? null : area(hundredths - shared),
    sharedAreaM2: use === 'garage' ? null : area(shared),
    floorsTotal: floors,
    floor: use === 'garage' ? '-1' : String(floor),
    completedOn: `${builtYear}-${pad(chance.between(1, 12), 2)}-${pad(chance.between(1, 28), 2)}`,
  };
}
