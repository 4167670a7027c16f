/**
 * Accounts: who someone is and what they may do. Owns accounts (citizens, members of organisations, staff),
 * organisations, sessions, and the throttle of sign-in. Other modules see the Actor, the access rules and the reads below.
 */
import type { ModuleFace } from '../../platform/module.ts';
import { accounts } from './account.model.ts';
import { registerAccountFormats } from './formats.ts';
import { reencryptAccounts, sweepHalfSignUps, sweepSessions } from './jobs.ts';
import { letInOrgans } from './migrations.ts';
import { organisations } from './organisation.model.ts';
import { organisationRoutes } from './organisation-routes.ts';
import { accountRoutes } from './routes.ts';
import { sessions } from './session.model.ts';
import { staffRoutes } from './staff-routes.ts';
import { throttles } from './throttle.model.ts';

registerAccountFormats();

export const accountsModule: ModuleFace = {
  name: 'accounts',
  models: [accounts, organisations, sessions, throttles] as unknown as NonNullable<ModuleFace['models']>,
  migrations: [letInOrgans],
  routes: [...accountRoutes, ...staffRoutes, ...organisationRoutes],
  jobs: [sweepSessions, sweepHalfSignUps, reencryptAccounts],
};

export type { Actor, ApplicantActor, CitizenActor, OrganisationActor, StaffActor } from './actor.ts';
export type { AccountKind, OrganisationKind, StaffRole } from './contract.ts';
export {
  administrator,
  applicant,
  caseStaff,
  citizen,
  court,
  organisationAdministrator,
  organisationMember,
  signedIn,
  staffWith,
  hallOf,
  hallOverseer,
  overseer,
  supervisor,
  verifiedApplicant,
  worksOnCases,
} from './access.ts';
export { authenticate } from './authenticate.ts';
export { confirmFactor, FRESH_FACTOR_MS, requireFreshFactor, type GivenFactor } from './confirm-factor.ts';
export { createFirstAdministrator } from './create-first-administrator.ts';
export {
  canonicalMobile,
  checkCreditCode,
  checkResidentId,
  residentCheckDigit,
  type CreditCodeCheck,
  type ResidentIdCheck,
} from './identity-numbers.ts';
export { loadPerson, loadOrganisation, type LoadedPerson } from './load.ts';
export { maskGivenNumber, maskIdNumber, maskName, maskPhone } from './masks.ts';
export { checkName, nameKey } from './names.ts';
export { personIndexOf } from './new-account.ts';
export {
  findAccountByIdNumber,
  findAccountByPersonIndex,
  findAccountFaces,
  findAccountNames,
  findActiveMembers,
  findMemberIds,
  findOrganisationByCreditCode,
  findPersonIndexesByPhone,
  findStaffByPersonIndex,
  findStaffByRole,
  getIdentity,
  type AccountFace,
  type CitizenBrief,
  type Identity,
} from './reads.ts';
export { issueSessionCookie } from './routes.ts';
export { startSession } from './sessions.ts';
export { totpCodeAt } from './totp.ts';
