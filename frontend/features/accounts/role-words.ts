import type { StaffRole } from '../../../backend/modules/accounts/contract.ts';
import type { MessageKey } from '../../i18n/areas.ts';

export const ROLE_WORDS = {
  acceptance: 'accounts.roleAcceptance',
  firstReview: 'accounts.roleFirstReview',
  secondReview: 'accounts.roleSecondReview',
  registrar: 'accounts.roleRegistrar',
  issuance: 'accounts.roleIssuance',
  archivist: 'accounts.roleArchivist',
  sectionHead: 'accounts.roleSectionHead',
  leader: 'accounts.roleLeader',
  supervisor: 'accounts.roleSupervisor',
  administrator: 'accounts.roleAdministrator',
} as const satisfies Record<StaffRole, MessageKey>;
