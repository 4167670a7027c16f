import { describe, expect, it } from 'vitest';
import type { DeadlineAnswer, Limit } from '../../../backend/modules/clock/contract.ts';
import { computeDeadline } from '../../../backend/modules/clock/deadline.ts';
import type { ClockEvent } from '../../../backend/modules/clock/events.ts';
import { calendar } from '../../rules/deadline-cases.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const workdays = (amount: number): Limit => ({ amount, unit: 'workingDay' });

function accepted(text: string): ClockEvent {
  return { id: 'accepted', kind: 'accepted', at: at(text), recordedAt: at(text) };
}
function paused(id: string, from: string, to?: string, reason = 'supplement'): ClockEvent[] {
  const events: ClockEvent[] = [{ id, kind: 'paused', at: at(from), recordedAt: at(from), reason }];
  if (to) events.push({ id: `${id}-end`, kind: 'resumed', at: at(to), recordedAt: at(to), pauseId: id });
  return events;
}
function extended(days: number): ClockEvent {
  const when = at('2026-10-12 09:00');
  return {
    id: `x${days}`,
    kind: 'extended',
    at: when,
    recordedAt: when,
    days,
    approvedBy: 'head',
    basis: '情况复杂',
  };
}

function answer(
  events: ClockEvent[],
  limit: Limit,
  now = '2026-12-31 12:00',
  switchToStatutory: string[] = [],
): DeadlineAnswer {
  const ownPeriod = limit.unit === 'day' || limit.unit === 'month';
  const limits = { promised: limit, statutory: ownPeriod ? limit : workdays(30), switchToStatutory };
  return computeDeadline({ events, limits, calendar, now: at(now) });
}

describe('counting working days (domain.md §2.5)', () => {
  it.each([
    ['a make-up Saturday counts', '2026-02-13 10:00', 1, '2026-02-14'],
    ['the nine days of 春节 are skipped', '2026-02-13 10:00', 2, '2026-02-24'],
    ['and counting goes on after them', '2026-02-13 10:00', 3, '2026-02-25'],
    ['five days mix weekdays, a make-up Saturday and 春节', '2026-02-11 10:00', 5, '2026-02-25'],
    ['accepted on a make-up day, which is not counted', '2026-02-14 10:00', 1, '2026-02-24'],
    ['accepted online on a holiday', '2026-02-16 10:00', 3, '2026-02-26'],
    ['劳动节', '2026-04-30 10:00', 3, '2026-05-08'],
    ['中秋, one day', '2026-09-24 10:00', 1, '2026-09-28'],
    ['中秋, three days', '2026-09-24 10:00', 3, '2026-09-30'],
    ['国庆, one day', '2026-09-30 10:00', 1, '2026-10-08'],
    ['国庆, five days with the make-up Saturday 10 October', '2026-09-30 10:00', 5, '2026-10-13'],
    ['the statutory thirty over 国庆', '2026-09-30 10:00', 30, '2026-11-17'],
    ['the statutory thirty ending on a make-up Saturday', '2026-01-05 10:00', 30, '2026-02-14'],
    ['accepted one second before midnight is still that day', '2026-10-09 23:59', 1, '2026-10-10'],
    ['accepted at midnight is the new day', '2026-10-10 00:00', 1, '2026-10-12'],
    ['accepted on a plain Sunday', '2026-10-18 10:00', 1, '2026-10-19'],
    ['across the turn of the year 2025 into 2026', '2025-12-31 10:00', 1, '2026-01-04'],
  ])('%s', (_sentence, acceptedAt, amount, dueOn) => {
    const { promised } = answer([accepted(acceptedAt)], workdays(amount));
    expect(promised.dueOn).toBe(dueOn);
    expect(promised.dueAt).toBe(new Date(`${dueOn}T17:00:00+08:00`).toISOString());
  });

  it('a due date in a year that is not announced is provisional, one before it is not', () => {
    expect(answer([accepted('2026-12-30 10:00')], workdays(1)).promised).toMatchObject({
      dueOn: '2026-12-31',
      provisional: false,
    });
    const late = answer([accepted('2026-12-30 10:00')], workdays(2));
    expect(late.promised).toMatchObject({ dueOn: '2027-01-01', provisional: true });
    expect(late.trace.at(-1)).toMatchObject({ date: '2027-01-01', provisional: true });
  });
});

describe('pauses', () => {
  it.each([
    [
      'opened and closed within a day costs nobody a day',
      paused('p', '2026-10-12 09:00', '2026-10-12 16:59'),
      '2026-10-14',
    ],
    [
      'a day that ends paused is not counted',
      paused('p', '2026-10-12 16:59', '2026-10-12 17:01'),
      '2026-10-15',
    ],
    [
      'opened exactly at close: that day is not counted',
      paused('p', '2026-10-12 17:00', '2026-10-12 18:00'),
      '2026-10-15',
    ],
    [
      'resumed exactly at close: that day is counted',
      paused('p', '2026-10-12 09:00', '2026-10-12 17:00'),
      '2026-10-14',
    ],
    [
      'opened after close, resumed before the next close: nothing moves',
      paused('p', '2026-10-12 17:01', '2026-10-13 16:00'),
      '2026-10-14',
    ],
    ['over a weekend only: nothing moves', paused('p', '2026-10-17 09:00', '2026-10-18 20:00'), '2026-10-14'],
    [
      'two that nest count once',
      [
        ...paused('p', '2026-10-12 09:00', '2026-10-14 09:00', 'notice'),
        ...paused('q', '2026-10-12 10:00', '2026-10-13 10:00'),
      ],
      '2026-10-16',
    ],
    [
      '公告 and 补正 that overlap run until both are closed',
      [
        ...paused('p', '2026-10-12 09:00', '2026-10-13 09:00', 'notice'),
        ...paused('q', '2026-10-12 18:00', '2026-10-14 09:00'),
      ],
      '2026-10-16',
    ],
    [
      'before acceptance it matters only from then on',
      paused('p', '2026-10-01 09:00', '2026-10-12 18:00'),
      '2026-10-15',
    ],
    ['after the due day it moves nothing', paused('p', '2026-10-20 09:00', '2026-10-25 18:00'), '2026-10-14'],
  ])('%s', (_sentence, pauses, dueOn) => {
    // Accepted on the make-up Saturday 10 October: without pauses the three days are Monday 12 to Wednesday 14.
    expect(answer([accepted('2026-10-10 10:00'), ...pauses], workdays(3)).promised.dueOn).toBe(dueOn);
  });

  it('a case paused on its last day is not in breach that evening, and has no due day but one remaining', () => {
    const events = [accepted('2026-10-10 10:00'), ...paused('p', '2026-10-14 15:00')];
    const evening = answer(events, workdays(3), '2026-10-14 20:00');
    expect(evening).toMatchObject({ state: 'paused', light: 'paused' });
    expect(evening.promised).toMatchObject({
      dueOn: null,
      dueAt: null,
      overdue: false,
      remaining: { days: 1 },
    });
    expect(answer(events, workdays(3), '2026-12-01 20:00').promised.remaining).toEqual(
      evening.promised.remaining,
    );
  });

  it('a pause opened after the due instant does not hide that the promise was broken', () => {
    const events = [accepted('2026-10-10 10:00'), ...paused('p', '2026-10-15 09:00')];
    expect(answer(events, workdays(3), '2026-10-15 10:00')).toMatchObject({
      light: 'red',
      promised: { dueOn: '2026-10-14', overdue: true },
    });
  });

  it('a reason that switches to the statutory limit does not stop the clock', () => {
    const events = [
      accepted('2026-10-10 10:00'),
      ...paused('p', '2026-10-12 09:00', '2026-10-14 18:00', 'siteCheck'),
    ];
    const switched = answer(events, workdays(3), '2026-10-13 10:00', ['siteCheck']);
    expect(switched).toMatchObject({ state: 'running', switchedToStatutory: true });
    expect(switched.promised.dueOn).toBe(switched.statutory.dueOn);
    expect(answer(events, workdays(3), '2026-10-13 10:00').promised.dueOn).toBe('2026-10-19');
  });
});

describe('extensions', () => {
  it('add counted days, marked in the explanation', () => {
    const { promised, extendedByDays, trace } = answer(
      [accepted('2026-10-10 10:00'), extended(2)],
      workdays(3),
    );
    expect(promised.dueOn).toBe('2026-10-16');
    expect(extendedByDays).toBe(2);
    expect(trace.filter(({ kind }) => kind === 'extended').map(({ date }) => date)).toEqual([
      '2026-10-15',
      '2026-10-16',
    ]);
  });

  it('never pass the statutory limit', () => {
    const { promised, statutory, extendedByDays } = answer(
      [accepted('2026-10-10 10:00'), extended(99)],
      workdays(3),
    );
    expect(promised.dueOn).toBe(statutory.dueOn);
    expect(extendedByDays).toBe(27);
  });

  it('a promise longer than the law allows is the statutory limit, running and paused alike', () => {
    const events = [accepted('2023-01-26 19:22'), ...paused('p', '2023-03-08 17:01')];
    const running = answer(events.slice(0, 1), workdays(31), '2023-03-08 17:00');
    const afterwards = answer(events, workdays(31), '2023-03-08 17:02');
    expect(running.promised).toMatchObject({ dueOn: '2023-03-08', remaining: { days: 0 } });
    expect(afterwards.promised).toMatchObject({ dueOn: '2023-03-08', remaining: { days: 0 }, overdue: true });
  });

  it('of a limit in hours add whole office days, and the statutory limit caps them too', () => {
    const hour: Limit = { amount: 1, unit: 'workingHour' };
    expect(answer([accepted('2026-10-12 09:00'), extended(1)], hour).promised.dueAt).toBe(
      at('2026-10-13 10:00').toISOString(),
    );
    const capped = answer([accepted('2026-10-12 09:00'), extended(200)], hour);
    expect(capped.promised.dueAt).toBe(capped.statutory.dueAt);
  });
});

describe('working hours', () => {
  const hours = (amount: number): Limit => ({ amount, unit: 'workingHour' });
  it.each([
    ['runs from acceptance inside office hours', '2026-10-12 09:00', 1, [], '2026-10-12 10:00'],
    ['jumps over the noon break', '2026-10-12 11:30', 1, [], '2026-10-12 14:00'],
    ['accepted at noon starts at the next opening', '2026-10-12 12:10', 1, [], '2026-10-12 14:30'],
    ['accepted in the evening starts in the morning', '2026-10-12 20:00', 1, [], '2026-10-13 09:30'],
    [
      'accepted late on the last day before 国庆 goes on after it',
      '2026-09-30 16:30',
      1,
      [],
      '2026-10-08 09:00',
    ],
    ['reached exactly at close ends at close', '2026-10-12 16:00', 1, [], '2026-10-12 17:00'],
    [
      'a pause inside it moves it by its office time',
      '2026-10-12 09:00',
      1,
      paused('p', '2026-10-12 09:20', '2026-10-12 09:50'),
      '2026-10-12 10:30',
    ],
    [
      'a pause at noon moves nothing',
      '2026-10-12 11:30',
      1,
      paused('p', '2026-10-12 12:00', '2026-10-12 13:30'),
      '2026-10-12 14:00',
    ],
    ['two days of office time', '2026-10-12 08:30', 14, [], '2026-10-13 17:00'],
  ])('%s', (_sentence, acceptedAt, amount, pauses, dueAt) => {
    expect(answer([accepted(acceptedAt), ...pauses], hours(amount)).promised.dueAt).toBe(
      at(dueAt).toISOString(),
    );
  });

  it('the minutes of the explanation add up', () => {
    const { trace } = answer([accepted('2026-10-12 16:30')], hours(2), '2026-10-13 09:00');
    expect(trace.map(({ date, kind, minutes, due }) => ({ date, kind, minutes, due }))).toEqual([
      { date: '2026-10-12', kind: 'start', minutes: 30, due: false },
      { date: '2026-10-13', kind: 'counted', minutes: 90, due: true },
    ]);
  });
});

describe('calendar days and months (民法典 200–203)', () => {
  it.each([
    ['异议: 15 日, ending on a weekday', '2026-10-13 10:00', { amount: 15, unit: 'day' }, '2026-10-28'],
    [
      '15 日 ending on a Saturday moves to Monday',
      '2026-10-09 10:00',
      { amount: 15, unit: 'day' },
      '2026-10-26',
    ],
    [
      '15 日 ending inside 国庆 moves to its end',
      '2026-09-18 10:00',
      { amount: 15, unit: 'day' },
      '2026-10-08',
    ],
    [
      '15 日 ending on a make-up Saturday stays',
      '2026-09-25 10:00',
      { amount: 15, unit: 'day' },
      '2026-10-10',
    ],
    ['预告: 90 日', '2026-07-01 10:00', { amount: 90, unit: 'day' }, '2026-09-29'],
    ['a month ends on the corresponding day', '2026-08-13 10:00', { amount: 1, unit: 'month' }, '2026-09-14'],
    [
      'a month from 31 January ends on the last of February',
      '2025-01-31 10:00',
      { amount: 1, unit: 'month' },
      '2025-02-28',
    ],
    ['three years of 查封 from 29 February', '2024-02-29 10:00', { amount: 36, unit: 'month' }, '2027-03-01'],
  ] as [string, string, Limit, string][])('%s', (_sentence, acceptedAt, limit, dueOn) => {
    expect(answer([accepted(acceptedAt)], limit).promised.dueOn).toBe(dueOn);
  });

  it('explains the days off at the end and the working day on which it ends', () => {
    const { trace } = answer([accepted('2026-10-09 10:00')], { amount: 15, unit: 'day' }, '2026-10-26 09:00');
    expect(trace.reduce((sum, { counted }) => sum + counted, 0)).toBe(15);
    expect(trace.slice(-3).map(({ date, kind, counted, due }) => ({ date, kind, counted, due }))).toEqual([
      { date: '2026-10-24', kind: 'counted', counted: 1, due: false },
      { date: '2026-10-25', kind: 'off', counted: 0, due: false },
      { date: '2026-10-26', kind: 'counted', counted: 0, due: true },
    ]);
  });
});

describe('the explanation', () => {
  it('says for each day why it counts or does not, with the notice', () => {
    const events = [accepted('2026-09-30 10:00'), ...paused('p', '2026-10-09 15:00', '2026-10-10 09:00')];
    const { trace } = answer(events, workdays(3), '2026-10-12 09:00');
    expect(trace.map(({ date, kind, ordinal }) => `${date} ${kind} ${ordinal ?? ''}`.trim())).toEqual([
      '2026-09-30 start',
      ...[1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day} off`),
      '2026-10-08 counted 1',
      '2026-10-09 paused',
      '2026-10-10 makeUp 2',
      '2026-10-11 off',
      '2026-10-12 counted 3',
    ]);
    expect(trace[0]?.basis.zh).toBe('受理日，不计（民法典第二百零一条）');
    expect(trace[1]?.basis).toEqual({
      zh: '国庆节放假，不计（国办发明电〔2025〕7号）',
      en: 'National Day, not counted (国办发明电〔2025〕7号)',
    });
    expect(trace[9]).toMatchObject({ pauses: ['supplement'], basis: { zh: '暂停，不计：等补正材料' } });
    expect(trace[10]).toMatchObject({
      makeUp: true,
      holiday: { zh: '国庆节' },
      basis: { zh: '国庆节调休上班（国办发明电〔2025〕7号），计第 2 个工作日' },
    });
    expect(trace.at(-1)).toMatchObject({ due: true, weekday: 1 });
  });

  const late = (from: string, events: ClockEvent[], limit: Limit, now: string) =>
    answer(events, limit, now)
      .trace.filter(({ date }) => date >= from)
      .map(({ date, kind, counted, due, basis }) =>
        [date, kind, counted, due ? 'due' : '', kind === 'late' ? basis.zh : ''].join(' ').trim(),
      );
  const stopped = (text: string): ClockEvent => ({
    id: 's',
    kind: 'stopped',
    at: at(text),
    recordedAt: at(text),
  });

  it.each<[string, string, ClockEvent[], string[]]>([
    ['while it is in time, to the due day', '2026-10-13 09:00', [], ['2026-10-15 counted 1 due']],
    ['on the evening of the due day, no further', '2026-10-15 20:00', [], ['2026-10-15 counted 1 due']],
    [
      'late, to today: each working day numbered, a weekend between shown as one',
      '2026-10-19 09:00',
      [],
      [
        '2026-10-15 counted 1 due',
        '2026-10-16 late 0  工作日，已超期第 1 个工作日',
        '2026-10-17 off 0',
        '2026-10-18 off 0',
        '2026-10-19 late 0  工作日，已超期第 2 个工作日',
      ],
    ],
    [
      'recorded late, to the day of 登簿 and not to today',
      '2026-12-31 09:00',
      [stopped('2026-10-16 11:00')],
      ['2026-10-15 counted 1 due', '2026-10-16 late 0  工作日，已超期第 1 个工作日'],
    ],
    [
      'paused after it was late, and says so',
      '2026-10-19 18:00',
      paused('p', '2026-10-19 10:00'),
      [
        '2026-10-15 counted 1 due',
        '2026-10-16 late 0  工作日，已超期第 1 个工作日',
        '2026-10-17 off 0',
        '2026-10-18 off 0',
        '2026-10-19 paused 0',
      ],
    ],
  ])('goes %s', (_, now, more, expected) => {
    const events = [accepted('2026-10-12 10:00'), ...more];
    expect(late('2026-10-15', events, workdays(3), now)).toEqual(expected);
    // What is past the due day is shown, never counted.
    const sum = answer(events, workdays(3), now).trace.reduce((total, { counted }) => total + counted, 0);
    expect(sum).toBe(3);
  });

  it('goes to today of a limit in hours as well', () => {
    const events = [accepted('2026-10-12 10:00')];
    expect(late('2026-10-12', events, { amount: 1, unit: 'workingHour' }, '2026-10-13 09:00')).toEqual([
      '2026-10-12 start 1 due',
      '2026-10-13 late 0  工作日，已超期第 1 个工作日',
    ]);
  });

  it('goes to today while an open pause leaves no due day', () => {
    const { trace } = answer(
      [accepted('2026-10-12 10:00'), ...paused('p', '2026-10-13 10:00')],
      workdays(3),
      '2026-10-15 09:00',
    );
    expect(trace.map(({ date, kind }) => `${date} ${kind}`)).toEqual([
      '2026-10-12 start',
      '2026-10-13 paused',
      '2026-10-14 paused',
      '2026-10-15 paused',
    ]);
  });
});

describe('lights and what remains', () => {
  it.each([
    ['just accepted: green, three days', '2026-10-12 10:00', 3, '2026-10-12 10:01', 'green', 3],
    ['one day counted: two remain', '2026-10-12 10:00', 3, '2026-10-13 17:00', 'green', 2],
    [
      'the last day begins at the close before it: yellow',
      '2026-10-12 10:00',
      3,
      '2026-10-14 17:00',
      'yellow',
      1,
    ],
    ['today counts as remaining until close', '2026-10-12 10:00', 3, '2026-10-15 16:59', 'yellow', 1],
    ['at the due instant it is not late yet', '2026-10-12 10:00', 3, '2026-10-15 17:00', 'yellow', 0],
    ['a minute later it is', '2026-10-12 10:00', 3, '2026-10-15 17:01', 'red', 0],
    [
      'of one day: green until the last third of its hours',
      '2026-10-12 10:00',
      1,
      '2026-10-13 14:39',
      'green',
      1,
    ],
    ['of one day: yellow in the last 140 minutes', '2026-10-12 10:00', 1, '2026-10-13 14:40', 'yellow', 1],
    ['of six days: yellow from two days before', '2026-10-12 10:00', 6, '2026-10-16 17:00', 'yellow', 2],
    ['of six days: green before', '2026-10-12 10:00', 6, '2026-10-16 16:59', 'green', 3],
    ['past the statutory limit: black', '2026-10-12 10:00', 3, '2026-11-23 17:01', 'black', 0],
    ['at the statutory instant: still red', '2026-10-12 10:00', 3, '2026-11-23 17:00', 'red', 0],
  ])('%s', (_sentence, acceptedAt, amount, now, light, days) => {
    const result = answer([accepted(acceptedAt)], workdays(amount), now);
    expect(result).toMatchObject({ light, promised: { remaining: { days } } });
  });

  it('of an hour: yellow in its last twenty minutes', () => {
    const light = (now: string) =>
      answer([accepted('2026-10-12 09:00')], { amount: 1, unit: 'workingHour' }, now).light;
    expect([
      light('2026-10-12 09:39'),
      light('2026-10-12 09:40'),
      light('2026-10-12 10:00'),
      light('2026-10-12 10:01'),
    ]).toEqual(['green', 'yellow', 'yellow', 'red']);
  });

  it('a stopped case is judged as it stood', () => {
    const stop = (text: string): ClockEvent => ({
      id: 's',
      kind: 'stopped',
      at: at(text),
      recordedAt: at(text),
    });
    const inTime = answer([accepted('2026-10-12 10:00'), stop('2026-10-15 17:00')], workdays(3));
    expect(inTime).toMatchObject({ state: 'stopped', light: 'done', promised: { overdue: false } });
    expect(
      answer([accepted('2026-10-12 10:00'), stop('2026-10-15 17:01')], workdays(3)).promised.overdue,
    ).toBe(true);
  });

  it('a case without acceptance has no deadline', () => {
    expect(() => answer([], workdays(3))).toThrow(RangeError);
  });
});
