import type { StaffRole } from '../../../backend/modules/accounts/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

export function roleName(role: StaffRole): string {
  const names = {
    acceptance: t('desk.roleAcceptance'),
    firstReview: t('desk.roleFirstReview'),
    secondReview: t('desk.roleSecondReview'),
    registrar: t('desk.roleRegistrar'),
    issuance: t('desk.roleIssuance'),
    archivist: t('desk.roleArchivist'),
    sectionHead: t('desk.roleSectionHead'),
    leader: t('desk.roleLeader'),
    supervisor: t('desk.roleSupervisor'),
    administrator: t('desk.roleAdministrator'),
  } satisfies Record<StaffRole, string>;
  return names[role];
}
