import type { BusinessType } from '../catalogue/index.ts';
import {
  closeOf,
  dayNumberOf,
  dueAfterWorkdays,
  isWorkday,
  nthWorkdayAfter,
  type Calendar,
} from '../clock/index.ts';
import type { Submission } from './application.model.ts';

/** C4 (安阳42): an online submission is answered within one working day, told once. */
const ANSWER_WORKDAYS = 1;

/** Nobody can look at what comes in a minute before the close, and silence is an acceptance. */
const LEAST_MS = 3_600_000;

/**
 * 当场 (上海规定14; domain.md §1.6 D0): what is promised within an hour is not left a day before it is even looked at. It is answered
 * by the close of the working day it comes in, or of the next where it comes in later than an hour before.
 */
function sameDayClose(calendar: Calendar, at: Date): Date {
  const day = dayNumberOf(at);
  const inTime = isWorkday(calendar, day) && at.getTime() + LEAST_MS <= closeOf(calendar, day).getTime();
  return closeOf(calendar, inTime ? day : nthWorkdayAfter(calendar, day, 1));
}

/** The latest instant of the answer to what was submitted at an instant. Pure. */
export const answerDueAfter = (
  calendar: Calendar,
  { at, answeredSameDay }: Pick<Submission, 'at' | 'answeredSameDay'>,
): Date =>
  answeredSameDay ? sameDayClose(calendar, at) : dueAfterWorkdays(calendar, at, ANSWER_WORKDAYS).dueAt;

/** When a submission of a type is to be answered, as the submission keeps it: fixed with the promise of that day. Pure. */
export function answerTerms(
  calendar: Calendar,
  { promised }: BusinessType['limits'],
  at: Date,
): Pick<Submission, 'answerDueAt' | 'answeredSameDay'> {
  const terms = promised.unit === 'workingHour' ? { answeredSameDay: true as const } : {};
  return { ...terms, answerDueAt: answerDueAfter(calendar, { at, ...terms }) };
}

/**
 * The latest instant of the answer by the calendar of today. Once it has passed it stays: what followed from the silence in law
 * (视为受理) is not undone by a holiday that is announced afterwards.
 */
export function answerDueOf(
  submission: Pick<Submission, 'at' | 'answerDueAt' | 'answeredSameDay'>,
  calendar: Calendar,
  now: Date,
): Date {
  return submission.answerDueAt < now ? submission.answerDueAt : answerDueAfter(calendar, submission);
}

/** How long the answer may take, as receipts say it. */
export const answerWords = ({ answeredSameDay }: Pick<Submission, 'answeredSameDay'>) =>
  answeredSameDay
    ? {
        zh: '即时办结的事项，工作日下班一小时前提交的，当天下班前答复是否受理；其余时间提交的，下一个工作日下班前答复',
        en: 'What is done at once is answered by the close of the working day if filed at least an hour before it, otherwise by the close of the next working day',
      }
    : { zh: '1 个工作日内答复是否受理', en: 'Within one working day you are told whether it is accepted' };
