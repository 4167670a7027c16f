import { Type, type Static, type TSchema } from 'typebox';

/** Wire shapes of the figures of the service halls (预约统计). Minutes are whole minutes, days legal days in Shanghai, both ends counted. */

/** What the rows are: hours of the day, weekdays, services, business types (事项) or halls. */
export const STATISTICS_BY = ['hour', 'weekday', 'service', 'type', 'hall'] as const;
export type StatisticsBy = (typeof STATISTICS_BY)[number];

const Day = Type.String({ format: 'date' });
const HallId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
const Count = Type.Integer({ minimum: 0 });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** A part of a whole, 0 to 1; null where the whole is nothing or is not told apart. */
const Share = orNull(Type.Number({ minimum: 0 }));

export const StatisticsQuery = Type.Object({
  /** Default: 29 days before `to`. At most 366 days. */
  from: Type.Optional(Day),
  /** Default: today. */
  to: Type.Optional(Day),
  /** Default: every hall that the reader may see. */
  hall: Type.Optional(HallId),
  /** Default: `hour`. */
  by: Type.Optional(Type.Enum([...STATISTICS_BY])),
});
export type StatisticsQuery = Static<typeof StatisticsQuery>;

export const StatisticsExportQuery = Type.Object({
  ...StatisticsQuery.properties,
  format: Type.Enum(['csv', 'xlsx']),
});
export type StatisticsExportQuery = Static<typeof StatisticsExportQuery>;

/** Of the times of some tickets. Half, and nine in ten, took no longer. */
export const MinutesView = orNull(Type.Object({ count: Count, median: Count, p90: Count }));
export type MinutesView = Static<typeof MinutesView>;

export const HallFigures = Type.Object({
  /** Seats (号源) on offer; null where they are not told apart, as a window takes any service. */
  offered: orNull(Count),
  /** Seats taken and not given up. */
  taken: Count,
  fillShare: Share,
  /** Bookings made, those given up among them. */
  bookings: Count,
  /** Given up by the person; of those, late by the hall's rule, counted as missed for the person. */
  cancelled: Count,
  cancelledLate: Count,
  cancelledShare: Share,
  /** Taken back by the office. */
  withdrawn: Count,
  served: Count,
  /** 爽约, of windows that are over. */
  missed: Count,
  /** Of those that were to come and are over. */
  missedShare: Share,
  /** Numbers drawn, and of those without a booking; null for business types, which a ticket does not carry. */
  tickets: orNull(Count),
  walkIns: orNull(Count),
  /** From the ticket to its first call. */
  waiting: MinutesView,
  /** From the last call to the end. */
  serving: MinutesView,
});
export type HallFigures = Static<typeof HallFigures>;

export const StatisticsRow = Type.Object({
  /** `9`, `1` (Monday) to `7`, a code or an id; null: no business type was chosen. */
  key: orNull(Type.String()),
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  figures: HallFigures,
});
export type StatisticsRow = Static<typeof StatisticsRow>;

export const StatisticsView = Type.Object({
  from: Day,
  to: Day,
  by: Type.Enum([...STATISTICS_BY]),
  /** The hall asked for, or the reader's own; null: all. */
  hall: orNull(HallId),
  halls: Type.Array(Type.Object({ id: HallId, name: Type.Object({ zh: Type.String(), en: Type.String() }) })),
  countedAt: Type.String({ format: 'date-time' }),
  total: HallFigures,
  rows: Type.Array(StatisticsRow),
});
export type StatisticsView = Static<typeof StatisticsView>;
