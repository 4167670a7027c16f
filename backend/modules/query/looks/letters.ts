import type { Sentence } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { AccessDocument } from '../../audit/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';
import { toldWhy } from './told-why.ts';
import { bareWhyWords, whyWords } from './words.ts';

type Lettered = Pick<QueryDocument, '_id' | 'asker' | 'letterNo'>;
type Look = Pick<AccessDocument, 'actorId' | 'at' | 'target' | 'why'>;

export interface Letter {
  letterNo: string | null;
  /** What the look was for, in words. */
  why: Sentence;
}

/**
 * What a look was for, and the 文号 under which a state organ looked, for whom the look is told to and who may know it (told-why.ts): with
 * it they can ask the organ. The number is of the organ's own look alone: whoever verifies its paper later does so for reasons of their
 * own, maybe before somebody who owns the home by then.
 */
export async function lettersOf(
  p: Platform,
  personIndex: string,
  looks: readonly Look[],
): Promise<(look: Look) => Letter> {
  const ids = [...new Set(looks.flatMap(({ target }) => (target?.kind === 'query' ? [target.id] : [])))];
  const found =
    ids.length === 0
      ? []
      : await queries(p)
          .find({ _id: { $in: ids }, letterNo: { $type: 'string' } }, { letterNo: 1, 'asker.accountId': 1 })
          .lean<Lettered[]>();
  const letters = new Map(found.map((query) => [query._id, query] as const));
  const mayKnow = await toldWhy(p, personIndex, ids);
  return ({ actorId, at, target, why }) => {
    if (target?.kind !== 'query') return { letterNo: null, why: whyWords(why) };
    if (!mayKnow(target.id, at)) return { letterNo: null, why: bareWhyWords(why) };
    const query = letters.get(target.id);
    return {
      letterNo: query && query.asker.accountId === actorId ? query.letterNo : null,
      why: whyWords(why),
    };
  };
}
