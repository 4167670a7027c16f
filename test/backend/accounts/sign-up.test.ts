import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { newIdNumber, newPhone, stranger } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const body = (overrides: object = {}) => ({
  name: '赵明远',
  idNumber: newIdNumber(),
  phone: newPhone(),
  password: '东关街上有家书店',
  acceptsPrivacyNotice: true,
  ...overrides,
});

describe('signing up as a citizen', () => {
  it('creates an account that can sign in by ID number and by phone', async () => {
    const sent = body();
    const created = await stranger(api).post('/api/accounts', sent);
    expect(created).toMatchObject({ status: 201, body: { name: '赵明远' } });
    for (const login of [sent.idNumber, sent.phone, `+86 ${sent.phone}`]) {
      const client = stranger(api);
      const signedIn = await client.post('/api/sessions', { login, password: sent.password });
      expect(signedIn).toMatchObject({ status: 201, body: { next: 'complete' } });
      expect((await client.get('/api/me')).body).toMatchObject({ id: created.body.id, nameVerified: false });
    }
  });

  it('keeps rare characters exactly, without normalising', async () => {
    for (const name of ['\uF9D8', '葛\u{E0100}城', '𠮷田', '买买提·吐尔逊', '王𬱖'.repeat(50)]) {
      const sent = body({ name });
      await stranger(api).post('/api/accounts', sent);
      const client = stranger(api);
      await client.post('/api/sessions', { login: sent.idNumber, password: sent.password });
      expect((await client.get('/api/me')).body.name).toBe(name);
    }
  });

  it('folds what people type: full-width digits, spaces, lower-case x', async () => {
    const client = stranger(api);
    const created = await client.post(
      '/api/accounts',
      body({ idNumber: ' １１０１０５ 19491231 002x ', phone: '+86 138-9999-0001' }),
    );
    expect(created.status).toBe(201);
    const signedIn = await client.post('/api/sessions', {
      login: '11010519491231002X',
      password: '东关街上有家书店',
    });
    expect(signedIn.status).toBe(201);
  });

  it('says everything that is wrong at once, each at its field, in the reader’s language', async () => {
    const spoiled = {
      name: '赵\u200b明',
      idNumber: '371502199003070018',
      phone: '110',
      password: 'password',
      acceptsPrivacyNotice: false,
    };
    const zh = await stranger(api).post('/api/accounts', spoiled);
    expect(zh.status).toBe(422);
    expect(zh.body.error.code).toBe('accounts.invalid_fields');
    expect(
      zh.body.error.details.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
    ).toEqual([
      ['/name', 'accounts.name_characters'],
      ['/idNumber', 'accounts.id_check_digit'],
      ['/phone', 'accounts.phone_format'],
      ['/password', 'accounts.password_common'],
      ['/acceptsPrivacyNotice', 'accounts.privacy_notice'],
    ]);
    expect(zh.body.error.details[1].message).toBe('身份证号最后一位对不上，请对照证件再看一遍。');
    const en = await stranger(api).post('/api/accounts', spoiled, { language: 'en' });
    expect(en.body.error.details[2].message).toMatch(/11 digits/);
  });

  it('refuses a second account for the same person, with the way to recover it', async () => {
    const sent = body();
    await stranger(api).post('/api/accounts', sent);
    const second = await stranger(api).post(
      '/api/accounts',
      body({ idNumber: sent.idNumber, name: '孙晓岚' }),
    );
    expect(second).toMatchObject({ status: 409, body: { error: { code: 'accounts.may_exist' } } });
    expect(second.body.error.message).toMatch(/带身份证到任一登记大厅/);
    expect(JSON.stringify(second.body)).not.toContain('赵明远');
  });

  it('lets exactly one of two simultaneous sign-ups win', async () => {
    const idNumber = newIdNumber();
    const statuses = await Promise.all(
      Array.from(
        { length: 6 },
        async () => (await stranger(api).post('/api/accounts', body({ idNumber }))).status,
      ),
    );
    expect(statuses.sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('gives the same answer to the same request with the same Idempotency-Key', async () => {
    const sent = body();
    const headers = { 'Idempotency-Key': 'b1946ac9-2492-4d23-8a57-1f0e9c4e1a11' };
    const first = await stranger(api).post('/api/accounts', sent, { headers });
    const again = await stranger(api).post('/api/accounts', sent, { headers });
    expect(again).toMatchObject({ status: 201, body: first.body });
    const other = await stranger(api).post('/api/accounts', { ...sent, name: '别人' }, { headers });
    expect(other.status).toBe(409);
  });

  it.each([
    ['an unknown field', { role: 'administrator' }],
    ['an operator in place of a string', { idNumber: { $ne: '' } }],
    ['a number', { phone: 13800001234 }],
    ['a prototype key', JSON.parse('{"__proto__":{"kind":"staff"}}') as object],
  ])('refuses %s with 400', async (_case, overrides) => {
    const sent = JSON.stringify(body()).slice(0, -1);
    const raw = JSON.stringify(overrides).slice(1, -1);
    const response = await api.fetch('/api/accounts', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: api.p.config.publicOrigin },
      body: `${sent},${raw}}`,
    });
    expect(response.status).toBe(400);
  });

  it('announces the account by its id alone', async () => {
    const sent = body();
    const { body: created } = await stranger(api).post('/api/accounts', sent);
    await api.settle();
    const stored = await api.p.database.connection.collection('accounts').findOne({ _id: created.id });
    expect(stored).toMatchObject({ kind: 'citizen', status: 'active', identityChecks: [] });
    expect(JSON.stringify(stored)).not.toContain(sent.idNumber);
  });
});
