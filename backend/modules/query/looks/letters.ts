import type { Platform } from '../../../platform/platform.ts';
import type { AccessDocument } from '../../audit/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';

type Lettered = Pick<QueryDocument, '_id' | 'asker' | 'letterNo'>;
type Look = Pick<AccessDocument, 'actorId' | 'target'>;

/**
 * The 文号 under which a state organ looked, for whom the look is told to: with it they can ask the organ. Of the organ's own look alone:
 * whoever verifies its paper later does so for reasons of their own, maybe before somebody who owns the home by then.
 */
export async function lettersOf(p: Platform, looks: readonly Look[]): Promise<(look: Look) => string | null> {
  const ids = [...new Set(looks.flatMap(({ target }) => (target?.kind === 'query' ? [target.id] : [])))];
  const found =
    ids.length === 0
      ? []
      : await queries(p)
          .find({ _id: { $in: ids }, letterNo: { $type: 'string' } }, { letterNo: 1, 'asker.accountId': 1 })
          .lean<Lettered[]>();
  const letters = new Map(found.map((query) => [query._id, query] as const));
  return ({ actorId, target }) => {
    const query = target?.kind === 'query' ? letters.get(target.id) : undefined;
    return query && query.asker.accountId === actorId ? query.letterNo : null;
  };
}
