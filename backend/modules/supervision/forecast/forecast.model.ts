import { Schema } from 'mongoose';
import { defineModel } from '../../../platform/database/model.ts';
import type { BackTest } from './back-test.ts';
import type { Standing } from './standing.ts';

/** What is foreseen of one open case. Disposable: replaced by any run that finds it changed. */
export interface ForecastDocument {
  /** Of the case. */
  _id: string;
  no: string;
  typeCode: string;
  officeId: string | null;
  clerk: { accountId: string; name: string } | null;
  dueAt: Date | null;
  /** 0 to 1; null while a pause holds the clock: then there is nothing to break. */
  chance: number | null;
  /** Billionths of the chance that it holds: what the list is ordered by. */
  order: number;
  /** On the list of the day ahead: due by the next close, and not expected to hold. */
  likely: boolean;
  standing: Omit<Standing, 'id' | 'type' | 'office' | 'due'>;
  /** Of what can be seen of it: a run writes only rows whose digest changed. */
  print: string;
}

export const forecasts = defineModel<ForecastDocument>({
  collection: 'forecasts',
  fields: {
    _id: String,
    no: String,
    typeCode: String,
    officeId: String,
    clerk: Schema.Types.Mixed,
    dueAt: Date,
    chance: Number,
    order: Number,
    likely: Boolean,
    standing: Schema.Types.Mixed,
    print: String,
  } as never,
  // `_id` is the invariant: one forecast a case.
  indexes: [
    {
      key: { order: 1, _id: 1 },
      options: { name: 'order' },
      because: 'all forecasts, likeliest first, by cursor',
    },
    {
      key: { likely: 1, order: 1, _id: 1 },
      options: { name: 'likely', partialFilterExpression: { likely: true } },
      because: 'the list of the day ahead',
    },
    {
      key: { officeId: 1, likely: 1 },
      options: { name: 'office' },
      because: 'how many cases and likely breaches a hall has, from the index alone',
    },
  ],
});

/** The latest run: when, how many, and how good it was on the days before. One document. */
export interface ForecastRun {
  _id: string;
  computedAt: Date;
  open: number;
  likely: number;
  /** Null while too little has happened to judge by. */
  backTest: Omit<BackTest, 'outlook'> | null;
  costMs: number;
}

export const forecastRuns = defineModel<ForecastRun>({
  collection: 'forecast-runs',
  fields: {
    _id: String,
    computedAt: Date,
    open: Number,
    likely: Number,
    backTest: Schema.Types.Mixed,
    costMs: Number,
  } as never,
  // `_id` is the invariant: one latest run.
  indexes: [],
});
