import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';
import type { Light } from './vocabulary.ts';

/** Open cases that share all of these. */
export interface OpenGroup {
  type: string;
  office: string | null;
  clerk: string | null;
  step: string | null;
  light: Light;
  pause: string | null;
  pauseOverdue: boolean;
  count: number;
}

/** Open cases counted through the index, all at one instant. One document, replaced by each count. */
export interface OpenFigures {
  /** `open`, or `hour:<UTC hour>` for what is looked back at the next day. */
  _id: string;
  countedAt: Date;
  /** What the count took: the next one waits ten times as long, so that counting never fills a core. */
  costMs: number;
  groups: OpenGroup[];
  /** Running cases by the instant at which their promise ends. */
  due: { type: string; office: string | null; at: Date; count: number }[];
  overdue: number;
}

export const openFigures = defineModel<OpenFigures>({
  collection: 'open-figures',
  fields: {
    _id: String,
    countedAt: Date,
    costMs: Number,
    groups: [Schema.Types.Mixed],
    due: [Schema.Types.Mixed],
    overdue: Number,
  } as never,
  // `_id` is the invariant: one latest count, and one for each hour that is kept.
  indexes: [],
});
