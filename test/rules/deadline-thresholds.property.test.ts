import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeDeadline } from '../../backend/modules/clock/deadline.ts';
import type { ClockEvent } from '../../backend/modules/clock/events.ts';
import { planEndOf } from '../../backend/modules/clock/pause-plan.ts';
import { nextThresholds, type Threshold } from '../../backend/modules/clock/thresholds.ts';
import { anyLimit, calendar, randomCase, runs, type RandomCase } from './deadline-cases.ts';
import { oracleIsYellow, readOracleCalendar } from './deadline-oracle.ts';

const oracle = readOracleCalendar();
const limitsOf = ({ limit }: RandomCase) => ({
  promised: limit,
  statutory: { amount: 30, unit: 'workingDay' as const },
  switchToStatutory: [],
});

/** The events of a case whose pauses have all begun; `known` is the last instant at which anything happened. */
function history({ acceptedAt: at, pauses }: RandomCase): { events: ClockEvent[]; known: number } {
  const events: ClockEvent[] = [{ id: 'a', kind: 'accepted', at, recordedAt: at }];
  pauses.forEach(({ from, to, reason }, index) => {
    events.push({
      id: `p${index}`,
      kind: 'paused',
      at: from,
      recordedAt: from,
      reason,
      plannedEnd: '2027-01-08',
    });
    if (to) events.push({ id: `r${index}`, kind: 'resumed', at: to, recordedAt: to, pauseId: `p${index}` });
  });
  return { events, known: Math.max(...events.map((event) => event.at.getTime())) };
}

function lightBy(thresholds: readonly Threshold[], now: Date, paused: boolean): string {
  const passed = thresholds.filter(({ at }) => at <= now).map(({ kind }) => kind);
  if (passed.includes('black')) return 'black';
  if (passed.includes('red')) return 'red';
  if (paused) return 'paused';
  return passed.includes('yellow') ? 'yellow' : 'green';
}

describe('thresholds', () => {
  it('say at every instant after the last event which light the clock shows', () => {
    const later = fc.integer({ min: 0, max: 90 * 1_440 });
    fc.assert(
      fc.property(randomCase(anyLimit), fc.array(later, { minLength: 1, maxLength: 4 }), (one, minutes) => {
        const { events, known } = history(one);
        const limits = limitsOf(one);
        const thresholds = nextThresholds({ events, limits, calendar });
        const edges = thresholds.flatMap(({ at }) => [at.getTime() - 1, at.getTime()]);
        const instants = [...edges, ...minutes.map((minute) => known + minute * 60_000)];
        for (const instant of instants.filter((candidate) => candidate >= known)) {
          const now = new Date(instant);
          const { light, state } = computeDeadline({ events, limits, calendar, now });
          expect(lightBy(thresholds, now, state === 'paused')).toBe(light);
        }
      }),
      runs(4),
    );
  });

  const around = fc.oneof(fc.constantFrom(-1, 0), fc.integer({ min: -3_000, max: 3_000 }));
  it('turn yellow where walking minute by minute turns yellow', () => {
    fc.assert(
      fc.property(randomCase(anyLimit), around, (one, minutes) => {
        const { events, known } = history(one);
        const limits = limitsOf(one);
        const yellow = nextThresholds({ events, limits, calendar }).find(({ kind }) => kind === 'yellow');
        if (!yellow) return;
        const now = Math.max(known, yellow.at.getTime() + minutes * 60_000);
        const { promised } = computeDeadline({ events, limits, calendar, now: new Date(now) });
        const dueAt = Date.parse(promised.dueAt ?? '');
        if (now > dueAt) return;
        const { amount, unit } = promised.limit;
        const pauses = one.pauses.map(({ from, to }) => ({ from: from.getTime(), to: to && to.getTime() }));
        const asked = { amount, unit, acceptedAt: one.acceptedAt.getTime(), pauses };
        expect(now >= yellow.at.getTime()).toBe(oracleIsYellow(oracle, asked, dueAt, now));
      }),
      runs(10),
    );
  });
});

describe('thresholds of one case', () => {
  const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
  const accepted: ClockEvent = {
    id: 'a',
    kind: 'accepted',
    at: at('2026-10-12 10:00'),
    recordedAt: at('2026-10-12 10:00'),
  };
  const paused = (reason: string): ClockEvent => ({
    id: 'p',
    kind: 'paused',
    at: at('2026-10-13 10:00'),
    recordedAt: at('2026-10-13 10:00'),
    reason,
    plannedEnd: '2026-10-20',
  });
  const limits = {
    promised: { amount: 3, unit: 'workingDay' as const },
    statutory: { amount: 30, unit: 'workingDay' as const },
    switchToStatutory: ['siteCheck'],
  };
  const found = (...events: ClockEvent[]) =>
    nextThresholds({ events, limits, calendar }).map(({ kind, at: when }) => `${kind} ${when.toISOString()}`);

  it('are yellow, red and black, in order', () => {
    expect(found(accepted)).toEqual([
      'yellow 2026-10-14T09:00:00.000Z',
      'red 2026-10-15T09:00:00.001Z',
      'black 2026-11-23T09:00:00.001Z',
    ]);
  });

  it('while paused are the planned end alone', () => {
    expect(found(accepted, paused('inquiry'))).toEqual(['pauseEnd 2026-10-20T09:00:00.000Z']);
  });

  it('a plan for a day off ends with the next working day (民法典203)', () => {
    const onSaturday = { ...paused('inquiry'), plannedEnd: '2026-10-17' };
    expect(found(accepted, onSaturday)).toEqual(['pauseEnd 2026-10-19T09:00:00.000Z']);
  });

  it('a supplement is its applicant’s to the last minute, and ends itself', () => {
    expect(found(accepted, paused('supplement'))).toEqual([]);
    expect(planEndOf(calendar, '2026-10-20', 'supplement')).toEqual(at('2026-10-21 00:00'));
  });

  it('while paused twice are the planned end of each', () => {
    expect(found(accepted, paused('inquiry'), { ...paused('waitTax'), id: 'q' })).toHaveLength(2);
  });

  it('go on, with the planned end, when the reason switches to the statutory limit', () => {
    expect(found(accepted, paused('siteCheck'))).toEqual([
      'pauseEnd 2026-10-20T09:00:00.000Z',
      'yellow 2026-11-09T09:00:00.000Z',
      'red 2026-11-23T09:00:00.001Z',
      'black 2026-11-23T09:00:00.001Z',
    ]);
  });

  it('are none before acceptance and none after the end', () => {
    const stopped: ClockEvent = { ...accepted, id: 's', kind: 'stopped' };
    expect(found()).toEqual([]);
    expect(found(accepted, stopped)).toEqual([]);
  });
});
