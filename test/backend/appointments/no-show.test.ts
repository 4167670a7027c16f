import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoShow } from '../../../backend/modules/appointments/booking.model.ts';
import { standingOf } from '../../../backend/modules/appointments/no-show.ts';

/** What a granted appeal undoes: history is replayed as it was decided, so it makes nobody worse off. */
type Miss = Parameters<typeof standingOf>[0][number];
const RULE = { count: 3, within: { days: 90 }, suspendDays: 30, lateCancelCounts: true };
const instant = (text: string) => new Date(`${text}:00+08:00`);

const grantedAt = (at: Date) => ({ state: 'granted', decidedAt: at }) as NoShow['appeal'];
const missed = (...days: string[]): Miss[] =>
  days.map((day) => ({ at: instant(`${day}T09:00`), appeal: null }));
const grant = (misses: readonly Miss[], index: number, when: string): Miss[] =>
  misses.map((miss, n) => (n === index ? { ...miss, appeal: grantedAt(instant(when)) } : miss));
const standing = (misses: readonly Miss[], now: string) => {
  const { suspendedUntil, counted } = standingOf(misses, RULE, instant(now));
  return [suspendedUntil?.toISOString() ?? null, counted];
};

describe('an appeal that is granted', () => {
  it('sets none free to count again that led to a suspension before', () => {
    const misses = missed('2026-09-08', '2026-09-22', '2026-10-09', '2026-11-20');
    expect(standing(misses, '2026-11-25T10:00')).toEqual([null, 1]);
    expect(standing(grant(misses, 0, '2026-11-25T09:30'), '2026-11-25T10:00')).toEqual([null, 1]);
  });

  it('lifts the suspension that rests on it, and a later miss brings that back in no other form', () => {
    const misses = missed('2026-09-08', '2026-09-22', '2026-10-09', '2026-10-13');
    expect(standing(misses, '2026-10-14T10:00')).toEqual(['2026-11-08T16:00:00.000Z', 1]);
    expect(standing(grant(misses, 0, '2026-10-14T09:30'), '2026-10-14T10:00')).toEqual([null, 1]);
    expect(standing(grant(misses, 3, '2026-10-14T09:30'), '2026-10-14T10:00')).toEqual([
      '2026-11-08T16:00:00.000Z',
      0,
    ]);
  });

  it('before the next was missed, counts towards no suspension', () => {
    const misses = grant(
      missed('2026-09-08', '2026-09-22', '2026-10-09', '2026-10-13'),
      0,
      '2026-09-20T10:00',
    );
    expect(standing(misses.slice(0, 3), '2026-10-10T10:00')).toEqual([null, 2]);
    expect(standing(misses, '2026-10-14T10:00')).toEqual(['2026-11-12T16:00:00.000Z', 0]);
  });

  it('takes a late cancellation away although its window has not begun', () => {
    const [late] = missed('2026-10-13');
    const misses = [
      ...missed('2026-09-08', '2026-09-22'),
      { ...late!, occurredAt: instant('2026-10-12T17:00') },
    ];
    expect(standing(misses, '2026-10-12T17:01')[0]).not.toBe(null);
    const granted = grant(misses, 0, '2026-10-12T18:00');
    expect(standing(granted, '2026-10-12T18:01')).toEqual([null, 0]);
    // Nor does it count again once the window has begun.
    expect(standing(granted, '2026-10-14T10:00')).toEqual([null, 0]);
  });

  it('makes nobody worse off, whatever the history', () => {
    const HOUR_MS = 3_600_000;
    const start = instant('2026-01-05T09:00').getTime();
    const rules = {
      count: fc.integer({ min: 1, max: 4 }),
      within: fc.oneof(
        fc.record({ days: fc.integer({ min: 1, max: 120 }) }),
        fc.constant('calendarMonth' as const),
      ),
      suspendDays: fc.integer({ min: 1, max: 60 }),
    };
    const history = fc.record({
      misses: fc.array(
        fc.record({
          hours: fc.integer({ min: 0, max: 24 * 250 }),
          // Given up so many hours before its window began; absent: missed.
          early: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
          // Granted so many hours after; absent: no appeal.
          granted: fc.option(fc.integer({ min: 0, max: 24 * 60 }), { nil: undefined }),
          // Absent: kept before the rule of its day was.
          rule: fc.option(fc.record(rules), { nil: undefined }),
        }),
        { minLength: 1, maxLength: 14 },
      ),
      ...rules,
      pick: fc.nat(),
      laterHours: fc.integer({ min: 0, max: 24 * 60 }),
    });
    fc.assert(
      fc.property(history, ({ misses: drawn, count, within, suspendDays, pick, laterHours }) => {
        const rule = { count, within, suspendDays, lateCancelCounts: true };
        const misses = drawn.map(({ hours, early, granted, rule: own }): Miss => {
          const at = start + hours * HOUR_MS;
          const occurred = at - (early ?? 0) * HOUR_MS;
          return {
            at: new Date(at),
            ...(early === undefined ? {} : { occurredAt: new Date(occurred) }),
            ...(own && { rule: own }),
            appeal: granted === undefined ? null : grantedAt(new Date(occurred + granted * HOUR_MS)),
          };
        });
        const known = misses.flatMap(({ at, occurredAt, appeal }) => [
          occurredAt ?? at,
          appeal?.decidedAt ?? at,
        ]);
        const now = new Date(Math.max(...known.map(Number)) + laterHours * HOUR_MS);
        const without = misses.map((miss, n) =>
          n === pick % misses.length ? { ...miss, appeal: null } : miss,
        );
        const more = without.map((miss, n) =>
          n === pick % misses.length ? { ...miss, appeal: grantedAt(now) } : miss,
        );
        // Now, and at every later moment: nothing comes back by itself.
        for (const days of [0, 1, 30, 90]) {
          const then = new Date(now.getTime() + days * 24 * HOUR_MS);
          const [before, after] = [standingOf(without, rule, then), standingOf(more, rule, then)];
          expect(Number(after.suspendedUntil)).toBeLessThanOrEqual(Number(before.suspendedUntil));
          expect(after.counted).toBeLessThanOrEqual(before.counted);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a rule that is changed', () => {
  const under = (rule: Partial<typeof RULE>, ...days: string[]): Miss[] =>
    missed(...days).map((miss) => ({ ...miss, rule: { ...RULE, ...rule } }));
  const today = { ...RULE, count: 2, suspendDays: 90 };
  const by = (misses: readonly Miss[], now: string) => standingOf(misses, today, instant(now)).suspendedUntil;

  it('suspends nobody for what was missed before: each no-show is judged by the rule of its day', () => {
    const misses = under({}, '2026-09-08', '2026-09-22');
    expect(by(misses, '2026-09-23T10:00')).toBe(null);
    expect(by([...misses, ...under(today, '2026-10-09')], '2026-10-10T10:00')).toEqual(
      instant('2027-01-08T00:00'),
    );
  });

  it('makes no suspension longer, and brings none back that is over', () => {
    const misses = under({}, '2026-09-08', '2026-09-22', '2026-10-09');
    expect(by(misses, '2026-10-10T10:00')).toEqual(instant('2026-11-09T00:00'));
    expect(by(misses, '2026-11-09T00:00')).toBe(null);
  });

  it('of one hall forgets nothing that counts at another', () => {
    const misses = [
      ...under({}, '2026-09-08', '2026-09-22'),
      ...under({ within: { days: 7 } }, '2026-10-09'),
      ...under({}, '2026-10-13'),
    ];
    expect(by(misses.slice(0, 3), '2026-10-10T10:00')).toBe(null);
    expect(by(misses, '2026-10-14T10:00')).toEqual(instant('2026-11-13T00:00'));
  });

  it('judges those that were kept without a rule by the one given', () => {
    expect(by(missed('2026-09-08', '2026-09-22'), '2026-09-23T10:00')).not.toBe(null);
  });
});
