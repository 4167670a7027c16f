import { sentenceOf, type Language } from '../../platform/errors.ts';
import type { AccountDocument } from './account.model.ts';
import type { Actor } from './actor.ts';
import type { Me, Member, NeedKey, Organisation, SessionItem, StaffAccount } from './contract.ts';
import { accountErrors } from './errors.ts';
import { maskIdNumber, maskPhone } from './masks.ts';
import type { OrganisationDocument } from './organisation.model.ts';
import type { SessionDocument } from './session.model.ts';

/** Wire shapes, field by field. Pure: decrypted numbers come in, masked ones go out. */

interface Numbers {
  idNumber: string;
  phone: string;
}

const NEED_SENTENCES = {
  nameVerification: accountErrors.table['accounts.name_not_verified'],
  organisationConfirmation: accountErrors.table['accounts.organisation_not_confirmed'],
} as const satisfies Record<NeedKey, object>;

export function presentMe(
  actor: Actor,
  account: Pick<AccountDocument, 'loginName'>,
  numbers: Numbers,
  language: Language,
): Me {
  const { organisation } = actor;
  return {
    id: actor.accountId,
    kind: actor.kind,
    name: actor.name,
    maskedIdNumber: maskIdNumber(numbers.idNumber),
    maskedPhone: maskPhone(numbers.phone),
    loginName: account.loginName ?? null,
    nameVerified: actor.nameVerified,
    organisation: organisation && {
      id: organisation.id,
      kind: organisation.kind,
      name: organisation.name,
      confirmed: organisation.confirmed,
      administrator: organisation.administrator,
    },
    roles: [...actor.roles],
    officeId: actor.officeId,
    factor: actor.factor,
    needs: needsOf(actor).map((key) => ({ key, message: sentenceOf(NEED_SENTENCES[key], language) })),
  };
}

/** What keeps an account from acting. */
export function needsOf(actor: Actor): NeedKey[] {
  if (actor.kind === 'citizen' && !actor.nameVerified) return ['nameVerification'];
  if (actor.organisation && !actor.organisation.confirmed) return ['organisationConfirmation'];
  return [];
}

export function presentSession(session: SessionDocument, currentId: string): SessionItem {
  return {
    id: session._id,
    current: session._id === currentId,
    startedAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    device: session.device,
  };
}

export function presentStaff(account: AccountDocument, numbers: Numbers): StaffAccount {
  return {
    id: account._id,
    loginName: account.loginName ?? '',
    name: account.name,
    maskedIdNumber: maskIdNumber(numbers.idNumber),
    maskedPhone: maskPhone(numbers.phone),
    roles: [...account.roles],
    officeId: account.officeId,
    status: account.status,
    factorEnrolled: account.factor !== null,
    createdAt: account.createdAt.toISOString(),
    lastSignedInAt: account.lastSignedInAt?.toISOString() ?? null,
    revision: account.revision,
  };
}

export function presentMember(account: AccountDocument, numbers: Numbers): Member {
  return {
    id: account._id,
    name: account.name,
    loginName: account.loginName ?? '',
    maskedPhone: maskPhone(numbers.phone),
    administrator: account.organisationAdministrator,
    status: account.status,
    revision: account.revision,
  };
}

export function presentOrganisation(organisation: OrganisationDocument): Organisation {
  return {
    id: organisation._id,
    kind: organisation.kind,
    name: organisation.name,
    creditCode: organisation.creditCode,
    status: organisation.status,
    createdAt: organisation.createdAt.toISOString(),
    confirmedAt: organisation.confirmed?.at.toISOString() ?? null,
    revision: organisation.revision,
  };
}

/** `Chrome · Windows` from a User-Agent; null when neither is recognised. A label for people, not a decision. */
export function describeDevice(userAgent: string): string | null {
  const browsers: [string, RegExp][] = [
    ['微信', /MicroMessenger/],
    ['Edge', /Edg(e|A|iOS)?\//],
    ['Firefox', /Firefox\/|FxiOS\//],
    ['Chrome', /Chrome\/|CriOS\//],
    ['Safari', /Safari\//],
  ];
  const systems: [string, RegExp][] = [
    ['HarmonyOS', /HarmonyOS|OpenHarmony/],
    ['Android', /Android/],
    ['iPhone', /iPhone/],
    ['iPad', /iPad/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['Linux', /Linux/],
  ];
  const short = userAgent.slice(0, 512);
  const words = [browsers, systems].flatMap(
    (table) => table.find(([, pattern]) => pattern.test(short))?.[0] ?? [],
  );
  return words.length > 0 ? words.join(' · ') : null;
}
