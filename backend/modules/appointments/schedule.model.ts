import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { HallSchedule, HallService } from './contract.ts';
import type { Displacement } from './vocabulary.ts';

/** One version of a hall's schedule; its content is never changed once written. */
export interface ScheduleDocument {
  /** `hall|version`. */
  _id: string;
  hall: string;
  version: number;
  content: HallSchedule;
  publishedAt: Date;
  publishedBy: string | null;
  /** What happens to bookings that lose their window, and what their holders are told; absent in the reference data. */
  displaced?: Displacement;
  reason?: { zh: string; en: string };
  /** False until its windows are made, closed and resized; absent in the reference data, which windows follow from the start. */
  applied?: boolean;
  /** Of the latest version of a hall: the calendar that its windows follow; absent until they were looked at for the first time. */
  calendar?: string;
  outbox?: OutboxEvent[];
}

const mixed = Schema.Types.Mixed;

export const schedules = defineModel<ScheduleDocument>({
  collection: 'hall-schedules',
  outbox: true,
  fields: {
    _id: String,
    hall: String,
    version: Number,
    content: mixed,
    publishedAt: Date,
    publishedBy: String,
    displaced: String,
    reason: mixed,
    applied: Boolean,
    calendar: String,
  } as never,
  indexes: [
    {
      key: { hall: 1, version: 1 },
      options: { name: 'hall-version', unique: true },
      because: 'two administrators cannot publish the same version of a hall',
    },
  ],
});

/** What can be booked, for all halls. */
export type ServiceDocument = Omit<HallService, 'code'> & { _id: string };

export const services = defineModel<ServiceDocument>({
  collection: 'hall-services',
  fields: {
    _id: String,
    name: mixed,
    minutes: Number,
    businessTypes: [String],
    pools: [String],
    bring: mixed,
  } as never,
  indexes: [],
});
