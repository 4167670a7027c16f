import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { findBusinessType } from '../catalogue/index.ts';
import type { Calendar } from './calendar.ts';
import {
  LIMIT_UNITS,
  type CalculateAnswer,
  type CalculateRequest,
  type Limit,
  type LimitUnit,
} from './contract.ts';
import { computeDue } from './counting.ts';
import { dayNumberOf, toLegalDay } from './days.ts';
import { clockErrors } from './errors.ts';
import { getCalendar } from './get-calendar.ts';
import { mergePauses, type Pause } from './pauses.ts';
import { buildTrace } from './trace.ts';
import { hoursOn, isProvisional } from './workdays.ts';

/** Most that makes sense of each unit: ten years, or two of working days. A bound keeps the answer's trace small. */
const MOST: Record<LimitUnit, number> = { workingDay: 500, workingHour: 2000, day: 3660, month: 120 };
/** Years beyond the known calendar for which a provisional answer is still given. */
const YEARS_AHEAD = 5;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

interface Checked {
  limit: Limit;
  acceptedAt: Date;
  pauses: Pause[];
}

/** A real instant with its offset, or null. `2026-02-30T…` is refused, though Date would roll it over. */
function parseInstant(text: string): Date | null {
  if (!INSTANT.test(text)) return null;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) return null;
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(text.slice(0, 10))) return null;
  return instant;
}

function bounds(calendar: Calendar): { from: number; to: number } {
  const lastYear = Number(toLegalDay(calendar.knownThrough).slice(0, 4));
  return { from: calendar.knownFrom, to: Math.floor(Date.UTC(lastYear + YEARS_AHEAD, 11, 31) / 86_400_000) };
}

class Checker {
  readonly problems: Problem[] = [];
  private readonly calendar: Calendar;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  add(pointer: string, code: string, params: Problem['params'] = {}): void {
    this.problems.push({ pointer, code, params });
  }

  instant(text: string, pointer: string): Date | null {
    const instant = parseInstant(text);
    if (!instant) {
      this.add(pointer, 'clock.not_an_instant');
      return null;
    }
    const { from, to } = bounds(this.calendar);
    const day = dayNumberOf(instant);
    if (day >= from && day <= to) return instant;
    this.add(pointer, 'clock.outside_calendar', { from: toLegalDay(from), to: toLegalDay(to) });
    return null;
  }

  limit({ amount, unit }: { amount: number; unit: string }): Limit | null {
    const known = LIMIT_UNITS.find((candidate) => candidate === unit);
    if (!known) this.add('/limit/unit', 'clock.limit_unit');
    const most = known ? MOST[known] : 3660;
    if (!Number.isInteger(amount) || amount < 1 || amount > most) {
      this.add('/limit/amount', 'clock.limit_amount', { most });
      return null;
    }
    return known ? { amount, unit: known } : null;
  }

  pauses(given: NonNullable<CalculateRequest['pauses']>, acceptedAt: Date | null): Pause[] {
    return given.flatMap((pause, index) => {
      const from = this.instant(pause.from, `/pauses/${index}/from`);
      const to = pause.to === undefined ? null : this.instant(pause.to, `/pauses/${index}/to`);
      if (!from || (pause.to !== undefined && !to)) return [];
      if (to && to < from) this.add(`/pauses/${index}/to`, 'clock.pause_reversed');
      else if (to && acceptedAt && to < acceptedAt)
        this.add(`/pauses/${index}/to`, 'clock.pause_before_acceptance');
      return [{ from, to, reason: pause.reason ?? 'pause' }];
    });
  }
}

async function check(p: Platform, calendar: Calendar, request: CalculateRequest): Promise<Checked> {
  const checker = new Checker(calendar);
  let limit: Limit | null = null;
  if (request.businessType !== undefined && request.limit !== undefined)
    checker.add('/limit', 'clock.limit_twice');
  else if (request.limit) limit = checker.limit(request.limit);
  else if (request.businessType !== undefined) {
    const type = await findBusinessType(p, request.businessType);
    if (type) limit = type.limits.promised;
    else checker.add('/businessType', 'catalogue.type_unknown', { code: request.businessType });
  } else checker.add('/limit', 'clock.limit_missing');
  const acceptedAt = checker.instant(request.acceptedAt, '/acceptedAt');
  const pauses = checker.pauses(request.pauses ?? [], acceptedAt);
  if (checker.problems.length > 0 || !limit || !acceptedAt) {
    return clockErrors.fail('clock.invalid_request', { count: checker.problems.length }, checker.problems);
  }
  return { limit, acceptedAt, pauses };
}

/**
 * Works out one deadline for anyone who asks: a type's promise or a limit of one's own, with pauses.
 * @throws clock.invalid_request with every problem at its JSON pointer
 */
export async function calculate(p: Platform, request: CalculateRequest): Promise<CalculateAnswer> {
  const calendar = await getCalendar(p);
  const { limit, acceptedAt, pauses } = await check(p, calendar, request);
  const input = { calendar, limit, acceptedAt, pauses: mergePauses(pauses), extraDays: 0 };
  const due = computeDue(input);
  const lastPause = Math.max(dayNumberOf(acceptedAt), ...pauses.map(({ from }) => dayNumberOf(from)));
  return {
    limit,
    dueOn: due.day === null ? null : toLegalDay(due.day),
    dueAt: due.at === null ? null : due.at.toISOString(),
    provisional: due.day !== null && isProvisional(calendar, due.day),
    remainingDays:
      due.day !== null
        ? null
        : limit.unit === 'workingHour'
          ? Math.ceil(due.left / hoursOn(calendar, dayNumberOf(acceptedAt)).minutes)
          : due.left,
    calendarVersion: calendar.version,
    trace: buildTrace({ ...input, rawPauses: pauses, due }, lastPause),
  };
}
