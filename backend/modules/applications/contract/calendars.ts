import { Type, type Static } from 'typebox';
import { Day, Instant, nullable } from './shapes.ts';
import { Text } from './parts.ts';

/** 工作日历 as data: an administrator imports a year, sees what it changes, then publishes it. */

const HolidayName = Type.Enum([
  'newYear',
  'springFestival',
  'tombSweeping',
  'labourDay',
  'dragonBoat',
  'midAutumn',
  'nationalDay',
  'victoryDay70',
]);
const written = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const DayText = Type.String({ maxLength: 10 });

/** One year as its notice has it; also the shape of the file. */
export const CalendarYear = Type.Object({
  year: Type.Integer({ minimum: 2007, maximum: 2100 }),
  publishedOn: DayText,
  notice: Type.Object({ title: written(120), number: written(60) }),
  off: Type.Array(Type.Object({ from: DayText, to: DayText, name: HolidayName }), { maxItems: 30 }),
  makeUp: Type.Array(Type.Object({ on: DayText, name: HolidayName }), { maxItems: 30 }),
});
export type CalendarYear = Static<typeof CalendarYear>;

export const PublishCalendar = Type.Object({
  ...CalendarYear.properties,
  /** Version of the calendar that the preview compared with. */
  basedOn: Type.String({ maxLength: 200 }),
});
export type PublishCalendar = Static<typeof PublishCalendar>;

const PublishedYear = Type.Object({
  ...CalendarYear.properties,
  version: Type.Integer(),
});

export const CalendarList = Type.Object({
  version: Type.String(),
  knownThrough: Day,
  /** Newest first; of each year the version in force, with how many it replaced. */
  years: Type.Array(PublishedYear),
  /** Open cases whose dates still have to be computed with this calendar. */
  casesBehind: Type.Integer(),
});
export type CalendarList = Static<typeof CalendarList>;

export const MovedCase = Type.Object({
  no: Type.String(),
  type: Text,
  before: Day,
  after: Day,
  workdays: Type.Integer(),
});

/** Which cases other rules would move. */
export const MovedCases = Type.Object({
  /** Cases with a running limit that were looked at. */
  seen: Type.Integer(),
  earlier: Type.Integer(),
  later: Type.Integer(),
  /** Of those moved earlier: past their new date from the first moment. */
  late: Type.Integer(),
  /** Calendar days by which promises move, and how many move by so much; the most frequent first. */
  moves: Type.Array(Type.Object({ days: Type.Integer(), cases: Type.Integer() })),
  examples: Type.Array(MovedCase),
  /** False when there were too many to look at each. */
  complete: Type.Boolean(),
});
export type MovedCases = Static<typeof MovedCases>;

export const CalendarEffect = Type.Object({
  year: Type.Integer(),
  version: Type.Integer(),
  basedOn: Type.String(),
  becomes: Type.String(),
  changes: Type.Array(
    Type.Object({
      date: Day,
      weekday: Type.Integer(),
      before: Type.Boolean(),
      after: Type.Boolean(),
      name: nullable(Text),
    }),
  ),
  /** Accepted cases, by the day that was promised. */
  cases: MovedCases,
  /** What was submitted and waits for the answer, by the day of the answer. */
  answers: MovedCases,
  computedAt: Instant,
});
export type CalendarEffect = Static<typeof CalendarEffect>;
