import type { Subscriber } from '../../../platform/database/outbox.ts';
import { findStaffByRole } from '../../accounts/index.ts';
import { message, notificationSubscriber } from '../../notifications/index.ts';
import { findDelay } from '../looks/delays.ts';
import { certificationMessages } from './certification-messages.ts';
import { electronicMessages } from './electronic-messages.ts';
import { toldToOrgan } from './organ-delays.ts';
import { looksOfDelay, looksOfQuery, tellLate } from './late-looks.ts';

/** What is told of complaints about looks, and of looks that were told late. */

const COMPLAINTS = '/desk/look-complaints';
const DELAYS = '/desk/look-delays';

const OUTCOMES = {
  grounded: { zh: '查看有依据', en: 'the look had a ground' },
  groundless: { zh: '查看没有依据', en: 'the look had no ground' },
} as const;

const complaintMessages = notificationSubscriber({
  name: 'query.complaint-messages',
  types: ['query.look_complained', 'query.look_answered'],
  async react(p, { type, data }) {
    const about = String(data.complaintId);
    const lookerId = typeof data.lookerId === 'string' ? data.lookerId : null;
    const supervisors = (await findStaffByRole(p, 'supervisor')).map(({ accountId }) => accountId);
    // Nobody judges a look of their own.
    const accountIds = supervisors.filter((accountId) => accountId !== lookerId);
    if (type === 'query.look_complained') {
      const params = { dueOn: String(data.dueOn) };
      return {
        messages: [message({ accountIds, template: 'looks.complained', params, link: COMPLAINTS, about })],
      };
    }
    const lookedAt = new Date(data.lookedAt as string | Date);
    const told = message({
      accountIds: [String(data.accountId)],
      template: 'looks.answered',
      params: { lookedAt },
      link: '/me/access-log',
    });
    const judged = message({
      accountIds: lookerId === null ? [] : [lookerId],
      template: 'looks.judged',
      params: { lookedAt, outcome: OUTCOMES[data.outcome as keyof typeof OUTCOMES] },
      link: '/notifications',
    });
    return { messages: [told, judged], settle: [{ accountIds, about }] };
  },
});

const delayMessages = notificationSubscriber({
  name: 'query.delay-messages',
  types: ['query.delay_asked', 'query.delay_granted', 'query.delay_refused', 'query.delay_ended'],
  async react(p, { type, data }) {
    const about = String(data.delayId);
    const delay = await findDelay(p, about);
    if (!delay) return null;
    const organisation = delay.organisationName;
    // Whoever it is about does not decide it, and is not warned by being asked to.
    const leaders = (await findStaffByRole(p, 'leader'))
      .filter(({ personIndex }) => personIndex !== delay.personIndex)
      .map(({ accountId }) => accountId);
    if (type === 'query.delay_asked') {
      const accountIds = leaders.filter((accountId) => accountId !== delay.asked.by.accountId);
      const params = { organisation };
      return {
        messages: [message({ accountIds, template: 'looks.delayAsked', params, link: DELAYS, about })],
      };
    }
    const settle = [{ accountIds: leaders, about }];
    const toOrgan = await toldToOrgan(p, type, delay);
    if (type !== 'query.delay_ended') return { messages: toOrgan, settle };
    const late = await tellLate(p, await looksOfDelay(p, delay), organisation);
    return { messages: [...late, ...toOrgan], settle };
  },
});

const releaseMessages = notificationSubscriber({
  name: 'query.release-messages',
  types: ['query.released'],
  async react(p, { data }) {
    const found = await looksOfQuery(p, String(data.queryId));
    return found && { messages: await tellLate(p, found.looks, found.organisation) };
  },
});

export const lookMessages: readonly Subscriber[] = [
  complaintMessages,
  delayMessages,
  releaseMessages,
  electronicMessages,
  certificationMessages,
];
