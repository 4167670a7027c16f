import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConvoy } from '../../../backend/platform/database/convoy.ts';
import { createGatherer, gatherFinds, gatherUpdates } from '../../../backend/platform/database/gather.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

interface Seat {
  _id: string;
  state: string;
  by?: string;
}

describe('gathering', () => {
  let platform: TestPlatform;
  let seats: Collection<Seat>;
  beforeAll(async () => {
    platform = await startPlatform();
    seats = platform.p.database.connection.collection('seats') as unknown as Collection<Seat>;
  });
  afterAll(() => platform.close());

  it('sends a lone call at once and what arrives meanwhile together', async () => {
    const batches: number[] = [];
    const call = createGatherer<number, number>(async (keys) => {
      batches.push(keys.length);
      await new Promise((resolve) => setTimeout(resolve, 10));
      return keys.map((key) => key * 2);
    });
    const first = call(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const rest = Promise.all([2, 3, 4].map(call));
    expect(await first).toBe(2);
    expect(await rest).toEqual([4, 6, 8]);
    expect(batches).toEqual([1, 3]);
  });

  it('lets those that come together take every step together', async () => {
    const together = createConvoy();
    const steps: number[][] = [[], []];
    const gatherers = steps.map((batches) =>
      createGatherer<number, number>(async (keys) => {
        batches.push(keys.length);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return keys;
      }),
    );
    const go = (n: number) => together(async () => gatherers[1]!(await gatherers[0]!(n)));
    const first = go(0);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const rest = Array.from({ length: 9 }, (_, n) => go(n + 1));
    expect(await Promise.all([first, ...rest])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(steps).toEqual([
      [1, 9],
      [1, 9],
    ]);
  });

  it('waits a moment for those whom it has just answered, and never for a lone caller', async () => {
    const together = createConvoy();
    const groups: number[] = [];
    const step = createGatherer<number, number>(async (keys) => {
      groups.push(keys.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return keys;
    });
    const clients = Array.from({ length: 8 }, async (_, n) => {
      for (let turn = 0; turn < 12; turn += 1) {
        await together(() => step(n));
        // The way to the client and back.
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    await Promise.all(clients);
    // Without it one of seven and one of one would take turns.
    expect(groups.length).toBeLessThan(18);

    const alone = createConvoy();
    const startedAt = performance.now();
    for (let turn = 0; turn < 50; turn += 1) await alone(() => Promise.resolve());
    expect(performance.now() - startedAt).toBeLessThan(150);
  });

  it('lets nobody wait long for one that is slow, and nobody at all for one that fails', async () => {
    const together = createConvoy();
    let end = (): void => undefined;
    const slow = together(() => new Promise<void>((resolve) => (end = resolve)));
    await new Promise((resolve) => setTimeout(resolve, 2));
    await expect(together(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await together(() => Promise.resolve('through'))).toBe('through');
    end();
    await slow;
    expect(await together(() => Promise.resolve('after'))).toBe('after');
  });

  it('gives every caller its own document, and null for none', async () => {
    await seats.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: `find-${n}`, state: `s${n}` })));
    const find = gatherFinds(() => seats, '_id');
    const asked = Array.from({ length: 120 }, (_, n) => `find-${n % 60}`);
    const found = await Promise.all(asked.map((id) => find(id)));
    found.forEach((seat, index) => {
      const n = index % 60;
      expect(seat?.state ?? null).toBe(n < 50 ? `s${n}` : null);
    });
  });

  it('tells exactly one of many racers for each document that it won', async () => {
    await seats.insertMany(Array.from({ length: 40 }, (_, n) => ({ _id: `race-${n}`, state: 'free' })));
    const take = gatherUpdates(() => seats);
    const other = gatherUpdates(() => seats);
    const racers = Array.from({ length: 400 }, (_, n) => ({ id: `race-${n % 40}`, by: `racer-${n}` }));
    const won = await Promise.all(
      racers.map(({ id, by }, n) =>
        (n % 2 ? take : other)({
          filter: { _id: id, state: 'free' },
          update: { $set: { state: 'taken', by } },
          proof: { by },
        }),
      ),
    );
    const winners = racers.filter((_, n) => won[n]);
    expect(winners).toHaveLength(40);
    for (const { id, by } of winners) expect((await seats.findOne({ _id: id }))!.by).toBe(by);
  });

  it('rejects every caller of a batch that failed, and goes on', async () => {
    let fail = true;
    const call = createGatherer<number, number>(async (keys) => {
      if (fail) throw new Error('gone');
      return [...keys];
    });
    await expect(Promise.all([call(1), call(2)])).rejects.toThrow('gone');
    fail = false;
    expect(await call(3)).toBe(3);
  });
});
