import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authenticate,
  confirmFactor,
  requireFreshFactor,
  totpCodeAt,
} from '../../../backend/modules/accounts/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Client } from '../../support/client.ts';
import { createCitizen, createStaff, TEST_PASSWORD, TEST_TOTP_SECRET } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const actorOf = async (client: Client) => (await authenticate(api.p, client.cookies.get('session')!))!;
const code = () => totpCodeAt(TEST_TOTP_SECRET, api.p.time.now());

describe('confirming a factor once more', () => {
  it('takes a citizen’s password, and marks the problem where the form asked for it', async () => {
    const { client } = await createCitizen(api);
    const actor = await actorOf(client);
    await confirmFactor(api.p, actor, { password: TEST_PASSWORD });
    await expect(confirmFactor(api.p, actor, { password: 'x' }, '/signature/password')).rejects.toMatchObject(
      {
        code: 'accounts.invalid_fields',
        problems: [{ pointer: '/signature/password', code: 'accounts.password_wrong' }],
      },
    );
    await expect(confirmFactor(api.p, actor, {})).rejects.toMatchObject({ code: 'accounts.invalid_fields' });
  });

  it('takes the authenticator’s code of staff, once, and never the password instead', async () => {
    const { client } = await createStaff(api, { roles: ['registrar'] });
    const actor = await actorOf(client);
    await confirmFactor(api.p, actor, { totp: code() });
    await expect(confirmFactor(api.p, actor, { totp: code() })).rejects.toMatchObject({
      problems: [{ pointer: '/totp', code: 'accounts.totp_wrong' }],
    });
    await expect(confirmFactor(api.p, actor, { password: TEST_PASSWORD })).rejects.toMatchObject({
      code: 'accounts.invalid_fields',
    });
  });

  it('is fresh for five minutes', async () => {
    const { client } = await createStaff(api, { roles: ['registrar'] });
    await requireFreshFactor(api.p, await actorOf(client));
    api.advance(5 * 60_000 + 1);
    const stale = await actorOf(client);
    await expect(requireFreshFactor(api.p, stale)).rejects.toMatchObject({
      code: 'accounts.fresh_factor_needed',
    });
    expect((await client.post('/api/sessions/confirm', { totp: code() })).status).toBe(204);
    await requireFreshFactor(api.p, await actorOf(client));
    // As another process has it, which remembers the session from before.
    await requireFreshFactor(api.p, stale);
  });

  it('is slowed after five failures', async () => {
    const { client } = await createCitizen(api);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      statuses.push((await client.post('/api/sessions/confirm', { password: 'x' })).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });
});

describe('changing the password', () => {
  it('needs the current one, and a new one that is good and another', async () => {
    const { client, account } = await createCitizen(api);
    const change = (currentPassword: string, newPassword: string) =>
      client.post('/api/me/password', { currentPassword, newPassword });
    const codes = async (answer: Promise<{ body: { error: { details: { code: string }[] } } }>) =>
      (await answer).body.error.details.map((problem) => problem.code);
    expect(await codes(change('x', '东昌湖的水很清很静'))).toEqual(['accounts.password_wrong']);
    expect(await codes(change(TEST_PASSWORD, 'password'))).toEqual(['accounts.password_common']);
    expect(await codes(change(TEST_PASSWORD, account.phone))).toEqual(['accounts.password_personal']);
    expect(await codes(change(TEST_PASSWORD, TEST_PASSWORD))).toEqual(['accounts.password_same']);
    expect((await client.get('/api/me')).status).toBe(200);
  });
});
