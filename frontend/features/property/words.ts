import type {
  ComplaintOutcome,
  DelayState,
  GrantPurpose,
  GrantState,
  LookerView,
} from '../../../backend/modules/query/contract.ts';
import type { MessageKey } from '../../i18n/areas.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';

/** The words of looks and permissions by their codes: a new code is a type error here until it has them. */

type Plain = MessageKey & `property.${string}`;

const GRANT_STATES = {
  active: ['property.grantActive', 'ok'],
  revoked: ['property.grantRevoked', 'neutral'],
  expired: ['property.grantExpired', 'neutral'],
  used: ['property.grantUsed', 'neutral'],
  ended: ['property.grantEnded', 'neutral'],
} as const satisfies Record<GrantState, readonly [Plain, string]>;
export const grantStateText = (state: GrantState): string => t(GRANT_STATES[state][0]);
export const grantStateTone = (state: GrantState) => GRANT_STATES[state][1];

export const purposeText = (purpose: GrantPurpose): string => t(`property.purpose_${purpose}`);
export const outcomeText = (outcome: ComplaintOutcome): string => t(`property.outcome_${outcome}`);
export const delayStateText = (state: DelayState): string => t(`property.delayState_${state}`);

/** `受理岗 周*（东昌府大厅）`, `聊城农商银行（经办人 周*）`, `省数据共享平台`, `孙*岚`. */
export function lookerText({ kind, name, role, place }: LookerView): string {
  // Another authority's system: nobody sits before it.
  if (kind === 'organisation' && name === null && place) return i18n.pick(place);
  if (kind === 'anonymous' || name === null) return t('property.whoAnonymous');
  if (kind === 'organisation' && place)
    return t('property.whoOrganisation', { place: i18n.pick(place), name });
  if (kind !== 'staff') return name;
  const who = role ? t('property.whoStaff', { role: i18n.pick(role), name }) : name;
  return place ? t('property.whoAt', { who, place: i18n.pick(place) }) : who;
}
