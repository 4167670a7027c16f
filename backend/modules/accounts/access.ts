import type { AccessRule, AccessVerdict, Principal } from '../../platform/http/route.ts';
import type { Actor, ApplicantActor, CitizenActor, OrganisationActor, StaffActor } from './actor.ts';
import type { StaffRole } from './contract.ts';

/**
 * The access rules that routes name. Pure: they see the actor only. A staff session whose second factor is still
 * missing is no actor at all (see authenticate.ts), so it fails every rule but `anyone`.
 */

const ALLOWED: AccessVerdict = { allowed: true };
const FORBIDDEN: AccessVerdict = { allowed: false, reason: 'forbidden' };

function rule<A extends Actor>(name: string, check: (actor: Actor) => AccessVerdict): AccessRule<A> {
  return {
    name,
    check: (principal: Principal | null) =>
      principal === null ? { allowed: false, reason: 'signIn' } : check(principal as Actor),
  };
}

export const signedIn = rule<Actor>('signedIn', () => ALLOWED);

export const citizen = rule<CitizenActor>('citizen', (actor) =>
  actor.kind === 'citizen' ? ALLOWED : FORBIDDEN,
);

/** A citizen or a member of an organisation: whoever may have cases of their own. */
export const applicant = rule<ApplicantActor>('applicant', (actor) =>
  actor.kind === 'staff' ? FORBIDDEN : ALLOWED,
);

/** An applicant who may act: the name verified at the counter, or the organisation confirmed. */
export const verifiedApplicant = rule<ApplicantActor>('verifiedApplicant', (actor) => {
  if (actor.kind === 'citizen') {
    return actor.nameVerified ? ALLOWED : { allowed: false, reason: { code: 'accounts.name_not_verified' } };
  }
  return actor.kind === 'organisation' ? confirmedOnly(actor) : FORBIDDEN;
});

/** A member of any organisation, confirmed or not. */
export const organisationMember = rule<OrganisationActor>('organisationMember', (actor) =>
  actor.organisation ? ALLOWED : FORBIDDEN,
);

/** A member who may invite others into a confirmed organisation. */
export const organisationAdministrator = rule<OrganisationActor>('organisationAdministrator', (actor) =>
  actor.organisation?.administrator ? confirmedOnly(actor) : FORBIDDEN,
);

/** 人民法院: entrusts seizures and their lifting (嘱托登记). */
export const court = rule<OrganisationActor>('court', (actor) =>
  actor.organisation?.kind === 'court' ? confirmedOnly(actor) : FORBIDDEN,
);

/**
 * Staff who handle cases or supervise their handling: they see people's affairs. Whoever only administers accounts sees
 * none of them (domain.md §3.4; 最小权限 of GB/T 22239).
 */
export function worksOnCases({ kind, roles }: { kind: string; roles: readonly string[] }): boolean {
  return kind === 'staff' && roles.some((role) => role !== 'administrator');
}

export const caseStaff = rule<StaffActor>('caseStaff', (actor) =>
  worksOnCases(actor) ? ALLOWED : FORBIDDEN,
);

/** Staff with at least one of the roles. */
export function staffWith(...roles: readonly StaffRole[]): AccessRule<StaffActor> {
  return rule<StaffActor>(`staffWith(${roles.join(',')})`, (actor) =>
    actor.kind === 'staff' && actor.roles.some((role) => roles.includes(role)) ? ALLOWED : FORBIDDEN,
  );
}

export const administrator: AccessRule<StaffActor> = { ...staffWith('administrator'), name: 'administrator' };

export const supervisor: AccessRule<StaffActor> = { ...staffWith('supervisor'), name: 'supervisor' };

/** Who stands over the handling of cases and sees its figures: 科长 those of their hall, 分管领导 and 监督 all (domain.md §2.4). */
export const overseer: AccessRule<StaffActor> = {
  ...staffWith('sectionHead', 'leader', 'supervisor'),
  name: 'overseer',
};

/**
 * Whose figures somebody who oversees may see: a head of section those of their own hall, 分管领导 and 监督 all. Who belongs to no
 * hall in particular stands over all, which is null.
 */
export function hallOf({ roles, officeId }: Pick<StaffActor, 'roles' | 'officeId'>): string | null {
  return roles.includes('supervisor') || roles.includes('leader') ? null : officeId;
}

/** Who sees the figures of the service halls, in which nobody is named: who oversees, and who sets the halls' schedules. */
export const hallOverseer: AccessRule<StaffActor> = {
  ...staffWith('sectionHead', 'leader', 'supervisor', 'administrator'),
  name: 'hallOverseer',
};

function confirmedOnly(actor: Actor): AccessVerdict {
  return actor.organisation?.confirmed
    ? ALLOWED
    : { allowed: false, reason: { code: 'accounts.organisation_not_confirmed' } };
}
