import { describe, expect, it } from 'vitest';
import { buildCalendar } from '../../../backend/modules/clock/calendar.ts';
import {
  addMonths,
  dayNumberOf,
  isLegalDay,
  toDayNumber,
  toLegalDay,
  weekdayOf,
} from '../../../backend/modules/clock/days.ts';
import { computeDue, officeMsUntil } from '../../../backend/modules/clock/counting.ts';
import { computeFaces } from '../../../backend/modules/clock/deadline.ts';
import {
  closeOf,
  countWorkdays,
  isProvisional,
  officeMinutesOf,
  workdayOnOrAfter,
} from '../../../backend/modules/clock/workdays.ts';
import { calendar, hours, years } from '../../rules/deadline-cases.ts';

describe('days', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2024-02-29', true],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['2026-10-09T00:00', false],
    ['', false],
  ])('%s exists: %s', (text, exists) => expect(isLegalDay(text)).toBe(exists));

  it('turn at midnight in Asia/Shanghai', () => {
    expect(toLegalDay(dayNumberOf(new Date('2026-10-09T15:59:59.999Z')))).toBe('2026-10-09');
    expect(toLegalDay(dayNumberOf(new Date('2026-10-09T16:00:00Z')))).toBe('2026-10-10');
  });

  it('know their weekday, before 1970 as well', () => {
    expect(weekdayOf(toDayNumber('2026-10-09'))).toBe(5);
    expect(weekdayOf(toDayNumber('1949-10-01'))).toBe(6);
  });

  it('of a month that is too short end with it', () => {
    expect(toLegalDay(addMonths(toDayNumber('2024-01-31'), 1))).toBe('2024-02-29');
    expect(toLegalDay(addMonths(toDayNumber('2025-12-31'), 2))).toBe('2026-02-28');
  });

  it('refuse a text that is none', () => expect(() => toDayNumber('2026-02-30')).toThrow(RangeError));
});

/** 民法典203(2): business hours are those of the day. A summer timetable from 3 May 2027 until an autumn one. */
describe('office hours with a first day', () => {
  const summer = {
    ...hours,
    version: 2,
    validFrom: '2027-05-03',
    segments: [
      { opens: '08:30', closes: '12:00' },
      { opens: '14:30', closes: '18:30' },
    ],
  };
  const autumn = { ...hours, version: 3, validFrom: '2027-10-08' };
  const dated = buildCalendar(years, [autumn, hours, summer]);
  const wall = (day: string) => new Date(closeOf(dated, toDayNumber(day)).getTime() + 8 * 3_600_000);

  it.each([
    ['2026-10-09', '17:00'],
    ['2027-05-02', '17:00'],
    ['2027-05-03', '18:30'],
    ['2027-10-07', '18:30'],
    ['2027-10-08', '17:00'],
  ])('%s closes at %s', (day, time) => expect(wall(day).toISOString().slice(11, 16)).toBe(time));

  it('leave what was due before as it was, and a case that ended after the old close late', () => {
    const event = (id: string, kind: 'accepted' | 'stopped', text: string) => {
      const when = new Date(text);
      return { id, kind, at: when, recordedAt: when };
    };
    const events = [
      event('a', 'accepted', '2026-10-08T10:00:00+08:00'),
      event('s', 'stopped', '2026-10-09T17:20:00+08:00'),
    ];
    const limits = {
      promised: { amount: 1, unit: 'workingDay' as const },
      statutory: { amount: 30, unit: 'workingDay' as const },
      switchToStatutory: [],
    };
    const now = new Date('2027-06-01T10:00:00+08:00');
    for (const known of [calendar, dated]) {
      const { promised } = computeFaces({ events, limits, calendar: known, now });
      expect([promised.dueAt, promised.overdue]).toEqual(['2026-10-09T09:00:00.000Z', true]);
    }
  });

  it('count the hours of each day: minute by minute across the change', () => {
    const minutes = (from: string, until: string) =>
      officeMsUntil(
        {
          calendar: dated,
          acceptedAt: new Date(`${from}:00+08:00`),
          pauses: [],
          limit: { amount: 1, unit: 'workingHour' },
          extraDays: 0,
        },
        new Date(`${until}:00+08:00`).getTime(),
      ) / 60_000;
    expect(minutes('2027-04-30T16:00', '2027-05-03T15:00')).toBe(60 + 210 + 30);
    const [from, to] = [toDayNumber('2027-04-28'), toDayNumber('2027-05-04')];
    expect(officeMinutesOf(dated, from, to)).toBe(2 * 420 + 2 * 450);
    const due = computeDue({
      calendar: dated,
      acceptedAt: new Date('2027-05-03T17:00:00+08:00'),
      pauses: [],
      limit: { amount: 2, unit: 'workingHour' },
      extraDays: 0,
    });
    expect(due.at).toEqual(new Date('2027-05-04T09:00:00+08:00'));
  });

  it('that are replaced before their first day never were', () => {
    const later = { ...autumn, version: 4, validFrom: '2027-05-03' };
    expect(buildCalendar(years, [hours, summer, autumn, later]).hours).toHaveLength(2);
  });

  it('without a first day hold from the beginning', () => {
    expect(buildCalendar(years, hours).hours).toEqual(calendar.hours);
    expect(buildCalendar(years, [hours, { ...summer, validFrom: undefined }]).hours).toHaveLength(1);
  });
});

describe('the calendar', () => {
  it('knows 2007 to 2026, and nothing behind a gap', () => {
    expect([toLegalDay(calendar.knownFrom), toLegalDay(calendar.knownThrough)]).toEqual([
      '2007-01-01',
      '2026-12-31',
    ]);
    const gap = buildCalendar(
      years.filter(({ year }) => year !== 2024),
      hours,
    );
    expect(toLegalDay(gap.knownThrough)).toBe('2023-12-31');
  });

  it('marks what lies outside as provisional', () => {
    expect(isProvisional(calendar, toDayNumber('2026-12-31'))).toBe(false);
    expect(isProvisional(calendar, toDayNumber('2027-01-01'))).toBe(true);
  });

  it('counts working days across its ends', () => {
    const day = toDayNumber;
    expect(countWorkdays(calendar, day('2025-12-31'), day('2026-12-31'))).toBe(248);
    expect(countWorkdays(calendar, day('2026-12-31'), day('2027-01-08'))).toBe(6);
    expect(countWorkdays(calendar, day('2026-10-09'), day('2026-10-09'))).toBe(0);
    expect(countWorkdays(calendar, day('2026-10-09'), day('2026-10-01'))).toBe(0);
  });

  it('moves off days off', () => {
    expect(toLegalDay(workdayOnOrAfter(calendar, toDayNumber('2026-10-01')))).toBe('2026-10-08');
    expect(toLegalDay(workdayOnOrAfter(calendar, toDayNumber('2026-10-10')))).toBe('2026-10-10');
  });

  it('names what it was built from', () => {
    expect(calendar.version).toContain('2007-2026');
    expect(buildCalendar(years, { ...hours, version: 2 }).version).not.toBe(calendar.version);
  });

  it.each([
    ['a make-up day on a weekday', { makeUp: [{ on: '2026-10-12', name: 'nationalDay' as const }] }],
    ['a make-up day that is also off', { makeUp: [{ on: '2026-10-03', name: 'nationalDay' as const }] }],
  ])('refuses %s', (_name, change) => {
    const broken = years.map((year) =>
      year.year === 2026 ? { ...year, versions: [{ ...year.versions[0]!, ...change }] } : year,
    );
    expect(() => buildCalendar(broken, hours)).toThrow(/cannot be a make-up/);
  });

  it.each([
    [
      'segments that overlap',
      [
        { opens: '08:30', closes: '13:00' },
        { opens: '12:00', closes: '17:00' },
      ],
    ],
    ['a segment that closes before it opens', [{ opens: '12:00', closes: '08:30' }]],
    ['a wall time that does not exist', [{ opens: '08:30', closes: '25:00' }]],
    ['no segment', []],
  ])('refuses office hours with %s', (_name, segments) => {
    expect(() => buildCalendar(years, { ...hours, segments })).toThrow(RangeError);
  });
});

describe('the first day that the newest notice changed', () => {
  it.each([
    ['a new year, whose notice makes the Saturday before it a working day', '2019-01-01', '2018-12-29'],
    ['a year that was not known', '2024-12-01', '2025-01-01'],
    [
      '国办发明电〔2019〕3号: 劳动节 is longer, its first make-up day comes before it',
      '2019-03-22',
      '2019-04-28',
    ],
    [
      '国办发明电〔2020〕1号: 春节 goes on, Friday 31 January is no working day any more',
      '2020-01-27',
      '2020-01-31',
    ],
  ])('%s', (_, asOf, day) => {
    expect(toLegalDay(buildCalendar(years, hours, { asOf }).lastChangeFrom)).toBe(day);
  });
});
