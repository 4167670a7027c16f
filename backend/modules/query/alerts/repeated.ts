import type { Platform } from '../../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../../platform/time.ts';
import { findUnit, recordedRevision } from '../../register/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';

type Known = Pick<QueryDocument, 'no' | 'kind' | 'asker' | 'askedAt' | 'unitCode' | 'person' | 'result'>;

/**
 * Whether the same account was given the same answer of the same unit, or of the same person, earlier this legal day. Each look stands in the owners' list; one
 * message tells of them all, or whoever asks sixty times could bury what matters. A change that was recorded in between is a new
 * answer, maybe to a new owner; one that is not recorded yet makes no difference, or a second message would tell of it.
 */
export async function isRepeated(p: Platform, queryId: string): Promise<boolean> {
  const query = await queries(p)
    .findOne(
      { _id: queryId },
      { no: 1, kind: 1, asker: 1, askedAt: 1, unitCode: 1, person: 1, 'result.revisions': 1 },
    )
    .lean<Known>();
  const same = query && (await sameAnswer(p, query));
  if (!same) return false;
  const earlier = await queries(p)
    .find(
      {
        'asker.accountId': query.asker.accountId,
        askedAt: { $gte: instantAt(legalDayOf(query.askedAt)), $lte: query.askedAt },
        // Numbers of a day are in the order of asking, also of those asked in one millisecond.
        no: { $lt: query.no },
        kind: query.kind,
        state: 'answered',
        ...same,
      },
      { _id: 1 },
    )
    .hint('queries_by_asker')
    .limit(1)
    .lean();
  return earlier.length > 0;
}

async function sameAnswer(
  p: Platform,
  { unitCode, person, result }: Known,
): Promise<Record<string, unknown> | null> {
  if (person && result) return { 'person.idIndex': person.idIndex, 'result.revisions': result.revisions };
  const unit = unitCode === null ? null : await findUnit(p, unitCode);
  return unit && { unitCode, 'result.revisions.revision': { $gte: recordedRevision(unit) } };
}
