import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { DeliveredEvent } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { typeOf } from '../applications/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { getCalendar, type Calendar } from '../clock/index.ts';
import { caseFacts, type CaseFact, type FactKind } from './case-fact.model.ts';
import { filedBy, readSources, type CaseSource, type CaseSources, type Filed } from './case-source.ts';
import { counterDays } from './counter.model.ts';
import { measureCase } from './measure-case.ts';

const KIND_OF: Readonly<Record<string, FactKind>> = {
  'applications.submitted': 'submitted',
  'applications.accepted': 'accepted',
  'applications.acceptedByLaw': 'accepted',
  'applications.correctionRequested': 'correction',
  'applications.registered': 'registered',
  'applications.refused': 'refused',
  'applications.declined': 'declined',
  'applications.withdrawn': 'withdrawn',
  'applications.correctionLapsed': 'declined',
};

const ENDS: readonly FactKind[] = ['registered', 'refused', 'declined', 'withdrawn'];

interface Rules {
  type: BusinessType;
  calendar: Calendar;
}

/** Pure: what an event of a case counts as. A case begins and ends at the instants at which its clock does. */
export function factOf(
  event: Pick<DeliveredEvent, 'id' | 'type' | 'at'>,
  doc: CaseSource,
  { type, calendar }: Rules,
): CaseFact | null {
  const kind = KIND_OF[event.type];
  if (!kind) return null;
  const ended = ENDS.includes(kind);
  const acceptance = doc.clockEvents.find((one) => one.kind === 'accepted');
  // 视为受理: counted when the law accepted it, so not again when a clerk does.
  if (event.type === 'applications.accepted' && acceptance?.byLaw) return null;
  const at =
    kind === 'registered'
      ? (doc.registration?.at ?? event.at)
      : kind === 'accepted'
        ? (acceptance?.at ?? event.at)
        : event.at;
  const decided = kind === 'registered' ? doc.registration?.by : ended ? doc.decision?.by : null;
  return {
    _id: event.id,
    kind,
    at,
    day: legalDayOf(at),
    caseId: doc._id,
    no: doc.no ?? '',
    typeCode: doc.typeCode,
    officeId: doc.officeId,
    clerk: decided ? { accountId: decided.accountId, name: decided.name } : null,
    unitKeys:
      kind === 'declined' || kind === 'withdrawn'
        ? doc.unitCodes.map((code) => `${doc.typeCode}|${code}`)
        : [],
    end: ended ? measureCase(doc, type, calendar, at) : null,
  };
}

/** The same for a filing, by its event alone. Pure. */
export function filingFact({ id, at }: Pick<DeliveredEvent, 'id' | 'at'>, filed: Filed): CaseFact {
  const { caseId, no, typeCode, officeId } = filed;
  const counted = { _id: id, kind: 'submitted' as const, at, day: legalDayOf(at) };
  return { ...counted, caseId, no, typeCode, officeId, clerk: null, unitKeys: [], end: null };
}

/** The days are to be counted again. After the facts, so that a kill in between is made good by the next delivery. */
export async function markDays(p: Platform, days: readonly string[]): Promise<void> {
  await counterDays(p).collection.bulkWrite(
    [...new Set(days)].map((day) => ({
      updateOne: {
        filter: { _id: day as never },
        update: { $inc: { revision: 1 }, $set: { dirty: true } },
        upsert: true,
      },
    })) as never,
    { ordered: false },
  );
}

export const factTypes: readonly string[] = Object.keys(KIND_OF);

/** Keeps what each event of a case counts as. Idempotent: the event's id is the fact's. */
export async function collectFrom(
  p: Platform,
  events: readonly DeliveredEvent[],
  sources: CaseSources,
): Promise<void> {
  const calendar = await getCalendar(p);
  const facts: CaseFact[] = [];
  for (const event of events) {
    if (!(event.type in KIND_OF)) continue;
    const filed = filedBy(event);
    if (filed) {
      facts.push(filingFact(event, filed));
      continue;
    }
    const doc = sources.get(String(event.source.id));
    if (!doc) continue;
    const fact = factOf(event, doc, { type: await typeOf(p, doc), calendar });
    if (fact) facts.push(fact);
  }
  if (facts.length === 0) return;
  await insertAbsent(caseFacts(p).collection, facts);
  await markDays(
    p,
    facts.map(({ day }) => day),
  );
}

/** Counts events whose cases are not at hand, as those of a history that is filled in. */
export async function collectFacts(p: Platform, events: readonly DeliveredEvent[]): Promise<void> {
  const ids = events.map(({ source }) => String(source.id));
  await collectFrom(p, events, await readSources(p, ids));
}
