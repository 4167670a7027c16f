import { beforeAll, describe, expect, it } from 'vitest';
import { closeOf, toDayNumber } from '../../../backend/modules/clock/index.ts';
import { judgedDays, scoreDays } from '../../../backend/modules/supervision/forecast/back-test.ts';
import { breather } from '../../../backend/modules/supervision/forecast/breathe.ts';
import {
  brokenAt,
  dueOf,
  isOpenAt,
  type Course,
  type Rules,
} from '../../../backend/modules/supervision/forecast/course.ts';
import { chanceOf, fitLogistic } from '../../../backend/modules/supervision/forecast/logistic.ts';
import { bestLine } from '../../../backend/modules/supervision/forecast/outlook.ts';
import { pastOf } from '../../../backend/modules/supervision/forecast/past.ts';
import { scoreOf } from '../../../backend/modules/supervision/forecast/score.ts';
import { standingsAt } from '../../../backend/modules/supervision/forecast/standing.ts';
import { runningMinutes, workingTime } from '../../../backend/modules/supervision/forecast/working-time.ts';
import { readCalendar, readRules, yearCourses } from '../../bench/support/year-courses.ts';

const HOUR = 3_600_000;
const at = (text: string): number => new Date(`${text}+08:00`).getTime();

describe('the forecast', () => {
  let rules: Rules;
  let courses: Course[];
  const DAY = toDayNumber('2026-08-19');
  const NOW = () => closeOf(rules.calendar, DAY).getTime();
  beforeAll(async () => {
    rules = readRules(readCalendar());
    courses = await yearCourses(rules, { now: new Date('2026-08-28T18:00:00+08:00'), count: 9_000 });
  }, 60_000);

  const look = async (some: readonly Course[], when: number) => {
    const time = workingTime(rules.calendar);
    return standingsAt(some, when, rules, { past: await pastOf(some, time), time });
  };

  /** Another future from an instant on: everything that comes after is later, ends otherwise, or never was. */
  function otherFuture(when: number): Course[] {
    const later = (to: number | null) => (to !== null && to > when ? to + 30 * HOUR : to);
    return courses
      .filter(({ acceptedAt }) => acceptedAt <= when)
      .map((one) => {
        const ended = one.endedAt !== null && one.endedAt <= when;
        return {
          ...one,
          stages: one.stages
            .filter(({ from }) => from <= when || !ended)
            .map((stage) => ({
              ...stage,
              to: later(stage.to),
              from: stage.from > when ? stage.from + HOUR : stage.from,
            })),
          pauses: one.pauses.map((pause) => ({ ...pause, to: later(pause.to) })),
          endedAt: later(one.endedAt),
          registered: ended ? one.registered : !one.registered,
        };
      });
  }

  it('knows nothing that came after its instant', async () => {
    const other = otherFuture(NOW());
    const seen = await look(courses, NOW());
    expect(seen.length).toBeGreaterThan(50);
    expect(await look(other, NOW())).toEqual(seen);
    // The other future is another one: a day later it shows.
    const next = closeOf(rules.calendar, DAY + 1).getTime();
    expect(await look(other, next)).not.toEqual(await look(courses, next));
  });

  it('gives way to others while it ranks', async () => {
    const time = workingTime(rules.calendar);
    const open = courses.filter((one) => isOpenAt(one, NOW()));
    const many = Array.from({ length: 60 }, (_, n) =>
      open.map((one) => ({ ...one, id: `${one.id}-${n}` })),
    ).flat();
    const past = await pastOf(courses, time);
    let turns = 0;
    let running = true;
    const others = (async () => {
      while (running) {
        await new Promise((resolve) => setImmediate(resolve));
        turns += 1;
      }
    })();
    await standingsAt(many, NOW(), rules, { past, time });
    const withoutBreath = turns;
    const inTurns = await standingsAt(many, NOW(), rules, { past, time, breathe: breather() });
    const withBreath = turns - withoutBreath;
    running = false;
    await others;
    expect(inTurns).toHaveLength(many.length);
    expect(withBreath).toBeGreaterThan(withoutBreath + 2);
  });

  it('judges a promise by nothing after its end', async () => {
    const [known] = await judgedDays(courses, rules, { from: DAY, to: DAY + 1 });
    expect(known!.judged.length).toBeGreaterThan(5);
    const end = closeOf(rules.calendar, DAY + 1).getTime();
    const [other] = await judgedDays(otherFuture(end), rules, { from: DAY, to: DAY + 1 });
    expect(other).toEqual(known);
  });

  it('leaves out promises whose end is not known yet', async () => {
    const days = await judgedDays(courses, rules, { from: DAY, to: DAY });
    const end = closeOf(rules.calendar, DAY).getTime();
    for (const { judged } of days)
      for (const { standing } of judged) expect(standing.due).toBeLessThanOrEqual(end);
  });

  it('takes the due instant from the deadline clock, pauses and all', () => {
    const course: Course = {
      id: 'one',
      type: 'DY01',
      office: 'linqing',
      acceptedAt: at('2026-08-19T10:00:00'),
      stages: [{ step: 'firstReview', from: at('2026-08-19T10:00:00'), to: null }],
      pauses: [{ reason: 'supplement', from: at('2026-08-20T09:00:00'), to: at('2026-08-24T09:00:00') }],
      endedAt: null,
      registered: false,
      extendedByDays: 0,
    };
    const { limits } = rules.types.get('DY01')!;
    // One working day after the day of acceptance; the 20th and 21st end paused, so Monday the 24th is the one.
    expect(dueOf(course, limits, rules.calendar)).toBe(at('2026-08-24T17:00:00'));
    expect(dueOf({ ...course, pauses: [] }, limits, rules.calendar)).toBe(at('2026-08-20T17:00:00'));
    const open = { ...course, pauses: [{ ...course.pauses[0]!, to: null }] };
    expect(dueOf(open, limits, rules.calendar)).toBeNull();
  });

  it('calls a promise broken when it was open at its end, and not when a pause came in between', () => {
    const due = at('2026-08-20T17:00:00');
    const from = at('2026-08-19T17:00:00');
    const base = { pauses: [], endedAt: null } as unknown as Course;
    expect(brokenAt(base, due, from)).toBe(true);
    expect(brokenAt({ ...base, endedAt: due }, due, from)).toBe(false);
    expect(brokenAt({ ...base, endedAt: due + 1 }, due, from)).toBe(true);
    const paused = { ...base, pauses: [{ reason: 'x', from: due - HOUR, to: null }] };
    expect(brokenAt(paused, due, from)).toBe(false);
    expect(brokenAt({ ...paused, pauses: [{ reason: 'x', from: due + 1, to: null }] }, due, from)).toBe(true);
  });

  it('counts office minutes that ran, overlapping pauses once', () => {
    const time = workingTime(rules.calendar);
    const [a, b] = [at('2026-08-21T16:00:00'), at('2026-08-24T10:00:00')];
    expect(runningMinutes(time, a, b, [])).toBe(60 + 90);
    const pauses = [
      { from: at('2026-08-21T16:30:00'), to: at('2026-08-24T09:00:00') },
      { from: at('2026-08-21T16:45:00'), to: at('2026-08-24T09:30:00') },
    ];
    expect(runningMinutes(time, a, b, pauses)).toBe(30 + 30);
    expect(runningMinutes(time, a, b, [{ from: a, to: null }])).toBe(0);
    // Lunch, from noon to half past one.
    expect(time.minuteOf(at('2026-08-24T13:30:00')) - time.minuteOf(at('2026-08-24T12:00:00'))).toBe(0);
  });

  it('finds the weights that made the examples', () => {
    let state = 7;
    const unit = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x80000000;
    const examples = Array.from({ length: 6_000 }, () => {
      const features = [1, unit() * 4 - 2, unit() * 4 - 2];
      return { features, outcome: unit() < chanceOf([-1, 2, -0.5], features) };
    });
    const weights = fitLogistic(examples, 3);
    for (const [place, truth] of [-1, 2, -0.5].entries()) expect(weights[place]).toBeCloseTo(truth, 0.5);
  });

  it('draws its line where most is caught for what is named wrongly', () => {
    const judged = [
      { chance: 0.9, broken: true },
      { chance: 0.8, broken: true },
      { chance: 0.7, broken: false },
      { chance: 0.6, broken: true },
      { chance: 0.2, broken: false },
      { chance: 0.1, broken: false },
    ];
    expect(bestLine(judged)).toBe(0.6);
    expect(bestLine(judged.map((one) => ({ ...one, broken: one.chance > 0.75 })))).toBe(0.8);
  });

  it('scores by hand', () => {
    const score = scoreOf([
      { named: true, chance: 1, broken: true },
      { named: true, chance: 0.5, broken: false },
      { named: false, chance: 0.5, broken: true },
      { named: false, chance: 0, broken: false },
    ]);
    expect(score).toEqual({
      cases: 4,
      broken: 2,
      named: 2,
      caught: 1,
      precision: 0.5,
      recall: 0.5,
      brier: 0.125,
    });
    expect(scoreOf([])).toMatchObject({ precision: null, recall: null, brier: null });
  });

  it('learns from the earlier days alone', async () => {
    const days = await judgedDays(courses, rules, { from: DAY - 30, to: DAY });
    const { outlook, testDays, fitDays } = scoreDays(days);
    expect(fitDays + testDays).toBe(days.length);
    const flipped = days.map((day, place) =>
      place < fitDays ? day : { ...day, judged: day.judged.map((one) => ({ ...one, broken: !one.broken })) },
    );
    expect(scoreDays(flipped).outlook).toEqual(outlook);
    const early = days.map((day, place) =>
      place >= fitDays ? day : { ...day, judged: day.judged.map((one) => ({ ...one, broken: !one.broken })) },
    );
    expect(scoreDays(early).outlook).not.toEqual(outlook);
  });
});
