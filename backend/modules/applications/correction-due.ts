import type { Platform } from '../../platform/platform.ts';
import { instantAt } from '../../platform/time.ts';
import {
  dayNumberOf,
  getCalendar,
  isWorkday,
  toDayNumber,
  toLegalDay,
  workdayOnOrAfter,
  type Calendar,
} from '../clock/index.ts';
import type { Correction } from './application.model.ts';
import { errors } from './errors.ts';
import { dayWords } from './wording.ts';

/** 民法典203: a term whose last day is not worked ends with the next working day, also by a calendar that came later. Pure. */
export const lastDayOf = (dueOn: Correction['dueOn'], calendar: Calendar): string =>
  toLegalDay(workdayOnOrAfter(calendar, toDayNumber(dueOn)));

/** The latest day that could be written as the last of a term that is over now: the working day before today. Pure. */
export function lastDayOver(now: Date, calendar: Calendar): string {
  let day = dayNumberOf(now) - 1;
  while (!isWorkday(calendar, day)) day -= 1;
  return toLegalDay(day);
}

/** The first instant after the term. Pure. */
export const termEndOf = (dueOn: Correction['dueOn'], calendar: Calendar): Date =>
  instantAt(toLegalDay(toDayNumber(lastDayOf(dueOn, calendar)) + 1));

/**
 * Nobody is turned away while a term that a signed notice gave still runs (浙江规则36). The policy knows the day that was
 * written; this knows a calendar that came later as well (民法典203).
 * @throws AppError `applications.supplement_running`
 */
export async function demandTermOver(p: Platform, { dueOn }: Pick<Correction, 'dueOn'>): Promise<void> {
  const now = p.time.now();
  const calendar = await getCalendar(p);
  if (now >= termEndOf(dueOn, calendar)) return;
  errors.fail('applications.supplement_running', { day: dayWords(lastDayOf(dueOn, calendar), now).zh });
}
