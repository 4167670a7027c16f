import type { NaturalState, UnitImport } from '../../../backend/modules/register/index.ts';
import { DEMO_CITIZENS, DEMO_ORGANISATIONS } from '../accounts.ts';
import { addMonths } from './days.ts';
import { creditCode, holding, organisation, person } from './people.ts';
import { encumbranceOf, rightOf, unitOf } from './rights.ts';

/** The properties of the demo accounts: one for each journey. Their numbers are in the README. */

const { seller, borrower, renamed, debtor, elder } = DEMO_CITIZENS;
const { bank, court, developer } = DEMO_ORGANISATIONS;
const WHOLE = { numerator: 1, denominator: 1 };
const HALF = { numerator: 1, denominator: 2 };
const BANK = organisation(bank.name, bank.creditCode);

export const WELL_KNOWN = {
  /** 赵明远: free of everything, to be sold. */
  seller: '371502001001GB00001F00060044',
  /** 张志强: free, to be mortgaged. */
  borrowerFree: '371502001001GB00001F00030017',
  /** 张志强: mortgaged to the demo bank, to be discharged. */
  borrowerMortgaged: '371502002001GB00002F00050021',
  /** 张志强: mortgaged with a registered bar on transfer. */
  borrowerRestricted: '371502003001GB00003F00020008',
  /** 陈雪: registered under an earlier name. */
  renamed: '371502002001GB00002F00010030',
  /** 刘建国: seized, and a second seizure waits. */
  debtor: '371502004001GB00004F00070012',
  /** 王秀英: half of a home, with an old mortgage. */
  elder: '371502005001GB00005F00010006',
  /** 开发企业: unsold, first registered. */
  developer: '371502006001GB00006F00020033',
} as const;

interface Home {
  unitCode: string;
  address: string;
  areaM2: string;
  floor: string;
  floorsTotal?: number;
  completedOn?: string;
}

function home({ unitCode, address, areaM2, floor, floorsTotal = 18, completedOn = '2011-05-20' }: Home) {
  const shared = (Number(areaM2) * 0.19).toFixed(2);
  const natural: NaturalState = {
    landUse: '城镇住宅用地',
    houseUse: '住宅',
    landNature: '出让',
    houseNature: '市场化商品房',
    structure: '钢筋混凝土结构',
    areaM2,
    innerAreaM2: (Number(areaM2) - Number(shared)).toFixed(2),
    sharedAreaM2: shared,
    floorsTotal,
    floor,
    completedOn,
  };
  return { unitCode, district: '371502', address: `东昌府区${address}`, natural };
}

function citizen({ name, idNumber }: { name: string; idNumber: string }) {
  return holding(person(name, idNumber), WHOLE);
}

const numbered = (on: string, certificateNo: string | null = null) => ({ on, certificateNo });

function mortgage(unitCode: string, on: string, transferRestricted = false) {
  return encumbranceOf(unitCode, 'mortgage', on, {
    holders: [holding(BANK, null)],
    mortgage: {
      mode: 'general',
      amountFen: 62_000_000,
      transferRestricted,
      debtFrom: on,
      debtUntil: addMonths(on, 240),
      scope: '主债权及利息、违约金、实现抵押权的费用',
      underConstruction: false,
    },
  });
}

function seizure(unitCode: string, rank: number, on: string, docNo: string) {
  const waiting = rank > 1;
  return encumbranceOf(unitCode, 'seizure', on, {
    rank,
    status: waiting ? 'waiting' : 'current',
    from: waiting ? null : on,
    until: waiting ? null : addMonths(on, 36),
    seizure: { court: court.name, docNo, preSeizure: false, termMonths: 36 },
  });
}

export function wellKnownUnits(): UnitImport[] {
  return [...homesToTrade(), ...homesInTrouble()];
}

function homesToTrade(): UnitImport[] {
  const sellers = home({
    unitCode: WELL_KNOWN.seller,
    address: '湖滨路88号望湖苑6号楼2单元1102',
    areaM2: '98.62',
    floor: '11',
  });
  const free = home({
    unitCode: WELL_KNOWN.borrowerFree,
    address: '湖滨路88号望湖苑3号楼1单元901',
    areaM2: '112.40',
    floor: '9',
  });
  const mortgaged = home({
    unitCode: WELL_KNOWN.borrowerMortgaged,
    address: '东昌东路126号光岳新城5号楼1单元1101',
    areaM2: '89.75',
    floor: '11',
  });
  const restricted = home({
    unitCode: WELL_KNOWN.borrowerRestricted,
    address: '湖南路45号水岸华庭2号楼1单元402',
    areaM2: '134.08',
    floor: '4',
  });
  return [
    unitOf(sellers, [
      rightOf(sellers, [citizen(seller)], 0, numbered('2021-06-03', '鲁(2021)聊城市不动产权第0018342号')),
    ]),
    unitOf(free, [rightOf(free, [citizen(borrower)], 0, numbered('2019-03-12'))]),
    unitOf(
      mortgaged,
      [rightOf(mortgaged, [citizen(borrower)], 0, numbered('2022-08-15'))],
      [mortgage(WELL_KNOWN.borrowerMortgaged, '2022-08-16')],
    ),
    unitOf(
      restricted,
      [rightOf(restricted, [citizen(borrower)], 0, numbered('2023-05-09'))],
      [mortgage(WELL_KNOWN.borrowerRestricted, '2023-05-10', true)],
    ),
  ];
}

function homesInTrouble(): UnitImport[] {
  const named = home({
    unitCode: WELL_KNOWN.renamed,
    address: '东昌东路126号光岳新城1号楼2单元602',
    areaM2: '76.30',
    floor: '6',
  });
  const seized = home({
    unitCode: WELL_KNOWN.debtor,
    address: '柳园南路39号柳园小区7号楼1单元601',
    areaM2: '104.55',
    floor: '6',
    floorsTotal: 6,
    completedOn: '2003-10-18',
  });
  const old = home({
    unitCode: WELL_KNOWN.elder,
    address: '兴华西路210号凤凰国际花园1号楼1单元301',
    areaM2: '92.16',
    floor: '3',
  });
  const unsold = home({
    unitCode: WELL_KNOWN.developer,
    address: '花园南路16号阿尔卡迪亚家园2号楼1单元1702',
    areaM2: '128.90',
    floor: '17',
    completedOn: '2025-11-30',
  });
  const spouse = person('李守义', '371521195411020214');
  return [
    unitOf(named, [rightOf(named, [citizen({ ...renamed, name: '陈小雪' })], 0, numbered('2017-09-21'))]),
    unitOf(
      seized,
      [rightOf(seized, [citizen(debtor)], 0, numbered('2018-02-06'))],
      [
        seizure(WELL_KNOWN.debtor, 1, '2025-03-18', '(2025)鲁1502执2186号'),
        seizure(WELL_KNOWN.debtor, 2, '2026-01-27', '(2026)鲁1502执保57号'),
      ],
    ),
    unitOf(
      old,
      [
        rightOf(
          old,
          [holding(person(elder.name, elder.idNumber), HALF), holding(spouse, HALF)],
          2,
          numbered('2016-11-30'),
        ),
      ],
      [
        {
          ...mortgage(WELL_KNOWN.elder, '2018-06-20'),
          holders: [holding(organisation('聊城运河农村商业银行股份有限公司', creditCode(1)), null)],
        },
      ],
    ),
    unitOf(unsold, [
      rightOf(
        unsold,
        [holding(organisation(developer.name, developer.creditCode), WHOLE)],
        0,
        numbered('2026-03-04'),
      ),
    ]),
  ];
}
