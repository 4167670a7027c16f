import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCodeAt } from '../../../backend/modules/accounts/index.ts';
import { DEMO_SIGN_INS, loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { stranger } from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await loadDemoAccounts(api.p);
});
afterAll(() => api.close());

describe('the demo accounts', () => {
  it.each(DEMO_SIGN_INS.map((line) => [line.role.en, line] as const))('sign in: %s', async (_role, line) => {
    const client = stranger(api);
    const { login, password, totpSecret } = line;
    const first = await client.post('/api/sessions', { login, password });
    expect(first.body).toEqual({ next: totpSecret ? 'secondFactor' : 'complete' });
    if (totpSecret) {
      const code = totpCodeAt(totpSecret, api.p.time.now());
      expect((await client.post('/api/sessions/second-factor', { code })).status).toBe(201);
    }
    const me = await client.get('/api/me');
    expect(me.body.name).toBe(line.name);
    expect(me.body.needs).toHaveLength(line.role.en.includes('not verified') ? 1 : 0);
  });

  it('are loaded once, however often', async () => {
    const count = () => api.p.database.connection.collection('accounts').countDocuments({});
    const before = await count();
    await loadDemoAccounts(api.p);
    expect(await count()).toBe(before);
  });

  it('are refused in production', async () => {
    const p = { ...api.p, config: { ...api.p.config, production: true } };
    await expect(loadDemoAccounts(p)).rejects.toThrow('refused in production');
  });
});
