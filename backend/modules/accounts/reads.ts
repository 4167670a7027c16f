import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { AccountKind, OrganisationKind, StaffRole } from './contract.ts';
import { accountErrors } from './errors.ts';
import { checkResidentId } from './identity-numbers.ts';
import { contextOf, personIndexOf, phoneIndexOf } from './new-account.ts';
import { findOrganisationOf } from './authenticate.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';
import { sessions, type SessionDocument } from './session.model.ts';

/** Everything about a person in full: for that person, or for staff who handle the case. Never into a log. */
export interface Identity {
  accountId: string;
  kind: AccountKind;
  name: string;
  idNumber: string;
  personIndex: string;
  phone: string;
  nameVerified: boolean;
  organisation: { id: string; kind: OrganisationKind; name: string; creditCode: string } | null;
}

/** @throws accounts.not_found */
export async function getAccount(p: Platform, accountId: string): Promise<AccountDocument> {
  const account = await accounts(p).findById(accountId).lean<AccountDocument>();
  return account ?? accountErrors.fail('accounts.not_found');
}

/** Decrypted. @throws accounts.not_found */
export async function getIdentity(p: Platform, accountId: string): Promise<Identity> {
  const account = await getAccount(p, accountId);
  const organisation = await findOrganisationOf(p, account);
  return {
    accountId: account._id,
    kind: account.kind,
    name: account.name,
    idNumber: decryptIdNumber(p, account),
    personIndex: account.idIndex,
    phone: decryptPhone(p, account),
    nameVerified: account.identityChecks.length > 0,
    organisation: organisation && {
      id: organisation._id,
      kind: organisation.kind,
      name: organisation.name,
      creditCode: organisation.creditCode,
    },
  };
}

export function decryptIdNumber(p: Platform, account: Pick<AccountDocument, '_id' | 'idNumber'>): string {
  return p.crypto.fields.decrypt(account.idNumber, contextOf(account._id, 'idNumber'));
}

export function decryptPhone(p: Platform, account: Pick<AccountDocument, '_id' | 'phone'>): string {
  return p.crypto.fields.decrypt(account.phone, contextOf(account._id, 'phone'));
}

export interface CitizenBrief {
  accountId: string;
  name: string;
  personIndex: string;
}

/** The citizen account of an ID number as typed, its name verified; null when there is none, or the number is none. */
export async function findAccountByIdNumber(p: Platform, idNumber: string): Promise<CitizenBrief | null> {
  const checked = checkResidentId(idNumber);
  return checked.valid ? findAccountByPersonIndex(p, personIndexOf(p, checked.canonical)) : null;
}

/**
 * The citizen account of a person recognised elsewhere by the blind index of the ID number. Its name verified: whoever signed
 * up under the number without showing the card gets nothing that is meant for the person.
 */
export async function findAccountByPersonIndex(
  p: Platform,
  personIndex: string,
): Promise<CitizenBrief | null> {
  const account = await citizenOf(p)(`citizen:${personIndex}`);
  if (!account || account.status === 'disabled' || account.identityChecks.length === 0) return null;
  return { accountId: account._id, name: account.name, personIndex: account.idIndex };
}

/** Everybody who is told of what happens on a home is looked up: events that come together ask together. */
const citizenOf = perPlatform((p: Platform) =>
  gatherFinds(() => accounts(p).collection as unknown as Collection<Keyed>, 'personKey', {
    personKey: 1,
    name: 1,
    idIndex: 1,
    identityChecks: 1,
    status: 1,
  }),
);
type Keyed = Pick<AccountDocument, '_id' | 'personKey' | 'name' | 'idIndex' | 'identityChecks' | 'status'>;

/**
 * Blind indexes of the people whose accounts have this mobile number (as `canonicalMobile` gives it), names verified only:
 * whoever signs up may claim any ID number. Few, as a household may share a phone.
 */
export async function findPersonIndexesByPhone(p: Platform, mobile: string): Promise<string[]> {
  const found = await accounts(p)
    .find({ phoneIndex: phoneIndexOf(p, mobile), kind: 'citizen' }, { idIndex: 1, identityChecks: 1 })
    .limit(20)
    .lean<Pick<AccountDocument, 'idIndex' | 'identityChecks'>[]>();
  return found.flatMap(({ idIndex, identityChecks }) => (identityChecks.length > 0 ? [idIndex] : []));
}

/** Names for display beside what someone did; unknown ids are left out. */
export async function findAccountNames(p: Platform, ids: readonly string[]): Promise<Map<string, string>> {
  const find = nameOf(p);
  const found = await Promise.all([...new Set(ids)].map(find));
  return new Map(found.flatMap((account) => (account ? [[account._id, account.name] as const] : [])));
}

/** Every timeline names who acted: pages that are made at the same time ask together. */
const nameOf = perPlatform((p: Platform) =>
  gatherFinds(() => accounts(p).collection as unknown as Collection<Named>, '_id', { name: 1 }),
);
type Named = Pick<AccountDocument, '_id' | 'name'>;

/** The account at the office of the person with this number, whatever its state; null when there is none. */
export async function findStaffByPersonIndex(p: Platform, personIndex: string): Promise<string | null> {
  const found = await accounts(p)
    .findOne({ personKey: `staff:${personIndex}` }, { _id: 1 })
    .lean<Pick<AccountDocument, '_id'>>();
  return found?._id ?? null;
}

/** Active staff who hold a role; for assigning work and for telling who may act next. */
export async function findStaffByRole(
  p: Platform,
  role: StaffRole,
): Promise<{ accountId: string; name: string; officeId: string | null; personIndex: string }[]> {
  const found = await accounts(p)
    .find({ kind: 'staff', roles: role, status: 'active' }, { name: 1, officeId: 1, idIndex: 1 })
    .lean<AccountDocument[]>();
  return found.map(({ _id, name, officeId, idIndex }) => ({
    accountId: _id,
    name,
    officeId,
    personIndex: idIndex,
  }));
}

/** Accounts that may read what is sent to an organisation; `but`: blind index of a person who is not to read it. */
export async function findActiveMembers(
  p: Platform,
  organisationId: string,
  { but }: { but?: string } = {},
): Promise<string[]> {
  const others = but === undefined ? {} : { idIndex: { $ne: but } };
  const found = await accounts(p)
    .find({ kind: 'organisation', organisationId, status: 'active', ...others }, { _id: 1 })
    .lean<Pick<AccountDocument, '_id'>[]>();
  return found.map(({ _id }) => _id);
}

/** An organisation by its credit code as stored; null when it never signed up. */
export async function findOrganisationByCreditCode(
  p: Platform,
  creditCode: string,
): Promise<OrganisationDocument | null> {
  return organisations(p).findOne({ creditCode }).lean<OrganisationDocument>();
}

/** Living sessions of an account, newest first. */
export async function findSessions(p: Platform, accountId: string): Promise<SessionDocument[]> {
  return sessions(p)
    .find({ accountId, complete: true, endsAt: { $gt: p.time.now() } })
    .sort({ _id: -1 })
    .limit(50)
    .lean<SessionDocument[]>();
}

/** A member of this organisation; a member of another is not found. @throws accounts.not_found */
export async function getMember(p: Platform, organisationId: string, id: string): Promise<AccountDocument> {
  const member = await accounts(p)
    .findOne({ _id: id, kind: 'organisation', organisationId })
    .lean<AccountDocument>();
  return member ?? accountErrors.fail('accounts.not_found');
}

/** Whoever did something, as others may be told of them: what they are, and their name, which the caller masks. */
export interface AccountFace {
  kind: AccountKind;
  name: string;
  roles: StaffRole[];
  officeId: string | null;
  /** The organisation for which a member acts. */
  organisation: { name: string; kind: OrganisationKind } | null;
}

/** By account id; unknown ids are left out. Disabled accounts are found too: what they did stays done. */
export async function findAccountFaces(
  p: Platform,
  ids: readonly string[],
): Promise<Map<string, AccountFace>> {
  const fields = { kind: 1, name: 1, roles: 1, officeId: 1, organisationId: 1 } as const;
  const found = await accounts(p)
    .find({ _id: { $in: [...new Set(ids)] } }, fields)
    .lean<Pick<AccountDocument, '_id' | keyof typeof fields>[]>();
  const named = found.flatMap(({ organisationId }) => (organisationId === null ? [] : [organisationId]));
  const of = await organisations(p)
    .find({ _id: { $in: [...new Set(named)] } }, { name: 1, kind: 1 })
    .lean<Pick<OrganisationDocument, '_id' | 'name' | 'kind'>[]>();
  const organisation = new Map(of.map(({ _id, name, kind }) => [_id, { name, kind }] as const));
  return new Map(
    found.map(({ _id, kind, name, roles, officeId, organisationId }) => [
      _id,
      { kind, name, roles, officeId, organisation: organisation.get(organisationId ?? '') ?? null },
    ]),
  );
}

/** Every account that acts or acted for an organisation, the disabled ones included. */
export async function findMemberIds(p: Platform, organisationId: string): Promise<string[]> {
  const found = await accounts(p)
    .find({ kind: 'organisation', organisationId }, { _id: 1 })
    .hint('kind_organisation')
    .lean<Pick<AccountDocument, '_id'>[]>();
  return found.map(({ _id }) => _id);
}
