import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireLease, releaseLease } from '../../../backend/platform/database/lease.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

describe('a lease', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
    await migrate(platform.p, [], platformModels);
  });
  afterAll(() => platform.close());

  it('goes to exactly one of 20 that ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, n) => acquireLease(platform.p, 'race', `holder-${n}`, 60_000)),
    );
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  it('is renewed by its holder under the same fence', async () => {
    const first = await acquireLease(platform.p, 'renewed', 'me', 60_000);
    const second = await acquireLease(platform.p, 'renewed', 'me', 60_000);
    expect(second).toEqual(first);
  });

  it('passes on with a higher fence once it ran out, by the clock of the database', async () => {
    const first = await acquireLease(platform.p, 'short', 'one', 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // A process whose own clock is an hour behind or ahead gains nothing by it.
    platform.advance(-3_600_000);
    const second = await acquireLease(platform.p, 'short', 'two', 60_000);
    expect(second!.fence).toBeGreaterThan(first!.fence);
    platform.advance(7_200_000);
    expect(await acquireLease(platform.p, 'short', 'three', 60_000)).toBeNull();
  });

  it('can be taken again at once after it was given back', async () => {
    await acquireLease(platform.p, 'given-back', 'one', 60_000);
    await releaseLease(platform.p, 'given-back', 'one');
    expect(await acquireLease(platform.p, 'given-back', 'two', 60_000)).not.toBeNull();
  });
});
