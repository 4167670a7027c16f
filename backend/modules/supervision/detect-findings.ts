import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { applications, typeOf, type ApplicationDocument } from '../applications/index.ts';
import { getCalendar } from '../clock/index.ts';
import { caseFacts, type CaseFact } from './case-fact.model.ts';
import { findings, type FindingDocument } from './finding.model.ts';
import {
  afterHoursAcceptance,
  lastDayPause,
  lateAcceptance,
  overlongPauses,
  restartedCase,
  secondCorrection,
  type GamingCase,
  type Seen,
} from './gaming.ts';

const FIELDS = {
  no: 1,
  typeCode: 1,
  typeVersion: 1,
  officeId: 1,
  unitCodes: 1,
  clockEvents: 1,
  corrections: 1,
  pauses: 1,
  submission: 1,
  earlierSubmissions: 1,
  acceptance: 1,
} as const;
type Source = Pick<ApplicationDocument, '_id' | keyof typeof FIELDS>;

/** Looked back for an earlier application; a longer gap is no restart by any calendar. */
const LOOK_BACK_MS = 20 * 86_400_000;

/** Of the earlier cases of one unit, so many are named. */
const RESTARTS_SHOWN = 5;

const SUBMITTED = 'applications.submitted';

type Looked = Seen & { otherNo?: string };

const unitKeysOf = ({ typeCode, unitCodes }: Source): string[] =>
  unitCodes.map((code) => `${typeCode}|${code}`);

/** A first submission may be the restart of an earlier case. */
const mayRestart = ({ submission, earlierSubmissions }: Source): boolean =>
  submission !== null && earlierSubmissions.length === 0;

/** What was known of the units of freshly submitted cases, newest first: one look for a batch. */
async function earlierFacts(p: Platform, submitted: readonly Source[]): Promise<CaseFact[]> {
  const docs = submitted.filter(mayRestart);
  const unitKeys = [...new Set(docs.flatMap(unitKeysOf))];
  if (unitKeys.length === 0) return [];
  const times = docs.map(({ submission }) => submission!.at.getTime());
  return (await caseFacts(p)
    .collection.find({
      unitKeys: { $in: unitKeys },
      'unitKeys.0': { $exists: true },
      at: { $gte: new Date(Math.min(...times) - LOOK_BACK_MS), $lte: new Date(Math.max(...times)) },
    })
    .sort({ at: -1 })
    .toArray()) as unknown as CaseFact[];
}

function restarts(source: GamingCase, doc: Source, facts: readonly CaseFact[]): Looked[] {
  if (!mayRestart(doc)) return [];
  const at = doc.submission!.at.getTime();
  const keys = new Set(unitKeysOf(doc));
  const earlier = facts.filter(
    (fact) =>
      fact.caseId !== doc._id &&
      fact.unitKeys.some((key) => keys.has(key)) &&
      fact.at.getTime() <= at &&
      fact.at.getTime() >= at - LOOK_BACK_MS,
  );
  return earlier.slice(0, RESTARTS_SHOWN).flatMap((fact) => {
    const seen = restartedCase(source, fact);
    return seen ? [{ ...seen, otherNo: fact.no }] : [];
  });
}

interface Look {
  source: GamingCase;
  doc: Source;
  facts: readonly CaseFact[];
  now: Date;
}

const LOOKS: Readonly<Record<string, (look: Look) => (Looked | null)[]>> = {
  [SUBMITTED]: ({ source, doc, facts }) => restarts(source, doc, facts),
  'applications.accepted': ({ source }) => [lateAcceptance(source), afterHoursAcceptance(source)],
  'applications.correctionRequested': ({ source }) => [secondCorrection(source), lastDayPause(source)],
  'applications.paused': ({ source }) => [lastDayPause(source)],
  'applications.resumed': ({ source, now }) => overlongPauses(source, now),
  'supervision.alarm_raised': ({ source, now }) => overlongPauses(source, now),
};

const relevant = ({ type, data }: DeliveredEvent): boolean =>
  type !== 'supervision.alarm_raised' || data.kind === 'pauseOverdue';

/** Looks at each case after what happened to it. Idempotent: what is found has a key of its own. */
export const detectFindings: Subscriber = {
  name: 'supervision.findings',
  types: Object.keys(LOOKS),
  async handle(p, events) {
    const wanted = events.filter(relevant);
    if (wanted.length === 0) return;
    const ids = [...new Set(wanted.map(({ data }) => String(data.caseId)))];
    const docs = (await applications(p)
      .collection.find({ _id: { $in: ids as never[] } }, { projection: FIELDS })
      .toArray()) as unknown as Source[];
    const byId = new Map(docs.map((doc) => [doc._id, doc]));
    const submitted = wanted.flatMap(({ type, data }) =>
      type === SUBMITTED ? (byId.get(String(data.caseId)) ?? []) : [],
    );
    const [calendar, facts] = await Promise.all([getCalendar(p), earlierFacts(p, submitted)]);
    const now = p.time.now();
    const found: FindingDocument[] = [];
    for (const event of wanted) {
      const doc = byId.get(String(event.data.caseId));
      if (!doc) continue;
      const type = await typeOf(p, doc);
      const seen = LOOKS[event.type]?.({ source: { doc, type, calendar }, doc, facts, now }) ?? [];
      for (const one of seen) if (one) found.push(documentOf(doc, one));
    }
    await insertNew(p, found);
  },
};

function documentOf(doc: Source, { kind, about, at, person, evidence, otherNo }: Looked): FindingDocument {
  const { _id: caseId, no, typeCode, officeId } = doc;
  const _id = [kind, caseId, about].join('|');
  return {
    _id,
    kind,
    caseId,
    no: no ?? '',
    typeCode,
    officeId,
    person,
    at,
    evidence,
    otherNo: otherNo ?? null,
  };
}

async function insertNew(p: Platform, found: readonly FindingDocument[]): Promise<void> {
  if (found.length === 0) return;
  await findings(p).collection.bulkWrite(
    found.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id: _id as never }, update: { $setOnInsert: rest as never }, upsert: true },
    })) as never,
    { ordered: false },
  );
}
