import type { BusinessType } from '../catalogue/index.ts';
import {
  closeOf,
  dayNumberOf,
  lateDaysAfter,
  mergePauses,
  nextThresholds,
  readEvents,
  type Calendar,
} from '../clock/index.ts';
import type { AlarmMark, ApplicationDocument } from './application.model.ts';
import { answerDueOf } from './answer-due.ts';
import { termEndOf } from './correction-due.ts';
import { isClosed } from './transitions.ts';
import type { AlarmKind } from './vocabulary.ts';

/**
 * 预警: at which instants somebody has to be told that a case breaks, or will break, its time. Pure: a function of the case's
 * events, its rule version and a calendar, less what was raised already (`alarmed`).
 */

export interface CaseAlarm {
  kind: AlarmKind;
  /** What is told apart within a case: `red`, `late:2`, `pauseOverdue:<pause>`, `preReviewOverdue:<submission>`. */
  threshold: string;
  /** The first millisecond at which it holds. */
  at: Date;
  /** Working days past the promise: 1 and more for `late`, else 0. */
  lateWorkdays: number;
  ruleVersion: string;
  calendarVersion: string;
}

export interface AlarmSource {
  doc: Pick<
    ApplicationDocument,
    | 'status'
    | 'channel'
    | 'corrections'
    | 'clockEvents'
    | 'submission'
    | 'typeCode'
    | 'typeVersion'
    | 'alarmed'
  >;
  limits: BusinessType['limits'];
  calendar: Calendar;
}

/** The rule that fixes the date: the version of the type, and what has taken the place of its promise. */
function ruleVersionOf({ doc, limits }: AlarmSource): string {
  const { clockEvents, typeCode, typeVersion } = doc;
  const switched = clockEvents.some(
    (event) =>
      event.kind === 'paused' && (limits.switchToStatutory as readonly string[]).includes(event.reason),
  );
  const extended = clockEvents.reduce(
    (days, event) => days + (event.kind === 'extended' ? event.days : 0),
    0,
  );
  const promise = limits.rule ? `#${limits.rule.version}` : '';
  return `${typeCode}@${typeVersion}${promise}${switched ? '+statutory' : ''}${extended > 0 ? `+${extended}d` : ''}`;
}

type Instant = Pick<CaseAlarm, 'kind' | 'threshold' | 'at' | 'lateWorkdays'>;

const instant = (kind: AlarmKind, threshold: string, at: Date, lateWorkdays = 0): Instant => ({
  kind,
  threshold,
  at,
  lateWorkdays,
});

/**
 * 视为受理: who is not told in time that the application is not accepted is accepted (条例第十七条末款), and the time runs from there
 * (`deemedAcceptance`). So the two come together: that nobody answered, and what follows from it in law.
 */
function beforeAcceptance({ doc, calendar }: AlarmSource, now: Date): Instant[] {
  if (!doc.submission) return [];
  const { id } = doc.submission;
  const answerDueAt = answerDueOf(doc.submission, calendar, now);
  const past = (due: Date) => new Date(due.getTime() + 1);
  return [
    instant('preReviewOverdue', `preReviewOverdue:${id}`, past(answerDueAt)),
    instant('deemedAccepted', `deemedAccepted:${id}`, past(answerDueAt)),
  ];
}

/** An order of a court that is not put right in its term does not lapse: somebody has to send it back (`decline`). */
function inCorrection({ doc, calendar }: AlarmSource): Instant[] {
  const open = doc.corrections.find(({ answeredAt }) => answeredAt === null);
  if (!open || doc.channel !== 'entrusted') return [];
  return [instant('pauseOverdue', `pauseOverdue:${open.id}`, termEndOf(open.dueOn, calendar))];
}

/** What can come about a case in its state. */
function instantsOf(source: AlarmSource, now: Date): Instant[] {
  const { status } = source.doc;
  if (isClosed(status) || status === 'draft' || status === 'waitingConsent') return [];
  if (status === 'correction') return inCorrection(source);
  // What silence accepted has both: who did not answer, and the time that runs since.
  const unanswered = status === 'submitted' ? beforeAcceptance(source, now) : [];
  return [...unanswered, ...afterAcceptance(source, now)];
}

/** Each day late, told at its close, up to and with the first after `until`. */
function lateDays({ doc, limits, calendar }: AlarmSource, red: Date, until: Date): Instant[] {
  const pauses = mergePauses(readEvents(doc.clockEvents, limits.switchToStatutory).pauses);
  const late: Instant[] = [];
  for (const day of lateDaysAfter(calendar, pauses, dayNumberOf(new Date(red.getTime() - 1)))) {
    const close = closeOf(calendar, day);
    late.push(instant('late', `late:${late.length + 1}`, new Date(close.getTime() + 1), late.length + 1));
    if (close > until) break;
  }
  return late;
}

function afterAcceptance(source: AlarmSource, until: Date): Instant[] {
  const { doc, limits, calendar } = source;
  const { promised, statutory, switchToStatutory } = limits;
  const thresholds = nextThresholds({
    events: doc.clockEvents,
    limits: { promised, statutory, switchToStatutory },
    calendar,
  });
  const instants = thresholds.map(({ kind, at, pauseId }) =>
    kind === 'pauseEnd'
      ? instant('pauseOverdue', `pauseOverdue:${pauseId}`, new Date(at.getTime() + 1))
      : instant(kind, kind, at),
  );
  const red = instants.find(({ kind }) => kind === 'red');
  return red && red.at <= until ? [...instants, ...lateDays(source, red.at, until)] : instants;
}

/** Raised already under these versions; or under others, for the very same instant: nothing about the case has changed. */
function isRaised(marks: readonly AlarmMark[], alarm: CaseAlarm): boolean {
  return marks.some((mark) => {
    const same = mark.ruleVersion === alarm.ruleVersion && mark.calendarVersion === alarm.calendarVersion;
    if (alarm.kind === 'late' && mark.kind === 'late')
      return same ? alarm.lateWorkdays <= mark.lateWorkdays : alarm.at <= mark.at;
    return mark.threshold === alarm.threshold && (same || mark.at.getTime() === alarm.at.getTime());
  });
}

export interface AlarmPlan {
  /** To be raised now, oldest first. */
  due: CaseAlarm[];
  /** When to look again, once those are raised; null while nothing can come. */
  nextAt: Date | null;
}

/** What is due on a case at `now`, and when the next will be. */
export function planAlarms(source: AlarmSource, now: Date): AlarmPlan {
  const { doc, calendar } = source;
  const ruleVersion = ruleVersionOf(source);
  const open = instantsOf(source, now)
    .map((one): CaseAlarm => ({ ...one, ruleVersion, calendarVersion: calendar.version }))
    .filter((alarm) => !isRaised(doc.alarmed ?? [], alarm))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    due: open.filter(({ at }) => at <= now),
    nextAt: open.find(({ at }) => at > now)?.at ?? null,
  };
}

/** The instant that the index keeps: of the oldest alarm not raised yet, which may be past. */
export function nextAlarmAt(source: AlarmSource, now: Date): Date | null {
  const { due, nextAt } = planAlarms(source, now);
  return due[0]?.at ?? nextAt;
}

/** The marks once `raised` are raised. Of the further working days only the last is kept, so that they stay few. */
export function marksAfter(
  before: readonly AlarmMark[] | undefined,
  raised: readonly CaseAlarm[],
): AlarmMark[] {
  const last = raised.findLast(({ kind }) => kind === 'late');
  const kept = (before ?? []).filter(({ kind }) => !(last && kind === 'late'));
  return [...kept, ...raised.filter((alarm) => alarm.kind !== 'late' || alarm === last)];
}
