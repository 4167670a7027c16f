import { randomInt } from 'node:crypto';
import {
  loadOrganisation,
  loadPerson,
  startSession,
  totpCodeAt,
} from '../../backend/modules/accounts/index.ts';
import type { LoadedPerson, OrganisationKind, StaffRole } from '../../backend/modules/accounts/index.ts';
import { creditCheckCharacter, residentCheckDigit } from '../../backend/modules/accounts/identity-numbers.ts';
import { sessionCookieName } from '../../backend/platform/http/session.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { Client } from './client.ts';

/** Any TestApi will do. */
export interface PeopleTarget {
  url: string;
  p: Platform;
}

export interface TestAccount {
  id: string;
  kind: 'citizen' | 'organisation' | 'staff';
  name: string;
  idNumber: string;
  phone: string;
  password: string;
  loginName: string | null;
  /** Blind index, as in Actor. */
  personIndex: string;
  totpSecret: string | null;
}

export interface TestPerson {
  account: TestAccount;
  /** Signed in, second factor included. */
  client: Client;
}

export interface TestOrganisation extends TestPerson {
  organisation: { id: string; kind: OrganisationKind; name: string; creditCode: string };
  /** Another member of the same organisation. */
  member(overrides?: Partial<LoadedPerson>): Promise<TestPerson>;
}

export const TEST_PASSWORD = '湖心岛上看荷花 2026';
export const TEST_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

let counter = randomInt(1_000_000);
const next = (): number => (counter += 1);

/** Valid and fictitious: Dongchangfu district, born 1970 to 2000; never twice in one process. */
export function newIdNumber(): string {
  const n = next();
  // Of age, and below the age that goes first at a hall; a prime, so that no number comes again.
  const born = new Date(Date.UTC(1970, 0, 1 + ((n * 7919) % 11_003))).toISOString().slice(0, 10);
  const first17 = `371502${born.replace(/-/g, '')}${String(n % 1000).padStart(3, '0')}`;
  return first17 + residentCheckDigit(first17);
}

export function newPhone(): string {
  return `138${String(next() % 100_000_000).padStart(8, '0')}`;
}

/** Valid and fictitious, region 371500. */
export function newCreditCode(): string {
  const first17 = `91371500MA3${String(next() % 1_000_000).padStart(6, '0')}`;
  return first17 + creditCheckCharacter(first17);
}

/** A browser in which nobody is signed in. */
export function stranger(api: PeopleTarget): Client {
  return new Client(api);
}

/** A citizen with a verified name, unless `nameVerified: false`. */
export function createCitizen(api: PeopleTarget, overrides: Partial<LoadedPerson> = {}): Promise<TestPerson> {
  return create(api, { kind: 'citizen', ...overrides });
}

/** A member of staff with the second factor done. Any roles together: the office's own rule is for administrators. */
export function createStaff(
  api: PeopleTarget,
  overrides: Partial<LoadedPerson> & { roles: readonly StaffRole[] },
): Promise<TestPerson> {
  return create(api, {
    kind: 'staff',
    loginName: `staff${next()}`,
    totpSecret: TEST_TOTP_SECRET,
    ...overrides,
  });
}

/** A confirmed organisation with its first member, who is its administrator; all have shown their cards. */
export async function createOrganisation(
  api: PeopleTarget,
  kind: OrganisationKind,
  overrides: { name?: string; creditCode?: string; confirmed?: boolean } = {},
): Promise<TestOrganisation> {
  const names = {
    bank: '聊城测试银行',
    developer: '聊城测试置业有限公司',
    court: '聊城测试人民法院',
    organ: '聊城测试公安局',
    other: '聊城测试中心',
  };
  const stored = await loadOrganisation(api.p, {
    kind,
    name: names[kind],
    creditCode: newCreditCode(),
    ...overrides,
  });
  const member = (given: Partial<LoadedPerson> = {}) =>
    create(api, {
      kind: 'organisation',
      organisationId: stored._id,
      loginName: `member${next()}`,
      nameVerified: true,
      ...given,
    });
  const { _id: id, name, creditCode } = stored;
  const first = await member({ organisationAdministrator: true });
  return { ...first, organisation: { id, kind, name, creditCode }, member };
}

/** Signs an existing account in on another browser, without the steps of a sign-in. */
export async function signInAs(
  api: PeopleTarget,
  account: { id: string; kind: TestAccount['kind']; generation?: number },
): Promise<Client> {
  const { id: _id, kind, generation = 0 } = account;
  const session = await startSession(api.p, { _id, kind, generation }, { complete: true, device: null });
  const client = new Client(api);
  client.cookies.set(sessionCookieName(api.p.config), session.token);
  return client;
}

async function create(
  api: PeopleTarget,
  given: Partial<LoadedPerson> & Pick<LoadedPerson, 'kind'>,
): Promise<TestPerson> {
  const person: LoadedPerson = {
    name: '测试人',
    idNumber: newIdNumber(),
    phone: newPhone(),
    password: TEST_PASSWORD,
    ...given,
  };
  const stored = await loadPerson(api.p, person);
  const account: TestAccount = {
    id: stored._id,
    kind: person.kind,
    name: stored.name,
    idNumber: person.idNumber,
    phone: person.phone,
    password: person.password,
    loginName: person.loginName ?? null,
    personIndex: stored.idIndex,
    totpSecret: person.totpSecret ?? null,
  };
  const client = await signInAs(api, account);
  const { password, totpSecret } = account;
  client.confirmWith = () =>
    totpSecret === null ? { password } : { totp: totpCodeAt(totpSecret, api.p.time.now()) };
  return { account, client };
}
