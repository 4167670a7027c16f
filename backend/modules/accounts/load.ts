import type { Platform } from '../../platform/platform.ts';
import { newId } from '../../platform/ids.ts';
import { accounts, type AccountDocument, type IdentityCheck } from './account.model.ts';
import type { OrganisationKind, StaffRole } from './contract.ts';
import { checkCreditCode, checkResidentId } from './identity-numbers.ts';
import { insertAccount } from './insert-account.ts';
import { contextOf, newAccount } from './new-account.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';
import { insertOrganisation, newOrganisation } from './sign-up-organisation.ts';

/**
 * Ready-made accounts for demo data and tests, without the steps a person would go through. Never reachable over HTTP, and
 * refused in production.
 */
export interface LoadedPerson {
  kind: 'citizen' | 'organisation' | 'staff';
  name: string;
  idNumber: string;
  phone: string;
  password: string;
  loginName?: string;
  organisationId?: string;
  organisationAdministrator?: boolean;
  roles?: readonly StaffRole[];
  officeId?: string | null;
  /** Base32; enrols the second factor. */
  totpSecret?: string;
  /** As if a clerk had confirmed it; by default of citizens only. */
  nameVerified?: boolean;
}

/** Idempotent by person and kind: an account that exists is returned as it is. */
export async function loadPerson(p: Platform, person: LoadedPerson): Promise<AccountDocument> {
  refuseInProduction(p);
  const checked = checkResidentId(person.idNumber);
  if (!checked.valid) throw new Error(`${person.name}: the ID number is not valid (${checked.problem})`);
  const { name, phone, kind, loginName, organisationId, totpSecret } = person;
  const account: AccountDocument = {
    ...newAccount(p, {
      kind,
      person: { name, idNumber: checked.canonical, phone },
      createdBy: null,
      passwordHash: await p.crypto.passwords.hash(person.password),
      ...(loginName === undefined ? {} : { loginName }),
      ...(organisationId === undefined ? {} : { organisationId }),
    }),
    organisationAdministrator: person.organisationAdministrator ?? false,
    roles: [...(person.roles ?? [])],
    officeId: person.officeId ?? null,
    identityChecks: (person.nameVerified ?? kind === 'citizen') ? [loadedCheck(p)] : [],
  };
  if (totpSecret !== undefined) {
    const secret = p.crypto.fields.encrypt(totpSecret, contextOf(account._id, 'factor'));
    account.factor = { secret, enrolledAt: p.time.now(), lastStep: 0 };
  }
  if ((await insertAccount(p, account)) === 'inserted') return account;
  const existing = await accounts(p).findOne({ personKey: account.personKey }).lean<AccountDocument>();
  if (!existing) throw new Error(`${person.name}: the login name ${loginName ?? ''} belongs to someone else`);
  return existing;
}

/** Idempotent by credit code; confirmed. */
export async function loadOrganisation(
  p: Platform,
  given: { kind: OrganisationKind; name: string; creditCode: string; confirmed?: boolean },
): Promise<OrganisationDocument> {
  refuseInProduction(p);
  const checked = checkCreditCode(given.creditCode);
  if (!checked.valid) throw new Error(`${given.name}: the credit code is not valid (${checked.problem})`);
  const confirmed = given.confirmed ?? true;
  const organisation: OrganisationDocument = {
    ...newOrganisation(p, {
      _id: newId(),
      kind: given.kind,
      name: given.name,
      creditCode: checked.canonical,
      by: 'system',
    }),
    status: confirmed ? 'active' : 'waiting',
    confirmed: confirmed ? { at: p.time.now(), by: 'system' } : null,
  };
  if (await insertOrganisation(p, organisation, 'accounts.organisation_created')) return organisation;
  const existing = await organisations(p)
    .findOne({ creditCode: checked.canonical })
    .lean<OrganisationDocument>();
  return existing!;
}

function loadedCheck(p: Platform): IdentityCheck {
  return {
    id: newId(),
    mode: 'counter',
    at: p.time.now(),
    byAccountId: 'system',
    officeId: null,
    documentKind: 'residentCard',
    formerName: null,
    proof: 'code',
  };
}

function refuseInProduction(p: Platform): void {
  if (p.config.production) throw new Error('ready-made accounts are refused in production');
}
