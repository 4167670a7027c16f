import type { Platform } from '../../platform/platform.ts';
import { applications, PAUSE_WORDS, type ApplicationDocument } from '../applications/index.ts';
import type { ApprovalList, ApprovalView, Text } from './contract.ts';
import { typeName } from './list-alarms.ts';
import { notOwn } from './own-cases.ts';

const MOST = 100;
const FIELDS = { no: 1, typeCode: 1, officeId: 1, extensions: 1, pauseRequests: 1, partyIndexes: 1 } as const;
type Waiting = Pick<ApplicationDocument, '_id' | keyof typeof FIELDS>;

const longer = (days: number): Text => ({ zh: `延长 ${days} 天`, en: `${days} more day(s)` });

async function viewsOf(p: Platform, doc: Waiting): Promise<ApprovalView[]> {
  const { _id: caseId, no, typeCode: type, officeId: office } = doc;
  const common = { caseId, no: no ?? '', type, typeName: await typeName(p, type), office };
  const extensions = (doc.extensions ?? []).filter(({ state }) => state === 'asked');
  const pauses = (doc.pauseRequests ?? []).filter(({ state }) => state === 'asked');
  return [
    ...extensions.map(({ days, reason, askedBy, askedAt }) => ({
      ...common,
      kind: 'extension' as const,
      what: longer(days),
      why: reason,
      backdatedFrom: null,
      askedBy: askedBy.name,
      askedAt: askedAt.toISOString(),
    })),
    ...pauses.map(({ reason, note, startedAt, askedBy, askedAt }) => ({
      ...common,
      kind: 'pause' as const,
      what: PAUSE_WORDS[reason].label,
      why: note,
      backdatedFrom: startedAt?.toISOString() ?? null,
      askedBy: askedBy.name,
      askedAt: askedAt.toISOString(),
    })),
  ];
}

/**
 * 等批准: pauses and extensions that were asked for and not decided, the longest waiting first. By index.
 * @param personIndex of the reader: a case in which they are a party, or acted for one, is not theirs to see here (回避)
 * @param office of the hall the reader stands over; null: all
 */
export async function listApprovals(
  p: Platform,
  { personIndex, office }: { personIndex: string | null; office: string | null },
): Promise<ApprovalList> {
  const { collection } = applications(p);
  const filter = {
    'work.askedAt': { $gt: new Date(0) },
    ...(office === null ? {} : { officeId: office }),
    ...notOwn({ personIndex }),
  };
  const [found, total] = await Promise.all([
    collection
      .find(filter, { projection: FIELDS, hint: 'to-decide' })
      .sort({ 'work.askedAt': 1 })
      .limit(MOST)
      .toArray() as unknown as Promise<Waiting[]>,
    collection.countDocuments(filter, { hint: 'to-decide' }),
  ]);
  return { items: (await Promise.all(found.map((doc) => viewsOf(p, doc)))).flat(), total };
}
