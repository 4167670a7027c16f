import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onceInForce, type PromiseVersion } from '../../backend/modules/catalogue/promise-line.ts';
import type { ClockEvent, PromiseMade } from '../../backend/modules/clock/events.ts';
import { promiseAt, promiseOf } from '../../backend/modules/clock/promise.ts';
import { runs } from './deadline-cases.ts';

type OwnType = Parameters<typeof promiseOf>[1];

const own = (amount: number, validFrom = '2021-01-01'): OwnType =>
  ({
    validFrom,
    limits: {
      promised: { amount, unit: 'workingDay' },
      statutory: { amount: 30, unit: 'workingDay' },
      instant: false,
      switchToStatutory: [],
      citation: { zh: '', en: '' },
    },
  }) as OwnType;
const day = (n: number): string => new Date(Date.UTC(2026, 8, 1 + n)).toISOString().slice(0, 10);
const version = (number: number, amount: number, from: number): PromiseVersion => ({
  version: number,
  validFrom: day(from),
  promised: { amount, unit: 'workingDay' },
});
const at = (n: number, hour = 10): Date => new Date(`${day(n)}T${String(hour).padStart(2, '0')}:00:00+08:00`);
function accepted(type: OwnType, versions: readonly PromiseVersion[], on: number): ClockEvent[] {
  const promise = promiseAt(type, versions, at(on));
  return [{ id: 'a', kind: 'accepted', at: at(on), recordedAt: at(on), promise }];
}
const amountOn = (
  events: ClockEvent[],
  type: OwnType,
  versions: readonly PromiseVersion[],
  n: number,
): number => promiseOf(events, type, versions, day(n)).promised.amount;

/** Versions as they can be published: each says when, and takes effect no earlier than that day nor than one in effect. */
const published = fc
  .array(fc.record({ gap: fc.nat(6), ahead: fc.nat(8), amount: fc.integer({ min: 1, max: 30 }) }), {
    maxLength: 6,
  })
  .map((steps) => {
    const line: { on: number; version: PromiseVersion }[] = [];
    let today = 0;
    for (const { gap, ahead, amount } of steps) {
      today += gap;
      const current = onceInForce(
        line.map((one) => one.version),
        day(today),
      ).at(-1);
      const from = today + ahead;
      if (current && current.validFrom >= day(from)) continue;
      line.push({ on: today, version: version(line.length + 1, amount, from) });
    }
    return line;
  });

describe('which promise binds a case', () => {
  it.each<[string, number, [number, number][], number, number, number]>([
    // what; own amount; [amount, first day] of each version; accepted on; asked on; binds
    ['without versions the catalogue’s own', 5, [], 3, 9, 5],
    ['who is accepted before the first day of a shorter one has it from that day', 5, [[3, 6]], 2, 6, 3],
    ['… and not a day sooner', 5, [[3, 6]], 2, 5, 5],
    ['who is accepted on its first day is promised it', 5, [[3, 6]], 6, 6, 3],
    ['a longer one leaves who was accepted before it alone', 5, [[8, 6]], 2, 20, 5],
    ['… and binds who is accepted from its first day on', 5, [[8, 6]], 6, 7, 8],
    [
      'a shorter one that a longer one follows stays for who had it',
      5,
      [
        [3, 4],
        [8, 6],
      ],
      2,
      20,
      3,
    ],
    [
      'the shortest of several',
      5,
      [
        [4, 3],
        [2, 4],
        [3, 5],
      ],
      1,
      9,
      2,
    ],
    [
      'one that was replaced before its first day never was',
      5,
      [
        [2, 9],
        [4, 8],
      ],
      1,
      30,
      4,
    ],
    [
      'one of the same first day replaces the earlier',
      5,
      [
        [2, 9],
        [5, 9],
      ],
      1,
      30,
      5,
    ],
  ])('%s', (_what, amount, steps, acceptedOn, on, binds) => {
    const versions = steps.map(([days, from], place) => version(place + 1, days, from));
    const type = own(amount);
    expect(amountOn(accepted(type, versions, acceptedOn), type, versions, on)).toBe(binds);
  });

  it('a case from before promises had versions keeps the catalogue’s, and gets a shorter one', () => {
    const events: ClockEvent[] = [{ id: 'a', kind: 'accepted', at: at(1), recordedAt: at(1) }];
    expect(amountOn(events, own(5), [version(1, 8, 3)], 9)).toBe(5);
    expect(amountOn(events, own(5), [version(1, 2, 3)], 9)).toBe(2);
  });

  it('another unit is not comparable, so it changes nothing', () => {
    const hours: PromiseVersion = {
      version: 1,
      validFrom: day(3),
      promised: { amount: 2, unit: 'workingHour' },
    };
    const type = own(5);
    expect(promiseOf(accepted(type, [], 1), type, [hours], day(9)).promised).toEqual({
      amount: 5,
      unit: 'workingDay',
    });
  });

  it('a decision brings the longer one, after which only shorter ones count', () => {
    const type = own(3);
    const longer = version(1, 8, 4);
    const promise: PromiseMade = { ...longer };
    const decided: ClockEvent = {
      id: 'd',
      kind: 'promised',
      at: at(5),
      recordedAt: at(5),
      promise,
      decisionId: 'x',
      approvedBy: 'leader',
      basis: '系统停机两天',
    };
    const events = [...accepted(type, [], 2), decided];
    expect(amountOn(events, type, [longer], 6)).toBe(8);
    expect(amountOn(events, type, [longer, version(2, 12, 7)], 9)).toBe(8);
    expect(amountOn(events, type, [longer, version(2, 6, 7)], 9)).toBe(6);
  });

  it('a case that has ended is judged by what was promised then', () => {
    const type = own(5);
    const events: ClockEvent[] = [
      ...accepted(type, [], 1),
      { id: 's', kind: 'stopped', at: at(4), recordedAt: at(4) },
    ];
    expect(amountOn(events, type, [version(1, 1, 6)], 30)).toBe(5);
  });

  it('never gets longer by a version alone, whatever is published when', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: 1, max: 30 }), fc.nat(20), (line, amount, acceptedOn) => {
        const type = own(amount);
        /** What had been published by then: what an office knew on that day. */
        const knownOn = (n: number) => line.filter(({ on }) => on <= n).map((one) => one.version);
        const events = accepted(type, knownOn(acceptedOn), acceptedOn);
        let before = Infinity;
        for (let n = acceptedOn; n <= 60; n += 1) {
          const now = amountOn(events, type, knownOn(n), n);
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
      }),
      runs(),
    );
  });

  it('would, without the freeze at acceptance (sabotage)', () => {
    const type = own(3);
    const versions = [version(1, 8, 4)];
    const [event] = accepted(type, [], 2);
    const thawed = { ...event!, promise: promiseAt(type, versions, at(9)) } as ClockEvent;
    expect(amountOn([thawed], type, versions, 9)).toBeGreaterThan(amountOn([event!], type, versions, 9));
  });

  it('is the earliest of all that were in force since acceptance, by another reckoning', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: 1, max: 30 }), fc.nat(20), (line, amount, acceptedOn) => {
        const type = own(amount);
        const versions = line.map((one) => one.version);
        const events = accepted(type, versions, acceptedOn);
        // Day by day: what was promised to whoever came on that day, and the smallest of it so far.
        let smallest = Infinity;
        for (let n = acceptedOn; n <= 50; n += 1) {
          smallest = Math.min(smallest, promiseAt(type, versions, at(n)).promised.amount);
          expect(amountOn(events, type, versions, n)).toBe(smallest);
        }
      }),
      runs(),
    );
  });
});
