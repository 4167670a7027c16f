import {
  loadOrganisation,
  loadPerson,
  personIndexOf,
  type StaffRole,
} from '../../../backend/modules/accounts/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { DEMO_PASSWORD } from '../accounts.ts';
import { createChance } from '../register/chance.ts';
import { createPeople, creditCode, OTHER_BANKS, type Person } from '../register/people.ts';
import type { Post } from './bureau.ts';
import type { Clerk } from './clerks.ts';

/**
 * The people of the demo year: few, and each of them in many cases, because every person costs a password. None of them is one of
 * the demo accounts, whose own lists stay as short as they are for trying things out.
 */

const SEED = 20261129;
const CITIZENS = 24;

/** Somebody who acts in a case, with their row in its form. */
export interface YearParty {
  accountId: string;
  organisationId: string | null;
  name: string;
  idNumber: string;
  /** Blind index of the person who signs in, for an organisation its member. */
  personIndex: string;
  row: Record<string, unknown>;
}

export interface YearPeople {
  citizens: YearParty[];
  banks: YearParty[];
  court: YearParty;
  /** By the key of the plan. */
  staff: ReadonlyMap<string, { accountId: string; name: string; personIndex: string }>;
}

/** The citizens alone, as the register names them. */
export function yearCitizens(): Person[] {
  const { newPerson } = createPeople(createChance(SEED));
  return Array.from({ length: CITIZENS }, () => newPerson('371502'));
}

export const yearBanks = (): readonly Person[] => OTHER_BANKS.slice(0, 3);

const ROLES: Readonly<Record<Post, readonly StaffRole[]>> = {
  acceptance: ['acceptance'],
  firstReview: ['firstReview'],
  secondReview: ['secondReview'],
  registrar: ['registrar'],
  issuance: ['issuance', 'archivist'],
};

const phoneOf = (serial: number): string => `1390001${String(serial).padStart(4, '0')}`;
const password = DEMO_PASSWORD;

async function citizenParty(p: Platform, { name, idNumber }: Person, serial: number): Promise<YearParty> {
  const phone = phoneOf(serial);
  const { _id: accountId } = await loadPerson(p, { kind: 'citizen', name, idNumber, phone, password });
  const row = { name, partyKind: 'person', idKind: '1', idNumber, phone };
  return { accountId, organisationId: null, name, idNumber, personIndex: personIndexOf(p, idNumber), row };
}

async function organisationParty(
  p: Platform,
  kind: 'bank' | 'court',
  organisation: { name: string; creditCode: string },
  member: Person,
  serial: number,
): Promise<YearParty> {
  const { _id: organisationId } = await loadOrganisation(p, { kind, ...organisation });
  const phone = phoneOf(serial);
  const { _id: accountId } = await loadPerson(p, {
    kind: 'organisation',
    organisationId,
    name: member.name,
    idNumber: member.idNumber,
    phone,
    password,
    loginName: `year.${kind}.${serial}`,
  });
  const { name, creditCode: idNumber } = organisation;
  const row = { name, partyKind: 'organisation', idKind: '7', idNumber, phone, representative: member.name };
  return { accountId, organisationId, name, idNumber, personIndex: personIndexOf(p, member.idNumber), row };
}

/** Idempotent: who exists is left as they are. Some seconds of a core the first time. */
export async function loadYearPeople(p: Platform, clerks: readonly Clerk[]): Promise<YearPeople> {
  const { newPerson } = createPeople(createChance(SEED + 1));
  const citizens: YearParty[] = [];
  for (const [place, person] of yearCitizens().entries()) citizens.push(await citizenParty(p, person, place));
  const banks: YearParty[] = [];
  for (const [place, { name, idNumber }] of yearBanks().entries()) {
    const bank = { name, creditCode: idNumber };
    banks.push(await organisationParty(p, 'bank', bank, newPerson('371502'), 100 + place));
  }
  const courtOf = { name: '临清市人民法院（演示）', creditCode: creditCode(9) };
  const court = await organisationParty(p, 'court', courtOf, newPerson('371581'), 110);
  const staff = new Map<string, { accountId: string; name: string; personIndex: string }>();
  for (const [place, { key, office, post }] of clerks.entries()) {
    const { name, idNumber } = newPerson('371502');
    const account = await loadPerson(p, {
      kind: 'staff',
      name,
      idNumber,
      phone: phoneOf(200 + place),
      password,
      loginName: `year.staff.${place + 1}`,
      roles: ROLES[post],
      officeId: office,
    });
    staff.set(key, { accountId: account._id, name, personIndex: personIndexOf(p, idNumber) });
  }
  return { citizens, banks, court, staff };
}
