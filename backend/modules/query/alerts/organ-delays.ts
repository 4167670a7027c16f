import type { Platform } from '../../../platform/platform.ts';
import { findActiveMembers } from '../../accounts/index.ts';
import { message } from '../../notifications/index.ts';
import type { DelayDocument } from '../looks/delay.model.ts';

/**
 * What an organ is told of a delay of notice that it asked for by letter (looks/delays.ts): in its inbox alone, since what law keeps secret
 * goes through no mail server, by the number of its letter alone, and not to a member of its own whom the delay is about.
 */

const LINK = '/me/queries';

const REFUSED = {
  byLeader: { zh: '没有同意', en: 'was not agreed to' },
  /** Its working days went by before anybody had decided (looks/delays.ts). */
  undecided: { zh: '在规定的时间内没有作出决定', en: 'was not decided in time' },
} as const;

const ENDED = {
  released: { zh: '已按贵单位的解除函提前结束', en: 'was ended before its day by your written release' },
  expired: { zh: '已到期', en: 'has reached its last day' },
} as const;

export async function toldToOrgan(
  p: Platform,
  type: string,
  { organisationId, personIndex, docNo, untilOn, decided, released }: DelayDocument,
): Promise<ReturnType<typeof message>[]> {
  const accountIds = await findActiveMembers(p, organisationId, { but: personIndex });
  if (accountIds.length === 0) return [];
  const to = { accountIds, link: LINK };
  if (type === 'query.delay_granted')
    return [message({ ...to, template: 'looks.organDelayGranted', params: { docNo, untilOn } })];
  if (type === 'query.delay_refused') {
    const why = decided ? REFUSED.byLeader : REFUSED.undecided;
    return [message({ ...to, template: 'looks.organDelayRefused', params: { docNo, why } })];
  }
  const how = released ? ENDED.released : ENDED.expired;
  return [message({ ...to, template: 'looks.organDelayEnded', params: { docNo, how } })];
}
