import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createDice } from '../../faults/support/random.ts';
import { patchDriver, SABOTAGES } from '../../faults/sabotage/preload.mjs';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

describe('sabotage of the fault suite', () => {
  let platform: TestPlatform | null = null;
  afterEach(() => platform?.close());

  it('takes the revision out of updates alone and in bulk, and nothing once it is ended', async () => {
    platform = await startPlatform();
    const units = platform.p.database.connection.collection<{ _id: string; revision: number; n?: number }>(
      'units',
    );
    await units.insertOne({ _id: 'a', revision: 7 });
    const stale = { _id: 'a', revision: 1 };
    const end = patchDriver(SABOTAGES['no-revision']);
    try {
      expect((await units.updateOne(stale, { $set: { n: 1 } })).matchedCount).toBe(1);
      const bulk = [{ updateOne: { filter: stale, update: { $set: { n: 2 } } } }];
      expect((await units.bulkWrite(bulk)).matchedCount).toBe(1);
    } finally {
      end();
    }
    expect((await units.updateOne(stale, { $set: { n: 3 } })).matchedCount).toBe(0);
  });

  it('is unknown to the product', () => {
    const server = readFileSync(new URL('../../../backend/server.ts', import.meta.url), 'utf8');
    expect(server).not.toMatch(/sabotage/i);
  });

  it('gives the same choices for the same seed', () => {
    const [one, other] = [createDice(5), createDice(5)];
    const draw = (dice: typeof one) => Array.from({ length: 20 }, () => dice.between(1, 1_000));
    expect(draw(one)).toEqual(draw(other));
    expect(new Set(draw(createDice(6))).size).toBeGreaterThan(10);
  });
});
