import { Schema } from 'mongoose';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import { defineModel } from '../../platform/database/model.ts';
import type { CalendarYearVersion, OfficeHours } from './calendar.ts';

/** One version of one year, or of the office hours. Never changed once written: due dates name the version they used. */
export interface CalendarDocument {
  /** `2019@2` or `office-hours@1`. */
  _id: string;
  kind: 'year' | 'officeHours';
  /** Calendar year; null for office hours. */
  year: number | null;
  version: number;
  publishedOn: string;
  content: CalendarYearVersion | OfficeHours;
  /** Of a version that an administrator published. */
  outbox?: OutboxEvent[];
}

export const calendars = defineModel<CalendarDocument>({
  collection: 'calendars',
  outbox: true,
  fields: {
    _id: String,
    kind: String,
    year: Number,
    version: Number,
    publishedOn: String,
    content: Schema.Types.Mixed,
  },
  // A few dozen small documents, read whole once per process; `_id` carries the one invariant, a version is written once.
  indexes: [],
});
