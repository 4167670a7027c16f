import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onceInForce, type PromiseVersion } from '../../backend/modules/catalogue/promise-line.ts';
import type { ClockEvent, PromiseMade } from '../../backend/modules/clock/events.ts';
import { promiseAt, promiseOf } from '../../backend/modules/clock/promise.ts';
import { calendar, runs } from './deadline-cases.ts';
import { nextDay, oracleDue, oracleIsWorkday, readOracleCalendar } from './deadline-oracle.ts';

const byHand = readOracleCalendar();

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
): number => promiseOf(events, type, versions, { today: day(n), calendar }).promised.amount;

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
      // Two working days after 2 September are over on the 4th; the promise of them is in force from the 5th, a Saturday.
      'the shortest of several, but none for days before it was in force',
      5,
      [
        [4, 3],
        [2, 4],
        [3, 5],
      ],
      1,
      9,
      3,
    ],
    ['a shorter one leaves the first working day on which it is in force', 5, [[1, 6]], 2, 6, 2],
    ['… on a day off the next one', 5, [[1, 4]], 2, 6, 2],
    ['… and never more than was promised', 3, [[1, 12]], 2, 12, 3],
    [
      'one that was replaced before its first day never was',
      5,
      [
        [2, 9],
        [4, 8],
      ],
      1,
      30,
      // Five working days end on the first day of the four.
      5,
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
    expect(promiseOf(accepted(type, [], 1), type, [hours], { today: day(9), calendar }).promised).toEqual({
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

  it('made shorter, what was extended still comes on top', () => {
    const type = own(5);
    const extended: ClockEvent = {
      id: 'x',
      kind: 'extended',
      at: at(7),
      recordedAt: at(7),
      days: 3,
      approvedBy: 'supervisor',
      basis: '情况复杂',
    };
    const events = accepted(type, [], 2);
    expect(amountOn(events, type, [version(1, 1, 6)], 8)).toBe(2);
    expect(amountOn([...events, extended], type, [version(1, 1, 6)], 8)).toBe(2);
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

  it('is due first of all that were in force since acceptance, none before it was, by another reckoning', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: 1, max: 30 }), fc.nat(20), (line, amount, acceptedOn) => {
        const type = own(amount);
        const versions = line.map((one) => one.version);
        const events = accepted(type, versions, acceptedOn);
        const dues = new Map<number, number>();
        const dueOf = (days: number): number => {
          const one = { amount: days, unit: 'workingDay', acceptedAt: at(acceptedOn).getTime(), pauses: [] };
          const due = dues.get(days) ?? oracleDue(byHand, one)!.dueAt;
          dues.set(days, due);
          return due;
        };
        // Day by day: what was promised to whoever came on that day; it ends no earlier than the first close on which it was.
        let first = dueOf(promiseAt(type, versions, at(acceptedOn)).promised.amount);
        for (let n = acceptedOn; n <= 50; n += 1) {
          let open = day(n);
          while (!oracleIsWorkday(byHand, open)) open = nextDay(open);
          const due = dueOf(promiseAt(type, versions, at(n)).promised.amount);
          const close = Date.parse(`${open}T17:00:00+08:00`);
          first = Math.min(first, n === acceptedOn ? due : Math.max(due, close));
          expect(dueOf(amountOn(events, type, versions, n))).toBe(first);
        }
      }),
      runs(),
    );
  });
});
