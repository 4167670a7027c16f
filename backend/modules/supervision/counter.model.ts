import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { Tally } from './tally.ts';

/** A day of which facts came in. `revision` rises with every batch; it is counted again until it was counted at its last. */
export interface CounterDay {
  /** Legal day. */
  _id: string;
  revision: number;
  dirty: boolean;
}

export const counterDays = defineModel<CounterDay>({
  collection: 'counter-days',
  fields: { _id: String, revision: Number, dirty: Boolean },
  indexes: [
    {
      key: { dirty: 1 },
      options: { name: 'dirty', partialFilterExpression: { dirty: true } },
      because: 'days to be counted again',
    },
  ],
});

/** The tally of a day or a month in one dimension. Replaced as a whole by a recount of its day, never added to. */
export interface PeriodCounter {
  /** `<period>|<dimension>`. */
  _id: string;
  /** `2026-10-09` or `2026-10`. */
  period: string;
  /** See `dimensionsOf`. */
  dimension: string;
  /** Of the day, or the sum over the days of the month: an older count never replaces a newer one. */
  revision: number;
  tally: Tally;
  /** Of a clerk. */
  name: string | null;
  countedAt: Date;
}

export const periodCounters = defineModel<PeriodCounter>({
  collection: 'period-counters',
  fields: {
    _id: String,
    period: String,
    dimension: String,
    revision: Number,
    tally: Schema.Types.Mixed,
    name: String,
    countedAt: Date,
  } as never,
  // `_id` is the invariant: one tally for a period and a dimension.
  indexes: [
    {
      key: { period: 1, dimension: 1 },
      options: { name: 'period' },
      because: 'the tallies of a period, to add up a month or to set clerks side by side',
    },
  ],
});
