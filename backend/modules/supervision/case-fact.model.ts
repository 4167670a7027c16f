import { Schema } from 'mongoose';
import { defineModel } from '../../platform/database/model.ts';

/** What counts about a case: filed, accepted, asked to correct, ended. */
export const FACT_KINDS = [
  'submitted',
  'accepted',
  'correction',
  'registered',
  'refused',
  'declined',
  'withdrawn',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** How the time of a case went, in office minutes as the law counts them: the day of acceptance counts for limits in hours only. */
export interface CaseEnd {
  acceptedAt: Date | null;
  usedMinutes: number;
  pausedMinutes: number;
  limitMinutes: number;
  usedShare: number;
  onTime: boolean;
  lateStatutory: boolean;
  /** 压线: on time, in the last tenth of the limit. */
  edge: boolean;
  corrections: number;
  /** Ground of a refusal. */
  reason: string | null;
  extendedByDays: number;
  /** The way it went, for what is worked out later: forecasts, and how it would have gone under another promise. Absent before acceptance. */
  course?: CaseCourse;
}

/** Steps and pauses of an accepted case, by instants. */
export interface CaseCourse {
  /** In order; the last ends with the case. */
  stages: { step: string; from: Date; to: Date }[];
  pauses: { reason: string; from: Date; to: Date | null }[];
}

/** One event of a case as it is counted. Inserted once under the event's id; the counters are recounted from these. */
export interface CaseFact {
  _id: string;
  kind: FactKind;
  at: Date;
  /** Legal day. */
  day: string;
  caseId: string;
  no: string;
  typeCode: string;
  officeId: string | null;
  /** Who decided; null for what applicants do. */
  clerk: { accountId: string; name: string } | null;
  /** `<type>|<unit>`, of cases that ended without an entry: the same application is recognised by it. */
  unitKeys: string[];
  /** Null for what does not end a case. */
  end: CaseEnd | null;
}

export const caseFacts = defineModel<CaseFact>({
  collection: 'case-facts',
  fields: {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    at: { type: Date, required: true },
    day: { type: String, required: true },
    caseId: { type: String, required: true },
    no: String,
    typeCode: { type: String, required: true },
    officeId: { type: String, default: null },
    clerk: Schema.Types.Mixed,
    unitKeys: [String],
    end: Schema.Types.Mixed,
  } as never,
  // `_id` is the invariant: an event that is delivered twice is one fact.
  indexes: [
    { key: { day: 1 }, options: { name: 'day' }, because: 'the facts of a day, to count them again' },
    {
      key: { at: -1, _id: -1 },
      options: { name: 'ended', partialFilterExpression: { 'end.usedMinutes': { $gte: 0 } } },
      because: 'cases that ended, latest first, by cursor',
    },
    {
      key: { typeCode: 1, at: -1, _id: -1 },
      options: { name: 'ended-of-type', partialFilterExpression: { 'end.usedMinutes': { $gte: 0 } } },
      because: 'cases of a type that ended, latest first, by cursor',
    },
    { key: { caseId: 1 }, options: { name: 'case' }, because: 'what counted of one case' },
    {
      key: { unitKeys: 1, at: -1 },
      options: { name: 'unit', partialFilterExpression: { 'unitKeys.0': { $exists: true } } },
      because: 'an earlier application of the same kind on the same unit',
    },
  ],
});
