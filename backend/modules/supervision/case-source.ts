import type { DeliveredEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { applications, type ApplicationDocument } from '../applications/index.ts';

/** What supervision reads of a case after something happened to it: to count it, and to look for findings. */
const FIELDS = {
  no: 1,
  status: 1,
  typeCode: 1,
  typeVersion: 1,
  officeId: 1,
  unitCodes: 1,
  clockEvents: 1,
  corrections: 1,
  decision: 1,
  registration: 1,
  opinions: 1,
  pauses: 1,
  submission: 1,
  earlierSubmissions: 1,
  acceptance: 1,
} as const;

export type CaseSource = Pick<ApplicationDocument, '_id' | keyof typeof FIELDS>;
export type CaseSources = ReadonlyMap<string, CaseSource>;

/** The cases of these ids, as far as they exist: one command for a batch of events. */
export async function readSources(p: Platform, caseIds: readonly string[]): Promise<CaseSources> {
  if (caseIds.length === 0) return new Map();
  const docs = (await applications(p)
    .collection.find({ _id: { $in: [...new Set(caseIds)] as never[] } }, { projection: FIELDS })
    .toArray()) as unknown as CaseSource[];
  return new Map(docs.map((doc) => [doc._id, doc]));
}

/** A filing, by what its event carries: all that is counted of it, and by which an earlier application is recognised. */
export interface Filed {
  caseId: string;
  no: string;
  typeCode: string;
  officeId: string | null;
  unitCodes: readonly string[];
}

export const SUBMITTED = 'applications.submitted';

/** Null for any other event, and for a filing of before events carried the office: then the case is read. */
export function filedBy({ type, data }: Pick<DeliveredEvent, 'type' | 'data'>): Filed | null {
  const { caseId, no, typeCode, officeId, unitCodes } = data;
  const whole = type === SUBMITTED && officeId !== undefined && Array.isArray(unitCodes);
  if (!whole) return null;
  return {
    caseId: String(caseId),
    no: String(no),
    typeCode: String(typeCode),
    officeId: typeof officeId === 'string' ? officeId : null,
    unitCodes: unitCodes.map(String),
  };
}
