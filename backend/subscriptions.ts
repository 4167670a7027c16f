import { findAccountNames, findStaffByRole, getIdentity, maskName } from './modules/accounts/index.ts';
import {
  findCaseFacts,
  findCaseTitle,
  findConsentInvitation,
  issueAfterCertificates,
  keepServedOrders,
  PAUSE_WORDS,
  proveInitiator,
  resumeAfterRelease,
  suspendAccepted,
  suspendAfterSeizure,
  type PauseReason,
} from './modules/applications/index.ts';
import { projectBookings } from './modules/appointments/index.ts';
import { recordEvents } from './modules/audit/index.ts';
import { findBusinessType } from './modules/catalogue/index.ts';
import {
  followCertificates,
  issueOnRegistered,
  logCertificates,
  reconcileOnChange,
} from './modules/certificates/index.ts';
import { appendChanges } from './modules/ledger/index.ts';
import {
  caseMessages,
  forgetEmail,
  message,
  notificationSubscriber,
  saysWhoActed,
  type CaseBrief,
  type Contact,
  type DescribeCase,
  type Invitee,
} from './modules/notifications/index.ts';
import {
  decisionMessages,
  fillConcerns,
  logResults,
  lookMessages,
  propertyMessages,
} from './modules/query/index.ts';
import { findUnit } from './modules/register/index.ts';
import { alarmWords, observeCases, type AlarmKind } from './modules/supervision/index.ts';
import {
  appointmentMessages,
  drawMessages,
  lineMessages,
  ticketMessages,
} from './subscriptions/appointment-messages.ts';
import { createGatherer, perPlatform } from './platform/database/gather.ts';
import { AppError } from './platform/errors.ts';
import type { DeliveredEvent, Subscriber } from './platform/database/outbox.ts';
import type { Platform } from './platform/platform.ts';

/** An invited party without an account is reached by the phone in the application: `party:<case id>:<party id>`. */
const PARTY = /^party:([0-9a-f]{24}):(.+)$/;

async function inviteesOf(p: Platform, caseId: string, event: DeliveredEvent): Promise<Invitee[]> {
  const { partyIds } = event.data;
  const invitees: Invitee[] = [];
  for (const partyId of Array.isArray(partyIds) ? partyIds.map(String) : []) {
    const invitation = await findConsentInvitation(p, caseId, partyId);
    if (!invitation) continue;
    const recipients =
      invitation.accountIds.length > 0 ? invitation.accountIds : [`party:${caseId}:${partyId}`];
    for (const recipient of recipients) {
      if (recipient !== event.actorId) invitees.push({ recipient, link: invitation.link });
    }
  }
  return invitees;
}

/** The events of a batch ask for their actors' names at the same time: one query answers all. */
const namerOf = perPlatform((p: Platform) =>
  createGatherer<string, string | null>(async (ids) => {
    const names = await findAccountNames(p, ids);
    return ids.map((id) => names.get(id) ?? null);
  }),
);

async function actorNameOf(p: Platform, actorId: string | null): Promise<CaseBrief['actorName']> {
  const name = actorId && (await namerOf(p)(actorId));
  return name ? maskName(name) : { zh: '系统', en: 'the system' };
}

const describeCase: DescribeCase = async (p, event) => {
  const facts = await findCaseTitle(p, event.data);
  if (!facts) return null;
  const { no, typeName } = facts;
  return {
    caseTitle: no ? { zh: `${typeName.zh}（${no}）`, en: `${typeName.en} (${no})` } : typeName,
    link: no ? `/cases/${no}` : `/applications/${facts.id}`,
    initiatorId: facts.initiatorAccountId,
    actorName: saysWhoActed(event.type) ? await actorNameOf(p, event.actorId) : '',
    invitees: await inviteesOf(p, facts.id, event),
    stepLabel: (step) => facts.steps.find(({ key }) => key === step)?.label ?? { zh: '审核', en: 'Review' },
    pauseLabel: (reason) => PAUSE_WORDS[reason as PauseReason].label,
  };
};

/** Where people can be reached: their account's phone, or for a party without an account the one in the case. */
export async function findContactOf(p: Platform, recipient: string): Promise<Contact | null> {
  const party = PARTY.exec(recipient);
  if (party) {
    const invitation = await findConsentInvitation(p, party[1]!, party[2]!);
    return invitation && { phone: invitation.phone, language: 'zh-CN' };
  }
  const identity = await getIdentity(p, recipient).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  return identity && { phone: identity.phone, language: 'zh-CN' };
}

/** domain.md §5.2: who ordered a seizure, or renewed it last, is told before its term ends. One taken over has no account here. */
const seizureMessages = notificationSubscriber({
  name: 'notifications.seizure-messages',
  types: ['register.seizureExpiring'],
  async react(p, { data }) {
    const facts = await findCaseFacts(p, String(data.caseId));
    const unit = await findUnit(p, String(data.unitCode));
    if (!facts || !unit) return null;
    const accountIds = [...new Set([facts.initiatorAccountId, ...facts.followers])];
    const params = { address: unit.address, docNo: String(data.docNo), until: String(data.until) };
    const link = `/cases/${facts.no ?? ''}`;
    return {
      messages: [
        message({ accountIds, template: 'register.seizureExpiring', params, link, about: facts.id }),
      ],
    };
  },
});

const accountMessages = notificationSubscriber({
  name: 'notifications.account-messages',
  types: ['accounts.password_changed', 'accounts.name_verified'],
  react(_, { type, at, data }) {
    const accountIds = [String(data.accountId)];
    const told =
      type === 'accounts.name_verified'
        ? message({ accountIds, template: 'accounts.name_verified', params: {}, link: '/services' })
        : message({
            accountIds,
            template: 'accounts.password_changed',
            params: { changedAt: at },
            link: '/me',
          });
    return Promise.resolve({ messages: [told] });
  },
});

/** Who is told of an alarm was decided when it was raised, and stands on it. */
const alarmMessages = notificationSubscriber({
  name: 'notifications.alarm-messages',
  types: ['supervision.alarm_raised'],
  async react(p, { data }) {
    const caseId = String(data.caseId);
    const no = String(data.no);
    const accountIds = Array.isArray(data.accountIds) ? data.accountIds.map(String) : [];
    if (accountIds.length === 0) return null;
    const type = await findBusinessType(p, String(data.typeCode));
    const caseTitle = {
      zh: `${type?.plainName.zh ?? ''}（${no}）`,
      en: `${type?.plainName.en ?? ''} (${no})`,
    };
    const alarm = alarmWords(data.kind as AlarmKind, Number(data.lateWorkdays));
    const params = { caseTitle, alarm, since: data.at as Date };
    const link = `/desk/cases/${no}`;
    return {
      messages: [message({ accountIds, template: 'supervision.alarm', params, link, about: caseId })],
    };
  },
});

const DAYS_SHOWN = 5;

/** A calendar that reaches back turns lights of before: whoever supervises looks whether there is such a notice. */
const calendarMessages = notificationSubscriber({
  name: 'notifications.calendar-messages',
  types: ['clock.calendar_published'],
  async react(p, { data }) {
    const past = Array.isArray(data.pastDays) ? data.pastDays.map(String) : [];
    if (past.length === 0) return null;
    const accountIds = (await findStaffByRole(p, 'supervisor')).map(({ accountId }) => accountId);
    if (accountIds.length === 0) return null;
    const days = `${past.slice(0, DAYS_SHOWN).join('、')}${past.length > DAYS_SHOWN ? '…' : ''}`;
    const params = { notice: String(data.notice), days };
    const link = '/supervision/cases';
    return { messages: [message({ accountIds, template: 'supervision.past_days_changed', params, link })] };
  },
});

/** The log of the register is not what was signed, or is again: whoever supervises and whoever runs the system must know. */
const ledgerMessages = notificationSubscriber({
  name: 'notifications.ledger-messages',
  types: ['ledger.broken', 'ledger.mended'],
  async react(p, { type, data }) {
    const staff = await Promise.all([findStaffByRole(p, 'supervisor'), findStaffByRole(p, 'administrator')]);
    const accountIds = [...new Set(staff.flat().map(({ accountId }) => accountId))];
    if (accountIds.length === 0) return null;
    const told =
      type === 'ledger.broken'
        ? message({
            accountIds,
            template: 'ledger.broken',
            params: { since: data.at as Date },
            link: '/ledger',
          })
        : message({ accountIds, template: 'ledger.mended', params: {}, link: '/ledger' });
    return { messages: [told] };
  },
});

const ORDER_TEMPLATES = {
  'supervision.order_issued': 'supervision.order_issued',
  'supervision.order_replied': 'supervision.order_replied',
  'supervision.order_reply_overdue': 'supervision.order_reply_overdue',
  'supervision.order_ended': 'supervision.order_ended',
  'supervision.order_withdrawn': 'supervision.order_withdrawn',
} as const;

const orderMessages = notificationSubscriber({
  name: 'notifications.order-messages',
  types: Object.keys(ORDER_TEMPLATES),
  react(_, { type, data }) {
    const accountIds = Array.isArray(data.accountIds) ? data.accountIds.map(String) : [];
    const about = String(data.orderId);
    const words = { orderNo: String(data.orderNo), target: String(data.target) };
    const content = { accountIds, link: `/supervision/orders/${about}`, about };
    const told =
      type === 'supervision.order_issued' || type === 'supervision.order_reply_overdue'
        ? message({ ...content, template: type, params: { ...words, until: String(data.replyDueOn) } })
        : message({
            ...content,
            template:
              ORDER_TEMPLATES[
                type as Exclude<
                  keyof typeof ORDER_TEMPLATES,
                  'supervision.order_issued' | 'supervision.order_reply_overdue'
                >
              ],
            params: words,
          });
    return Promise.resolve({ messages: [told] });
  },
});

/**
 * Event → reactions: the only place where a module's event reaches a module above or beside it. They run in this
 * order for each batch: what stops a case comes before what tells people of it.
 */
export const subscribers: readonly Subscriber[] = [
  recordEvents,
  appendChanges,
  proveInitiator,
  forgetEmail,
  keepServedOrders,
  suspendAccepted,
  suspendAfterSeizure,
  resumeAfterRelease,
  issueOnRegistered,
  reconcileOnChange,
  logCertificates,
  followCertificates,
  logResults,
  fillConcerns,
  issueAfterCertificates,
  observeCases,
  projectBookings,
  caseMessages(describeCase),
  ...propertyMessages,
  decisionMessages,
  ...lookMessages,
  seizureMessages,
  accountMessages,
  alarmMessages,
  calendarMessages,
  ledgerMessages,
  orderMessages,
  appointmentMessages,
  lineMessages,
  ticketMessages,
  drawMessages,
];
