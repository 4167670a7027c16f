import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findKnownDevice } from '../../../backend/modules/accounts/device-cookie.ts';
import { signIn } from '../../../backend/modules/accounts/sign-in.ts';
import { beginAttempt, type Bucket } from '../../../backend/modules/accounts/throttle.ts';
import { type AppError } from '../../../backend/platform/errors.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, newIdNumber, stranger, TEST_PASSWORD } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(() => api.advance(48 * 3_600_000));

const bucket = (overrides: Partial<Bucket> = {}): Bucket => ({
  key: `test:${Math.floor(performance.now() * 1000)}`,
  free: 3,
  firstWaitMs: 1000,
  longestWaitMs: 8000,
  forgetAfterMs: 60_000,
  ...overrides,
});

/** Seconds to wait; 0 when the attempt may be looked at. */
async function attempt(given: Bucket): Promise<number> {
  try {
    await beginAttempt(api.p, [given]);
    return 0;
  } catch (error) {
    return Number((error as AppError).params.seconds);
  }
}

/** One guess, as the route makes it, from any address. */
async function guess(login: string, password: string, address: string, deviceCookie = ''): Promise<string> {
  try {
    await signIn(api.p, { login, password, address, deviceCookie, device: null });
    return 'in';
  } catch (error) {
    return (error as AppError).code;
  }
}

describe('a counter', () => {
  it('lets the free failures through, then doubles the wait up to its longest', async () => {
    const given = bucket();
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) waits.push(await attempt(given));
    for (let i = 0; i < 5; i += 1) {
      const wait = await attempt(given);
      waits.push(wait);
      api.advance(wait * 1000);
      waits.push(await attempt(given));
    }
    expect(waits).toEqual([0, 0, 0, 1, 0, 2, 0, 4, 0, 8, 0, 8, 0]);
  });

  it('holds up nobody whose attempt meets another of the same moment, read from a clock a little ahead', async () => {
    const given = bucket({ free: 5 });
    api.advance(20);
    await beginAttempt(api.p, [given]);
    api.advance(-20);
    await expect(beginAttempt(api.p, [given])).resolves.toBeDefined();
  });

  it('forgets after a calm time', async () => {
    const given = bucket();
    for (let i = 0; i < 3; i += 1) await attempt(given);
    expect(await attempt(given)).toBe(1);
    api.advance(60_001);
    for (let i = 0; i < 3; i += 1) expect(await attempt(given)).toBe(0);
  });

  it('counts a burst of parallel attempts in full', async () => {
    const given = bucket({ free: 5 });
    const waits = await Promise.all(Array.from({ length: 40 }, () => attempt(given)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('gives one back on success where it is shared with others', async () => {
    const own = bucket({ key: 'own' });
    const shared = bucket({ key: 'shared' });
    for (let i = 0; i < 10; i += 1) {
      const { succeeded } = await beginAttempt(api.p, [own], [shared]);
      await succeeded();
    }
    expect(await attempt(shared)).toBe(0);
  });

  it('is kept in the database: another process goes on where this one stopped', async () => {
    const given = bucket();
    for (let i = 0; i < 3; i += 1) await attempt(given);
    const other = await startApi({ database: api.database, now: api.p.time.now() });
    await expect(beginAttempt(other.p, [given])).rejects.toMatchObject({
      code: 'accounts.sign_in_throttled',
    });
    await other.close();
  });

  it('holds neither a login nor an address', async () => {
    const login = newIdNumber();
    await guess(login, 'x', '203.0.113.77');
    const stored = await api.p.database.connection.collection('sign-in-throttles').find().toArray();
    const text = JSON.stringify(stored);
    expect(text).not.toContain(login);
    expect(text).not.toContain('203.0.113.77');
  });
});

describe('guessing one account from 100 addresses for an hour', () => {
  it('gets fewer than 60 looks, and the owner’s own browser still gets in at once', async () => {
    const { account } = await createCitizen(api);
    const browser = stranger(api);
    const first = await browser.post('/api/sessions', { login: account.idNumber, password: TEST_PASSWORD });
    expect(first.status).toBe(201);
    const device = browser.cookies.get('device')!;
    let looks = 0;
    // 1,000 of the 10,000 guesses, evenly over the hour: what counts is the time that passes between them.
    for (let i = 0; i < 1000; i += 1) {
      const outcome = await guess(account.idNumber, `guess ${i}`, `198.51.100.${i % 100}`);
      if (outcome === 'accounts.sign_in_failed') looks += 1;
      api.advance(3600);
    }
    expect(looks).toBeLessThan(60);
    expect(await guess(account.idNumber, TEST_PASSWORD, '198.51.100.7')).toBe('accounts.sign_in_throttled');
    expect(await guess(account.idNumber, TEST_PASSWORD, '192.0.2.1', device)).toBe('in');
    const again = await browser.post('/api/sessions', { login: account.phone, password: TEST_PASSWORD });
    expect(again.status).toBe(201);
  });

  it('tells how long to wait, in words and in Retry-After', async () => {
    const client = stranger(api);
    const login = newIdNumber();
    for (let i = 0; i < 5; i += 1) await client.post('/api/sessions', { login, password: 'x' });
    const answer = await client.post('/api/sessions', { login, password: 'x' });
    expect(answer).toMatchObject({ status: 429, body: { error: { code: 'accounts.sign_in_throttled' } } });
    expect(Number(answer.headers.get('Retry-After'))).toBe(30);
    expect(answer.body.error.message).toMatch(/30 秒/);
  });

  it('is slowed alike whether or not the account exists', async () => {
    const { account } = await createCitizen(api);
    const run = async (login: string, from: string) => {
      const outcomes: string[] = [];
      for (let i = 0; i < 8; i += 1) outcomes.push(await guess(login, 'x', from));
      return outcomes;
    };
    expect(await run(account.idNumber, '192.0.2.10')).toEqual(await run(newIdNumber(), '192.0.2.11'));
  });
});

describe('guessing one password on many accounts', () => {
  it('is stopped at the address', async () => {
    let looks = 0;
    for (let i = 0; i < 120; i += 1) {
      if ((await guess(newIdNumber(), 'x', '203.0.113.5')) === 'accounts.sign_in_failed') looks += 1;
    }
    expect(looks).toBe(40);
  });

  it('does not shut out a hall full of people who know their passwords', async () => {
    const people = await Promise.all(Array.from({ length: 60 }, () => createCitizen(api)));
    for (const { account } of people) {
      expect(await guess(account.idNumber, TEST_PASSWORD, '203.0.113.9')).toBe('in');
    }
  });
});

describe('a known device', () => {
  it('is known to the account it signed in to, and to no other', async () => {
    const one = await createCitizen(api);
    const two = await createCitizen(api);
    const browser = stranger(api);
    await browser.post('/api/sessions', { login: one.account.idNumber, password: TEST_PASSWORD });
    const cookie = browser.cookies.get('device')!;
    expect(findKnownDevice(api.p, cookie, { _id: one.account.id, generation: 0 })).not.toBeNull();
    expect(findKnownDevice(api.p, cookie, { _id: two.account.id, generation: 0 })).toBeNull();
    const forged = cookie.replace(one.account.id, two.account.id);
    expect(findKnownDevice(api.p, forged, { _id: two.account.id, generation: 0 })).toBeNull();
  });

  it('is forgotten when the password changes', async () => {
    const { account } = await createCitizen(api);
    const browser = stranger(api);
    await browser.post('/api/sessions', { login: account.idNumber, password: TEST_PASSWORD });
    const cookie = browser.cookies.get('device')!;
    expect(findKnownDevice(api.p, cookie, { _id: account.id, generation: 1 })).toBeNull();
  });

  it('is slowed too when it guesses', async () => {
    const { account } = await createCitizen(api);
    const browser = stranger(api);
    await browser.post('/api/sessions', { login: account.idNumber, password: TEST_PASSWORD });
    const cookie = browser.cookies.get('device')!;
    const outcomes: string[] = [];
    for (let i = 0; i < 12; i += 1) outcomes.push(await guess(account.idNumber, 'x', '192.0.2.1', cookie));
    expect(outcomes.filter((code) => code === 'accounts.sign_in_failed')).toHaveLength(10);
  });

  it('may be shared by four people of a family', async () => {
    const browser = stranger(api);
    const family = await Promise.all(Array.from({ length: 5 }, () => createCitizen(api)));
    for (const { account } of family) {
      await browser.post('/api/sessions', { login: account.idNumber, password: TEST_PASSWORD });
    }
    const cookie = browser.cookies.get('device')!;
    const known = family.map(
      ({ account }) => findKnownDevice(api.p, cookie, { _id: account.id, generation: 0 }) !== null,
    );
    expect(known).toEqual([false, true, true, true, true]);
  });
});
