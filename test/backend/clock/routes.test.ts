import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalculateAnswer, Forecast, WorkdayItem } from '../../../backend/modules/clock/contract.ts';
import { startApi, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Refusal {
  error: { code: string; message: string; details?: { pointer: string; code: string; message: string }[] };
}

async function calculate<T = CalculateAnswer>(body: unknown, headers: Record<string, string> = {}) {
  const response = await api.fetch('/api/deadlines/calculate', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'http://localhost:8080', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}

describe('GET /api/deadlines/vectors', () => {
  it('publishes the test vectors to anyone, and the OpenAPI document describes them', async () => {
    const response = await api.fetch('/api/deadlines/vectors');
    expect(response.status).toBe(200);
    const { vectors } = (await response.json()) as { vectors: { id: string; dueOn: string | null }[] };
    expect(vectors.find(({ id }) => id === 'table-13')).toMatchObject({ dueOn: '2026-02-14' });
    const document = (await (await api.fetch('/api/openapi.json')).json()) as { paths: object };
    expect(document.paths).toHaveProperty(['/api/deadlines/vectors', 'get', 'responses', '200']);
  });
});

describe('POST /api/deadlines/calculate', () => {
  it('works out a limit of one’s own, explained day by day', async () => {
    const { status, body } = await calculate({
      limit: { amount: 3, unit: 'workingDay' },
      acceptedAt: '2026-09-24T10:00:00+08:00',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dueOn: '2026-09-30',
      dueAt: '2026-09-30T09:00:00.000Z',
      provisional: false,
      remainingDays: null,
    });
    expect(body.trace).toHaveLength(7);
    expect(body.trace.reduce((sum, { counted }) => sum + counted, 0)).toBe(3);
  });

  it('takes the promise of a business type', async () => {
    const { body } = await calculate({ businessType: 'ZY02', acceptedAt: '2026-10-09T10:30:00+08:00' });
    expect(body).toMatchObject({ limit: { amount: 3, unit: 'workingDay' }, dueOn: '2026-10-13' });
  });

  it('counts the instant in Asia/Shanghai, whatever offset it is written with', async () => {
    const { body } = await calculate({
      limit: { amount: 1, unit: 'workingDay' },
      acceptedAt: '2026-10-11T17:30:00Z',
    });
    expect(body.dueOn).toBe('2026-10-13');
  });

  it('leaves out pauses, and has no due day while one is open', async () => {
    const acceptedAt = '2026-10-12T10:00:00+08:00';
    const limit = { amount: 3, unit: 'workingDay' };
    const pause = {
      from: '2026-10-13T10:00:00+08:00',
      to: '2026-10-15T09:00:00+08:00',
      reason: 'supplement',
    };
    const closed = await calculate({ limit, acceptedAt, pauses: [pause] });
    expect(closed.body.dueOn).toBe('2026-10-19');
    const open = await calculate({ limit, acceptedAt, pauses: [{ from: pause.from }] });
    expect(open.body).toMatchObject({ dueOn: null, dueAt: null, remainingDays: 3 });
  });

  it('says when a date rests on a calendar that is not announced', async () => {
    const { body } = await calculate({
      limit: { amount: 30, unit: 'workingDay' },
      acceptedAt: '2026-12-15T10:00:00+08:00',
    });
    expect(body.provisional).toBe(true);
  });

  it.each([
    ['year 0', { acceptedAt: '0000-01-01T00:00:00+08:00' }, '/acceptedAt', 'clock.outside_calendar'],
    ['year 9999', { acceptedAt: '9999-12-31T00:00:00+08:00' }, '/acceptedAt', 'clock.outside_calendar'],
    [
      'a day before the first calendar',
      { acceptedAt: '2006-12-31T10:00:00+08:00' },
      '/acceptedAt',
      'clock.outside_calendar',
    ],
    [
      'a day that does not exist',
      { acceptedAt: '2026-02-30T10:00:00+08:00' },
      '/acceptedAt',
      'clock.not_an_instant',
    ],
    [
      'an hour that does not exist',
      { acceptedAt: '2026-02-20T25:00:00+08:00' },
      '/acceptedAt',
      'clock.not_an_instant',
    ],
    [
      'an instant without its offset',
      { acceptedAt: '2026-02-20T10:00:00' },
      '/acceptedAt',
      'clock.not_an_instant',
    ],
    ['a bare day', { acceptedAt: '2026-02-20' }, '/acceptedAt', 'clock.not_an_instant'],
    ['no limit at all', { limit: undefined }, '/limit', 'clock.limit_missing'],
    ['a limit of 0', { limit: { amount: 0, unit: 'workingDay' } }, '/limit/amount', 'clock.limit_amount'],
    [
      'a negative limit',
      { limit: { amount: -3, unit: 'workingDay' } },
      '/limit/amount',
      'clock.limit_amount',
    ],
    ['half a day', { limit: { amount: 1.5, unit: 'workingDay' } }, '/limit/amount', 'clock.limit_amount'],
    [
      'a limit of ages',
      { limit: { amount: 1e9, unit: 'workingDay' } },
      '/limit/amount',
      'clock.limit_amount',
    ],
    ['an unknown unit', { limit: { amount: 3, unit: '天' } }, '/limit/unit', 'clock.limit_unit'],
    ['a type and a limit', { businessType: 'ZY02' }, '/limit', 'clock.limit_twice'],
    [
      'an unknown type',
      { limit: undefined, businessType: 'ZZ99' },
      '/businessType',
      'catalogue.type_unknown',
    ],
    [
      'a pause that ends before it begins',
      { pauses: [{ from: '2026-10-14T10:00:00+08:00', to: '2026-10-13T10:00:00+08:00' }] },
      '/pauses/0/to',
      'clock.pause_reversed',
    ],
    [
      'a pause that is over before acceptance',
      { pauses: [{ from: '2026-10-01T10:00:00+08:00', to: '2026-10-02T10:00:00+08:00' }] },
      '/pauses/0/to',
      'clock.pause_before_acceptance',
    ],
    [
      'a pause in year 9999',
      { pauses: [{ from: '9999-10-01T10:00:00+08:00' }] },
      '/pauses/0/from',
      'clock.outside_calendar',
    ],
  ])('refuses %s, naming the field and the reason', async (_name, change, pointer, code) => {
    const good = { limit: { amount: 3, unit: 'workingDay' }, acceptedAt: '2026-10-12T10:00:00+08:00' };
    const { status, body } = await calculate<Refusal>({ ...good, ...change });
    expect(status).toBe(400);
    expect(body.error.code).toBe('clock.invalid_request');
    expect(body.error.details).toMatchObject([{ pointer, code }]);
    expect(body.error.details?.[0]?.message).toMatch(/。$/);
  });

  it('tells everything that is wrong at once, in the language asked for', async () => {
    const bad = { limit: { amount: 0, unit: 'week' }, acceptedAt: 'yesterday', pauses: [{ from: 'x' }] };
    const { body } = await calculate<Refusal>(bad, { 'Accept-Language': 'en' });
    expect(body.error.details?.map(({ pointer }) => pointer)).toEqual([
      '/limit/unit',
      '/limit/amount',
      '/acceptedAt',
      '/pauses/0/from',
    ]);
    expect(body.error.message).toMatch(/^4 entries/);
  });

  it.each([
    [
      'an unknown field',
      { limit: { amount: 3, unit: 'workingDay' }, acceptedAt: '2026-10-12T10:00:00+08:00', x: 1 },
    ],
    [
      'an operator for a value',
      { limit: { amount: { $gt: 0 }, unit: 'workingDay' }, acceptedAt: '2026-10-12T10:00:00+08:00' },
    ],
    ['a list for an object', []],
    [
      'too many pauses',
      {
        limit: { amount: 3, unit: 'workingDay' },
        acceptedAt: '2026-10-12T10:00:00+08:00',
        pauses: Array(51).fill({ from: 'x' }),
      },
    ],
  ])('refuses %s by its schema', async (_name, body) => {
    expect((await calculate<Refusal>(body)).status).toBe(400);
  });
});

describe('GET /api/workdays', () => {
  const workdays = async (query: string) => {
    const response = await api.fetch(`/api/workdays?${query}`);
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it('names holidays and make-up days', async () => {
    const { body } = await workdays('from=2026-10-08&to=2026-10-11');
    expect(body as WorkdayItem[]).toEqual([
      { date: '2026-10-08', workday: true, makeUp: false, provisional: false },
      { date: '2026-10-09', workday: true, makeUp: false, provisional: false },
      {
        date: '2026-10-10',
        workday: true,
        makeUp: true,
        provisional: false,
        name: { zh: '国庆节', en: 'National Day' },
      },
      { date: '2026-10-11', workday: false, makeUp: false, provisional: false },
    ]);
  });

  it.each([
    [2025, 248],
    [2026, 248],
  ])('counts %i working days as published', async (year, expected) => {
    const { body } = await workdays(`from=${year}-01-01&to=${year}-12-31`);
    expect((body as WorkdayItem[]).filter(({ workday }) => workday)).toHaveLength(expected);
  });

  it.each([
    ['a day that does not exist', 'from=2026-02-30&to=2026-03-01', '/query/from', 'clock.not_a_day'],
    ['a span that runs backwards', 'from=2026-03-02&to=2026-03-01', '/query/to', 'clock.span_reversed'],
    ['a span of many years', 'from=2007-01-01&to=2026-03-01', '/query/to', 'clock.span_too_long'],
    ['year 9999', 'from=9999-01-01&to=9999-01-02', '/query/from', 'clock.outside_calendar'],
  ])('refuses %s', async (_name, query, pointer, code) => {
    const { status, body } = await workdays(query);
    expect(status).toBe(400);
    expect((body as Refusal).error.details?.[0]).toMatchObject({ pointer, code });
  });

  it('refuses a missing end', async () => {
    expect((await workdays('from=2026-01-01')).status).toBe(400);
  });
});

describe('GET /api/business-types/:code/forecast', () => {
  const read = async (code: string) =>
    (await (await api.fetch(`/api/business-types/${code}/forecast`)).json()) as Forecast;

  it('promises the day on which a sale accepted now is done', async () => {
    // The test clock stands at Friday 2026-10-09 10:30; Saturday 10 October is a make-up working day.
    const { promised, statutory, sentence } = await read('ZY02');
    expect(promised).toEqual({ dueOn: '2026-10-13', dueAt: '2026-10-13T09:00:00.000Z', provisional: false });
    expect(statutory.dueOn).toBe('2026-11-19');
    expect(sentence).toEqual({
      zh: '如果今天受理，10月13日（周二）17:00 前办结',
      en: 'If accepted today, done by 17:00 on Tue 13 Oct',
    });
  });

  it('names the make-up day on which it falls', async () => {
    expect((await read('DY01')).sentence.zh).toBe('如果今天受理，10月10日（周六，调休上班）17:00 前办结');
  });

  it('of an instant type is within one office hour', async () => {
    expect((await read('DY06')).promised.dueAt).toBe('2026-10-09T03:30:00.000Z');
  });

  it('answers 404 for a type there is not', async () => {
    expect((await api.fetch('/api/business-types/ZZ99/forecast')).status).toBe(404);
  });
});
