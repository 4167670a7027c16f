import {
  findUnitsByCodes,
  formatCertificateNo,
  importUnits,
  type UnitImport,
} from '../../../backend/modules/register/index.ts';
import { importCertificates } from '../../../backend/modules/certificates/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { createChance } from '../register/chance.ts';
import { doorsOf } from '../register/doors.ts';
import { holding } from '../register/people.ts';
import { DISTRICTS, type District } from '../register/places.ts';
import { encumbranceOf, rightOf, unitOf } from '../register/rights.ts';
import { OFFICE_IDS, OFFICE_MIX, type OfficeId } from './bureau.ts';
import { yearBanks, yearCitizens } from './people.ts';

/** The property of the demo year: second phases of the demo's estates, so that no unit of the register to try things on is taken. */

const SEED = 20261130;
const WHOLE = { numerator: 1, denominator: 1 };
const OWNED_ON = '2021-03-15';
const MORTGAGED_ON = '2021-03-22';
/** Of a range that the register's own numbers of that year do not reach. */
const FIRST_NUMBER = 600_001;
const BATCH = 100;

export interface YearUnit {
  code: string;
  address: string;
  district: string;
  office: OfficeId;
  certificateNo: string;
  mortgageNo: string | null;
  /** Places among the citizens and the banks of the year. */
  owner: number;
  bank: number;
}

const DISTRICT_OF: Readonly<Record<OfficeId, string>> = {
  'liaocheng-centre': '371502',
  linqing: '371581',
  chiping: '371503',
  yanggu: '371521',
};

/** The place of the hall's district; its parcels stand behind those of the first phases. */
function secondPhase(office: OfficeId, homes: number): { district: District; parcelFrom: number } {
  const place = DISTRICTS.findIndex(({ unitCodePrefix }) => unitCodePrefix === DISTRICT_OF[office]);
  const district = DISTRICTS[place]!;
  const estates = district.estates.map((estate) => ({ ...estate, name: `${estate.name}二期` }));
  return { district: { ...district, homes, estates }, parcelFrom: 401 + place * 20 };
}

export interface YearUnits {
  units: YearUnit[];
  imports: UnitImport[];
}

/** `wanted` units a hall, free and mortgaged. The same at every call. */
export function generateYearUnits(
  wanted: Readonly<Record<OfficeId, { free: number; mortgaged: number }>>,
): YearUnits {
  const chance = createChance(SEED);
  const people = yearCitizens();
  const banks = yearBanks();
  const units: YearUnit[] = [];
  const imports: UnitImport[] = [];
  for (const office of OFFICE_IDS) {
    const { free, mortgaged } = wanted[office];
    const { district, parcelFrom } = secondPhase(office, free + mortgaged);
    for (const [place, door] of doorsOf(district, parcelFrom, chance).entries()) {
      const n = units.length;
      const owner = n % people.length;
      const bank = n % banks.length;
      const certificateNo = formatCertificateNo('title', 2021, FIRST_NUMBER + n);
      const right = rightOf(door, [holding(people[owner]!, WHOLE)], 0, { on: OWNED_ON, certificateNo });
      const mortgageNo =
        place < mortgaged ? formatCertificateNo('certification', 2021, FIRST_NUMBER + n) : null;
      const mortgage = encumbranceOf(door.unitCode, 'mortgage', MORTGAGED_ON, {
        holders: [holding(banks[bank]!, null)],
        certificateNo: mortgageNo,
        mortgage: {
          mode: 'general',
          amountFen: 40_000_000 + (n % 60) * 1_000_000,
          transferRestricted: false,
          debtFrom: MORTGAGED_ON,
          debtUntil: '2041-03-22',
          scope: '主债权及利息、违约金、实现抵押权的费用',
          underConstruction: false,
        },
      });
      imports.push(unitOf(door, [right], mortgageNo === null ? [] : [mortgage]));
      const { unitCode: code, address, district: districtCode } = door;
      units.push({ code, address, district: districtCode, office, certificateNo, mortgageNo, owner, bank });
    }
  }
  return { units, imports };
}

/** How many units a hall needs, so that no unit has two open cases, and none has had too many. */
export function unitsWanted(
  count: number,
  open: ReadonlyMap<string, number>,
): Record<OfficeId, { free: number; mortgaged: number }> {
  const least = (office: OfficeId, part: number) => Math.ceil(count * OFFICE_MIX[office] * part);
  return Object.fromEntries(
    OFFICE_IDS.map((office) => [
      office,
      {
        free: Math.max(least(office, 0.04), open.get(`${office}|free`) ?? 0) + 1,
        mortgaged: Math.max(least(office, 0.012), open.get(`${office}|mortgaged`) ?? 0) + 1,
      },
    ]),
  ) as Record<OfficeId, { free: number; mortgaged: number }>;
}

/** Idempotent; in small batches, so that requests are served in between. */
export async function loadYearUnits(p: Platform, imports: readonly UnitImport[]): Promise<void> {
  for (let start = 0; start < imports.length; start += BATCH) {
    const batch = imports.slice(start, start + BATCH);
    await importUnits(p, batch);
    const codes = batch.map(({ _id }) => _id);
    await importCertificates(p, await findUnitsByCodes(p, codes));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
