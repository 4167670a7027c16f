import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { createRateLimiter } from '../../../backend/platform/http/rate-limit.ts';
import type { RateLimit } from '../../../backend/platform/http/route.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await startPlatform();
  // The unique key of a counter, without which two may be made for one address.
  await migrate(test.p, [], platformModels);
});
afterAll(() => test.close());

const LIMIT: RateLimit = { points: 3, windowSeconds: 60, by: 'address' };

describe('a limit that counts by the answer', () => {
  const settled = async (promise: Promise<unknown>): Promise<string> =>
    Promise.race([
      promise.then(
        () => 'in',
        (error: { code: string }) => error.code,
      ),
      new Promise<string>((resolve) => setTimeout(() => resolve('waits'), 300)),
    ]);

  it('lets no more in at once than can still be counted, and refuses the others once they are', async () => {
    const limiter = createRateLimiter(test.p);
    const enter = () => limiter.enter('misses', LIMIT, null, '198.51.100.1');
    const first = await Promise.all([enter(), enter(), enter()]);
    const fourth = enter();
    expect(await settled(fourth)).toBe('waits');
    for (const leave of first) {
      await limiter.consume('misses', LIMIT, null, '198.51.100.1');
      leave();
    }
    expect(await settled(fourth)).toBe('platform.too_many_requests');
  });

  it('lets none in on a count that was read before the last answers were counted', async () => {
    const limiter = createRateLimiter(test.p);
    for (let round = 0; round < 10; round += 1) {
      const address = `203.0.113.${round}`;
      let answered = 0;
      const guess = async (n: number) => {
        // They come one after another, so that some look while others are being counted.
        await new Promise((resolve) => setTimeout(resolve, n % 12));
        const leave = await limiter.enter('stream', LIMIT, null, address);
        answered += 1;
        try {
          await limiter.consume('stream', LIMIT, null, address);
        } finally {
          leave();
        }
      };
      const tries = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => guess(n)));
      expect(answered).toBe(LIMIT.points);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(LIMIT.points);
    }
  });

  it('holds nobody up who is answered without being counted', async () => {
    const limiter = createRateLimiter(test.p);
    const hit = async () => {
      const leave = await limiter.enter('hits', LIMIT, null, '198.51.100.2');
      await new Promise((resolve) => setTimeout(resolve, 5));
      leave();
    };
    await Promise.all(Array.from({ length: 60 }, hit));
    expect(await settled(limiter.enter('hits', LIMIT, null, '198.51.100.2'))).toBe('in');
  });

  it('lets nobody else wait for one address', async () => {
    const limiter = createRateLimiter(test.p);
    const leaving = await Promise.all(
      [1, 2, 3].map(() => limiter.enter('apart', LIMIT, null, '198.51.100.3')),
    );
    expect(await settled(limiter.enter('apart', LIMIT, null, '198.51.100.4'))).toBe('in');
    for (const leave of leaving) leave();
  });
});
