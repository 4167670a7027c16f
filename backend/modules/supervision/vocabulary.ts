/** The closed sets of supervision (限时监督). Pure and browser-safe. */

export { ALARM_KINDS, type AlarmKind } from '../applications/contract.ts';

/** Severest first; `none`: on time no longer applies, such as a case that waits to be collected. */
export const LIGHTS = ['black', 'red', 'yellow', 'green', 'paused', 'none'] as const;
export type Light = (typeof LIGHTS)[number];

/** How a case ended: 登簿 · 不予登记 · 不予受理 · 撤回. */
export const OUTCOMES = ['registered', 'refused', 'declined', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * Those of deadlines.md: acceptance long after a complete submission · a second 补正 on what was visible the first time · a
 * pause opened on the last day, or after it · a pause longer than planned, or planned for much longer than the promise · withdrawal followed at once by the same application · an
 * instant-type case accepted after hours. And who acts for a party under a number of a member of staff, unseen.
 */
export const FINDING_KINDS = [
  'lateAcceptance',
  'secondCorrection',
  'lastDayPause',
  'latePause',
  'overlongPause',
  'longPause',
  'restartedCase',
  'afterHoursAcceptance',
  'unprovenAgent',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** issued 待回复 · replied 待办结 · closed 已办结 · withdrawn 已撤销. */
export const ORDER_STATES = ['issued', 'replied', 'closed', 'withdrawn'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
