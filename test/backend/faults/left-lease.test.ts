import { afterEach, expect, it } from 'vitest';
import { acquireLease } from '../../../backend/platform/database/lease.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { startScheduler, type Scheduler } from '../../../backend/platform/jobs/scheduler.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

let platform: TestPlatform;
let scheduler: Scheduler | null = null;
afterEach(async () => {
  await scheduler?.stop();
  await platform.close();
});

it('takes up a job soon after a process died with its lease', async () => {
  platform = await startPlatform();
  const { p } = platform;
  await migrate(p, [], platformModels);
  // As a scheduler takes it, and never gives it back.
  await acquireLease(p, 'recovery', 'dead process', 6_000);
  const startedAt = performance.now();
  const ran = new Promise<number>((resolve) => {
    const run = async () => {
      resolve(performance.now() - startedAt);
      return undefined;
    };
    scheduler = startScheduler(p, [{ name: 'recovery', everyMs: 600_000, run }]);
  });
  // A minute would be too long for a half-done recording; on a busy machine seven seconds become more.
  expect(await ran).toBeLessThan(20_000);
});

it('starts soon after another start was killed in the middle of the migrations', async () => {
  platform = await startPlatform();
  const { p } = platform;
  await migrate(p, [], platformModels);
  await acquireLease(p, 'migrations', 'dead process', 2_000);
  const startedAt = performance.now();
  await migrate(p, [], platformModels);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  const lease = await p.database.connection.collection('leases').findOne({ _id: 'migrations' as never });
  // Given back: the next one waits for nothing.
  expect(lease?.holder).toBe('');
});

it('never asks for the migrations lease for longer than a next start may wait', async () => {
  platform = await startPlatform();
  const { p } = platform;
  let seen: number | null = null;
  const slow = {
    id: '2026-11-23-slow',
    async up() {
      const lease = await p.database.connection.collection('leases').findOne({ _id: 'migrations' as never });
      seen = (lease?.until as Date).getTime() - Date.now();
    },
  };
  await migrate(p, [{ name: 'slow', migrations: [slow] }], platformModels);
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThanOrEqual(10_000);
});
