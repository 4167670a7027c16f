import { toDayNumber, toLegalDay, workdayOnOrAfter, type Calendar } from '../clock/index.ts';
import type { Correction } from './application.model.ts';

/** 民法典203: a term whose last day is not worked ends with the next working day, also by a calendar that came later. Pure. */
export const lastDayOf = (dueOn: Correction['dueOn'], calendar: Calendar): string =>
  toLegalDay(workdayOnOrAfter(calendar, toDayNumber(dueOn)));
