import { legalDayOf } from '../../platform/time.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Calendar } from '../clock/index.ts';
import type { ApplicationDocument, Work } from './application.model.ts';
import { stampOf, type CaseType } from './case-type.ts';
import { isRunning, workOf } from './clocks.ts';
import { caseEvent } from './events.ts';
import { isPending } from './transitions.ts';

/** What moved a date that nobody at the case touched. */
export type MoveCause = 'calendar' | 'promise';

export interface Move {
  oldDueOn: string;
  newDueOn: string;
  cause: MoveCause;
  /** Of the answer to a submission (C4) rather than of the promise. */
  answer: boolean;
}

export type MovedType = Pick<CaseType, 'limits' | 'steps' | 'distinctPeople'> &
  Partial<Pick<CaseType, 'rulesVersion'>>;

/**
 * By how much new rules alone, of the calendar or of the promise, move the date of a case: its promise, or before
 * acceptance the answer. Null where it stays, is paused, or was never made. Pure.
 * @param work as it is by the new rules
 */
export function rulesMove(
  doc: ApplicationDocument,
  type: MovedType,
  calendar: Calendar,
  { dueAt }: Pick<Work, 'dueAt'>,
): Move | null {
  const { work, status } = doc;
  const answer = status === 'submitted' && !isRunning(doc);
  if (work.calendarVersion === stampOf(calendar.version, type.rulesVersion)) return null;
  if ((!isPending(status) && status !== 'submitted') || work.dueAt === null) return null;
  if (dueAt === null || dueAt.getTime() === work.dueAt.getTime()) return null;
  const sameCalendar = work.calendarVersion?.split('#')[0] === calendar.version;
  return {
    oldDueOn: legalDayOf(work.dueAt),
    newDueOn: legalDayOf(dueAt),
    cause: sameCalendar ? 'promise' : 'calendar',
    answer,
  };
}

/**
 * What the applicants are told of a moved date. It goes into the same write that brings the case up to the new rules,
 * guarded by its revision or by the rules it had: so it is told exactly once, whoever makes that write.
 */
export function movedEvents(
  p: Platform,
  doc: ApplicationDocument,
  type: MovedType,
  calendar: Calendar,
  work: Pick<Work, 'dueAt'> = workOf({ doc, type, calendar, now: p.time.now() }),
): OutboxEvent[] {
  const move = rulesMove(doc, type, calendar, work);
  if (!move) return [];
  const { cause, answer, ...days } = move;
  if (answer) return [caseEvent(p, 'answerMoved', doc, null, { ...days, notice: calendar.lastNotice })];
  const data =
    cause === 'calendar'
      ? { ...days, cause, notice: calendar.lastNotice, calendarVersion: calendar.version }
      : { ...days, cause, limitVersion: type.limits.rule?.version ?? 0 };
  return [caseEvent(p, cause === 'calendar' ? 'deadlineMoved' : 'promiseShortened', doc, null, data)];
}
