import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCodeAt } from '../../../backend/modules/accounts/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newIdNumber,
  newPhone,
  stranger,
  TEST_PASSWORD,
  TEST_TOTP_SECRET,
} from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Past every wait of the throttle, so that tests do not see each other's failures. */
const calm = () => api.advance(24 * 3_600_000);

describe('signing in', () => {
  it('gives a cookie that scripts and other sites cannot use, and no token in the body', async () => {
    const { account } = await createCitizen(api);
    const client = stranger(api);
    const answer = await client.post('/api/sessions', { login: account.phone, password: TEST_PASSWORD });
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='))!;
    expect(cookie).toMatch(/; path=\/; samesite=lax; httponly$/i);
    expect(JSON.stringify(answer.body)).not.toContain(client.cookies.get('session'));
    expect(client.cookies.get('session')).toMatch(/^[\w-]{43}$/);
  });

  it('stores neither the token nor anything that opens a session', async () => {
    const { client } = await createCitizen(api);
    const stored = await api.p.database.connection.collection('sessions').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(client.cookies.get('session'));
  });

  it('gives a new token at every sign-in and ends the one before on the same browser', async () => {
    const { account, client } = await createCitizen(api);
    const before = client.cookies.get('session')!;
    await client.post('/api/sessions', { login: account.idNumber, password: TEST_PASSWORD });
    expect(client.cookies.get('session')).not.toBe(before);
    client.cookies.set('session', before);
    expect((await client.get('/api/me')).status).toBe(401);
  });

  it('answers alike for an unknown account, a wrong password, a disabled and a half-enrolled account', async () => {
    calm();
    const { account } = await createCitizen(api);
    const disabled = await createCitizen(api);
    const accounts = api.p.database.connection.collection('accounts');
    await accounts.updateOne({ _id: disabled.account.id as never }, { $set: { status: 'disabled' } });
    const tries = [
      { login: newIdNumber(), password: TEST_PASSWORD },
      { login: newPhone(), password: TEST_PASSWORD },
      { login: 'no.such.person', password: TEST_PASSWORD },
      { login: account.idNumber, password: `${TEST_PASSWORD} ` },
      { login: disabled.account.idNumber, password: TEST_PASSWORD },
    ];
    const answers = await Promise.all(tries.map((sent) => stranger(api).post('/api/sessions', sent)));
    const shapes = answers.map(({ status, body, headers }) => {
      const { requestId, ...error } = body.error as Record<string, unknown>;
      expect(requestId).toBeTruthy();
      return { status, error, cookies: headers.getSetCookie() };
    });
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    expect(shapes[0]).toMatchObject({ status: 401, error: { code: 'accounts.sign_in_failed' } });
  });

  it('does the same work for an unknown account as for a known one', async () => {
    calm();
    const { account } = await createCitizen(api);
    const commands: Record<string, string[]> = {};
    const client = api.p.database.connection.getClient();
    for (const [who, login] of [
      ['known', account.idNumber],
      ['unknown', newIdNumber()],
    ] as const) {
      const seen: string[] = [];
      const listen = (event: { commandName: string; command: Record<string, unknown> }) =>
        seen.push(`${event.commandName} ${String(event.command[event.commandName])}`);
      client.on('commandStarted', listen as never);
      const hashes = countVerifications();
      await stranger(api).post('/api/sessions', { login, password: 'wrong password here' });
      client.off('commandStarted', listen as never);
      commands[who] = [...seen, `verifications ${hashes()}`];
    }
    expect(commands.unknown).toEqual(commands.known);
    expect(commands.known).toContain('verifications 1');
  });

  it('does not guess between two people who share a phone number, and lets both in by ID number', async () => {
    calm();
    const phone = newPhone();
    const one = await createCitizen(api, { phone });
    await createCitizen(api, { phone });
    const byPhone = await stranger(api).post('/api/sessions', { login: phone, password: TEST_PASSWORD });
    expect(byPhone).toMatchObject({ status: 401, body: { error: { code: 'accounts.sign_in_failed' } } });
    expect(byPhone.body.error.message).toMatch(/用身份证号登录/);
    const byId = await stranger(api).post('/api/sessions', {
      login: one.account.idNumber,
      password: TEST_PASSWORD,
    });
    expect(byId.status).toBe(201);
  });

  it('signs a member of an organisation in by login name, and says what the organisation waits for', async () => {
    calm();
    const { account, organisation } = await createOrganisation(api, 'bank', { confirmed: false });
    const client = stranger(api);
    const login = account.loginName!.toUpperCase();
    expect((await client.post('/api/sessions', { login, password: TEST_PASSWORD })).status).toBe(201);
    const me = await client.get('/api/me');
    expect(me.body).toMatchObject({
      kind: 'organisation',
      organisation: { id: organisation.id, kind: 'bank', confirmed: false, administrator: true },
      needs: [{ key: 'organisationConfirmation' }],
    });
  });

  it('strengthens a hash made with weaker parameters', async () => {
    calm();
    const { account } = await createCitizen(api);
    const accounts = api.p.database.connection.collection('accounts');
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash(TEST_PASSWORD, { memoryCost: 32, timeCost: 1, parallelism: 1 });
    await accounts.updateOne({ _id: account.id as never }, { $set: { passwordHash: weak } });
    await stranger(api).post('/api/sessions', { login: account.idNumber, password: TEST_PASSWORD });
    const stored = await accounts.findOne({ _id: account.id as never });
    expect(stored!.passwordHash).toMatch(/m=64,t=1,p=1/);
  });

  it.each(['$ne', "' or 1=1", '{"$gt":""}', '\u0000', '🦊', '1'.repeat(100)])(
    'takes %j as a login like any other, and refuses it',
    async (login) => {
      calm();
      const answer = await stranger(api).post('/api/sessions', { login, password: 'x' });
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'accounts.sign_in_failed' } } });
    },
  );

  it('never writes login, password or token into the log', async () => {
    const { account } = await createCitizen(api);
    await stranger(api).post('/api/sessions', { login: account.idNumber, password: 'a secret of mine' });
    const log = api.logLines.join('\n');
    for (const secret of [account.idNumber, account.phone, 'a secret of mine', TEST_PASSWORD]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('the second factor of staff', () => {
  const half = async () => {
    calm();
    const person = await createStaff(api, { roles: ['acceptance'] });
    const client = stranger(api);
    const { account } = person;
    const answer = await client.post('/api/sessions', { login: account.loginName, password: TEST_PASSWORD });
    expect(answer).toMatchObject({ status: 201, body: { next: 'secondFactor' } });
    return { ...person, client };
  };
  const code = () => totpCodeAt(TEST_TOTP_SECRET, api.p.time.now());

  it('is all that a session with the password alone can reach', async () => {
    const { client } = await half();
    for (const route of api.app.routes) {
      const { method, path, access } = route as unknown as {
        method: string;
        path: string;
        access: { name: string };
      };
      if (access.name === 'anyone') continue;
      const answer = await client.send(
        method.toUpperCase(),
        path.replace(/:\w+/g, '65f000000000000000000001'),
        method === 'get' ? undefined : {},
      );
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 401`);
    }
    expect((await client.get('/api/sessions/current')).body).toEqual({ signIn: 'secondFactor' });
  });

  it('completes the sign-in under a new token, and the old token is dead', async () => {
    const { client, account } = await half();
    const before = client.cookies.get('session')!;
    const answer = await client.post('/api/sessions/second-factor', { code: code() });
    expect(answer).toMatchObject({ status: 201, body: { next: 'complete' } });
    expect((await client.get('/api/me')).body).toMatchObject({ id: account.id, factor: 'totp' });
    const thief = stranger(api);
    thief.cookies.set('session', before);
    expect((await thief.get('/api/me')).status).toBe(401);
    expect((await thief.post('/api/sessions/second-factor', { code: code() })).status).toBe(401);
  });

  it('takes each code once, also when two requests bring it at the same time', async () => {
    const { account } = await half();
    const waiting = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const client = stranger(api);
        await client.post('/api/sessions', { login: account.loginName, password: TEST_PASSWORD });
        return client;
      }),
    );
    const given = code();
    const answers = await Promise.all(
      waiting.map((client) => client.post('/api/sessions/second-factor', { code: given })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  });

  it('refuses an earlier code after a later one was used', async () => {
    const { client, account } = await half();
    const earlier = totpCodeAt(TEST_TOTP_SECRET, new Date(api.p.time.now().getTime() - 30_000));
    await client.post('/api/sessions/second-factor', { code: code() });
    const other = stranger(api);
    await other.post('/api/sessions', { login: account.loginName, password: TEST_PASSWORD });
    const replayed = await other.post('/api/sessions/second-factor', { code: earlier });
    expect(replayed).toMatchObject({ status: 422, body: { error: { code: 'accounts.totp_wrong' } } });
  });

  it('must come within ten minutes', async () => {
    const { client } = await half();
    api.advance(10 * 60_000);
    const late = await client.post('/api/sessions/second-factor', { code: code() });
    expect(late).toMatchObject({
      status: 401,
      body: { error: { code: 'accounts.second_factor_not_expected' } },
    });
  });

  it('is stopped from being guessed', async () => {
    const { client } = await half();
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      statuses.push((await client.post('/api/sessions/second-factor', { code: String(100000 + i) })).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
    // Even the right code is not looked at while the wait lasts, or the wait would tell right from wrong.
    expect((await client.post('/api/sessions/second-factor', { code: code() })).status).toBe(429);
  });
});

function countVerifications(): () => number {
  const { passwords } = api.p.crypto;
  const { verify } = passwords;
  let count = 0;
  passwords.verify = (...given) => {
    count += 1;
    return verify(...given);
  };
  return () => {
    passwords.verify = verify;
    return count;
  };
}
