import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument } from './application.model.ts';

/** What happened to a case, past tense; the timeline has a sentence for each (timeline-words.ts). */
export const CASE_EVENTS = [
  'consentRequested',
  'consentSigned',
  'consentDeclined',
  'consentVoided',
  'submitted',
  'correctionRequested',
  'correctionAnswered',
  'correctionLapsed',
  'declined',
  'accepted',
  'acceptedByLaw',
  'claimed',
  'released',
  'paused',
  'pauseAsked',
  'pauseRefused',
  'pauseRecorded',
  'resumed',
  'extensionAsked',
  'extensionRefused',
  'extended',
  'deadlineMoved',
  'answerMoved',
  'promiseShortened',
  'promiseDecided',
  'reviewed',
  'approved',
  'refused',
  'withdrawalRequested',
  'withdrawalRefused',
  'withdrawn',
  'recordingStarted',
  'recordingTurnedBack',
  'registered',
  'issued',
  'archived',
] as const;
export type CaseEvent = (typeof CASE_EVENTS)[number];

export const caseEventTypes = CASE_EVENTS.map((name) => `applications.${name}` as const);

/**
 * An event of a case. It carries what subscribers ask of every case (number, type, applicants' accounts), so that telling
 * people of it needs no second look; ids and closed words only, never a name or a number of a person.
 */
export function caseEvent(
  p: Platform,
  happened: CaseEvent,
  doc: ApplicationDocument,
  actorId: string | null,
  extra: Record<string, unknown> = {},
): OutboxEvent {
  const { _id: caseId, no, typeCode, typeVersion, unitCodes, initiator } = doc;
  return p.outbox.event(`applications.${happened}`, actorId, {
    caseId,
    no,
    typeCode,
    typeVersion,
    unitCodes,
    initiatorId: initiator.accountId,
    notify: doc.followers,
    ...extra,
  });
}
