import { describe, expect, it } from 'vitest';
import { WaitingLine, type Admission } from '../../../backend/platform/waiting-line.ts';

const admitted = (admission: Admission) => {
  if (admission.kind !== 'admitted') throw new Error(`was told to wait behind ${admission.ahead}`);
  return admission;
};

describe('a waiting line', () => {
  const open = (more: object = {}) => {
    const clock = { now: 0 };
    const limits = { mostInFlight: 1, mostHeld: 0, holdMs: 20, graceMs: 1_000, ...more };
    return { clock, line: new WaitingLine(limits, () => clock.now) };
  };

  it('lets in while there is room and keeps no place for anybody', async () => {
    const { line } = open({ mostInFlight: 2 });
    const first = admitted(await line.enter({ key: 'a', since: 1 }));
    admitted(await line.enter({ key: 'b', since: 2 }));
    expect([line.isFree, line.waiting]).toEqual([false, 0]);
    first.leave();
    first.leave();
    expect(line.isFree).toBe(true);
    admitted(await line.enter({ key: 'c', since: 3 }));
    expect(line.isFree, 'who leaves twice makes room once').toBe(false);
  });

  it('those who are kept waiting go in by when they first came, not by when they asked', async () => {
    const { line } = open({ mostHeld: 10, holdMs: 5_000 });
    const working = admitted(await line.enter({ key: 'a', since: 1 }));
    const order: string[] = [];
    const all = [
      ['late', 30],
      ['early', 10],
      ['middle', 20],
    ].map(async ([key, since]) => {
      const one = admitted(await line.enter({ key: key as string, since: since as number }));
      order.push(key as string);
      one.leave();
    });
    working.leave();
    await Promise.all(all);
    expect(order).toEqual(['early', 'middle', 'late']);
  });

  it('keeps the place of who was sent away, and gives it up once they are overdue', async () => {
    const { line, clock } = open();
    const working = admitted(await line.enter({ key: 'a', since: 1 }));
    expect(await line.enter({ key: 'b', since: 2 })).toMatchObject({ kind: 'waiting', ahead: 0 });
    expect(await line.enter({ key: 'c', since: 3 })).toMatchObject({ kind: 'waiting', ahead: 1 });
    expect(await line.enter({ key: 'b', since: 2 })).toMatchObject({ kind: 'waiting', ahead: 0 });
    expect(line.waiting).toBe(2);
    working.leave();
    // Nobody passes the one who is away.
    expect(await line.enter({ key: 'd', since: 4 })).toMatchObject({ kind: 'waiting', ahead: 2 });
    clock.now = 60_000;
    // Everybody overdue has left the line: whoever is there goes in.
    const { line: held, clock: later } = open({ mostHeld: 1 });
    const before = admitted(await held.enter({ key: 'a', since: 1 }));
    expect((await held.enter({ key: 'b', since: 2 })).kind).toBe('waiting');
    before.leave();
    later.now = 60_000;
    admitted(await held.enter({ key: 'c', since: 3 }));
  });

  it('finds the old place of who comes back after a restart', async () => {
    const { line } = open({ mostHeld: 0 });
    admitted(await line.enter({ key: 'a', since: 100 }));
    await line.enter({ key: 'new', since: 101 });
    expect(await line.enter({ key: 'back', since: 5 })).toMatchObject({ kind: 'waiting', ahead: 0 });
  });
});
