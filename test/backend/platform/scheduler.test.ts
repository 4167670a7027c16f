import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { startScheduler, type Job } from '../../../backend/platform/jobs/scheduler.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { waitFor } from '../../faults/support/deployment.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

describe('jobs that come round often', () => {
  let platform: TestPlatform;
  beforeEach(async () => {
    platform = await startPlatform();
    await migrate(platform.p, [], platformModels);
  });
  afterEach(() => platform.close());

  const leaseOf = (name: string) =>
    platform.p.database.connection.collection('leases').findOne({ _id: name as never });
  const counting = (job: Partial<Job> = {}) => {
    const runs: number[] = [];
    const run = async () => {
      runs.push(performance.now());
      return undefined;
    };
    return { runs, job: { name: 'often', everyMs: 20, run, ...job } };
  };

  it('keep their lease between runs and give it back when the process stops', async () => {
    const { runs, job } = counting();
    const scheduler = startScheduler(platform.p, [job]);
    await waitFor(async () => runs.length >= 5, 20_000);
    const kept = await leaseOf('often');
    expect(kept?.holder).not.toBe('');
    // It rises with every change of hands.
    expect(kept?.fence).toBe(1);
    await scheduler.stop();
    expect((await leaseOf('often'))?.holder).toBe('');
  });

  it('are run by one process only, and by the other once it has stopped', async () => {
    const [first, second] = [counting(), counting()];
    const one = startScheduler(platform.p, [first.job]);
    await waitFor(async () => first.runs.length >= 2, 20_000);
    const two = startScheduler(platform.p, [second.job]);
    await waitFor(async () => first.runs.length >= 10, 20_000);
    expect(second.runs).toEqual([]);
    await one.stop();
    await waitFor(async () => second.runs.length >= 2, 20_000);
    await two.stop();
  });

  it('rest for a multiple of the time that they took', async () => {
    const runs: number[] = [];
    const run = async () => {
      runs.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 50));
      return undefined;
    };
    const scheduler = startScheduler(platform.p, [{ name: 'long', everyMs: 20, restFactor: 10, run }]);
    await waitFor(async () => runs.length >= 3, 20_000);
    await scheduler.stop();
    expect(runs[2]! - runs[1]!).toBeGreaterThan(500);
  });
});
