import type { Collection } from 'mongodb';
import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { applications, typeOf, type ApplicationDocument } from '../applications/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import { getCalendar, type Calendar } from '../clock/index.ts';
import { caseFacts, type CaseFact, type FactKind } from './case-fact.model.ts';
import { counterDays } from './counter.model.ts';
import { measureCase } from './measure-case.ts';

const KIND_OF: Readonly<Record<string, FactKind>> = {
  'applications.submitted': 'submitted',
  'applications.accepted': 'accepted',
  'applications.correctionRequested': 'correction',
  'applications.registered': 'registered',
  'applications.refused': 'refused',
  'applications.declined': 'declined',
  'applications.withdrawn': 'withdrawn',
  'applications.correctionLapsed': 'withdrawn',
};

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
} as const;
export type FactSource = Pick<ApplicationDocument, '_id' | keyof typeof FIELDS>;

const ENDS: readonly FactKind[] = ['registered', 'refused', 'declined', 'withdrawn'];

interface Rules {
  type: BusinessType;
  calendar: Calendar;
}

/** Pure: what an event of a case counts as. The end of a case is measured at the instant at which its clock stopped. */
export function factOf(
  event: Pick<DeliveredEvent, 'id' | 'type' | 'at'>,
  doc: FactSource,
  { type, calendar }: Rules,
): CaseFact | null {
  const kind = KIND_OF[event.type];
  if (!kind) return null;
  const ended = ENDS.includes(kind);
  const at = kind === 'registered' ? (doc.registration?.at ?? event.at) : event.at;
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

/** Inserts what is not there yet. */
async function insertFacts(p: Platform, facts: readonly CaseFact[]): Promise<void> {
  try {
    const collection = caseFacts(p).collection as unknown as Collection<CaseFact>;
    await collection.insertMany(facts, { ordered: false });
  } catch (error) {
    const { writeErrors = [] } = error as { writeErrors?: { code?: number }[] };
    const failures = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
    if (failures.length === 0 || failures.some(({ code }) => code !== 11_000)) throw error;
  }
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

/** Keeps what each event of a case counts as. Idempotent: the event's id is the fact's. */
export const collectFacts: Subscriber = {
  name: 'supervision.facts',
  types: Object.keys(KIND_OF),
  async handle(p, events) {
    const ids = [...new Set(events.map(({ source }) => String(source.id)))];
    const docs = (await applications(p)
      .collection.find({ _id: { $in: ids as never[] } }, { projection: FIELDS })
      .toArray()) as unknown as FactSource[];
    const byId = new Map(docs.map((doc) => [doc._id, doc]));
    const calendar = await getCalendar(p);
    const facts: CaseFact[] = [];
    for (const event of events) {
      const doc = byId.get(String(event.source.id));
      if (!doc) continue;
      const type = await typeOf(p, doc);
      const fact = factOf(event, doc, { type, calendar });
      if (fact) facts.push(fact);
    }
    if (facts.length === 0) return;
    await insertFacts(p, facts);
    await markDays(
      p,
      facts.map(({ day }) => day),
    );
  },
};
