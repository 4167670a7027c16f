import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { buildCalendar, type Calendar } from './calendar.ts';
import { calendars, type CalendarDocument } from './calendar.model.ts';
import { differenceIn, type DayChange } from './calendar-difference.ts';
import { pastDays, refusePastDays } from './past-days.ts';
import { checkCalendarYear, nextVersion, withVersion, type CalendarYearInput } from './calendar-year.ts';
import type { CalendarYearVersion } from './calendar.ts';
import { clockErrors } from './errors.ts';
import { forgetCalendar, readCalendarYears } from './get-calendar.ts';
import { legalDayOf } from '../../platform/time.ts';

const DUPLICATE_KEY = 11000;

export interface DraftCalendar {
  version: CalendarYearVersion;
  before: Calendar;
  after: Calendar;
  changes: DayChange[];
  /** Those of the changed days that were over. */
  past: string[];
}

/** What a year would make of the calendar; writes nothing. @throws clock.calendar_wrong with every problem at its pointer */
export async function draftCalendar(p: Platform, given: CalendarYearInput): Promise<DraftCalendar> {
  const { years, hours } = await readCalendarYears(p);
  const today = legalDayOf(p.time.now());
  failOn(checkCalendarYear(given, years, today));
  const version = nextVersion(given, years);
  const before = buildCalendar(years, hours);
  const after = buildCalendar(withVersion(years, given.year, version), hours);
  const changes = differenceIn(given.year, before, after);
  const past = pastDays(changes, today);
  failOn(refusePastDays(given, years, past));
  return { version, before, after, changes, past };
}

function failOn(problems: readonly Problem[]): void {
  if (problems.length > 0) clockErrors.fail('clock.calendar_wrong', { count: problems.length }, problems);
}

/**
 * Publishes a version of a year: one insert, whose `_id` two administrators at once cannot both have. It is never changed
 * afterwards. `basedOn` is the calendar that the preview showed. @throws clock.calendar_changed_meanwhile
 */
export async function publishCalendar(
  p: Platform,
  given: CalendarYearInput,
  { basedOn, actorId }: { basedOn: string; actorId: string },
): Promise<DraftCalendar> {
  const draft = await draftCalendar(p, given);
  if (draft.before.version !== basedOn) clockErrors.fail('clock.calendar_changed_meanwhile');
  const { version } = draft;
  const { year } = given;
  const event = p.outbox.event('clock.calendar_published', actorId, {
    year,
    version: version.version,
    notice: version.notice.number,
    from: basedOn,
    to: draft.after.version,
    changedDays: draft.changes.map(({ date }) => date),
    pastDays: draft.past,
  });
  const document: CalendarDocument = {
    _id: `${year}@${version.version}`,
    kind: 'year',
    year,
    version: version.version,
    publishedOn: version.publishedOn,
    content: version,
    outbox: [event],
  };
  try {
    await calendars(p).collection.insertOne(document as never);
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY)
      clockErrors.fail('clock.calendar_changed_meanwhile');
    throw error;
  }
  forgetCalendar(p);
  p.outbox.notify('calendars');
  return draft;
}
