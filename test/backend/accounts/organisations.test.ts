import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letInOrgans } from '../../../backend/modules/accounts/migrations.ts';
import { organisations } from '../../../backend/modules/accounts/organisation.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Client } from '../../support/client.ts';
import {
  createOrganisation,
  createStaff,
  newCreditCode,
  newIdNumber,
  newPhone,
  stranger,
  TEST_PASSWORD,
} from '../../support/people.ts';

let api: TestApi;
let administrator: Client;
beforeAll(async () => {
  api = await startApi();
  administrator = (await createStaff(api, { roles: ['administrator'] })).client;
});
afterAll(() => api.close());

let serial = 0;
const loginName = () => `teller${(serial += 1)}`;
const newMember = (overrides: object = {}) => ({
  loginName: loginName(),
  name: '张伟',
  idNumber: newIdNumber(),
  phone: newPhone(),
  administrator: false,
  ...overrides,
});
const signUp = (overrides: object = {}) => ({
  kind: 'bank',
  name: '聊城湖滨农商银行',
  creditCode: newCreditCode(),
  administrator: {
    loginName: loginName(),
    name: '张伟',
    idNumber: newIdNumber(),
    phone: newPhone(),
    password: TEST_PASSWORD,
  },
  acceptsPrivacyNotice: true,
  ...overrides,
});

async function signIn(login: string, password = TEST_PASSWORD): Promise<Client> {
  const client = stranger(api);
  expect((await client.post('/api/sessions', { login, password })).status).toBe(201);
  return client;
}

describe('an organisation', () => {
  it('signs up, waits, is confirmed by an administrator, and then may act', async () => {
    const sent = signUp();
    const created = await stranger(api).post('/api/organisations', sent);
    expect(created.status).toBe(201);
    const client = await signIn(sent.administrator.loginName);
    const early = await client.get('/api/organisations/mine/members');
    expect(early).toMatchObject({
      status: 403,
      body: { error: { code: 'accounts.organisation_not_confirmed' } },
    });
    expect(early.body.error.message).toMatch(/等登记机构确认/);

    const waiting = await administrator.get('/api/admin/organisations?status=waiting');
    const item = waiting.body.items.find(({ id }: { id: string }) => id === created.body.organisationId);
    expect(item).toMatchObject({ creditCode: sent.creditCode, status: 'waiting', confirmedAt: null });
    const path = `/api/admin/organisations/${item.id}/confirm`;
    expect(await administrator.post(path, { revision: item.revision })).toMatchObject({
      status: 200,
      body: { status: 'active' },
    });
    expect((await client.get('/api/organisations/mine/members')).body.items).toHaveLength(1);
    expect((await administrator.post(path, { revision: item.revision })).status).toBe(409);
  });

  it('signs up once: the same credit code is refused, and nothing of the second try remains', async () => {
    const sent = signUp();
    await stranger(api).post('/api/organisations', sent);
    const again = signUp({ creditCode: sent.creditCode });
    const second = await stranger(api).post('/api/organisations', again);
    expect(second).toMatchObject({
      status: 409,
      body: { error: { code: 'accounts.organisation_may_exist' } },
    });
    const refused = await stranger(api).post('/api/sessions', {
      login: again.administrator.loginName,
      password: TEST_PASSWORD,
    });
    expect(refused.status).toBe(401);
    const third = signUp({ administrator: again.administrator });
    expect((await stranger(api).post('/api/organisations', third)).status).toBe(201);
  });

  it('cannot sign itself up as a court; an administrator creates one and invites its first member', async () => {
    expect((await stranger(api).post('/api/organisations', signUp({ kind: 'court' }))).status).toBe(400);
    const sent = { kind: 'court', name: '聊城市东昌府区人民法院', creditCode: newCreditCode() };
    const created = await administrator.post('/api/admin/organisations', sent);
    expect(created).toMatchObject({ status: 201, body: { status: 'active' } });
    const member = newMember({ administrator: true });
    const invited = await administrator.post(`/api/admin/organisations/${created.body.id}/members`, member);
    expect(invited).toMatchObject({ status: 201, body: { member: { status: 'enrolling' } } });
    const { token } = invited.body.invitation;
    expect((await stranger(api).post('/api/tickets/read', { token })).body.totp).toBeNull();
    await stranger(api).post('/api/tickets/redeem', { token, password: TEST_PASSWORD });
    const client = await signIn(member.loginName);
    expect((await client.get('/api/me')).body.organisation).toMatchObject({ kind: 'court', confirmed: true });
  });

  it('that is another organ signs itself up, and may act once its letter and card were checked', async () => {
    const sent = signUp({ kind: 'organ', name: '聊城市公安局' });
    const created = await stranger(api).post('/api/organisations', sent);
    expect(created.status).toBe(201);
    const client = await signIn(sent.administrator.loginName);
    const { organisation } = (await client.get('/api/me')).body;
    expect(organisation).toMatchObject({ kind: 'organ', confirmed: false });
    const path = `/api/admin/organisations/${created.body.organisationId}/confirm`;
    expect((await administrator.post(path, { revision: 0 })).body).toMatchObject({
      kind: 'organ',
      status: 'active',
    });
    expect((await client.get('/api/me')).body.organisation.confirmed).toBe(true);
  });

  it('that is here as another organisation is made an organ by an administrator, and goes on from there', async () => {
    const police = await createOrganisation(api, 'other', { name: '聊城市公安局' });
    const path = `/api/admin/organisations/${police.organisation.id}/recognise-organ`;
    expect((await police.client.post(path, { revision: 0 })).status).toBe(403);
    const { items } = (await administrator.get('/api/admin/organisations?limit=100')).body;
    const { revision } = items.find(({ id }: { id: string }) => id === police.organisation.id);
    expect((await administrator.post(path, { revision: revision + 1 })).status).toBe(409);
    const made = await administrator.post(path, { revision });
    expect(made).toMatchObject({ status: 200, body: { kind: 'organ', status: 'active' } });
    api.advance(1_000);
    expect((await police.client.get('/api/me')).body.organisation.kind).toBe('organ');
    const twice = await administrator.post(path, { revision: revision + 1 });
    expect(twice).toMatchObject({ status: 409, body: { error: { code: 'accounts.not_other' } } });
  });

  it.each(['bank', 'developer', 'court'] as const)('that is a %s never becomes an organ', async (kind) => {
    const { organisation } = await createOrganisation(api, kind);
    const path = `/api/admin/organisations/${organisation.id}/recognise-organ`;
    const { status, body } = await administrator.post(path, { revision: 0 });
    expect([status, body.error.code]).toEqual([409, 'accounts.not_other']);
  });

  it('that is an organ is let into a database of before, whose validator knows of none', async () => {
    const db = api.p.database.connection.db!;
    const { collection, validator } = organisations.declaration;
    const before = structuredClone(validator) as { $jsonSchema: { properties: { kind: object } } };
    before.$jsonSchema.properties.kind = { enum: ['bank', 'developer', 'court', 'other'] };
    await api.settle();
    const others = { kind: { $ne: 'organ' } };
    const kept = await db.collection(collection).find(others).sort({ _id: 1 }).toArray();
    const indexes = (await db.collection(collection).indexes()).map(({ name }) => name);
    const old = await db.createCollection('organisations-old', { validator: before });
    await old.insertMany(kept);
    await old.rename(collection, { dropTarget: true });
    await expect(createOrganisation(api, 'organ')).rejects.toThrow(/validation/);
    // What a copy that was cut off has left behind is in nobody's way.
    await db.collection('organisations-anew').insertOne({ half: true });
    for (const _ of [1, 2]) await letInOrgans.up(db as never);
    expect(await db.collection(collection).find().sort({ _id: 1 }).toArray()).toEqual(kept);
    expect((await db.collection(collection).indexes()).map(({ name }) => name)).toEqual(indexes);
    expect((await createOrganisation(api, 'organ')).organisation.kind).toBe('organ');
    await expect(createOrganisation(api, 'guild' as never)).rejects.toThrow(/validation/);
  });

  it('says everything that is wrong with its sign-up at once', async () => {
    const spoiled = signUp({
      name: '',
      creditCode: '91350100M000100Y44',
      administrator: { loginName: '1', name: '张', idNumber: '1', phone: '1', password: 'short' },
    });
    const answer = await stranger(api).post('/api/organisations', { ...spoiled, name: ' ' });
    expect(answer.body.error.details.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/name',
      '/creditCode',
      '/administrator/idNumber',
      '/administrator/phone',
      '/administrator/loginName',
      '/administrator/password',
    ]);
  });

  it('goes back to waiting when it is enabled without ever being confirmed', async () => {
    const { body } = await stranger(api).post('/api/organisations', signUp());
    const path = `/api/admin/organisations/${body.organisationId}`;
    await administrator.post(`${path}/disable`, { revision: 0, reason: '材料不全' });
    expect((await administrator.post(`${path}/enable`, { revision: 1 })).body.status).toBe('waiting');
  });
});

describe('members', () => {
  it('are invited by the organisation’s own administrator, and enrol by a one-time link', async () => {
    const bank = await createOrganisation(api, 'bank');
    const member = newMember();
    const invited = await bank.client.post('/api/organisations/mine/members', member);
    expect(invited.status).toBe(201);
    await stranger(api).post('/api/tickets/redeem', {
      token: invited.body.invitation.token,
      password: TEST_PASSWORD,
    });
    const client = await signIn(member.loginName);
    expect((await client.get('/api/me')).body.organisation.id).toBe(bank.organisation.id);
    expect((await client.get('/api/organisations/mine/members')).status).toBe(403);
  });

  it('may belong to two organisations and be citizens too, each an account of its own', async () => {
    const idNumber = newIdNumber();
    const one = await createOrganisation(api, 'bank');
    const two = await createOrganisation(api, 'developer');
    expect((await one.client.post('/api/organisations/mine/members', newMember({ idNumber }))).status).toBe(
      201,
    );
    expect((await two.client.post('/api/organisations/mine/members', newMember({ idNumber }))).status).toBe(
      201,
    );
    const twice = await one.client.post('/api/organisations/mine/members', newMember({ idNumber }));
    expect(twice).toMatchObject({ status: 409, body: { error: { code: 'accounts.member_exists' } } });
  });

  it('of another organisation are not found', async () => {
    const one = await createOrganisation(api, 'bank');
    const two = await createOrganisation(api, 'bank');
    const { account } = await two.member();
    const foreign = await one.client.post(`/api/organisations/mine/members/${account.id}/disable`, {
      revision: 0,
      reason: '试试',
    });
    const missing = await one.client.post(
      '/api/organisations/mine/members/65f000000000000000000001/disable',
      {
        revision: 0,
        reason: '试试',
      },
    );
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body.error, requestId: '' }).toEqual({ ...missing.body.error, requestId: '' });
  });

  it('are disabled at once, and never by themselves', async () => {
    const bank = await createOrganisation(api, 'bank');
    const { account, client } = await bank.member();
    const path = (id: string) => `/api/organisations/mine/members/${id}/disable`;
    const own = await bank.client.post(path(bank.account.id), { revision: 0, reason: '试试' });
    expect(own.body.error.code).toBe('accounts.own_account');
    expect((await bank.client.post(path(account.id), { revision: 0, reason: '离职' })).status).toBe(200);
    expect((await client.get('/api/me')).status).toBe(401);
  });

  it('who forgot the password are invited again, and the old one ends', async () => {
    const bank = await createOrganisation(api, 'bank');
    const { account, client } = await bank.member();
    const again = await bank.client.post(`/api/organisations/mine/members/${account.id}/invite`, {
      revision: 0,
    });
    expect(again.status).toBe(201);
    expect((await client.get('/api/me')).status).toBe(401);
    const old = await stranger(api).post('/api/sessions', {
      login: account.loginName,
      password: TEST_PASSWORD,
    });
    expect(old.status).toBe(401);
  });
});

describe('a sign-up cut off between its two writes', () => {
  it('lets nobody in and is swept away', async () => {
    const bank = await createOrganisation(api, 'bank', { confirmed: false });
    const { connection } = api.p.database;
    await connection.collection('organisations').deleteOne({ _id: bank.organisation.id as never });
    await new Promise((resolve) => setTimeout(resolve, 550));
    expect((await bank.client.get('/api/me')).status).toBe(401);
    api.advance(2 * 3_600_000);
    await api.app.scheduler.runNow('accounts.sweep-half-sign-ups');
    const left = await connection.collection('accounts').countDocuments({ _id: bank.account.id as never });
    expect(left).toBe(0);
  });
});
