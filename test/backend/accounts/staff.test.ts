import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirstAdministrator, totpCodeAt } from '../../../backend/modules/accounts/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Client } from '../../support/client.ts';
import { createStaff, newIdNumber, newPhone, stranger, TEST_PASSWORD } from '../../support/people.ts';

let api: TestApi;
let administrator: Client;
beforeAll(async () => {
  api = await startApi();
  administrator = (await createStaff(api, { roles: ['administrator'] })).client;
});
afterAll(() => api.close());

let serial = 0;
const newStaff = (overrides: object = {}) => ({
  loginName: `clerk${(serial += 1)}`,
  name: '周敏',
  idNumber: newIdNumber(),
  phone: newPhone(),
  roles: ['acceptance'],
  officeId: 'dongchangfu',
  ...overrides,
});

async function enrol(token: string, password = TEST_PASSWORD) {
  const { body: ticket } = await stranger(api).post('/api/tickets/read', { token });
  const totpCode = totpCodeAt(ticket.totp.secret, api.p.time.now());
  const answer = await stranger(api).post('/api/tickets/redeem', { token, password, totpCode });
  return { ticket, answer, totpCode };
}

describe('a staff account', () => {
  it('is created by an administrator, enrolled by its owner, and signs in with two factors', async () => {
    const sent = newStaff();
    const created = await administrator.post('/api/admin/staff', sent);
    expect(created).toMatchObject({
      status: 201,
      body: { staff: { loginName: sent.loginName, status: 'enrolling', factorEnrolled: false } },
    });
    const { token, link } = created.body.invitation;
    expect(link).toBe(`${api.p.config.publicOrigin}/enrol#${token}`);
    const { ticket, answer } = await enrol(token);
    expect(ticket).toMatchObject({ purpose: 'enrolment', name: '周敏', loginName: sent.loginName });
    expect(ticket.totp.uri).toMatch(/^otpauth:\/\/totp\//);
    expect(answer.status).toBe(204);

    api.advance(30_000);
    const client = stranger(api);
    const first = await client.post('/api/sessions', { login: sent.loginName, password: TEST_PASSWORD });
    expect(first.body).toEqual({ next: 'secondFactor' });
    const code = totpCodeAt(ticket.totp.secret, api.p.time.now());
    expect((await client.post('/api/sessions/second-factor', { code })).status).toBe(201);
    expect((await client.get('/api/me')).body).toMatchObject({
      kind: 'staff',
      roles: ['acceptance'],
      officeId: 'dongchangfu',
      factor: 'totp',
    });
  });

  it('cannot sign in before it is enrolled', async () => {
    const sent = newStaff();
    await administrator.post('/api/admin/staff', sent);
    for (const password of ['', TEST_PASSWORD]) {
      const answer = await stranger(api).post('/api/sessions', {
        login: sent.loginName,
        password: password || 'x',
      });
      expect(answer.status).toBe(401);
    }
  });

  it('uses the code of its enrolment up', async () => {
    const created = await administrator.post('/api/admin/staff', newStaff());
    const { totpCode } = await enrol(created.body.invitation.token);
    const client = stranger(api);
    await client.post('/api/sessions', { login: created.body.staff.loginName, password: TEST_PASSWORD });
    const replayed = await client.post('/api/sessions/second-factor', { code: totpCode });
    expect(replayed).toMatchObject({ status: 422, body: { error: { code: 'accounts.totp_wrong' } } });
  });

  it('shows its numbers masked, to administrators only', async () => {
    const sent = newStaff();
    const { body } = await administrator.post('/api/admin/staff', sent);
    const list = await administrator.get('/api/admin/staff?limit=100');
    const shown = list.body.items.find(({ id }: { id: string }) => id === body.staff.id);
    expect(shown.maskedIdNumber).toBe(`371502********${sent.idNumber.slice(-4)}`);
    expect(JSON.stringify(list.body)).not.toContain(sent.idNumber);
    const clerk = await createStaff(api, { roles: ['acceptance', 'registrar'] });
    expect((await clerk.client.get('/api/admin/staff')).status).toBe(403);
    expect((await stranger(api).get('/api/admin/staff')).status).toBe(401);
  });

  it('pages without losing or repeating anyone', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const path: string = `/api/admin/staff?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await administrator.get(path);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    const total = await api.p.database.connection.collection('accounts').countDocuments({ kind: 'staff' });
    expect(new Set(seen).size).toBe(total);
    expect(seen).toHaveLength(total);
  });

  it.each([
    [
      'two accounts of one person',
      (other: ReturnType<typeof newStaff>) => ({ idNumber: other.idNumber }),
      409,
      'accounts.staff_exists',
    ],
    [
      'a login name twice',
      (other: ReturnType<typeof newStaff>) => ({ loginName: other.loginName }),
      422,
      'accounts.invalid_fields',
    ],
    ['a login name like a phone', () => ({ loginName: '13800001234' }), 422, 'accounts.invalid_fields'],
    [
      'an administrator who also handles cases',
      () => ({ roles: ['administrator', 'registrar'] }),
      422,
      'accounts.invalid_fields',
    ],
    [
      'a supervisor who also handles cases',
      () => ({ roles: ['supervisor', 'acceptance'] }),
      422,
      'accounts.invalid_fields',
    ],
    ['no role', () => ({ roles: [] }), 400, 'platform.invalid_input'],
    ['an unknown role', () => ({ roles: ['god'] }), 400, 'platform.invalid_input'],
  ])('is refused: %s', async (_case, overrides, status, code) => {
    const other = newStaff();
    await administrator.post('/api/admin/staff', other);
    const answer = await administrator.post('/api/admin/staff', newStaff(overrides(other)));
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });

  it('is not overwritten by an administrator who looked at an older state', async () => {
    const { body } = await administrator.post('/api/admin/staff', newStaff());
    const path = `/api/admin/staff/${body.staff.id}`;
    const change = { revision: 0, roles: ['firstReview'], officeId: null };
    expect((await administrator.patch(path, change)).status).toBe(200);
    const late = await administrator.patch(path, { ...change, roles: ['registrar'] });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'accounts.changed_meanwhile' } } });
    expect((await administrator.get(path)).body.roles).toEqual(['firstReview']);
  });

  it('is never changed by its own owner: so the last administrator cannot vanish', async () => {
    const { account, client } = await createStaff(api, { roles: ['administrator'] });
    const answers = [
      await client.patch(`/api/admin/staff/${account.id}`, {
        revision: 0,
        roles: ['archivist'],
        officeId: null,
      }),
      await client.post(`/api/admin/staff/${account.id}/disable`, { revision: 0, reason: '试试' }),
      await client.post(`/api/admin/staff/${account.id}/reset`, { revision: 0 }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'accounts.own_account' } } });
    }
  });
});

describe('an invitation', () => {
  const invite = async () =>
    (await administrator.post('/api/admin/staff', newStaff())).body.invitation.token as string;

  it('works once, also when used twice at the same time', async () => {
    const token = await invite();
    const { body: ticket } = await stranger(api).post('/api/tickets/read', { token });
    const totpCode = totpCodeAt(ticket.totp.secret, api.p.time.now());
    const sent = { token, password: TEST_PASSWORD, totpCode };
    const answers = await Promise.all([1, 2, 3].map(() => stranger(api).post('/api/tickets/redeem', sent)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
    expect((await stranger(api).post('/api/tickets/read', { token })).status).toBe(404);
  });

  it('ends after three days', async () => {
    const token = await invite();
    api.advance(3 * 24 * 3_600_000);
    const answer = await stranger(api).post('/api/tickets/read', { token });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'accounts.ticket_invalid' } } });
    administrator = (await createStaff(api, { roles: ['administrator'] })).client;
  });

  it('needs a right code and a good password, and says both at once', async () => {
    const token = await invite();
    const answer = await stranger(api).post('/api/tickets/redeem', {
      token,
      password: 'password',
      totpCode: '000000',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error.details.map(({ code }: { code: string }) => code)).toEqual([
      'accounts.password_common',
      'accounts.totp_wrong',
    ]);
    const without = await stranger(api).post('/api/tickets/redeem', { token, password: TEST_PASSWORD });
    expect(without.status).toBe(422);
  });

  it('is kept as a keyed digest only', async () => {
    const token = await invite();
    const stored = await api.p.database.connection.collection('accounts').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(token);
  });
});

describe('resetting a lost second factor', () => {
  it('ends every session, takes password and factor away, and starts a new enrolment; it is recorded', async () => {
    const { account, client } = await createStaff(api, { roles: ['registrar'] });
    const answer = await administrator.post(`/api/admin/staff/${account.id}/reset`, { revision: 0 });
    expect(answer).toMatchObject({
      status: 200,
      body: { staff: { status: 'enrolling', factorEnrolled: false } },
    });
    expect((await client.get('/api/me')).status).toBe(401);
    const old = await stranger(api).post('/api/sessions', {
      login: account.loginName,
      password: TEST_PASSWORD,
    });
    expect(old.status).toBe(401);
    expect((await enrol(answer.body.invitation.token, '新的密码沉在湖里')).answer.status).toBe(204);
    const signedIn = await stranger(api).post('/api/sessions', {
      login: account.loginName,
      password: '新的密码沉在湖里',
    });
    expect(signedIn.body).toEqual({ next: 'secondFactor' });
  });

  it('brings a disabled account back with a new enrolment only', async () => {
    const { account } = await createStaff(api, { roles: ['archivist'] });
    const path = `/api/admin/staff/${account.id}`;
    await administrator.post(`${path}/disable`, { revision: 0, reason: '休假' });
    expect((await administrator.post(`${path}/reset`, { revision: 1 })).status).toBe(409);
    const enabled = await administrator.post(`${path}/enable`, { revision: 1 });
    expect(enabled).toMatchObject({ status: 200, body: { staff: { status: 'enrolling' } } });
    const old = await stranger(api).post('/api/sessions', {
      login: account.loginName,
      password: TEST_PASSWORD,
    });
    expect(old.status).toBe(401);
  });
});

describe('the first administrator of a deployment', () => {
  it('is created once; until it is enrolled, asking again gives a new link', async () => {
    const empty = await startApi();
    const person = { name: '系统管理员', idNumber: newIdNumber(), phone: newPhone() };
    const first = await createFirstAdministrator(empty.p, person);
    expect(first).toMatchObject({ loginName: 'administrator' });
    expect(first!.link).toMatch(/\/enrol#[\w-]{43}$/);
    const second = await createFirstAdministrator(empty.p, person);
    const redeem = async (link: string) => {
      const token = link.split('#')[1];
      const { body: ticket } = await stranger(empty).post('/api/tickets/read', { token });
      if (!ticket.totp) return 404;
      const totpCode = totpCodeAt(ticket.totp.secret, empty.p.time.now());
      const sent = { token, password: TEST_PASSWORD, totpCode };
      return (await stranger(empty).post('/api/tickets/redeem', sent)).status;
    };
    expect(await redeem(first!.link)).toBe(404);
    expect(await redeem(second!.link)).toBe(204);
    expect(await createFirstAdministrator(empty.p, person)).toBeNull();
    await empty.close();
  });
});
