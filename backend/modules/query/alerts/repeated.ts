import type { Platform } from '../../../platform/platform.ts';
import { instantAt, legalDayOf } from '../../../platform/time.ts';
import { findUnit, recordedRevision } from '../../register/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';

type Known = Pick<QueryDocument, 'no' | 'kind' | 'asker' | 'askedAt' | 'unitCode'>;

/**
 * Whether the same account was given the same answer of the same unit earlier this legal day. Each look stands in the owners' list; one
 * message tells of them all, or whoever asks sixty times could bury what matters. A change that was recorded in between is a new
 * answer, maybe to a new owner; one that is not recorded yet makes no difference, or a second message would tell of it.
 */
export async function isRepeated(p: Platform, queryId: string): Promise<boolean> {
  const query = await queries(p)
    .findOne({ _id: queryId }, { no: 1, kind: 1, asker: 1, askedAt: 1, unitCode: 1 })
    .lean<Known>();
  const unit = typeof query?.unitCode === 'string' ? await findUnit(p, query.unitCode) : null;
  if (!query || !unit) return false;
  const earlier = await queries(p)
    .find(
      {
        'asker.accountId': query.asker.accountId,
        askedAt: { $gte: instantAt(legalDayOf(query.askedAt)), $lte: query.askedAt },
        // Numbers of a day are in the order of asking, also of those asked in one millisecond.
        no: { $lt: query.no },
        unitCode: unit._id,
        kind: query.kind,
        state: 'answered',
        'result.revisions.revision': { $gte: recordedRevision(unit) },
      },
      { _id: 1 },
    )
    .hint('queries_by_asker')
    .limit(1)
    .lean();
  return earlier.length > 0;
}
