import { Type, type Static } from 'typebox';
import { LIMIT_UNITS } from '../../clock/contract.ts';
import {
  Count,
  Day,
  Filling,
  Instant,
  Key,
  LightCounts,
  Month,
  PersonRef,
  Share,
  Text,
  TypeCode,
  nullable,
} from './shapes.ts';

/** The figures of the supervisor's desk. Every one opens the rows behind it: the same filters go to `cases`. */

const Total = { total: Count, lights: LightCounts };

export const SummaryQuery = Type.Object({
  type: Type.Optional(TypeCode),
  office: Type.Optional(Key),
});
export type SummaryQuery = Static<typeof SummaryQuery>;

/** `GET /api/supervision/summary`: what is open, as it stood at `countedAt`. */
export const Summary = Type.Object({
  countedAt: Instant,
  filling: Filling,
  /** Open cases whose kept dates are being made again with newer rules: until then they count by their old dates. */
  recomputing: Count,
  ...Total,
  /** Cases whose promise ends today and that are not paused. */
  dueToday: Count,
  /** Red and black of the day before at the same time; null while that is not known. */
  overdueYesterday: nullable(Count),
  types: Type.Array(Type.Object({ type: TypeCode, name: Text, ...Total })),
  offices: Type.Array(Type.Object({ office: nullable(Type.String()), name: Text, ...Total })),
  /** `person` null: nobody has taken them. Without the filters of the query but for `office`. */
  clerks: Type.Array(Type.Object({ person: nullable(PersonRef), ...Total })),
  stages: Type.Array(Type.Object({ step: Type.String(), label: Text, ...Total })),
  /** Open pauses by reason; `overdue`: past their planned end. A case with two reasons counts in both. */
  pauses: Type.Array(Type.Object({ reason: Type.String(), label: Text, count: Count, overdue: Count })),
  pausesOverdue: Count,
  /** Running cases by the legal day on which their promise ends: today and the seven working days after it. */
  dueDays: Type.Array(Type.Object({ day: Day, makeUp: Type.Boolean(), count: Count })),
  findings: Type.Object({ last30Days: Count }),
  orders: Type.Object({ open: Count, overdue: Count }),
});
export type Summary = Static<typeof Summary>;

/** What was done in a stretch of time. Minutes are office minutes in which the clock ran. */
export const Figures = Type.Object({
  submitted: Count,
  accepted: Count,
  /** 登簿: the promise was kept or broken by then. */
  done: Count,
  onTime: Count,
  late: Count,
  /** Past the statutory limit; counted in `late`, too. */
  lateStatutory: Count,
  /** 压线: on time, in the last tenth of the limit. */
  edge: Count,
  onTimeShare: Share,
  refused: Count,
  declined: Count,
  withdrawn: Count,
  corrections: Count,
  /** Corrections asked for, per case done or refused. */
  correctionsPerCase: Share,
  /** Time paused as a part of all time between acceptance and end. */
  pauseShare: Share,
  /** Of the cases done. */
  usedMinutes: nullable(
    Type.Object({ fastest: Count, median: Count, p90: Count, slowest: Count, mean: Count }),
  ),
  /** Cases done by the part of the limit that they used: ten tenths, up to one and a half, up to twice, and more. */
  usedShare: Type.Array(Count, { minItems: 13, maxItems: 13 }),
});
export type Figures = Static<typeof Figures>;

export const TrendQuery = Type.Object({
  /** Months up to and with the current one; 12 by default. */
  months: Type.Optional(Type.Integer({ minimum: 1, maximum: 36 })),
  type: Type.Optional(TypeCode),
  office: Type.Optional(Key),
});
export type TrendQuery = Static<typeof TrendQuery>;

/** `GET /api/supervision/trends`, oldest month first; months without a case are there with zeros. */
export const Trends = Type.Object({
  countedAt: nullable(Instant),
  filling: Filling,
  /** 目标: the share of cases to be done on time. */
  target: Type.Number(),
  months: Type.Array(Type.Object({ month: Month, figures: Figures })),
});
export type Trends = Static<typeof Trends>;

export const PerformanceQuery = Type.Object({
  /** Both included; the current month by default. */
  from: Type.Optional(Month),
  to: Type.Optional(Month),
  by: Type.Optional(Type.Enum(['type', 'office', 'clerk'])),
  type: Type.Optional(TypeCode),
  office: Type.Optional(Key),
});
export type PerformanceQuery = Static<typeof PerformanceQuery>;

/** `GET /api/supervision/performance`: the same figures side by side, and why registration was refused. */
export const Performance = Type.Object({
  from: Month,
  to: Month,
  total: Figures,
  rows: Type.Array(
    Type.Object({
      key: nullable(Type.String()),
      name: Text,
      /** Of a type: what it promises; else null. */
      promised: nullable(
        Type.Object({ amount: Type.Integer({ minimum: 1 }), unit: Type.Enum([...LIMIT_UNITS]) }),
      ),
      promisedMinutes: nullable(Count),
      figures: Figures,
    }),
  ),
  refusals: Type.Array(Type.Object({ reason: Type.String(), label: Text, count: Count })),
  minutesPerDay: Count,
});
export type Performance = Static<typeof Performance>;
