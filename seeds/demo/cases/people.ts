import {
  loadPerson,
  personIndexOf,
  type Actor,
  type LoadedPerson,
  type OrganisationKind,
  type StaffRole,
} from '../../../backend/modules/accounts/index.ts';
import { findOrganisationByCreditCode } from '../../../backend/modules/accounts/index.ts';
import { viewerOf, type Viewer } from '../../../backend/modules/applications/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { DEMO_CITIZENS, DEMO_ORGANISATIONS, DEMO_PASSWORD, DEMO_STAFF } from '../accounts.ts';

/** Somebody who acts in the demo cases, as the use cases see them. */
export interface DemoActor {
  actor: Actor;
  /** As the use cases see them at the moment of `p`: what the law bars from some day on is judged by it. */
  viewerAt(p: Platform): Viewer;
  /** Their row among the parties of a form. */
  row: Record<string, unknown>;
}

interface OrganisationHead {
  _id: string;
  kind: OrganisationKind;
  name: string;
  creditCode: string;
}

async function demoActor(
  p: Platform,
  person: LoadedPerson,
  organisation: OrganisationHead | null,
): Promise<DemoActor> {
  const account = await loadPerson(p, person);
  const actor: Actor = {
    accountId: account._id,
    sessionId: 'demo-data',
    kind: account.kind,
    name: account.name,
    personIndex: personIndexOf(p, person.idNumber),
    nameVerified: true,
    organisation: organisation && {
      id: organisation._id,
      kind: organisation.kind,
      name: organisation.name,
      creditCode: organisation.creditCode,
      confirmed: true,
      administrator: true,
    },
    roles: (person.roles ?? []) as readonly StaffRole[],
    officeId: account.officeId,
    factor: person.totpSecret === undefined ? 'password' : 'totp',
    factorAt: p.time.now(),
  };
  const { name, idNumber, phone } = person;
  const row = organisation
    ? {
        name: organisation.name,
        partyKind: 'organisation',
        idKind: '7',
        idNumber: organisation.creditCode,
        phone,
        representative: name,
      }
    : { name, partyKind: 'person', idKind: '1', idNumber, phone };
  return { actor, viewerAt: (moment) => viewerOf(moment, actor), row };
}

/** An owner in the demo register gets an account the first time they act. Phones are of a range that nobody has. */
export function owner(
  p: Platform,
  person: { name: string; idNumber: string },
  serial: number,
): Promise<DemoActor> {
  const phone = `1390000${String(serial).padStart(4, '0')}`;
  return demoActor(p, { kind: 'citizen', password: DEMO_PASSWORD, phone, ...person }, null);
}

async function member(p: Platform, key: 'bank' | 'court'): Promise<DemoActor> {
  const { creditCode, member: given } = DEMO_ORGANISATIONS[key];
  const organisation = await findOrganisationByCreditCode(p, creditCode);
  if (!organisation) throw new Error('load the demo accounts before the demo cases');
  const { role: _role, ...person } = given;
  const loaded: LoadedPerson = {
    kind: 'organisation',
    organisationId: organisation._id,
    password: DEMO_PASSWORD,
    ...person,
  };
  return demoActor(p, loaded, organisation);
}

export async function cast(p: Platform) {
  const staff = async (key: keyof typeof DEMO_STAFF) => {
    const { role: _role, ...person } = DEMO_STAFF[key];
    return demoActor(p, { kind: 'staff', password: DEMO_PASSWORD, ...person }, null);
  };
  const citizen = async (key: keyof typeof DEMO_CITIZENS) => {
    const { role: _role, ...person } = DEMO_CITIZENS[key] as (typeof DEMO_CITIZENS)['buyer'];
    return demoActor(p, { kind: 'citizen', password: DEMO_PASSWORD, ...person }, null);
  };
  return {
    buyer: await citizen('buyer'),
    spouse: await citizen('buyersSpouse'),
    elder: await citizen('elder'),
    bank: await member(p, 'bank'),
    court: await member(p, 'court'),
    acceptance: await staff('acceptance'),
    firstReview: await staff('firstReview'),
    secondReview: await staff('secondReview'),
    registrar: await staff('registrar'),
    issuance: await staff('issuance'),
  };
}

export type Cast = Awaited<ReturnType<typeof cast>>;
