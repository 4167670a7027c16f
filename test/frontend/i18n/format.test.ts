import { afterEach, describe, expect, it } from 'vitest';
import {
  dayText,
  dayWithWeekday,
  fullDayText,
  idNumberText,
  instantText,
  legalDay,
  limitText,
  moneyText,
  nearDay,
  unitCodeText,
  yuanText,
} from '../../../frontend/i18n/format.ts';
import { i18n } from '../../../frontend/i18n/i18n.svelte.ts';

afterEach(() => (i18n.language = 'zh-CN'));

describe('days', () => {
  it.each([
    ['2026-10-08T15:59:59Z', '2026-10-08', 'a second before midnight in Shanghai'],
    ['2026-10-08T16:00:00Z', '2026-10-09', 'midnight in Shanghai'],
    ['2025-12-31T16:00:00Z', '2026-01-01', 'the new year begins eight hours earlier than in UTC'],
  ])('%s lies in the legal day %s: %s', (instant, day) => {
    expect(legalDay(instant)).toBe(day);
  });

  it('name the year only when it is not this one', () => {
    expect(dayText('2026-10-09', '2026-01-01')).toBe('10月9日');
    expect(dayText('2027-01-06', '2026-12-31')).toBe('2027年1月6日');
  });

  it('say that a Saturday is worked', () => {
    expect(dayWithWeekday('2026-10-10', { makeUp: true, today: '2026-10-09' })).toBe(
      '10月10日（周六，调休上班）',
    );
  });

  it('carry the time of an instant', () => {
    expect(instantText('2026-10-13T09:00:00Z', { today: '2026-10-09' })).toBe('10月13日（周二）17:00');
  });

  it.each([
    ['2026-10-09', '今天'],
    ['2026-10-10', '明天'],
    ['2026-10-08', '昨天'],
    ['2026-10-11', ''],
  ])('%s is near as “%s”', (day, word) => {
    expect(nearDay(day, '2026-10-09')).toBe(word);
  });

  it('are written in full on documents', () => {
    expect(fullDayText('2021-06-03')).toBe('2021年6月3日');
  });

  it('read in English order in English', () => {
    i18n.language = 'en';
    expect(dayWithWeekday('2026-10-10', { today: '2026-10-09' })).toBe('Sat 10 Oct');
  });
});

describe('limits', () => {
  it.each([
    [{ amount: 3, unit: 'workingDay' }, '3 个工作日'],
    [{ amount: 15, unit: 'day' }, '15 日'],
    [{ amount: 1, unit: 'workingHour' }, '1 个办公小时'],
    [{ amount: 3, unit: 'month' }, '3 个月'],
  ] as const)('%o reads %s', (limit, text) => {
    expect(limitText(limit)).toBe(text);
  });
});

describe('figures', () => {
  it.each([
    [8000, '80.00'],
    [128_000_000, '1,280,000.00'],
    [5, '0.05'],
    [100_000_000_001, '1,000,000,000.01'],
  ])('%d fen are %s yuan', (fen, text) => {
    expect(yuanText(fen)).toBe(text);
  });

  it('drop the decimals of whole yuan where short', () => {
    expect(moneyText(8000, { short: true })).toBe('80 元');
    expect(moneyText(8050, { short: true })).toBe('80.50 元');
  });

  it('stand in the groups of their papers', () => {
    expect(unitCodeText('371502001001GB00001F00010001')).toBe('371502 001001 GB00001 F00010001');
    expect(idNumberText('371502199003070018')).toBe('371502 19900307 0018');
  });
});
