import { Type, type Static } from 'typebox';
import { LIMIT_UNITS } from '../../clock/contract.ts';
import { Count, Filling, Instant, Text, TypeCode, closed, nullable } from './shapes.ts';

/** 承诺公示: what is promised, what the law allows, and what was done. */

const Limit = Type.Object(
  { amount: Type.Integer({ minimum: 1 }), unit: Type.Enum([...LIMIT_UNITS]) },
  closed,
);

/** Null figures: fewer cases than may be shown without showing somebody's own. */
export const LivePerformance = Type.Object(
  {
    /** Cases registered in the period; null where there are too few to show. */
    done: nullable(Count),
    onTime: nullable(Count),
    late: nullable(Count),
    onTimeShare: nullable(Type.Number({ minimum: 0, maximum: 1 })),
    /** Working days in which the clock ran, to a quarter of an hour, rounded up: never shown better than it was. */
    medianWorkdays: nullable(Type.Number({ minimum: 0 })),
    p90Workdays: nullable(Type.Number({ minimum: 0 })),
    /** 1 to 4 cases: the figures are withheld. */
    suppressed: Type.Boolean(),
  },
  closed,
);
export type LivePerformance = Static<typeof LivePerformance>;

export const PromiseRow = Type.Object(
  {
    type: TypeCode,
    name: Text,
    plainName: Text,
    /** 即时办结: done at the counter; `promised` is the outer bound. */
    instant: Type.Boolean(),
    promised: Limit,
    statutory: Limit,
    citation: Text,
    last30Days: LivePerformance,
    last365Days: LivePerformance,
  },
  closed,
);
export type PromiseRow = Static<typeof PromiseRow>;

/** `GET /api/promises`; the same rows at `/api/promises.csv`. */
export const Promises = Type.Object(
  {
    updatedAt: nullable(Instant),
    filling: Filling,
    /** Fewer cases than this in a period are not shown. */
    smallest: Type.Integer({ minimum: 1 }),
    items: Type.Array(PromiseRow),
  },
  closed,
);
export type Promises = Static<typeof Promises>;
