import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { getCalendar, type Calendar } from '../clock/index.ts';
import { marksAfter, planAlarms, type CaseAlarm } from './alarms.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { findLimitVersions, type BusinessType, type PromiseVersion } from '../catalogue/index.ts';
import { caseTypeOn, handledType } from './case-type.ts';
import { personsConcerned } from './policy.ts';

/** What an alarm needs of a case; a case carries far more. */
const FIELDS = {
  revision: 1,
  no: 1,
  status: 1,
  channel: 1,
  corrections: 1,
  typeCode: 1,
  typeVersion: 1,
  officeId: 1,
  handler: 1,
  partyIndexes: 1,
  agentIndexes: 1,
  submission: 1,
  clockEvents: 1,
  alarmed: 1,
  work: 1,
} as const;

type AlarmDocument = Pick<ApplicationDocument, '_id' | keyof typeof FIELDS>;

export interface DueCase {
  caseId: string;
  no: string;
  typeCode: string;
  officeId: string | null;
  handlerId: string | null;
  /** Post whose turn it is, and its step. */
  role: string | null;
  step: string | null;
  /** Blind indexes of the parties and of who acted for them: none of them is told as a clerk. */
  partyIndexes: readonly string[];
  alarms: readonly CaseAlarm[];
  /** Opaque: what `settleAlarms` guards its write with. */
  readonly seen: AlarmDocument;
  readonly nextAt: Date | null;
}

/** A case whose plan cannot be computed must not hold up the others; it is tried again after this. */
const RETRY_MS = 600_000;

/**
 * The cases whose next alarm is due, oldest first, each computed afresh from its events. By index: as many documents are
 * looked at as are given back.
 */
export async function takeDueAlarms(p: Platform, now: Date, limit: number): Promise<DueCase[]> {
  const calendar = await getCalendar(p);
  const documents = (await applications(p)
    .collection.find(
      { 'work.alarmAt': { $gt: new Date(0), $lte: now } },
      { projection: FIELDS, hint: 'next-alarm' },
    )
    .sort({ 'work.alarmAt': 1 })
    .limit(limit)
    .toArray()) as unknown as AlarmDocument[];
  // One look for each type, not for each case: together they would all find the catalogue's memory out of date.
  const rules = new Map<string, Rules | null>();
  for (const doc of documents) {
    const key = ruleKey(doc);
    if (!rules.has(key)) rules.set(key, await rulesOf(p, doc).catch(() => null));
  }
  return documents.map((doc) => dueCaseOf(p, doc, { rules: rules.get(ruleKey(doc)) ?? null, calendar, now }));
}

interface Rules {
  type: BusinessType;
  versions: readonly PromiseVersion[];
}

const ruleKey = ({ typeCode, typeVersion }: AlarmDocument): string => `${typeCode}@${typeVersion}`;

async function rulesOf(p: Platform, doc: AlarmDocument): Promise<Rules> {
  return { type: await handledType(p, doc), versions: await findLimitVersions(p, doc.typeCode) };
}

function dueCaseOf(
  p: Platform,
  doc: AlarmDocument,
  { rules, calendar, now }: { rules: Rules | null; calendar: Calendar; now: Date },
): DueCase {
  const { _id: caseId, no, typeCode, officeId, handler, work } = doc;
  const brief = {
    caseId,
    no: no ?? '',
    typeCode,
    officeId,
    handlerId: handler?.accountId ?? null,
    role: work.role,
    step: work.step,
    partyIndexes: personsConcerned(doc),
    seen: doc,
  };
  try {
    if (!rules) throw new Error(`no business type ${typeCode}@${doc.typeVersion}`);
    const { limits } = caseTypeOn(doc, rules.type, rules.versions, {
      today: legalDayOf(now),
      calendar,
    });
    const { due, nextAt } = planAlarms({ doc, limits, calendar }, now);
    return { ...brief, alarms: due, nextAt };
  } catch (error) {
    p.log.error({ err: error, caseId }, 'alarms of a case could not be computed');
    return { ...brief, alarms: [], nextAt: new Date(now.getTime() + RETRY_MS) };
  }
}

/**
 * Sets the alarm clock of each case to its next instant, after its alarms were written down. Guarded by the revision and the
 * calendar they were computed with: a case that was paused, resumed or recomputed meanwhile keeps what that wrote, and
 * stays due to be looked at again. Without a new revision: nothing about the case itself changed.
 * @returns how many were set
 */
export async function settleAlarms(p: Platform, cases: readonly DueCase[]): Promise<number> {
  if (cases.length === 0) return 0;
  const { matchedCount } = await applications(p).collection.bulkWrite(
    cases.map(({ caseId, seen, alarms, nextAt }) => ({
      updateOne: {
        filter: {
          _id: caseId as never,
          revision: seen.revision,
          'work.calendarVersion': seen.work.calendarVersion,
        },
        update: {
          $set: {
            'work.alarmAt': nextAt,
            ...(alarms.length > 0 ? { alarmed: marksAfter(seen.alarmed, alarms) } : {}),
          },
        },
      },
    })) as never,
    { ordered: false },
  );
  return matchedCount;
}
