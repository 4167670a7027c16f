import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  casesBehind,
  exportAddress,
  filtersOf,
  inSet,
} from '../../../frontend/features/supervision/drill.ts';
import { keepFresh } from '../../../frontend/app/keep-fresh.ts';
import {
  caseNumberOf,
  shortestWords,
  workdaysOf,
} from '../../../frontend/features/supervision/order-form.ts';

describe('the address of the cases behind a figure', () => {
  it('carries the filters there and back, and into the file', () => {
    const address = casesBehind({ set: 'ended', month: '2026-10', kept: 'late', type: 'ZY02' });
    expect(address).toBe('/supervision/cases?set=ended&type=ZY02&month=2026-10&kept=late');
    const filters = filtersOf(new URL(address, 'http://x').searchParams);
    expect(filters).toEqual({ set: 'ended', type: 'ZY02', month: '2026-10', kept: 'late' });
    const file = new URL(exportAddress(filters, 'csv'), 'http://x');
    expect(file.pathname).toBe('/api/supervision/export');
    expect(Object.fromEntries(file.searchParams)).toEqual({ ...filters, format: 'csv' });
  });

  it('takes nothing from an address that is no filter', () => {
    expect(filtersOf(new URLSearchParams('light=red&cursor=x&limit=9&evil=1&type='))).toEqual({
      light: 'red',
    });
  });

  it('leaves out what the other set does not know', () => {
    const open = { light: 'red', office: 'linqing', clerk: 'nobody' };
    expect(inSet(open, 'ended')).toEqual({ set: 'ended', office: 'linqing' });
    expect(inSet({ set: 'ended', month: '2026-10', kept: 'late', type: 'ZY02' }, 'open')).toEqual({
      type: 'ZY02',
    });
  });
});

describe('an order before it is sent', () => {
  it.each([
    ['2', 2],
    [' 30 ', 30],
    ['0', null],
    ['31', null],
    ['1.5', null],
    ['-1', null],
    ['', null],
  ])('%j working days are %s', (text, days) => {
    expect(workdaysOf(text)).toBe(days);
  });

  it.each([
    ['2026 1009 00001', '2026100900001'],
    ['2026100900001', '2026100900001'],
    ['202610090000', null],
    ['20261009000011111', null],
    ['abc', null],
  ])('%j is the case %s', (text, no) => {
    expect(caseNumberOf(text)).toBe(no);
  });

  it('wants four characters that are not blanks', () => {
    expect(shortestWords('说明原因')).toBe(true);
    expect(shortestWords('  说明  ')).toBe(false);
  });
});

describe('a page that keeps itself fresh', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('asks every half minute while it is seen, never unseen, at once when it comes back, and stops', () => {
    vi.useFakeTimers();
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    const again = vi.fn();
    const stop = keepFresh(again);
    vi.advanceTimersByTime(29_999);
    expect(again).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(60_001);
    expect(again).toHaveBeenCalledTimes(3);
    visibility.mockReturnValue('hidden');
    vi.advanceTimersByTime(300_000);
    expect(again).toHaveBeenCalledTimes(3);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(again).toHaveBeenCalledTimes(4);
    stop();
    vi.advanceTimersByTime(60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(again).toHaveBeenCalledTimes(4);
  });
});
