import type {
  EncumbranceImport,
  PartyOrder,
  RightImport,
  UnitImport,
} from '../../../backend/modules/register/index.ts';
import type { Door } from './doors.ts';

/** Builders of what is registered on a door. Ids come from the unit code, so that every load makes the same. */

/** The day on which the earlier register was taken over. */
export const TAKEN_OVER_AT = new Date('2026-09-01T00:00:00+08:00');

function at(day: string): Date {
  return new Date(`${day}T10:00:00+08:00`);
}

export interface Registered {
  on: string;
  /** Null until numbers are given out, in order of registration. */
  certificateNo: string | null;
}

export function rightOf(
  door: Pick<Door, 'unitCode' | 'natural'>,
  holders: PartyOrder[],
  coOwnership: RightImport['coOwnership'],
  { on, certificateNo }: Registered,
  closedOn: string | null = null,
): RightImport {
  const id = `${door.unitCode}-r-${on}`;
  const landYears = door.natural.landUse === '商服用地' ? 40 : 70;
  const from = door.natural.completedOn ?? on;
  return {
    id,
    kind: 'stateLandAndHouse',
    status: closedOn === null ? 'current' : 'historic',
    holders,
    coOwnership,
    certificateNo,
    landTermUntil: `${Number(from.slice(0, 4)) + landYears}${from.slice(4)}`,
    registeredAt: at(on),
    caseId: `import:${door.unitCode}`,
    closedAt: closedOn === null ? null : at(closedOn),
    closedByCaseId: closedOn === null ? null : `import:${door.unitCode}`,
  };
}

export function encumbranceOf(
  unitCode: string,
  kind: EncumbranceImport['kind'],
  on: string,
  rest: Partial<EncumbranceImport>,
): EncumbranceImport {
  return {
    id: `${unitCode}-${kind[0]}-${on}-${rest.rank ?? 1}`,
    kind,
    status: 'current',
    rank: 1,
    holders: [],
    mortgage: null,
    seizure: null,
    from: on,
    until: null,
    certificateNo: null,
    registeredAt: at(on),
    caseId: `import:${unitCode}`,
    closedAt: null,
    closedByCaseId: null,
    ...rest,
  };
}

export function unitOf(
  door: Pick<Door, 'unitCode' | 'district' | 'address' | 'natural'>,
  rights: RightImport[],
  encumbrances: EncumbranceImport[] = [],
  status: UnitImport['status'] = 'active',
): UnitImport {
  const { unitCode, district, address, natural } = door;
  return {
    _id: unitCode,
    status,
    district,
    address,
    natural,
    rights,
    encumbrances,
    importedAt: TAKEN_OVER_AT,
  };
}
