import type { Platform } from '../../platform/platform.ts';
import type { NoticeView } from './contract/views.ts';
import { withheldAmong, type Look } from './looks/withholding.ts';
import { isSilent } from './notice.ts';
import type { QueryDocument } from './query.model.ts';

/**
 * Whether those whom a state organ asked about may read of it (个人信息保护法 35), for the organ that asked. Beside the term of the query
 * itself a delay of notice that the same organ asked for by letter (looks/delays.ts) keeps its looks.
 */

type Told = Pick<QueryDocument, '_id' | 'asker' | 'askedAt' | 'concerns' | 'decision' | 'notice'> & {
  result: { subjects: string[] } | null;
};

/**
 * The organ's look at whom it asked about; whoever sat at its account is not one of them, nor where the answer tells of them: that there is
 * a delay about themselves is the last thing that they may read from it.
 */
const lookOf = ({ _id, asker, askedAt, concerns, decision, result }: Told): Look => ({
  _id,
  at: decision?.at ?? askedAt,
  actorId: asker.accountId,
  target: { kind: 'query', id: _id },
  subjects: [...concerns, ...(result?.subjects ?? [])].filter((index) => index !== asker.personIndex),
});

/** Null of a query that is told at once, as anybody else's is. */
export async function tellingOf(
  p: Platform,
  asked: readonly Told[],
): Promise<(query: Pick<QueryDocument, '_id' | 'notice'>) => NoticeView | null> {
  const now = p.time.now();
  const withheld = await withheldAmong(p, asked.filter(({ notice }) => notice).map(lookOf));
  return ({ _id, notice }) => {
    if (!notice) return null;
    const { ground, untilOn, until, releasedAt } = notice;
    const silent = isSilent(notice, now);
    const told = silent || withheld.has(_id) ? null : (releasedAt ?? until);
    return { ground, untilOn, silent, toldAt: told && told.toISOString() };
  };
}
