import type { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { AccountDocument } from './account.model.ts';
import type { AccountKind } from './contract.ts';
import { codeOf } from './errors.ts';
import { canonicalMobile, checkResidentId } from './identity-numbers.ts';
import { checkName } from './names.ts';
import { findPasswordProblem, type PasswordContext } from './password-policy.ts';

/** A person as checked: exact name, canonical numbers. */
export interface Person {
  name: string;
  idNumber: string;
  phone: string;
}

/** Checks name, ID number and phone as typed; all problems at once, at pointers under `prefix`. */
export function checkPerson(p: Platform, input: Person, problems: Problem[], prefix = ''): Person {
  const name = checkName(input.name);
  if (!name.valid) problems.push({ pointer: `${prefix}/name`, code: codeOf.name(name.problem) });
  const idNumber = checkResidentId(input.idNumber, legalDayOf(p.time.now()));
  if (!idNumber.valid)
    problems.push({ pointer: `${prefix}/idNumber`, code: codeOf.residentId(idNumber.problem) });
  const phone = canonicalMobile(input.phone);
  if (phone === null) problems.push({ pointer: `${prefix}/phone`, code: 'accounts.phone_format' });
  return {
    name: name.valid ? name.exact : '',
    idNumber: idNumber.valid ? idNumber.canonical : '',
    phone: phone ?? '',
  };
}

export function checkPassword(
  password: string,
  context: PasswordContext,
  problems: Problem[],
  pointer = '/password',
): void {
  const problem = findPasswordProblem(password, context);
  if (problem) problems.push({ pointer, code: codeOf.password(problem) });
}

/** 4 to 32 of a-z 0-9 . _ -, beginning with a letter, so that it can never be taken for a phone or an ID number. */
export function checkLoginName(text: string, problems: Problem[], pointer = '/loginName'): string {
  const canonical = text.trim().toLowerCase();
  if (!/^[a-z][a-z0-9._-]{3,31}$/.test(canonical)) {
    problems.push({ pointer, code: 'accounts.login_name_format' });
  }
  return canonical;
}

/** Where an encrypted field of an account lives: part of what authenticates it. */
export function contextOf(accountId: string, field: 'idNumber' | 'phone' | 'factor' | 'ticket'): string {
  return `accounts|${accountId}|${field}`;
}

/** The blind index by which a person is recognised in every module. `idNumber` is canonical. */
export function personIndexOf(p: Platform, idNumber: string): string {
  return p.crypto.index.of('id-number', idNumber);
}

export function phoneIndexOf(p: Platform, phone: string): string {
  return p.crypto.index.of('phone', phone);
}

export interface NewAccountParts {
  kind: AccountKind;
  person: Person;
  createdBy: string | null;
  passwordHash?: string;
  loginName?: string;
  organisationId?: string;
}

/** A document ready to insert, with its numbers encrypted. */
export function newAccount(p: Platform, parts: NewAccountParts): AccountDocument {
  const _id = newId();
  const { name, idNumber, phone } = parts.person;
  const idIndex = personIndexOf(p, idNumber);
  const scope = parts.kind === 'organisation' ? `organisation:${parts.organisationId}` : parts.kind;
  return {
    _id,
    kind: parts.kind,
    status: parts.passwordHash === undefined ? 'enrolling' : 'active',
    name,
    idNumber: p.crypto.fields.encrypt(idNumber, contextOf(_id, 'idNumber')),
    idIndex,
    personKey: `${scope}:${idIndex}`,
    phone: p.crypto.fields.encrypt(phone, contextOf(_id, 'phone')),
    phoneIndex: phoneIndexOf(p, phone),
    ...(parts.loginName === undefined ? {} : { loginName: parts.loginName }),
    passwordHash: parts.passwordHash ?? null,
    generation: 0,
    factor: null,
    organisationId: parts.organisationId ?? null,
    organisationAdministrator: false,
    roles: [],
    officeId: null,
    identityChecks: [],
    privacyNotice: null,
    createdAt: p.time.now(),
    createdBy: parts.createdBy,
    lastSignedInAt: null,
    disabled: null,
    revision: 0,
    outbox: [],
  };
}
