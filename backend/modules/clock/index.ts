import type { ModuleFace } from '../../platform/module.ts';
import { calendars } from './calendar.model.ts';
import { clockRoutes } from './routes.ts';

/**
 * 限时办结: the deadline clock. Owns the collection `calendars` (versioned, with the official notice of each year) and the
 * pure rules that turn a case's events into due dates and their day-by-day explanation.
 */
export const clockModule: ModuleFace = {
  name: 'clock',
  models: [calendars as never],
  migrations: [],
  routes: clockRoutes,
  jobs: [],
};

export { loadCalendars } from './load-calendars.ts';
export { getCalendar, readCalendarYears } from './get-calendar.ts';
export { draftCalendar, publishCalendar, type DraftCalendar } from './publish-calendar.ts';
export { draftLimit, publishLimit, type DraftLimit, type LimitInput } from './publish-limit.ts';
export { promiseAt, promiseOf } from './promise.ts';
export { HOLIDAY_NAMES } from './calendar.ts';
export type { Calendar } from './calendar.ts';
export { computeDeadline, computeFaces, type DeadlineInput } from './deadline.ts';
export { nextThresholds, type Threshold, type ThresholdKind } from './thresholds.ts';
export type { LimitRule } from './two-clocks.ts';
export { computeDue, officeMsUntil, type Due } from './counting.ts';
export { readEvents, type CaseTime, type ClockEvent, type PromiseMade } from './events.ts';
export { endsItself, planEndOf } from './pause-plan.ts';
export { isPausedAt, mergePauses, type Interval, type Pause } from './pauses.ts';
export { countLateDays, lateDaysAfter } from './late-days.ts';
export { stageDeadlines, type StageDue, type StageExtension } from './stages.ts';
export { dueAfterWorkdays } from './due-after-workdays.ts';
export {
  closeOf,
  countWorkdays,
  hoursOn,
  isProvisional,
  isWorkday,
  nthWorkdayAfter,
  officeMinutesOf,
  openingOf,
  workdayOnOrAfter,
} from './workdays.ts';
export { addMonths, dayNumberOf, instantOf, isLegalDay, toDayNumber, toLegalDay } from './days.ts';
export type { ClockFace, DeadlineAnswer, Light, Limit, TraceRow } from './contract.ts';
