import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCalendar, type Calendar, type CalendarYear } from '../../backend/modules/clock/calendar.ts';
import { computeDue, type CountInput } from '../../backend/modules/clock/counting.ts';
import { dayNumberOf, toDayNumber, toLegalDay } from '../../backend/modules/clock/days.ts';
import { computeDeadline } from '../../backend/modules/clock/deadline.ts';
import type { ClockEvent } from '../../backend/modules/clock/events.ts';
import { mergePauses, type Pause } from '../../backend/modules/clock/pauses.ts';
import { buildTrace } from '../../backend/modules/clock/trace.ts';
import { closeOf, isWorkday, nthWorkdayAfter } from '../../backend/modules/clock/workdays.ts';
import {
  acceptedAt,
  anyLimit,
  calendar,
  hours,
  limitInDays,
  randomCase,
  runs,
  years,
  type RandomCase,
} from './deadline-cases.ts';
import { oracleDue, oracleIsWorkday, readOracleCalendar } from './deadline-oracle.ts';

const oracle = readOracleCalendar();

function inputOf({ acceptedAt: at, limit, pauses }: RandomCase, on: Calendar = calendar): CountInput {
  return { calendar: on, limit, acceptedAt: at, pauses: mergePauses(pauses), extraDays: 0 };
}
const due = (one: RandomCase, on: Calendar = calendar) => computeDue(inputOf(one, on));

function eventsOf({ acceptedAt: at, pauses }: RandomCase): ClockEvent[] {
  const events: ClockEvent[] = [{ id: 'a', kind: 'accepted', at, recordedAt: at }];
  pauses.forEach(({ from, to, reason }, index) => {
    events.push({ id: `p${index}`, kind: 'paused', at: from, recordedAt: from, reason });
    if (to) events.push({ id: `r${index}`, kind: 'resumed', at: to, recordedAt: to, pauseId: `p${index}` });
  });
  return events;
}
const STATUTORY = { amount: 30, unit: 'workingDay' } as const;
const rule = (promised: RandomCase['limit']) => ({ promised, statutory: STATUTORY, switchToStatutory: [] });

/** Closes of working days that a pause covers, found by looking at each day. */
function closesCovered({ from, to }: { from: Date; to: Date }): number {
  let covered = 0;
  for (let day = dayNumberOf(from) - 1; day <= dayNumberOf(to) + 1; day++) {
    const close = closeOf(calendar, day);
    if (from <= close && close < to && oracleIsWorkday(oracle, toLegalDay(day))) covered += 1;
  }
  return covered;
}

describe('against the oracle', () => {
  it.each(['workingDay', 'workingHour', 'day', 'month'])(
    'a limit in %s ends where walking day by day ends',
    (unit) => {
      const limit = anyLimit.filter((one) => one.unit === unit);
      fc.assert(
        fc.property(randomCase(limit), (one) => {
          const expected = oracleDue(oracle, {
            amount: one.limit.amount,
            unit: one.limit.unit,
            acceptedAt: one.acceptedAt.getTime(),
            pauses: one.pauses.map(({ from, to }) => ({ from: from.getTime(), to: to && to.getTime() })),
          });
          const got = due(one);
          expect(got.day === null ? null : { dueOn: toLegalDay(got.day), dueAt: got.at?.getTime() }).toEqual(
            expected,
          );
        }),
        runs(unit === 'workingHour' || unit === 'month' ? 4 : 1),
      );
    },
  );
});

describe('invariants', () => {
  it('D1 a due day is a working day', () => {
    fc.assert(
      fc.property(randomCase(anyLimit), (one) => {
        const { day } = due(one);
        if (day !== null) expect(isWorkday(calendar, day)).toBe(true);
      }),
      runs(),
    );
  });

  it('D2 the counted column of the explanation adds up to the limit', () => {
    fc.assert(
      fc.property(randomCase(anyLimit, { open: false }), (one) => {
        const input = inputOf(one);
        const end = computeDue(input);
        const rows = buildTrace({ ...input, rawPauses: one.pauses, due: end }, 0);
        const counted = rows.reduce((sum, row) => sum + row.counted, 0);
        const minutes = rows.reduce((sum, row) => sum + (row.minutes ?? 0), 0);
        if (one.limit.unit === 'workingHour') expect(minutes).toBe(one.limit.amount * 60);
        else if (one.limit.unit !== 'month') expect(counted).toBe(one.limit.amount);
        expect(rows[0]?.kind).toBe('start');
        expect(rows.filter((row) => row.due).map((row) => row.date)).toEqual([toLegalDay(end.day!)]);
        expect(rows.at(-1)?.due).toBe(true);
      }),
      runs(2),
    );
  });

  it('D3, D4 a pause that covers w closes of working days moves the due day by exactly w counted days', () => {
    fc.assert(
      fc.property(randomCase(limitInDays, { open: false, most: 1 }), (one) => {
        const [pause] = one.pauses;
        const plain = due({ ...one, pauses: [] });
        if (!pause?.to || pause.from > plain.at!) return;
        const start = dayNumberOf(one.acceptedAt);
        // Closes up to the day of acceptance count for nobody.
        const from = new Date(Math.max(pause.from.getTime(), closeOf(calendar, start).getTime() + 1));
        const covered = pause.to > from ? closesCovered({ from, to: pause.to }) : 0;
        expect(due(one).day).toBe(nthWorkdayAfter(calendar, start, one.limit.amount + covered));
      }),
      runs(),
    );
  });

  it('D5 splitting a pause, or recording it twice, changes nothing', () => {
    fc.assert(
      fc.property(randomCase(anyLimit), fc.integer({ min: 0, max: 100 }), (one, percent) => {
        const split = one.pauses.flatMap((pause): Pause[] => {
          const end = pause.to ?? new Date(pause.from.getTime() + 86_400_000);
          const middle = new Date(
            pause.from.getTime() + Math.round((end.getTime() - pause.from.getTime()) * percent) / 100,
          );
          return [{ ...pause, to: middle }, { ...pause, from: middle }, { ...pause }];
        });
        expect(due({ ...one, pauses: split })).toEqual(due(one));
      }),
      runs(),
    );
  });

  it('D6 the order in which events are recorded does not matter', () => {
    fc.assert(
      fc.property(
        randomCase(anyLimit).chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray(eventsOf(one), { minLength: eventsOf(one).length })),
        ),
        ([one, shuffled]) => {
          const now = new Date(one.acceptedAt.getTime() + 40 * 86_400_000);
          const given = { limits: rule(one.limit), calendar, now };
          const [a, b] = [
            computeDeadline({ ...given, events: eventsOf(one) }),
            computeDeadline({ ...given, events: shuffled }),
          ];
          expect({ ...b, trace: b.trace.map((row) => row.date) }).toEqual({
            ...a,
            trace: a.trace.map((row) => row.date),
          });
        },
      ),
      runs(4),
    );
  });

  it('D7 more days off never make it earlier, more make-up days never later', () => {
    fc.assert(
      fc.property(
        randomCase(limitInDays),
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
        (one, shifts) => {
          const start = dayNumberOf(one.acceptedAt);
          const days = [...new Set(shifts.map((shift) => start + shift))].filter(
            (day) => day <= calendar.knownThrough,
          );
          const worked = days.filter((day) => isWorkday(calendar, day) && !calendar.makeUp.has(day));
          const weekends = days.filter((day) => !isWorkday(calendar, day) && !calendar.off.has(day));
          const base = due(one).day ?? Infinity;
          expect(due(one, withDays(worked, [])).day ?? Infinity).toBeGreaterThanOrEqual(base);
          expect(due(one, withDays([], weekends)).day ?? Infinity).toBeLessThanOrEqual(base);
        },
      ),
      runs(20),
    );
  });

  it('D8 a calendar change outside [acceptance, due] changes nothing', () => {
    fc.assert(
      fc.property(
        randomCase(limitInDays, { open: false }),
        fc.integer({ min: 1, max: 200 }),
        (one, distance) => {
          const base = due(one).day!;
          const outside = [dayNumberOf(one.acceptedAt) - distance, base + distance].filter(
            (day) => day >= calendar.knownFrom && day <= calendar.knownThrough,
          );
          const off = outside.filter((day) => isWorkday(calendar, day) && !calendar.makeUp.has(day));
          const makeUp = outside.filter((day) => !isWorkday(calendar, day) && !calendar.off.has(day));
          expect(due(one, withDays(off, makeUp)).day).toBe(base);
        },
      ),
      runs(20),
    );
  });

  it('D9 adding one event at a time gives what all of them at once give', () => {
    fc.assert(
      fc.property(randomCase(anyLimit), (one) => {
        let merged: Pause[] = [];
        for (const pause of one.pauses) {
          merged = mergePauses([...merged, pause]).map(({ from, to }) => ({
            from: new Date(from),
            to: to === Infinity ? null : new Date(to),
            reason: 'merged',
          }));
        }
        expect(due({ ...one, pauses: merged })).toEqual(due(one));
      }),
      runs(),
    );
  });

  it('D11 any second of the day of acceptance gives the same due day', () => {
    const inDays = anyLimit.filter(({ unit }) => unit !== 'workingHour');
    fc.assert(
      fc.property(randomCase(inDays), fc.integer({ min: 0, max: 86_399 }), (one, second) => {
        const midnight = new Date(`${toLegalDay(dayNumberOf(one.acceptedAt))}T00:00:00+08:00`).getTime();
        expect(due({ ...one, acceptedAt: new Date(midnight + second * 1_000) }).day).toBe(due(one).day);
      }),
      runs(),
    );
  });

  it('D12 extensions add up and never pass the statutory limit', () => {
    fc.assert(
      fc.property(
        randomCase(limitInDays),
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
        (one, extensions) => {
          const limit = { ...one.limit, amount: Math.min(one.limit.amount, 30) };
          const at = one.acceptedAt;
          const extended = (days: number, id: string): ClockEvent => ({
            id,
            kind: 'extended',
            at,
            recordedAt: at,
            days,
            approvedBy: 'head',
            basis: 'b',
          });
          const total = extensions.reduce((sum, days) => sum + days, 0);
          const given = { limits: rule(limit), calendar, now: at };
          const events = eventsOf(one);
          const answer = computeDeadline({
            ...given,
            events: [...events, ...extensions.map((days, i) => extended(days, `e${i}`))],
          });
          const expected = due({
            ...one,
            limit: { amount: Math.min(limit.amount + total, 30), unit: 'workingDay' },
          });
          expect(answer.promised.dueOn).toBe(expected.day === null ? null : toLegalDay(expected.day));
          expect((answer.promised.dueOn ?? '') <= (answer.statutory.dueOn ?? '9')).toBe(true);
          expect(answer.trace.filter(({ kind }) => kind === 'extended')).toHaveLength(
            expected.day === null
              ? answer.trace.filter(({ kind }) => kind === 'extended').length
              : Math.min(total, 30 - limit.amount),
          );
        },
      ),
      runs(4),
    );
  });

  it('D13 remaining time never grows while running and stands still while paused; late means due and past', () => {
    const instants = fc.array(fc.integer({ min: 0, max: 60 * 1_440 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        randomCase(
          fc.oneof(
            limitInDays,
            anyLimit.filter(({ unit }) => unit === 'workingHour'),
          ),
        ),
        instants,
        (one, minutes) => {
          const all = eventsOf(one);
          let before: { remaining: number; paused: boolean } | null = null;
          for (const minute of [...minutes].sort((a, b) => a - b)) {
            const now = new Date(one.acceptedAt.getTime() + minute * 60_000);
            const events = all.filter(({ at }) => at <= now);
            const answer = computeDeadline({ events, limits: rule(one.limit), calendar, now });
            const { dueAt, remaining, overdue } = answer.promised;
            expect(overdue).toBe(dueAt !== null && now.toISOString() > dueAt);
            const left = remaining.days ?? remaining.officeMinutes ?? 0;
            if (before) expect(left).toBeLessThanOrEqual(before.remaining);
            if (answer.state === 'paused') {
              const later = new Date(now.getTime() + 86_400_000 * 3);
              const still = computeDeadline({ events, limits: rule(one.limit), calendar, now: later });
              if (still.state === 'paused') expect(still.promised.remaining).toEqual(remaining);
            }
            before = { remaining: left, paused: answer.state === 'paused' };
          }
        },
      ),
      runs(4),
    );
  });

  it('D14 computing twice equals once; an older calendar and back again restores', () => {
    const old = buildCalendar(years, hours, { asOf: '2019-01-31' });
    fc.assert(
      fc.property(randomCase(anyLimit), (one) => {
        const first = due(one);
        due(one, old);
        expect(due(one)).toEqual(first);
      }),
      runs(4),
    );
  });
});

/** The calendar with some days more off, and some weekends more worked. */
function withDays(off: readonly number[], makeUp: readonly number[]): Calendar {
  const changed: CalendarYear[] = years.map(({ year, versions }) => {
    const last = [...versions].sort((a, b) => b.version - a.version)[0]!;
    const inYear = (day: number) => toLegalDay(day).startsWith(String(year));
    return {
      year,
      versions: [
        {
          ...last,
          off: [
            ...last.off,
            ...off
              .filter(inYear)
              .map((day) => ({ from: toLegalDay(day), to: toLegalDay(day), name: 'newYear' as const })),
          ],
          makeUp: [
            ...last.makeUp,
            ...makeUp.filter(inYear).map((day) => ({ on: toLegalDay(day), name: 'newYear' as const })),
          ],
        },
      ],
    };
  });
  return buildCalendar(changed, hours);
}

describe('D15 the official calendars', () => {
  it.each(Array.from({ length: 20 }, (_, index) => 2007 + index))(
    'every day of %i agrees with the calendar package',
    (year) => {
      for (let day = toDayNumber(`${year}-01-01`); day <= toDayNumber(`${year}-12-31`); day++) {
        const text = toLegalDay(day);
        expect(`${text} ${isWorkday(calendar, day)}`).toBe(`${text} ${chineseDays.isWorkday(text)}`);
      }
    },
  );

  it('counts from both sides agree with looking at each day, beyond the known years too', () => {
    fc.assert(
      fc.property(acceptedAt, fc.integer({ min: 1, max: 60 }), (at, n) => {
        const start = dayNumberOf(at);
        let day = start;
        for (let left = n; left > 0;) if (oracleIsWorkday(oracle, toLegalDay(++day))) left -= 1;
        expect(nthWorkdayAfter(calendar, start, n)).toBe(day);
      }),
      runs(),
    );
  });

  it('2019: before the notice of March, 劳动节 was one day and 5 May a Sunday off', () => {
    const before = buildCalendar(years, hours, { asOf: '2019-03-21' });
    const after = buildCalendar(years, hours, { asOf: '2019-03-22' });
    const worked = (on: Calendar) =>
      ['04-28', '05-01', '05-02', '05-03', '05-05'].map((day) => isWorkday(on, toDayNumber(`2019-${day}`)));
    expect(worked(before)).toEqual([false, false, true, true, false]);
    expect(worked(after)).toEqual([true, false, false, false, true]);
    expect(before.version).not.toBe(after.version);
  });

  it('2020: the extension of 春节 turned 31 January off and the make-up Saturday 1 February off', () => {
    const before = buildCalendar(years, hours, { asOf: '2020-01-26' });
    const after = buildCalendar(years, hours, { asOf: '2020-01-27' });
    const worked = (on: Calendar) =>
      ['01-31', '02-01', '02-02', '02-03'].map((day) => isWorkday(on, toDayNumber(`2020-${day}`)));
    expect(worked(before)).toEqual([true, true, false, true]);
    expect(worked(after)).toEqual([false, false, false, true]);
  });
});
