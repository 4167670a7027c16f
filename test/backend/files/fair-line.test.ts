import { expect, it } from 'vitest';
import { createFairLine, type Lane } from '../../../backend/modules/files/fair-line.ts';

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

it('serves uploads first, accounts in turn, one thing at a time', async () => {
  const line = createFairLine();
  const served: string[] = [];
  let running = 0;
  const ask = (lane: Lane, account: string, name: string, fail = false) =>
    line
      .inTurn(lane, account, async () => {
        running += 1;
        expect(running).toBe(1);
        await soon();
        running -= 1;
        served.push(name);
        if (fail) throw new Error(name);
      })
      .catch(() => undefined);
  const all = [
    ...['a1', 'a2', 'a3'].map((name) => ask('preview', 'a', name, name === 'a2')),
    ask('preview', 'b', 'b1'),
    ask('preview', 'b', 'b2'),
    ...['A1', 'A2'].map((name) => ask('upload', 'a', name)),
    ask('upload', 'c', 'C1'),
  ];
  expect(line.count('preview', 'a')).toBe(3);
  await Promise.all(all);
  // a1 was under way when the others came; nothing under way is stopped.
  expect(served).toEqual(['a1', 'A1', 'C1', 'A2', 'a2', 'b1', 'a3', 'b2']);
  expect([line.count('preview', 'a'), line.count('upload', 'c')]).toEqual([0, 0]);
});
