import { Type, type Static } from 'typebox';
import { LIMIT_UNITS } from '../../clock/contract.ts';
import {
  Count,
  Cursor,
  Day,
  Filling,
  Id,
  Instant,
  Key,
  Month,
  PersonRef,
  Share,
  Text,
  TypeCode,
  nullable,
} from './shapes.ts';

/** What is likely to break its promise, and how another promise would have fared. */

export const ForecastQuery = Type.Object({
  type: Type.Optional(TypeCode),
  office: Type.Optional(Key),
  /** Every open case, and not the list of the day ahead alone. */
  all: Type.Optional(Type.Boolean()),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type ForecastQuery = Static<typeof ForecastQuery>;

const Score = Type.Object({
  /** Promises that ended within a day, those broken, those that were named, and those named rightly. */
  cases: Count,
  broken: Count,
  named: Count,
  caught: Count,
  precision: Share,
  recall: Share,
  /** Mean squared distance of the chance from what happened. */
  brier: Share,
});

export const ForecastRow = Type.Object({
  id: Id,
  no: Type.String(),
  type: TypeCode,
  typeName: Text,
  office: nullable(Type.String()),
  officeName: Text,
  clerk: nullable(PersonRef),
  step: Type.String(),
  stepLabel: Text,
  dueAt: nullable(Instant),
  /** Chance that the promise is broken; null while a pause holds the clock. */
  chance: Share,
  /** Due by the close of the next working day, and not expected to hold. */
  likely: Type.Boolean(),
  reasons: Type.Array(Text),
});
export type ForecastRow = Static<typeof ForecastRow>;

/** `GET /api/supervision/forecast`, likeliest first. */
export const Forecast = Type.Object({
  /** Null before the first run. */
  computedAt: nullable(Instant),
  filling: Filling,
  open: Count,
  likely: Count,
  /** The same forecast for the days before, judged by what came of it; null while too little has happened. */
  backTest: nullable(
    Type.Object({
      fitDays: Count,
      testDays: Count,
      ours: Score,
      rivals: Type.Array(Type.Object({ name: Type.Enum(['dueAndNotLast', 'lessThanMedian']), score: Score })),
    }),
  ),
  items: Type.Array(ForecastRow),
  nextCursor: nullable(Type.String()),
});
export type Forecast = Static<typeof Forecast>;

const Limit = Type.Object({ amount: Type.Integer({ minimum: 1 }), unit: Type.Enum([...LIMIT_UNITS]) });

export const WhatIfQuery = Type.Object({
  type: TypeCode,
  amount: Type.Integer({ minimum: 1, maximum: 999 }),
  unit: Type.Enum(['workingHour', 'workingDay']),
});
export type WhatIfQuery = Static<typeof WhatIfQuery>;

const Fared = Type.Object({ onTime: Count, late: Count, onTimeShare: Share });

/** `GET /api/supervision/what-if`: nothing is changed by it. `now`: what happened; `draft`: under the other promise. */
export const WhatIf = Type.Object({
  type: TypeCode,
  name: Text,
  promised: Limit,
  statutory: Limit,
  draft: Limit,
  /** Both included. */
  from: Day,
  to: Day,
  filling: Filling,
  done: Count,
  now: Fared,
  fared: Fared,
  /** Kept then and broken under the draft; and the other way about. */
  newlyLate: Count,
  newlyKept: Count,
  /** Cases by the part of the draft's limit that they used: ten tenths, up to one and a half, up to twice, and more. */
  usedShare: Type.Array(Count, { minItems: 13, maxItems: 13 }),
  months: Type.Array(Type.Object({ month: Month, done: Count, now: Share, draft: Share })),
  offices: Type.Array(
    Type.Object({ office: nullable(Type.String()), name: Text, done: Count, now: Share, draft: Share }),
  ),
});
export type WhatIf = Static<typeof WhatIf>;
