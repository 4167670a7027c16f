/**
 * What each event of a case (办件) means for inboxes: who is told what, and which calls to act are done with. The case
 * itself is above this module, so `describe` tells the words; ids and closed words come with the event.
 */
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { message, notificationSubscriber, type Reaction } from './notify.ts';
import type { TemplateKey, TemplateParams } from './templates.ts';
import type { Bilingual } from './words.ts';

/** Who is to act on an invitation. `recipient` is an account, or a reference that the contact source knows. */
export interface Invitee {
  recipient: string;
  /** Path of the portal. */
  link: string;
}

/** What the messages of one event need to know of its case. */
export interface CaseBrief {
  /** Plain name of the business with the number once there is one, as `二手房过户（2026100900017）`. */
  caseTitle: Bilingual;
  /** Path of the case for its applicants. */
  link: string;
  initiatorId: string;
  /** Masked name of who acted, for the events of which `saysWhoActed`. */
  actorName: string | Bilingual;
  /** Those among the parties of the event (`data.partyIds`) who have to act. */
  invitees: readonly Invitee[];
  stepLabel(step: string): Bilingual;
  /** Why the clock stands, as applicants read it. */
  pauseLabel(reason: string): Bilingual;
}

export type DescribeCase = (p: Platform, event: DeliveredEvent) => Promise<CaseBrief | null>;

interface Happening {
  event: DeliveredEvent;
  brief: CaseBrief;
  caseId: string;
  /** Accounts of all applicants. */
  followers: readonly string[];
}

type Told = (happening: Happening) => Reaction;

/** The case's own title goes into every message. */
type Rest<T extends TemplateKey> = Omit<TemplateParams<T>, 'caseTitle'>;

function tell<T extends TemplateKey>(
  { brief, caseId }: Happening,
  template: T,
  rest: Rest<T>,
  accountIds: readonly string[],
  link = brief.link,
): NonNullable<Reaction['messages']>[number] {
  const params = { caseTitle: brief.caseTitle, ...rest } as unknown as TemplateParams<T>;
  return message({ accountIds, template, params, link, about: caseId });
}

const toAll =
  <T extends TemplateKey>(template: T, restOf: (happening: Happening) => Rest<T>): Told =>
  (happening) => ({ messages: [tell(happening, template, restOf(happening), happening.followers)] });

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const othersThanActor = ({ followers, event }: Happening) => followers.filter((id) => id !== event.actorId);

const toInvitees = (template: 'applications.consentRequested' | 'applications.consentVoided'): Told => {
  return (happening) => ({
    messages: happening.brief.invitees.map(({ recipient, link }) =>
      template === 'applications.consentRequested'
        ? tell(happening, template, { inviter: happening.brief.actorName }, [recipient], link)
        : tell(happening, template, {}, [recipient], link),
    ),
  });
};

const correctionRequested: Told = (happening) => {
  const { kind, count, dueOn } = happening.event.data;
  const rest = { count: Number(count), until: text(dueOn) };
  const template =
    kind === 'supplement' ? 'applications.supplementRequested' : 'applications.correctionRequested';
  const { initiatorId } = happening.brief;
  const others = happening.followers.filter((id) => id !== initiatorId);
  return {
    messages: [
      tell(happening, template, rest, [initiatorId]),
      // Only who filed can hand in; a call to act would send the others after something they cannot do.
      tell(happening, 'applications.correctionByOther', rest, others),
    ],
  };
};

const PAYMENTS = new Set(['waitTax', 'waitFee']);

const paused: Told = (happening) => {
  const { reason, causedBy, switched } = happening.event.data;
  const words = { reason: happening.brief.pauseLabel(text(reason)) };
  // The clock of these does not stand still.
  if (switched)
    return { messages: [tell(happening, 'applications.limitSwitched', words, happening.followers)] };
  // Only a seizure carries its cause; a clerk may suspend for other reasons of law.
  if (reason === 'suspendedByLaw' && causedBy) {
    return { messages: [tell(happening, 'applications.suspendedByLaw', {}, happening.followers)] };
  }
  const template = PAYMENTS.has(text(reason)) ? 'applications.taxDue' : 'applications.paused';
  return { messages: [tell(happening, template, words, happening.followers)] };
};

const pauseRecorded = toAll('applications.pauseRecorded', ({ event: { data }, brief }) => ({
  reason: brief.pauseLabel(text(data.reason)),
  fromOn: legalDayOf(new Date(text(data.from))),
}));

/** Who decided is done with it; the initiator hears of it, unless that is the same person. */
const decided =
  (template: 'applications.consentSigned' | 'applications.consentDeclined'): Told =>
  (happening) => {
    const { brief, caseId, event } = happening;
    const actor = event.actorId ? [event.actorId] : [];
    const initiator = brief.initiatorId === event.actorId ? [] : [brief.initiatorId];
    return {
      settle: [{ accountIds: actor, about: caseId }],
      messages: [tell(happening, template, { signer: brief.actorName }, initiator)],
    };
  };

const REACTIONS: Readonly<Record<string, Told>> = {
  'applications.consentRequested': toInvitees('applications.consentRequested'),
  'applications.consentVoided': toInvitees('applications.consentVoided'),
  'applications.consentSigned': decided('applications.consentSigned'),
  'applications.consentDeclined': decided('applications.consentDeclined'),
  'applications.submitted': toAll('applications.submitted', ({ event }) => ({
    answerOn: legalDayOf(new Date(text(event.data.answerDueAt))),
  })),
  'applications.correctionRequested': correctionRequested,
  'applications.correctionAnswered': toAll('applications.correctionAnswered', () => ({})),
  'applications.correctionLapsed': toAll('applications.correctionLapsed', () => ({})),
  'applications.declined': toAll('applications.declined', () => ({})),
  'applications.accepted': toAll('applications.accepted', ({ event }) => ({
    dueOn: new Date(text(event.data.promisedDueAt)),
  })),
  'applications.acceptedByLaw': toAll('applications.acceptedByLaw', ({ event }) => ({
    dueOn: new Date(text(event.data.promisedDueAt)),
  })),
  'applications.paused': paused,
  'applications.pauseRecorded': (happening) =>
    happening.event.data.switched ? paused(happening) : pauseRecorded(happening),
  'applications.resumed': toAll('applications.resumed', () => ({})),
  'applications.extended': toAll('applications.extended', ({ event: { data } }) => ({
    days: Number(data.days),
    oldDueOn: text(data.oldDueOn),
    newDueOn: text(data.newDueOn),
  })),
  'applications.deadlineMoved': toAll('applications.deadlineMoved', ({ event: { data } }) => ({
    oldDueOn: text(data.oldDueOn),
    newDueOn: text(data.newDueOn),
    notice: text(data.notice),
  })),
  'applications.answerMoved': toAll('applications.answerMoved', ({ event: { data } }) => ({
    oldDueOn: text(data.oldDueOn),
    newDueOn: text(data.newDueOn),
    notice: text(data.notice),
  })),
  'applications.promiseShortened': toAll('applications.promiseShortened', ({ event: { data } }) => ({
    oldDueOn: text(data.oldDueOn),
    newDueOn: text(data.newDueOn),
  })),
  'applications.promiseDecided': toAll('applications.promiseDecided', ({ event: { data } }) => ({
    oldDueOn: text(data.oldDueOn),
    newDueOn: text(data.newDueOn),
    reason: text(data.reason),
  })),
  'applications.reviewed': toAll('applications.reviewed', ({ event, brief }) => ({
    step: brief.stepLabel(text(event.data.step)),
  })),
  'applications.approved': toAll('applications.approved', () => ({})),
  'applications.refused': toAll('applications.refused', () => ({})),
  'applications.registered': toAll('applications.registered', ({ event }) => ({ registeredAt: event.at })),
  'applications.issued': toAll('applications.issued', () => ({})),
  'applications.withdrawalRequested': (happening) => ({
    messages: [
      tell(
        happening,
        'applications.withdrawalRequested',
        { asker: happening.brief.actorName },
        othersThanActor(happening),
      ),
    ],
  }),
  'applications.withdrawalRefused': toAll('applications.withdrawalRefused', () => ({})),
  'applications.withdrawn': toAll('applications.withdrawn', ({ event }) => ({
    withdrawnOn: text(event.data.on) || legalDayOf(event.at),
  })),
  'files.infected': (happening) => ({
    messages: [tell(happening, 'files.infected', {}, [text(happening.event.data.ownerId)])],
  }),
};

export const caseMessageTypes: readonly string[] = Object.keys(REACTIONS);

const NAMING: ReadonlySet<string> = new Set([
  'applications.consentRequested',
  'applications.consentSigned',
  'applications.consentDeclined',
  'applications.withdrawalRequested',
]);

/** Whether the message of an event names who acted: for all others nobody's name is looked up. */
export const saysWhoActed = (type: string): boolean => NAMING.has(type);

/** Pure: the reaction to one event of a case. Null for an event that nobody is told of. */
export function caseReaction(event: DeliveredEvent, brief: CaseBrief): Reaction | null {
  const react = REACTIONS[event.type];
  const caseId = text(event.data.caseId) || text(event.data.subjectId);
  const followers = Array.isArray(event.data.notify) ? event.data.notify.map(text).filter(Boolean) : [];
  return react ? react({ event, brief, caseId, followers }) : null;
}

/** Tells the applicants of each case what happened to it; wired in subscriptions.ts with `describe`. */
export function caseMessages(describe: DescribeCase): Subscriber {
  return notificationSubscriber({
    name: 'notifications.case-messages',
    types: caseMessageTypes,
    async react(p, event) {
      const brief = await describe(p, event);
      return brief && caseReaction(event, brief);
    },
  });
}
