import type { RequestKind } from '../../../backend/modules/register/contract.ts';
import type { PartyOrder } from '../../../backend/modules/register/effects/effect.ts';
import type { RecordOrder } from '../../../backend/modules/register/orders.ts';
import type { EncumbranceImport, UnitImport } from '../../../backend/modules/register/import-units.ts';
import type {
  Encumbrance,
  Holder,
  MortgageTerms,
  PendingCase,
  Right,
  Share,
  UnitDocument,
} from '../../../backend/modules/register/unit.model.ts';

/** Builders of units for tests: self-sufficient, everything overridable. */

export const TODAY = '2026-10-09';
export const NOW = new Date('2026-10-09T10:30:00+08:00');
export const CODE = '371502001001GB00001F00010001';

/** `n` gives a unit code of its own, 1 to 9,999. */
export function codeOf(n: number): string {
  return `371502001001GB00001F0001${String(n).padStart(4, '0')}`;
}

export function half(): Share {
  return { numerator: 1, denominator: 2 };
}

export const WHOLE: Share = { numerator: 1, denominator: 1 };

export function party(name: string, idNumber: string, share: Share | null = null): PartyOrder {
  return { name, partyKind: 'person', idKind: 'residentId', idNumber, share };
}

export function bank(name = '聊城农商银行'): PartyOrder {
  return {
    name,
    partyKind: 'organisation',
    idKind: 'creditCode',
    idNumber: '91371500MA3C00011K',
    share: null,
  };
}

export const ZHAO = party('赵明远', '371502199003070019', WHOLE);
export const SUN = party('孙晓岚', '371581198503150024');
export const LI = party('李建国', '440524188001010014');

/** A holder as effects see it, without cryptography. */
export function sealed(id: string, share: Share | null = WHOLE): Holder {
  const idNumber = { k: 'f1', n: '', c: '', t: '' };
  return { id: `h-${id}`, name: id, partyKind: 'person', idKind: 'residentId', idNumber, idIndex: id, share };
}

export function right(holders: Holder[], overrides: Partial<Right> = {}): Right {
  return {
    id: 'right-1',
    kind: 'stateLandAndHouse',
    status: 'current',
    holders,
    coOwnership: holders.length === 1 ? 0 : 2,
    certificateNo: '鲁(2021)聊城市不动产权第0018342号',
    landTermUntil: '2081-06-02',
    registeredAt: new Date('2021-06-03T09:00:00+08:00'),
    caseId: 'import',
    closedAt: null,
    closedByCaseId: null,
    ...overrides,
  };
}

export const TERMS: MortgageTerms = {
  mode: 'general',
  amountFen: 60_000_000,
  transferRestricted: false,
  debtFrom: '2026-10-09',
  debtUntil: '2046-10-08',
  scope: null,
  underConstruction: false,
};

export function encumbrance(kind: Encumbrance['kind'], overrides: Partial<Encumbrance> = {}): Encumbrance {
  const court = {
    court: '东昌府区人民法院',
    docNo: '(2026)鲁1502执123号',
    preSeizure: false,
    termMonths: 36,
  };
  return {
    id: `${kind}-1`,
    kind,
    status: 'current',
    rank: 1,
    holders: [],
    mortgage: kind === 'mortgage' ? TERMS : null,
    seizure: kind === 'seizure' ? court : null,
    from: '2026-01-05',
    until: kind === 'seizure' ? '2029-01-04' : kind === 'objection' ? '2026-10-20' : null,
    certificateNo: null,
    registeredAt: new Date('2026-01-05T09:00:00+08:00'),
    caseId: 'earlier',
    closedAt: null,
    closedByCaseId: null,
    ...overrides,
  };
}

export function pendingCase(caseId: string, order: number, request: RequestKind = 'transfer'): PendingCase {
  return {
    caseId,
    caseNo: `2026100900${String(order).padStart(3, '0')}`,
    businessType: 'ZY02',
    request,
    order,
    acceptedAt: NOW,
    dueOn: '2026-10-14',
  };
}

export function unit(overrides: Partial<UnitDocument> = {}): UnitDocument {
  return {
    _id: CODE,
    revision: 1,
    status: 'active',
    district: '371502',
    address: '东昌府区湖滨路88号望湖苑6号楼2单元1102',
    addressKeys: [],
    natural: NATURAL,
    rights: [right([sealed('A')])],
    encumbrances: [],
    pending: [],
    acceptanceCounter: 0,
    changes: [],
    ownerIndexes: ['A'],
    nextLapseOn: null,
    createdAt: NOW,
    ...overrides,
  };
}

export const NATURAL: UnitDocument['natural'] = {
  landUse: '城镇住宅用地',
  houseUse: '住宅',
  landNature: '出让',
  houseNature: '市场化商品房',
  structure: '钢筋混凝土结构',
  areaM2: '98.62',
  innerAreaM2: '79.10',
  sharedAreaM2: '19.52',
  floorsTotal: 18,
  floor: '11',
  completedOn: '2011-05-20',
};

export function unitImport(
  code = CODE,
  holders: PartyOrder[] = [ZHAO],
  encumbrances: EncumbranceImport[] = [],
): UnitImport {
  const { address, natural, district, status } = unit();
  return {
    _id: code,
    status,
    district,
    address,
    natural,
    rights: [{ ...right([], { coOwnership: holders.length === 1 ? 0 : 2 }), holders }],
    encumbrances,
    importedAt: new Date('2026-01-01T00:00:00+08:00'),
  };
}

let serial = 0;

/** A case of its own that records `effects`. */
export function recordOrder(overrides: Partial<RecordOrder> = {}): RecordOrder {
  serial += 1;
  const caseId = `case-${serial}`;
  return {
    unitCode: CODE,
    caseId,
    caseNo: `20261009${String(serial).padStart(5, '0')}`,
    businessType: 'ZY02',
    request: 'transfer',
    effects: [saleTo(SUN, serial)],
    conditionsMet: [],
    at: NOW,
    actorId: 'clerk',
    entryId: `entry-${serial}`,
    ...overrides,
  };
}

export function certificateNo(n: number, kind = '权'): string {
  return `鲁(2026)聊城市不动产${kind}第${String(n).padStart(7, '0')}号`;
}

export function saleTo(buyer: PartyOrder, n: number, from = [{ idNumber: ZHAO.idNumber, share: null }]) {
  return {
    kind: 'ownership.transfer' as const,
    from,
    to: [buyer],
    coOwnership: 0 as const,
    certificateNo: certificateNo(n),
  };
}
