import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { batchOf } from '../../../backend/modules/appointments/policy.ts';
import { calendarOfBooking, foldLine } from '../../../backend/modules/appointments/ics.ts';
import {
  keptKeys,
  keysOf,
  lentKeys,
  placeOf,
  ruleOf,
  wholeKeys,
} from '../../../backend/modules/appointments/keys.ts';
import { standingOf } from '../../../backend/modules/appointments/no-show.ts';
import { checkSchedule, planDay, type CalendarDay } from '../../../backend/modules/appointments/plan-day.ts';
import type { HallSchedule } from '../../../backend/modules/appointments/contract.ts';
import { readFileSync } from 'node:fs';

const schedule = JSON.parse(
  readFileSync(
    new URL('../../../seeds/reference/appointments/liaocheng-centre.json', import.meta.url),
    'utf8',
  ),
) as HallSchedule;
const day = (date: string, more: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  weekday: ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1,
  makeUp: false,
  holiday: false,
  unknown: false,
  ...more,
});

describe('the windows of a day', () => {
  it('T31: follow the calendar: make-up Saturdays worked, holidays not, unknown years promised nothing', () => {
    expect(planDay(schedule, day('2026-10-12')).windows.map(({ from }) => from)).toEqual([
      ...['08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '11:30'],
      ...['13:30', '14:00', '14:30', '15:00', '15:30', '16:00', '16:30'],
    ]);
    expect(planDay(schedule, day('2026-10-10', { makeUp: true })).windows).toHaveLength(14);
    expect(planDay(schedule, day('2026-10-17'))).toMatchObject({ why: 'weekend', windows: [] });
    expect(planDay(schedule, day('2026-10-01', { holiday: true }))).toMatchObject({
      why: 'holiday',
      windows: [],
    });
    expect(planDay(schedule, day('2027-01-04', { unknown: true }))).toMatchObject({ why: 'calendarUnknown' });
    expect(planDay(schedule, day('2028-02-29', { unknown: false })).windows).toHaveLength(14);
  });

  it('take special openings and closures before everything else, up to midnight', () => {
    const why = { zh: '周六延时', en: 'Open on Saturday' };
    const special = (segments: { from: string; to: string }[]) => ({
      ...schedule,
      specials: [{ on: '2026-10-17', segments, why }],
    });
    expect(
      planDay(special([{ from: '22:30', to: '23:59' }]), day('2026-10-17')).windows.map(({ from, to }) => [
        from,
        to,
      ]),
    ).toEqual([
      ['22:30', '23:00'],
      ['23:00', '23:30'],
    ]);
    expect(planDay(special([]), day('2026-10-17'))).toMatchObject({ why: 'closure', note: why });
  });

  it('a schedule that contradicts itself is not published', () => {
    const known = new Set(['transfer', 'mortgage', 'discharge', 'rename', 'pickup', 'batch']);
    const problem = (change: Partial<HallSchedule>) =>
      checkSchedule({ ...schedule, ...change }, known)?.en ?? null;
    expect(problem({})).toBe(null);
    expect(problem({ makeUpHours: [{ from: '10:00', to: '09:00' }] })).toMatch(/run backwards/);
    expect(problem({ services: ['transfer', 'nothing'] })).toMatch(/no service/);
    expect(problem({ desks: [{ no: 1, services: ['transfer'] }] })).toMatch(/no desk/);
    expect(problem({ capacity: { public: 0, phone: 0, organisation: 0, staff: 0 } })).toMatch(/no pool/);
  });
});

describe('T31: in any zone of the host', () => {
  it('keys, windows and calendar files are the same', () => {
    const script = `
      import { readFileSync } from 'node:fs';
      import { planDay, slotIdOf } from './backend/modules/appointments/plan-day.ts';
      import { calendarOfBooking } from './backend/modules/appointments/ics.ts';
      import { presentNo, checkInSpan } from './backend/modules/appointments/present.ts';
      import { reminderTimes } from './backend/modules/appointments/reminder-times.ts';
      import { instantAt, legalDayOf } from './backend/platform/time.ts';
      const schedule = JSON.parse(readFileSync('seeds/reference/appointments/chiping.json', 'utf8'));
      const dates = ['2026-10-12', '2026-12-31', '2028-02-29', '2026-03-08', '2026-11-01'];
      const out = dates.map((date) => planDay(schedule, { date, weekday: 1, makeUp: false, holiday: false, unknown: false }).windows.map(({ from }) => {
        const startAt = instantAt(date, from);
        return [slotIdOf('chiping', date, from, 'public'), startAt.toISOString(), legalDayOf(startAt), presentNo(startAt, 3, '07'), reminderTimes(startAt, instantAt(legalDayOf(new Date(startAt.getTime() - 86_400_000)), '16:00')), checkInSpan(startAt, schedule.rules.checkIn)];
      }));
      const at = instantAt('2026-12-31', '23:30');
      out.push(calendarOfBooking({ bookingId: 'a', host: 'h', moves: 0, cancelled: false, startAt: at, endAt: at, stampedAt: at, summary: 's', description: 'd', location: 'l', url: 'u' }));
      process.stdout.write(JSON.stringify(out));
    `;
    const outputs = ['UTC', 'Asia/Shanghai', 'America/New_York'].map((TZ) =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }),
    );
    expect(outputs[0]!.length).toBeGreaterThan(5_000);
    expect(outputs[0]).toContain('chiping|2026-12-31|0830|public');
    expect(outputs[0]).toContain('20261231T153000Z');
    expect(new Set(outputs).size).toBe(1);
  });
});

describe('T33: what no-shows lead to', () => {
  const rule = { count: 3, within: { days: 90 }, suspendDays: 30, lateCancelCounts: true };
  const month = { count: 4, within: 'calendarMonth' as const, suspendDays: 30, lateCancelCounts: true };
  const on = (...days: string[]) =>
    days.map((text) => ({ at: new Date(`${text}T09:00:00+08:00`), appeal: null }));
  const until = (days: ReturnType<typeof on>, now: string, by: typeof rule | typeof month = rule) =>
    standingOf(days, by, new Date(`${now}+08:00`)).suspendedUntil?.toISOString() ?? null;

  it('three within 90 days suspend to the end of day 30, not a moment longer', () => {
    const days = on('2026-01-05', '2026-02-05', '2026-03-05');
    expect(until(days, '2026-03-05T10:00:00')).toBe('2026-04-04T16:00:00.000Z');
    expect(until(days, '2026-04-04T23:59:59')).not.toBe(null);
    expect(until(days, '2026-04-05T00:00:00')).toBe(null);
  });

  it('90 days are counted to the moment, and what has led to one suspension leads to no other', () => {
    expect(until(on('2026-01-05', '2026-02-05', '2026-04-05'), '2026-04-06T00:00:00')).toBe(null);
    expect(until(on('2026-01-05', '2026-02-05', '2026-04-04'), '2026-04-05T00:00:00')).not.toBe(null);
    const days = on('2026-01-05', '2026-01-06', '2026-01-07', '2026-02-20');
    expect(until(days, '2026-02-21T00:00:00')).toBe(null);
    expect(standingOf(days, rule, new Date('2026-02-21T00:00:00Z')).counted).toBe(1);
  });

  it('four in a calendar month: the edge of the month counts, the fourth in the next does not', () => {
    expect(
      until(on('2026-01-01', '2026-01-10', '2026-01-20', '2026-01-31'), '2026-02-01T00:00:00', month),
    ).not.toBe(null);
    expect(
      until(on('2026-01-02', '2026-01-10', '2026-01-20', '2026-02-01'), '2026-02-02T00:00:00', month),
    ).toBe(null);
  });

  it('a granted appeal takes one away, a waiting or refused one does not', () => {
    const days = on('2026-01-05', '2026-01-06', '2026-01-07');
    const appealed = (state: 'waiting' | 'granted' | 'refused') => [
      ...days.slice(0, 2),
      { ...days[2]!, appeal: { state } as never },
    ];
    expect(
      ['waiting', 'granted', 'refused'].map(
        (state) => until(appealed(state as 'waiting'), '2026-01-08T00:00:00') === null,
      ),
    ).toEqual([false, true, false]);
  });
});

describe('keys of a seat', () => {
  const whole = keysOf('b1', { person: 'p', service: 's', place: 1, unit: 'u' });

  it('are two tokens for each resource: a move parts them and puts them together again', () => {
    expect(new Set(whole).size).toBe(7);
    const [kept, lent] = [keptKeys(whole), lentKeys(whole, 'b2')];
    expect(kept.filter((key) => lent.includes(key))).toEqual([]);
    expect(wholeKeys('b1', kept).sort()).toEqual([...whole].sort());
    expect(wholeKeys('b2', lent).sort()).toEqual(
      keysOf('b2', { person: 'p', service: 's', place: 1, unit: 'u' }).sort(),
    );
    expect([placeOf(whole), placeOf(lent), whole.map(ruleOf)[0]]).toEqual([1, 1, 'sameId']);
  });

  it('a batch brings no key twice', () => {
    const entry = (b: string, ...keys: string[]) => ({ seat: { b, u: 1 }, keys });
    const queue = [entry('1', 'a', 'b'), entry('2', 'c'), entry('3', 'b'), entry('4', 'd')];
    expect(batchOf(queue, 32).map(({ seat }) => seat.b)).toEqual(['1', '2']);
    expect(batchOf(queue.slice(2), 32).map(({ seat }) => seat.b)).toEqual(['3', '4']);
    expect(batchOf(queue, 1)).toHaveLength(1);
  });
});

describe('T32: the calendar file', () => {
  const entry = {
    bookingId: 'b'.repeat(24),
    host: 'example.cn',
    moves: 2,
    cancelled: false,
    startAt: new Date('2026-10-12T01:30:00Z'),
    endAt: new Date('2026-10-12T02:00:00Z'),
    stampedAt: new Date('2026-10-09T02:30:00Z'),
    summary: '房屋过户；带齐, 材料\\原件',
    description: '第一行\n第二行'.repeat(30),
    location: '聊城市不动产登记中心',
    url: 'https://example.cn/appointments/b',
  };

  it('reads back to the right instants, folded at 75 octets and between characters', () => {
    const text = calendarOfBooking(entry);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const lines = text.split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\uFFFD'))).toBe(true);
    const unfolded = text.replace(/\r\n /g, '').split('\r\n');
    const value = (name: string) =>
      unfolded.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
    expect([value('DTSTART'), value('DTEND'), value('SEQUENCE'), value('METHOD')]).toEqual([
      '20261012T013000Z',
      '20261012T020000Z',
      '2',
      'REQUEST',
    ]);
    expect(value('SUMMARY')).toBe('房屋过户；带齐\\, 材料\\\\原件');
    expect(value('DESCRIPTION')?.replace(/\\n/g, '\n')).toBe(entry.description);
    expect(foldLine('x'.repeat(200)).replace(/\r\n /g, '')).toBe('x'.repeat(200));
  });

  it('takes the entry out again with a higher SEQUENCE', () => {
    const text = calendarOfBooking({ ...entry, cancelled: true });
    expect(text).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:3[\s\S]*STATUS:CANCELLED/);
    expect(text).not.toContain('VALARM');
  });
});
