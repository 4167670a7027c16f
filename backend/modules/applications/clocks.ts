import type { BusinessType } from '../catalogue/index.ts';
import {
  computeDeadline,
  computeFaces,
  nextThresholds,
  planEndOf,
  type Calendar,
  type ClockEvent,
  type DeadlineAnswer,
} from '../clock/index.ts';
import { nextAlarmAt } from './alarms.ts';
import { answerDueOf } from './answer-due.ts';
import type { ApplicationDocument, Work } from './application.model.ts';
import { stampOf, type CaseType } from './case-type.ts';
import { currentStep, openExtension, openPauseRequest } from './policy.ts';
import { isClosed, isPending } from './transitions.ts';

/**
 * The case's side of the deadline clock. A case stores events only; both due dates are computed from them, and what the
 * work list keeps (`Work`) is a disposable copy that names the calendar it was made with.
 */

type Limits = BusinessType['limits'];

const limitRule = ({ promised, statutory, switchToStatutory }: Limits) => ({
  promised,
  statutory,
  switchToStatutory,
});

/** Accepted, by a clerk or by law: from then on there is a due day. */
export const isRunning = ({ clockEvents }: { clockEvents: readonly ClockEvent[] }): boolean =>
  clockEvents.some(({ kind }) => kind === 'accepted');

export function deadlineOf(
  events: readonly ClockEvent[],
  limits: Limits,
  calendar: Calendar,
  now: Date,
): DeadlineAnswer | null {
  if (!isRunning({ clockEvents: events })) return null;
  return computeDeadline({ events, limits: limitRule(limits), calendar, now });
}

/** Cases paused in time have no due instant; they come last in a list that is sorted by it. */
export const LAST = new Date('9999-12-31T00:00:00Z');

export interface WorkSource {
  doc: Pick<
    ApplicationDocument,
    | 'status'
    | 'channel'
    | 'step'
    | 'clockEvents'
    | 'submission'
    | 'corrections'
    | 'withdrawal'
    | 'pauses'
    | 'extensions'
    | 'pauseRequests'
    | 'typeCode'
    | 'typeVersion'
    | 'alarmed'
  >;
  type: Pick<CaseType, 'limits' | 'steps' | 'distinctPeople'> & Partial<Pick<CaseType, 'rulesVersion'>>;
  calendar: Calendar;
  now: Date;
}

/** What the work list keeps of a case in this state. */
export function workOf({ doc, type, calendar, now }: WorkSource): Work {
  const { status, clockEvents, submission } = doc;
  const { limits } = type;
  const idle: Work = {
    open: status === 'issued' || (!isClosed(status) && status !== 'draft' && status !== 'waitingConsent'),
    sortAt: LAST,
    yellowAt: null,
    dueAt: null,
    statutoryDueAt: null,
    provisional: false,
    paused: false,
    waitingFor: waitingFor(doc),
    ...turnOf(doc, type),
    calendarVersion: stampOf(calendar.version, type.rulesVersion),
    alarmAt: nextAlarmAt({ doc, limits, calendar }, now),
    ...pausesOf(doc, calendar),
    askedAt: askedAt(doc),
  };
  if (!isRunning(doc) && status === 'submitted' && submission) {
    // C4: one working day to answer; the light turns yellow for its last third, as for any limit of a day.
    const answerDueAt = answerDueOf(submission, calendar, now);
    const yellowAt = new Date(answerDueAt.getTime() - 2.5 * 3_600_000);
    return { ...idle, sortAt: answerDueAt, dueAt: answerDueAt, yellowAt };
  }
  if (!isRunning(doc)) return idle;
  const deadline = computeFaces({ events: clockEvents, limits: limitRule(limits), calendar, now });
  if (deadline.state === 'stopped') return idle;
  const { promised, statutory } = deadline;
  const paused = deadline.state === 'paused';
  // A pause opened after the due instant does not take the case out of what is overdue (clock/lights.ts).
  if (promised.dueAt === null || (paused && !promised.overdue)) return { ...idle, paused: true };
  const dueAt = new Date(promised.dueAt);
  const yellow = nextThresholds({ events: clockEvents, limits: limitRule(limits), calendar }).find(
    ({ kind }) => kind === 'yellow',
  );
  return {
    ...idle,
    sortAt: dueAt,
    dueAt,
    yellowAt: yellow?.at ?? null,
    statutoryDueAt: statutory.dueAt === null ? null : new Date(statutory.dueAt),
    provisional: promised.provisional || statutory.provisional,
    paused,
  };
}

/** The open pauses as they are counted. */
function pausesOf(
  { status, pauses }: WorkSource['doc'],
  calendar: Calendar,
): Pick<Work, 'pause' | 'pauseEndsAt'> {
  const open = isClosed(status) ? [] : pauses.filter(({ to }) => to === null);
  const ends = open
    .flatMap(({ plannedEndOn, reason }) => (plannedEndOn ? [planEndOf(calendar, plannedEndOn, reason)] : []))
    .sort((a, b) => a.getTime() - b.getTime());
  return {
    pause: open.length === 0 ? null : [...new Set(open.map(({ reason }) => reason))].sort().join('+'),
    pauseEndsAt: ends[0] ?? null,
  };
}

/** Since when something waits to be decided on. */
function askedAt(doc: WorkSource['doc']): Date | null {
  if (!isPending(doc.status)) return null;
  const open = [openExtension(doc)?.askedAt, openPauseRequest(doc)?.askedAt].flatMap((at) => at ?? []);
  return open.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** Whose turn it is: the step's post; after 登簿 the issuing desk, then the archive. */
function turnOf(doc: WorkSource['doc'], type: WorkSource['type']): Pick<Work, 'step' | 'role'> {
  const { status } = doc;
  if (status === 'registered') return { step: 'issuance', role: 'issuance' };
  if (status === 'issued') return { step: 'archive', role: 'archivist' };
  if (isClosed(status) || status === 'draft' || status === 'waitingConsent')
    return { step: null, role: null };
  const step = currentStep(doc, type);
  return { step: step?.key ?? null, role: step?.role ?? null };
}

function waitingFor({ status, corrections, withdrawal, pauses }: WorkSource['doc']): Work['waitingFor'] {
  if (isClosed(status)) return 'nobody';
  if (status === 'draft' || status === 'waitingConsent' || status === 'correction') return 'applicant';
  if (withdrawal?.state === 'asked' || corrections.some(({ answeredAt }) => answeredAt === null))
    return 'applicant';
  const open = pauses.filter(({ to }) => to === null);
  if (open.some(({ reason }) => reason === 'waitTax' || reason === 'waitFee')) return 'applicant';
  return open.length > 0 ? 'others' : 'us';
}

/** The light of a listed case at this moment: comparisons only, no counting. In the order of the clock's own (clock/lights.ts). */
export function lightOf(work: Work, now: Date): 'green' | 'yellow' | 'red' | 'black' | 'paused' | 'none' {
  if (work.statutoryDueAt && now > work.statutoryDueAt) return 'black';
  if (work.dueAt && now > work.dueAt) return 'red';
  if (work.paused) return 'paused';
  if (work.dueAt === null) return 'none';
  return work.yellowAt && now >= work.yellowAt ? 'yellow' : 'green';
}
