import type { Platform } from '../../../platform/platform.ts';
import type { AccessDocument } from '../../audit/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';

type AskedLook = Pick<AccessDocument, '_id' | 'actorId' | 'target'>;

/**
 * Ids of looks that were recorded and did not happen. The asker's look is recorded before the answer is stored; where they took the query
 * back, or another clerk refused it, at that very moment, nothing was shown to them. What clerks saw of it they saw.
 */
export async function neverShownAmong(
  p: Platform,
  looks: readonly AskedLook[],
): Promise<ReadonlySet<string>> {
  const ids = looks.flatMap(({ target }) => (target?.kind === 'query' ? [target.id] : []));
  if (ids.length === 0) return new Set();
  const ended = await queries(p)
    .find(
      { _id: { $in: [...new Set(ids)] }, state: { $in: ['withdrawn', 'refused'] } },
      { 'asker.accountId': 1 },
    )
    .lean<Pick<QueryDocument, '_id' | 'asker'>[]>();
  const askers = new Map(ended.map(({ _id, asker }) => [_id, asker.accountId]));
  const isNone = ({ actorId, target }: AskedLook): boolean =>
    target?.kind === 'query' && actorId !== null && askers.get(target.id) === actorId;
  return new Set(looks.filter(isNone).map(({ _id }) => _id));
}
