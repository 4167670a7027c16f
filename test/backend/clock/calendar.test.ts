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
import { countWorkdays, isProvisional, workdayOnOrAfter } from '../../../backend/modules/clock/workdays.ts';
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
