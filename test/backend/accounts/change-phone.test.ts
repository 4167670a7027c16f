import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, newPhone, stranger, TEST_PASSWORD } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('changing the phone number', () => {
  it('needs the password again; from then on the new number signs in and the old one does not', async () => {
    const { account, client } = await createCitizen(api);
    const phone = newPhone();
    const wrong = await client.post('/api/me/phone', { phone, password: 'x' });
    expect(wrong.body.error.details).toMatchObject([
      { pointer: '/password', code: 'accounts.password_wrong' },
    ]);
    expect(
      (await client.post('/api/me/phone', { phone: `+86 ${phone}`, password: TEST_PASSWORD })).status,
    ).toBe(204);
    expect((await client.get('/api/me')).body.maskedPhone).toBe(`138****${phone.slice(-4)}`);
    const signIn = async (login: string) =>
      (await stranger(api).post('/api/sessions', { login, password: TEST_PASSWORD })).status;
    expect(await signIn(phone)).toBe(201);
    expect(await signIn(account.phone)).toBe(401);
  });

  it('refuses what is no mobile number, without asking the factor', async () => {
    const { client } = await createCitizen(api);
    const answer = await client.post('/api/me/phone', { phone: '0635-8220000', password: 'x' });
    expect(answer.body.error.details).toMatchObject([{ pointer: '/phone', code: 'accounts.phone_format' }]);
  });
});
