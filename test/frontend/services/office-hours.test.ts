import { describe, expect, it } from 'vitest';
import type { WorkdayItem } from '../../../backend/modules/clock/contract.ts';
import { calendarNotices, openState } from '../../../frontend/features/services/office-hours.ts';

const HOURS = [
  { opens: '08:30', closes: '12:00' },
  { opens: '13:30', closes: '17:00' },
];
const day = (date: string, workday: boolean, more: Partial<WorkdayItem> = {}): WorkdayItem => ({
  date,
  workday,
  makeUp: false,
  provisional: false,
  ...more,
});
const WEEK = [
  day('2026-10-09', true),
  day('2026-10-10', true, { makeUp: true }),
  day('2026-10-11', false),
  day('2026-10-12', true),
];
const at = (time: string, date = '2026-10-09') => new Date(`${date}T${time}:00+08:00`);

describe('a hall', () => {
  it.each([
    ['08:29', { kind: 'later', opens: '08:30' }],
    ['08:30', { kind: 'open', until: '12:00' }],
    ['12:00', { kind: 'break', opens: '13:30' }],
    ['16:59', { kind: 'open', until: '17:00' }],
    ['17:00', { kind: 'closed', nextOn: '2026-10-10', opens: '08:30' }],
  ])('at %s on a working day: %o', (time, state) => {
    expect(openState(HOURS, WEEK, at(time))).toEqual(state);
  });

  it('is open on a Saturday that is worked', () => {
    expect(openState(HOURS, WEEK.slice(1), at('09:00', '2026-10-10'))).toEqual({
      kind: 'open',
      until: '12:00',
    });
  });

  it('is closed all Sunday, whatever the hour', () => {
    expect(openState(HOURS, WEEK.slice(2), at('10:00', '2026-10-11'))).toEqual({
      kind: 'closed',
      nextOn: '2026-10-12',
      opens: '08:30',
    });
  });
});

describe('days that are not as usual', () => {
  const name = { zh: '国庆节', en: 'National Day' };

  it('are holidays as one run with the weekend they touch, and worked weekends', () => {
    const days = [
      day('2026-09-30', true),
      ...['01', '02', '03', '04', '05', '06', '07'].map((d) => day(`2026-10-${d}`, false, { name })),
      day('2026-10-08', true),
      day('2026-10-09', true),
      day('2026-10-10', true, { makeUp: true }),
      day('2026-10-11', false),
    ];
    expect(calendarNotices(days)).toEqual([
      { kind: 'holiday', from: '2026-10-01', to: '2026-10-07', days: 7, name },
      { kind: 'makeUp', from: '2026-10-10', to: '2026-10-10', days: 1, name: null },
    ]);
  });

  it('do not include an ordinary weekend', () => {
    expect(
      calendarNotices([
        day('2026-11-20', true),
        day('2026-11-21', false),
        day('2026-11-22', false),
        day('2026-11-23', true),
      ]),
    ).toEqual([]);
  });
});
