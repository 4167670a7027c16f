import { dueAfterWorkdays, type Calendar } from '../clock/index.ts';
import type { Submission } from './application.model.ts';

/** C4 (安阳42): an online submission is answered within one working day, told once. */
const ANSWER_WORKDAYS = 1;

/** The latest instant of the answer to what was submitted at an instant. Pure. */
export const answerDueAfter = (calendar: Calendar, submittedAt: Date): Date =>
  dueAfterWorkdays(calendar, submittedAt, ANSWER_WORKDAYS).dueAt;

/**
 * The latest instant of the answer by the calendar of today. Once it has passed it stays: what followed from the silence in law
 * (视为受理) is not undone by a holiday that is announced afterwards.
 */
export function answerDueOf(
  { at, answerDueAt }: Pick<Submission, 'at' | 'answerDueAt'>,
  calendar: Calendar,
  now: Date,
): Date {
  return answerDueAt < now ? answerDueAt : answerDueAfter(calendar, at);
}
