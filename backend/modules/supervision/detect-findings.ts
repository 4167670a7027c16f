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

type Looked = Seen & { otherNo?: string };

async function restarts(p: Platform, source: GamingCase, doc: Source): Promise<Looked[]> {
  if (!doc.submission || doc.earlierSubmissions.length > 0) return [];
  const { at } = doc.submission;
  const earlier = (await caseFacts(p)
    .collection.find({
      unitKeys: { $in: doc.unitCodes.map((code) => `${doc.typeCode}|${code}`) },
      'unitKeys.0': { $exists: true },
      at: { $gte: new Date(at.getTime() - LOOK_BACK_MS), $lte: at },
    })
    .sort({ at: -1 })
    .limit(5)
    .toArray()) as unknown as CaseFact[];
  return earlier.flatMap((fact) => {
    if (fact.caseId === doc._id) return [];
    const seen = restartedCase(source, fact);
    return seen ? [{ ...seen, otherNo: fact.no }] : [];
  });
}

const LOOKS: Readonly<
  Record<string, (p: Platform, source: GamingCase, doc: Source) => Promise<Looked[]> | (Looked | null)[]>
> = {
  'applications.submitted': restarts,
  'applications.accepted': (_p, source) => [lateAcceptance(source), afterHoursAcceptance(source)],
  'applications.correctionRequested': (_p, source) => [secondCorrection(source), lastDayPause(source)],
  'applications.paused': (_p, source) => [lastDayPause(source)],
  'applications.resumed': (p, source) => overlongPauses(source, p.time.now()),
  'supervision.alarm_raised': (p, source) => overlongPauses(source, p.time.now()),
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
    const calendar = await getCalendar(p);
    const found: FindingDocument[] = [];
    for (const event of wanted) {
      const doc = byId.get(String(event.data.caseId));
      if (!doc) continue;
      const type = await typeOf(p, doc);
      const seen = (await LOOKS[event.type]?.(p, { doc, type, calendar }, doc)) ?? [];
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
