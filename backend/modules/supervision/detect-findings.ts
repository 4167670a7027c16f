import type { DeliveredEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { findAccountNames } from '../accounts/index.ts';
import { AGENT_UNPROVEN, typeOf } from '../applications/index.ts';
import { getCalendar } from '../clock/index.ts';
import { caseFacts, type CaseFact } from './case-fact.model.ts';
import { filedBy, readSources, SUBMITTED, type CaseSource, type CaseSources } from './case-source.ts';
import { findings, type FindingDocument } from './finding.model.ts';
import {
  afterHoursAcceptance,
  lastDayPause,
  lateAcceptance,
  latePause,
  longPause,
  overlongPauses,
  restartedCase,
  secondCorrection,
  unprovenAgent,
  type GamingCase,
  type Seen,
} from './gaming.ts';

/** Looked back for an earlier application; a longer gap is no restart by any calendar. */
const LOOK_BACK_MS = 20 * 86_400_000;

/** Of the earlier cases of one unit, so many are named. */
const RESTARTS_SHOWN = 5;

type Looked = Seen & { otherNo?: string };

const unitKeysOf = ({ typeCode, unitCodes }: { typeCode: string; unitCodes: readonly string[] }): string[] =>
  unitCodes.map((code) => `${typeCode}|${code}`);

/** A first submission may be the restart of an earlier case. */
const mayRestart = ({ submission, earlierSubmissions }: CaseSource): boolean =>
  submission !== null && earlierSubmissions.length === 0;

interface Fresh {
  unitKeys: readonly string[];
  at: Date;
}

/** A case that may be the restart of another: by its event, where that says enough, or as it was read. */
function freshOf(event: DeliveredEvent, sources: CaseSources): Fresh | null {
  if (event.type !== SUBMITTED) return null;
  const filed = filedBy(event);
  if (filed) return { unitKeys: unitKeysOf(filed), at: event.at };
  const doc = sources.get(String(event.data.caseId));
  return doc && mayRestart(doc) ? { unitKeys: unitKeysOf(doc), at: doc.submission!.at } : null;
}

/** What was known of the units of freshly submitted cases, newest first: one look for a batch. */
async function earlierFacts(p: Platform, fresh: readonly Fresh[]): Promise<CaseFact[]> {
  const unitKeys = [...new Set(fresh.flatMap((one) => one.unitKeys))];
  if (unitKeys.length === 0) return [];
  const times = fresh.map(({ at }) => at.getTime());
  return (await caseFacts(p)
    .collection.find({
      unitKeys: { $in: unitKeys },
      'unitKeys.0': { $exists: true },
      at: { $gte: new Date(Math.min(...times) - LOOK_BACK_MS), $lte: new Date(Math.max(...times)) },
    })
    .sort({ at: -1 })
    .toArray()) as unknown as CaseFact[];
}

function restarts(source: GamingCase, doc: CaseSource, facts: readonly CaseFact[]): Looked[] {
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
  doc: CaseSource;
  facts: readonly CaseFact[];
  now: Date;
  /** Of the event: which of the case's pauses or corrections it tells of. */
  pauseId?: string;
  correctionId?: string;
  /** Of the event: who acted, and the member of staff whose number they gave. */
  actor: Named | null;
  staff: Named | null;
  at: Date;
}

interface Named {
  accountId: string;
  name: string;
}

const idIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const LOOKS: Readonly<Record<string, (look: Look) => (Looked | null)[]>> = {
  [SUBMITTED]: ({ source, doc, facts }) => restarts(source, doc, facts),
  'applications.accepted': ({ source }) => [lateAcceptance(source), afterHoursAcceptance(source)],
  'applications.correctionRequested': ({ source, correctionId, pauseId }) => [
    secondCorrection(source, correctionId),
    lastDayPause(source, pauseId),
    latePause(source, pauseId),
    longPause(source, pauseId),
  ],
  'applications.paused': ({ source, pauseId }) => [
    lastDayPause(source, pauseId),
    latePause(source, pauseId),
    longPause(source, pauseId),
  ],
  // 补记: nothing that was entered later escapes by it.
  'applications.pauseRecorded': ({ source, now, pauseId }) => [
    lastDayPause(source, pauseId),
    latePause(source, pauseId),
    longPause(source, pauseId),
    ...overlongPauses(source, now),
  ],
  'applications.resumed': ({ source, now }) => overlongPauses(source, now),
  [AGENT_UNPROVEN]: ({ actor, staff, at }) => [actor && staff && unprovenAgent(actor, staff, at)],
  'supervision.alarm_raised': ({ source, now }) => overlongPauses(source, now),
};

const relevant = ({ type, data }: DeliveredEvent): boolean =>
  type !== 'supervision.alarm_raised' || data.kind === 'pauseOverdue';

export const findingTypes: readonly string[] = Object.keys(LOOKS);

/** The cases that something may be found about: of those that were just filed, the ones whose unit had another before. */
async function withRestarts(
  p: Platform,
  events: readonly DeliveredEvent[],
  sources: CaseSources,
  facts: readonly CaseFact[],
): Promise<CaseSources> {
  const known = new Set(facts.flatMap(({ unitKeys }) => unitKeys));
  const ids = events.flatMap((event) => {
    const filed = filedBy(event);
    return filed && unitKeysOf(filed).some((key) => known.has(key)) ? [filed.caseId] : [];
  });
  return ids.length === 0 ? sources : new Map([...sources, ...(await readSources(p, ids))]);
}

/** Looks at each case after what happened to it. Idempotent: what is found has a key of its own. */
export async function detectFrom(
  p: Platform,
  events: readonly DeliveredEvent[],
  sources: CaseSources,
): Promise<void> {
  const wanted = events.filter((event) => event.type in LOOKS && relevant(event));
  if (wanted.length === 0) return;
  const fresh = wanted.flatMap((event) => freshOf(event, sources) ?? []);
  const unproven = wanted.filter(({ type }) => type === AGENT_UNPROVEN);
  const people = unproven.flatMap(({ actorId, data }) => [actorId, data.staffId].map(String));
  const [calendar, facts, names] = await Promise.all([
    getCalendar(p),
    earlierFacts(p, fresh),
    findAccountNames(p, people),
  ]);
  const cases = await withRestarts(p, wanted, sources, facts);
  const named = (id: unknown): Named | null => {
    const name = names.get(String(id));
    return name === undefined ? null : { accountId: String(id), name };
  };
  const now = p.time.now();
  const found: FindingDocument[] = [];
  for (const event of wanted) {
    const doc = cases.get(String(event.data.caseId));
    if (!doc) continue;
    const type = await typeOf(p, doc);
    const pauseId = idIn(event.data.pauseId);
    const correctionId = idIn(event.data.correctionId);
    const look = {
      source: { doc, type, calendar },
      doc,
      facts,
      now,
      actor: named(event.actorId),
      staff: named(event.data.staffId),
      at: event.at,
      ...(pauseId ? { pauseId } : {}),
      ...(correctionId ? { correctionId } : {}),
    };
    const seen = LOOKS[event.type]?.(look) ?? [];
    for (const one of seen) if (one) found.push(documentOf(doc, one));
  }
  await insertNew(p, found);
}

function documentOf(
  doc: CaseSource,
  { kind, about, at, person, evidence, otherNo }: Looked,
): FindingDocument {
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
