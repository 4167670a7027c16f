import { t } from '../../i18n/i18n.svelte.ts';

/** Steps of the catalogue by their usual keys; a type's own step shows its key's words in its case. */
export function stepName(step: string | null): string {
  if (step === null) return '–';
  const names: Record<string, string> = {
    acceptance: t('desk.roleAcceptance'),
    firstReview: t('desk.roleFirstReview'),
    secondReview: t('desk.roleSecondReview'),
    review: t('desk.stepReview'),
    approval: t('desk.stepApproval'),
    record: t('desk.roleRegistrar'),
    issuance: t('desk.roleIssuance'),
    archive: t('desk.roleArchivist'),
  };
  return names[step] ?? step;
}
