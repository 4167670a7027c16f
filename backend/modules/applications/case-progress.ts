import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../../platform/errors.ts';
import { rateLimiterOf } from '../../platform/http/rate-limit.ts';
import type { RateLimit } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { queryCode } from './accept.ts';
import { typeOf } from './case-type.ts';
import type { CaseProgress, CaseProgressQuery } from './contract.ts';
import { errors } from './errors.ts';
import { findApplication } from './load.ts';
import { sentenceFor } from './present-case.ts';
import { legalDayOf } from '../../platform/time.ts';
import { statusWord } from './wording.ts';

/** Wrong codes for one number, from everywhere together, until tries for it are slowed. */
const MISSES: RateLimit = { points: 30, windowSeconds: 3_600, by: 'address' };
/**
 * Of one address for a number that is being guessed at. Who holds the receipt is let in with the first try, whatever
 * others do; a thousand addresses still need ten days for half of the codes.
 */
const SLOWED: RateLimit = { points: 2, windowSeconds: 3_600, by: 'address' };

/**
 * Reads with the misses of this number counted. Tries of a slowed number are counted before the answer is known and given
 * back when the code was right: the answer to one too many is the same, right or wrong.
 */
async function countMisses<T>(p: Platform, no: string, address: string, read: () => Promise<T>): Promise<T> {
  const limiter = rateLimiterOf(p);
  const ofNumber = ['progress-misses', MISSES, null, no] as const;
  const ofAddress = ['progress-slowed', SLOWED, null, `${no}|${address}`] as const;
  const refused = (error: unknown) =>
    error instanceof AppError && error.code === 'platform.too_many_requests' ? true : Promise.reject(error);
  // No more at once than can still be counted: a burst of codes is slowed like a row of them.
  const leave = await limiter.enter(...ofNumber).catch(async (error: unknown) => {
    await refused(error);
    return null;
  });
  if (!leave) await limiter.consume(...ofAddress);
  try {
    const answer = await read();
    if (!leave) await limiter.giveBack(...ofAddress);
    return answer;
  } catch (error) {
    if (leave) await limiter.consume(...ofNumber).catch(refused);
    throw error;
  } finally {
    leave?.();
  }
}

/**
 * 凭受理编号和查询码查进度: for who holds the paper receipt and has no account. Says how far the case is, and nothing of whom
 * or which property; the same refusal for a wrong number and a wrong code.
 */
export function readProgress(p: Platform, query: CaseProgressQuery, address: string): Promise<CaseProgress> {
  return countMisses(p, query.no, address, () => progressOf(p, query));
}

async function progressOf(p: Platform, { no, code }: CaseProgressQuery): Promise<CaseProgress> {
  const doc = await findApplication(p, no);
  const expected = queryCode(p, doc ?? { _id: '', no });
  const right = timingSafeEqual(Buffer.from(expected), Buffer.from(code));
  if (!doc?.acceptance || !right) return errors.fail('applications.progress_not_found');
  const type = await typeOf(p, doc);
  const { work } = doc;
  return {
    no,
    typeName: type.name,
    statusWord: statusWord(doc.status),
    sentence: sentenceFor(doc, type, p.time.now()),
    dueOn: work.dueAt === null ? null : legalDayOf(work.dueAt),
    paused: work.paused,
  };
}
