import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { Client } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  stranger,
  TEST_PASSWORD,
} from '../../support/people.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Two processes' worth of the app over one database: what one does must hold in the other. */
let api: TestApi;
let other: TestApi;
beforeAll(async () => {
  api = await startApi();
  other = await startApi({ database: api.database });
});
afterAll(async () => {
  await other.close();
  await api.close();
});

/** The same browser, talking to the other process. */
function elsewhere(client: Client): Client {
  const twin = new Client(other);
  for (const [name, value] of client.cookies) twin.cookies.set(name, value);
  return twin;
}

async function isDeadWithin(ms: number, clients: readonly Client[]): Promise<boolean> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < ms) {
    const answers = await Promise.all(clients.map((client) => client.get('/api/me')));
    if (answers.every(({ status }) => status === 401)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** Asks once everywhere, so that both processes remember the sessions. */
async function warm(...clients: Client[]): Promise<void> {
  for (const client of clients) expect((await client.get('/api/me')).status).toBe(200);
}

describe('sessions', () => {
  it('end everywhere within a second when the password is changed, this one included', async () => {
    const { account, client } = await createCitizen(api);
    const phone = elsewhere(await signInAs(api, account));
    await warm(client, phone);
    const changed = await client.post('/api/me/password', {
      currentPassword: TEST_PASSWORD,
      newPassword: '东昌湖的水很清很静',
    });
    expect(changed.status).toBe(204);
    expect(await isDeadWithin(1000, [client, phone])).toBe(true);
    const login = account.idNumber;
    const old = await stranger(api).post('/api/sessions', { login, password: TEST_PASSWORD });
    expect(old.status).toBe(401);
    const fresh = await stranger(api).post('/api/sessions', { login, password: '东昌湖的水很清很静' });
    expect(fresh.status).toBe(201);
  });

  it('end everywhere within a second when an administrator disables the account', async () => {
    const administrator = await createStaff(api, { roles: ['administrator'] });
    const clerk = await createStaff(api, { roles: ['acceptance'] });
    const desk = elsewhere(clerk.client);
    await warm(clerk.client, desk);
    const path = `/api/admin/staff/${clerk.account.id}/disable`;
    const disabled = await administrator.client.post(path, { revision: 0, reason: '离职' });
    expect(disabled).toMatchObject({ status: 200, body: { status: 'disabled' } });
    expect(await isDeadWithin(1000, [clerk.client, desk])).toBe(true);
  });

  it('end everywhere within a second when the organisation is disabled', async () => {
    const administrator = await createStaff(api, { roles: ['administrator'] });
    const bank = await createOrganisation(api, 'bank');
    const branch = elsewhere((await bank.member()).client);
    await warm(bank.client, branch);
    const path = `/api/admin/organisations/${bank.organisation.id}/disable`;
    await administrator.client.post(path, { revision: 0, reason: '注销' });
    expect(await isDeadWithin(1000, [bank.client, branch])).toBe(true);
  });

  it('lose a role within a second, and stay alive', async () => {
    const administrator = await createStaff(api, { roles: ['administrator'] });
    const clerk = await createStaff(api, { roles: ['administrator'] });
    const desk = elsewhere(clerk.client);
    await warm(desk);
    expect((await desk.get('/api/admin/staff')).status).toBe(200);
    await administrator.client.patch(`/api/admin/staff/${clerk.account.id}`, {
      revision: 0,
      roles: ['archivist'],
      officeId: null,
    });
    // In the process that made the change, at the very next request.
    expect((await clerk.client.get('/api/admin/staff')).status).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await desk.get('/api/admin/staff')).status).toBe(403);
    expect((await desk.get('/api/me')).status).toBe(200);
  });

  it('end by signing out, in the other process too', async () => {
    const { client } = await createCitizen(api);
    const twin = elsewhere(client);
    await warm(client, twin);
    expect((await client.delete('/api/sessions')).status).toBe(204);
    expect(client.cookies.has('session')).toBe(false);
    expect(await isDeadWithin(1000, [twin])).toBe(true);
    expect((await client.delete('/api/sessions')).status).toBe(204);
  });

  it('are listed for their owner, who may end each of them', async () => {
    const { account, client } = await createCitizen(api);
    const tablet = await signInAs(api, account);
    const { body } = await client.get('/api/sessions');
    expect(body.items).toHaveLength(2);
    expect(body.items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const theirs = body.items.find(({ current }: { current: boolean }) => !current).id;
    const foreign = await createCitizen(api);
    expect((await foreign.client.delete(`/api/sessions/${theirs}`)).status).toBe(404);
    expect((await tablet.get('/api/me')).status).toBe(200);
    expect((await client.delete(`/api/sessions/${theirs}`)).status).toBe(204);
    expect((await tablet.get('/api/me')).status).toBe(401);
    expect((await client.get('/api/sessions')).body.items).toHaveLength(1);
  });

  it('are not opened by a token of another shape', async () => {
    for (const token of ['x', 'x'.repeat(43), 'x'.repeat(4000), '%00', '[object Object]']) {
      const client = stranger(api);
      client.cookies.set('session', token);
      expect((await client.get('/api/me')).status).toBe(401);
    }
  });
});

describe('session limits', () => {
  it('close a clerk’s idle session after 30 minutes, and keep a busy one open', async () => {
    const { account, client } = await createStaff(api, { roles: ['acceptance'] });
    const idle = await signInAs(api, account);
    for (let i = 0; i < 3; i += 1) {
      api.advance(15 * MINUTE);
      await warm(client);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await idle.get('/api/me')).status).toBe(401);
    api.advance(30 * MINUTE);
    expect((await client.get('/api/me')).status).toBe(401);
  });

  it('close a clerk’s session after 12 hours, however busy', async () => {
    const { client } = await createStaff(api, { roles: ['acceptance'] });
    for (let i = 0; i < 47; i += 1) {
      api.advance(15 * MINUTE);
      await warm(client);
    }
    api.advance(15 * MINUTE);
    expect((await client.get('/api/me')).status).toBe(401);
  });

  it('close a citizen’s idle session after 12 hours', async () => {
    const { client } = await createCitizen(api);
    api.advance(12 * HOUR - MINUTE);
    await warm(client);
    api.advance(12 * HOUR);
    expect((await client.get('/api/me')).status).toBe(401);
  });

  it('are swept away a day after their end, never while they carry an undelivered event', async () => {
    const { account, client } = await createCitizen(api);
    await client.delete('/api/sessions');
    await api.settle();
    const count = () =>
      api.p.database.connection.collection('sessions').countDocuments({ accountId: account.id });
    expect(await count()).toBe(1);
    api.advance(25 * HOUR);
    await api.app.scheduler.runNow('accounts.sweep-sessions');
    expect(await count()).toBe(0);
  });
});
