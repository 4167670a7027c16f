import { AppError } from '../../../platform/errors.ts';
import type { RateLimit } from '../../../platform/http/route.ts';
import { rateLimiterOf } from '../../../platform/http/rate-limit.ts';
import type { Platform } from '../../../platform/platform.ts';

/** As at the public 核验 (certificates/routes.ts): a key is no licence to try names. */
const MISSES = { points: 20, windowSeconds: 60, by: 'account' } as const satisfies RateLimit;
const COUNTER = 'certificates.system-misses';

/**
 * Does what a system asked with a number and a name, and counts it against its key where the two do not belong together, over all
 * operations that take them. As many at once as could still be counted.
 * @throws platform.too_many_requests
 */
export async function countingMisses<T>(
  p: Platform,
  systemId: string,
  act: () => Promise<T>,
  isMiss: (answer: T) => boolean = () => false,
): Promise<T> {
  const limiter = rateLimiterOf(p);
  const caller = { accountId: systemId };
  const count = () => limiter.consume(COUNTER, MISSES, caller, '');
  const leave = await limiter.enter(COUNTER, MISSES, caller, '');
  try {
    const answer = await act();
    if (isMiss(answer)) await count();
    return answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'certificates.notHeld') await count();
    throw error;
  } finally {
    leave();
  }
}
