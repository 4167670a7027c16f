import type { Problem } from '../../platform/errors.ts';
import type { CalendarYear } from './calendar.ts';
import type { DayChange } from './calendar-difference.ts';
import type { CalendarYearInput } from './calendar-year.ts';

/** Named in a refusal; how many more there are is seen in the preview of a version that may be published. */
const SHOWN = 5;

/** The changed days that are over: with them what was late is on time in hindsight, or the other way round. */
export const pastDays = (changes: readonly DayChange[], today: string): string[] =>
  changes.flatMap(({ date }) => (date < today ? [date] : []));

/** Spaces make no other number. */
const numberOf = ({ notice }: Pick<CalendarYearInput, 'notice'>): string => notice.number.replace(/\s/g, '');

/**
 * What is over changes by a notice of the State only, as in 2019 and 2020, and each has a number of its own. Under the number of the
 * version before it would be one administrator's will. Pure.
 */
export function refusePastDays(
  given: CalendarYearInput,
  known: readonly CalendarYear[],
  past: readonly string[],
): Problem[] {
  const before = known
    .find(({ year }) => year === given.year)
    ?.versions.reduce((newest, one) => (one.version > newest.version ? one : newest));
  if (past.length === 0 || !before || numberOf(before) !== numberOf(given)) return [];
  const days = `${past.slice(0, SHOWN).join('、')}${past.length > SHOWN ? '…' : ''}`;
  return [{ pointer: '/notice/number', code: 'clock.past_days_same_notice', params: { days } }];
}
