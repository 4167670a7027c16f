import type { BusinessType } from '../catalogue/index.ts';
import type { ApplicationDocument } from '../applications/index.ts';
import {
  computeDeadline,
  dayNumberOf,
  hoursOn,
  instantOf,
  mergePauses,
  officeMsUntil,
  readEvents,
  type Calendar,
  type Interval,
} from '../clock/index.ts';
import type { CaseCourse, CaseEnd } from './case-fact.model.ts';

/** In the last tenth of the limit (压线). */
const EDGE_SHARE = 0.9;

type Limit = BusinessType['limits']['promised'];

/** A limit in office minutes, a day as long as given; one in calendar days by the working days that a week has. */
export function limitMinutes(
  { amount, unit }: Limit,
  { minutesPerDay }: Pick<Calendar, 'minutesPerDay'>,
): number {
  if (unit === 'workingHour') return amount * 60;
  if (unit === 'workingDay') return amount * minutesPerDay;
  const days = unit === 'month' ? amount * 30 : amount;
  return Math.round((days * 5) / 7) * minutesPerDay;
}

/** Office minutes between two instants in which the clock ran. */
export function officeMinutes(
  calendar: Calendar,
  from: Date,
  until: Date,
  pauses: readonly Interval[] = [],
): number {
  const limit: Limit = { amount: 1, unit: 'workingHour' };
  const ms = officeMsUntil({ calendar, acceptedAt: from, pauses, limit, extraDays: 0 }, until.getTime());
  return Math.round(ms / 60_000);
}

type Measured = Pick<
  ApplicationDocument,
  'clockEvents' | 'corrections' | 'decision' | 'status' | 'opinions' | 'pauses'
>;

/** The steps that run inside the promise, in order. */
export const insideSteps = (steps: BusinessType['steps']): string[] =>
  steps.flatMap(({ kind, key }) => (kind === 'review' || kind === 'approval' ? [key] : []));

/** From acceptance to `at`: each review passed ends a stage, the end of the case the last one. */
export function courseOf(
  { clockEvents, opinions, pauses }: Pick<Measured, 'clockEvents' | 'opinions' | 'pauses'>,
  steps: readonly string[],
  at: Date,
): CaseCourse {
  const accepted = clockEvents.find(({ kind }) => kind === 'accepted');
  const stages: CaseCourse['stages'] = [];
  let from = accepted?.at ?? at;
  for (const { act, step, at: passedAt } of opinions) {
    if (act !== 'review') continue;
    stages.push({ step, from, to: passedAt });
    from = passedAt;
  }
  stages.push({ step: steps[stages.length] ?? 'approval', from, to: at });
  return { stages, pauses: pauses.map(({ reason, from: since, to }) => ({ reason, from: since, to })) };
}

/** How the time of a case went until `at`, its end. Pure: the same case always gives the same. */
export function measureCase(
  doc: Measured,
  { limits, steps }: Pick<BusinessType, 'limits' | 'steps'>,
  calendar: Calendar,
  at: Date,
): CaseEnd {
  const { clockEvents, corrections, decision, status } = doc;
  const rest = {
    corrections: corrections.length,
    reason: status === 'refused' || status === 'declined' ? (decision?.reason ?? null) : null,
  };
  if (!clockEvents.some(({ kind }) => kind === 'accepted')) {
    return {
      acceptedAt: null,
      usedMinutes: 0,
      pausedMinutes: 0,
      limitMinutes: 0,
      usedShare: 0,
      onTime: true,
      lateStatutory: false,
      edge: false,
      extendedByDays: 0,
      ...rest,
    };
  }
  const { promised, statutory, switchToStatutory } = limits;
  const rule = { promised, statutory, switchToStatutory };
  const deadline = computeDeadline({ events: clockEvents, limits: rule, calendar, now: at });
  const { acceptedAt, pauses } = readEvents(clockEvents, switchToStatutory);
  const { limit } = deadline.promised;
  const start = limit.unit === 'workingHour' ? acceptedAt : instantOf(dayNumberOf(acceptedAt) + 1, 0);
  const all = start > at ? 0 : officeMinutes(calendar, start, at);
  const usedMinutes = start > at ? 0 : officeMinutes(calendar, start, at, mergePauses(pauses));
  // What was used is counted by the hours of its days, so the whole is by those of its beginning.
  const minutesPerDay = hoursOn(calendar, dayNumberOf(acceptedAt)).minutes;
  const whole = limitMinutes(limit, { minutesPerDay }) + deadline.extendedByDays * minutesPerDay;
  const usedShare = usedMinutes / whole;
  const onTime = !deadline.promised.overdue;
  return {
    acceptedAt,
    usedMinutes,
    pausedMinutes: all - usedMinutes,
    limitMinutes: whole,
    usedShare,
    onTime,
    lateStatutory: deadline.statutory.overdue,
    edge: onTime && usedShare >= EDGE_SHARE,
    extendedByDays: deadline.extendedByDays,
    course: courseOf(doc, insideSteps(steps), at),
    ...rest,
  };
}
