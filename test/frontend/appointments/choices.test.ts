import { districtOf, nearFirst } from '../../../frontend/features/appointments/near-hall.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from '../../../frontend/features/appointments/announce.ts';
import { bookingIdFor, forgetBookingId } from '../../../frontend/features/appointments/booking-id.ts';
import { minutesLeft } from '../../../frontend/features/appointments/booking-words.ts';
import { readChoice, stepLink } from '../../../frontend/features/appointments/choice.ts';
import {
  canOpen,
  dayAsked,
  dayLabel,
  halvesOf,
  levelOfDay,
  readSlot,
} from '../../../frontend/features/appointments/days.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';
import { isSettled, nextStepsOf } from '../../../frontend/features/appointments/refusals.ts';
import { figureDrop } from '../../../frontend/features/appointments/statistics.ts';
import { parseSegments, segmentsText } from '../../../frontend/features/appointments/segments.ts';
import type {
  AvailabilityView,
  DayView,
  WindowView,
} from '../../../backend/modules/appointments/contract.ts';

const window = (from: string, level: WindowView['level'], canWait = false): WindowView => ({
  slotId: `yanggu|2026-10-12|${from.replace(':', '')}|public`,
  from,
  to: '23:59',
  startAt: '',
  endAt: '',
  level,
  canWait,
  opensAt: '',
});
const day = (windows: WindowView[], more: Partial<DayView> = {}): DayView => ({
  date: '2026-10-12',
  weekday: 1,
  bookable: windows.some(({ level }) => level === 'plenty' || level === 'few'),
  why: null,
  sentence: null,
  opensAt: null,
  nextFree: null,
  cancelFreeUntil: '2026-10-08T08:00:00.000Z',
  windows,
  ...more,
});

describe('which hall comes first', () => {
  const halls = [
    { id: 'chiping', districtCode: '371503' },
    { id: 'centre', districtCode: '371502' },
  ];
  it.each([
    [['371502001001GB00001F00060044'], 'centre'],
    [['371503001001GB00001F00060044'], 'chiping'],
    [['371502001001GB00001F00060044', '371503001001GB00001F00060044'], 'chiping'],
    [[], 'chiping'],
  ])('for units %j: %s', (units, first) =>
    expect(nearFirst(halls, districtOf(units)).map(({ id }) => id)).toEqual(
      first === 'centre' ? ['centre', 'chiping'] : ['chiping', 'centre'],
    ),
  );
});

describe('a day of windows', () => {
  it('is plenty when one window is, few otherwise, nothing when it is closed', () => {
    expect(levelOfDay(day([window('09:00', 'few'), window('09:30', 'plenty')]))).toBe('plenty');
    expect(levelOfDay(day([window('09:00', 'few'), window('09:30', 'full')]))).toBe('few');
    expect(levelOfDay(day([window('09:00', 'full')]))).toBeNull();
  });

  it('can be opened when full, as long as one can wait', () => {
    expect(canOpen(day([window('09:00', 'full', true)]))).toBe(true);
    expect(canOpen(day([window('09:00', 'full')]))).toBe(false);
  });

  it('is split at noon, and a half without windows is left out', () => {
    const halves = halvesOf([window('11:30', 'few'), window('13:30', 'few')]);
    expect(halves.map(({ key, windows }) => [key, windows.length])).toEqual([
      ['morning', 1],
      ['afternoon', 1],
    ]);
    expect(halvesOf([window('13:30', 'few')])).toHaveLength(1);
  });

  it('is found by date or as the next free one, and a day out of range is said to be unknown', () => {
    const view = {
      days: [day([window('09:00', 'few')])],
      nextFree: { date: '2026-10-12', slotId: '', startAt: '' },
    } as unknown as AvailabilityView;
    expect(dayAsked(view, 'next')).toBe(view.days[0]);
    expect(dayAsked(view, '2026-10-12')).toBe(view.days[0]);
    expect(dayAsked(view, '2027-10-12')).toBe('unknown');
    expect(dayAsked(view, null)).toBeNull();
    expect(dayAsked({ ...view, nextFree: null }, 'next')).toBeNull();
  });

  it('names a window by hall, day and time; anything else is no window', () => {
    expect(readSlot('yanggu|2026-10-12|0930|public')).toMatchObject({ hall: 'yanggu', from: '09:30' });
    expect(readSlot('yanggu|2026-10-12')).toBeNull();
  });
});

describe('a refusal', () => {
  it('offers what the server named, in its order, each once', () => {
    expect(
      nextStepsOf({
        code: 'appointments.full',
        problems: [{ code: 'appointments.next_other_window' }, { code: 'appointments.next_waiting_list' }],
      }),
    ).toEqual(['other', 'wait']);
    expect(
      nextStepsOf({
        code: 'appointments.suspended',
        problems: [{ code: 'appointments.next_apply_online' }, { code: 'appointments.next_appeal' }],
      }),
    ).toEqual(['apply', 'mine']);
  });

  it.each([
    'appointments.busy',
    'appointments.too_fast',
    'appointments.line_full',
    'appointments.already_waiting',
    'appointments.window_unknown',
    'appointments.hold_ended',
    'accounts.name_not_verified',
    'network.unknownOutcome',
    'platform.forbidden',
  ])('%s is never without a way on', (code) => {
    expect(nextStepsOf({ code, problems: [] }).length).toBeGreaterThan(0);
  });

  it('leaves the id in use while it is not known whether it booked', () => {
    expect(['network.unknownOutcome', 'session.ended', 'appointments.busy'].map(isSettled)).toEqual([
      false,
      false,
      false,
    ]);
    expect(isSettled('appointments.full')).toBe(true);
  });
});

describe('the id of a booking', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    });
  });

  it('is the same for the same intention until it is forgotten, and never shared by two', () => {
    const first = bookingIdFor('book a');
    expect(first).toMatch(/^[0-9a-f]{24}$/);
    expect(bookingIdFor('book a')).toBe(first);
    expect(bookingIdFor('book b')).not.toBe(first);
    forgetBookingId('book a');
    expect(bookingIdFor('book a')).not.toBe(first);
  });

  it('is chosen anew where nothing can be kept', () => {
    vi.stubGlobal('sessionStorage', undefined);
    expect(bookingIdFor('book a')).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('the address of a step', () => {
  it('holds what was chosen and nothing else', () => {
    const link = stepLink({ service: 'transfer', hall: 'yanggu', day: undefined });
    expect(link).toBe('/appointments/new?service=transfer&hall=yanggu');
    const query = new URL(`http://localhost${link}&name=x`).searchParams;
    expect(readChoice(query)).toEqual({ service: 'transfer', hall: 'yanggu' });
  });
});

describe('the time that is left', () => {
  const until = '2026-10-09T03:00:00.000Z';
  it.each([
    ['2026-10-09T02:30:00Z', 30],
    ['2026-10-09T02:59:30Z', 0],
    ['2026-10-09T03:00:00Z', -1],
  ])('at %s is %i', (now, left) => {
    expect(minutesLeft(until, new Date(now))).toBe(left);
  });
});

describe('opening hours as they are typed', () => {
  it.each([
    ['', []],
    ['08:30-12:00 13:30-17:00', ['08:30-12:00', '13:30-17:00']],
    ['8:30–12:00，13:30～17:00', ['08:30-12:00', '13:30-17:00']],
    ['８：３０-９：００', ['08:30-09:00']],
    ['8:30 - 12:00', ['08:30-12:00']],
    ['12:00-08:30', null],
    ['08:30-12:00 11:00-13:00', null],
    ['25:00-26:00', null],
    ['上午', null],
    ['08:30-09:00-10:00', null],
  ])('“%s”', (text, spans) => {
    expect(parseSegments(text)?.map((one) => segmentsText([one])) ?? null).toEqual(spans);
  });
});

describe('the voice of the screen', () => {
  const call = (no: string, calls: number, calledAt = '2026-10-09T02:30:00Z') => ({
    no,
    desk: 1,
    calls,
    calledAt,
  });
  it('says each call and each recall once, and not what was there before it was switched on', () => {
    const announcer = new Announcer();
    expect(announcer.next([call('A001', 1)])).toEqual([]);
    expect(announcer.next([call('A001', 1)])).toEqual([]);
    expect(announcer.next([call('A001', 2)]).map(({ no }) => no)).toEqual(['A001']);
    const two = [call('A003', 1, '2026-10-09T02:32:00Z'), call('A002', 1, '2026-10-09T02:31:00Z')];
    expect(announcer.next(two).map(({ no }) => no)).toEqual(['A002', 'A003']);
    expect(announcer.next(two)).toEqual([]);
  });
});

describe('a day at the beginning of a line', () => {
  const today = '2026-10-09';
  afterEach(() => (i18n.language = 'zh-CN'));

  it('says 今天 and 明天, and in English begins with a capital', () => {
    expect(dayLabel('2026-10-09', { today })).toBe('今天 10月9日（周五）');
    expect(dayLabel('2026-10-12', { today })).toBe('10月12日（周一）');
    i18n.language = 'en';
    expect(dayLabel('2026-10-10', { today, plain: true })).toMatch(/^[A-Z今明].*Sat 10 Oct$/);
  });
});

describe('figures of a chart', () => {
  const short = { name: '周一', figure: '爽约 20%' };
  const long = { name: 'First registration of a general mortgage', figure: 'Missed 33.3%  Cancelled 17.5%' };

  it('stand beside the names where they fit, and below them, in every row, where one does not', () => {
    expect(figureDrop([short], 320)).toBe(0);
    expect(figureDrop([short, long], 320)).toBeGreaterThan(0);
    expect(figureDrop([short, long], 600)).toBe(0);
  });
});
