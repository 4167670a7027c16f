import type { Platform } from '../../platform/platform.ts';
import { getBusinessType } from '../catalogue/index.ts';
import type { Calendar } from './calendar.ts';
import type { Forecast, Limit } from './contract.ts';
import { computeDue } from './counting.ts';
import { toLegalDay } from './days.ts';
import { getCalendar } from './get-calendar.ts';
import { wordsOfDue } from './words.ts';
import { isProvisional } from './workdays.ts';

function end(calendar: Calendar, limit: Limit, acceptedAt: Date) {
  const due = computeDue({ calendar, limit, acceptedAt, pauses: [], extraDays: 0 });
  if (due.day === null || due.at === null) throw new Error('a limit without pauses always ends');
  return {
    dueOn: toLegalDay(due.day),
    dueAt: due.at.toISOString(),
    provisional: isProvisional(calendar, due.day),
  };
}

/** “如果今天受理，10月13日（周二）17:00 前办结”: what a type's guide promises for an acceptance now. */
export async function forecast(p: Platform, code: string): Promise<Forecast> {
  const type = await getBusinessType(p, code);
  const calendar = await getCalendar(p);
  const acceptedAt = p.time.now();
  const promised = end(calendar, type.limits.promised, acceptedAt);
  return {
    code: type.code,
    version: type.version,
    acceptedAt: acceptedAt.toISOString(),
    promised,
    statutory: end(calendar, type.limits.statutory, acceptedAt),
    sentence: wordsOfDue(promised, acceptedAt, calendar),
  };
}
