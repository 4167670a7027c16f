import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newCreditCode,
  newIdNumber,
  newPhone,
  stranger,
  TEST_PASSWORD,
} from '../../support/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Entry {
  type: string;
  actorId: string | null;
  requestId: string | null;
  data: Record<string, unknown>;
}

async function recorded(filter: object): Promise<Entry[]> {
  await api.settle();
  return api.p.database.connection.collection('audit').find<Entry>(filter).toArray();
}

describe('every act on accounts leaves an entry: who, on whom, in which request', () => {
  it('sign-up, sign-in, sign-out and change of password', async () => {
    const person = { name: '赵明远', idNumber: newIdNumber(), phone: newPhone(), password: TEST_PASSWORD };
    const client = stranger(api);
    const { body } = await client.post('/api/accounts', { ...person, acceptsPrivacyNotice: true });
    const sign = (password: string) => client.post('/api/sessions', { login: person.idNumber, password });
    await sign(TEST_PASSWORD);
    await client.post('/api/me/password', {
      currentPassword: TEST_PASSWORD,
      newPassword: '另一个湖边的密码',
    });
    await sign('另一个湖边的密码');
    await client.delete('/api/sessions');
    const entries = await recorded({ actorId: body.id });
    expect(entries.map(({ type }) => type).sort()).toEqual([
      'accounts.password_changed',
      'accounts.signed_in',
      'accounts.signed_in',
      'accounts.signed_out',
      'accounts.signed_up',
    ]);
    for (const entry of entries) expect(entry.requestId).toMatch(/^[\w-]{8,64}$/);
  });

  it('what an administrator does with staff', async () => {
    const administrator = await createStaff(api, { roles: ['administrator'] });
    const { body } = await administrator.client.post('/api/admin/staff', {
      loginName: 'eventful',
      name: '周敏',
      idNumber: newIdNumber(),
      phone: newPhone(),
      roles: ['acceptance'],
      officeId: null,
    });
    const path = `/api/admin/staff/${body.staff.id}`;
    await administrator.client.patch(path, { revision: 0, roles: ['registrar'], officeId: null });
    await administrator.client.post(`${path}/reset`, { revision: 1 });
    await administrator.client.post(`${path}/disable`, { revision: 2, reason: '离职' });
    await administrator.client.post(`${path}/enable`, { revision: 3 });
    const entries = await recorded({ 'data.accountId': body.staff.id });
    expect(entries.map(({ type, actorId }) => [type, actorId])).toEqual(
      ['staff_created', 'roles_changed', 'factor_reset', 'disabled', 'enabled'].map((act) => [
        `accounts.${act}`,
        administrator.account.id,
      ]),
    );
    expect(entries[1]!.data).toMatchObject({ before: ['acceptance'], after: ['registrar'] });
  });

  it('what happens to an organisation and its members', async () => {
    const administrator = await createStaff(api, { roles: ['administrator'] });
    const signedUp = await stranger(api).post('/api/organisations', {
      kind: 'bank',
      name: '聊城湖滨农商银行',
      creditCode: newCreditCode(),
      administrator: {
        loginName: 'eventful.bank',
        name: '张伟',
        idNumber: newIdNumber(),
        phone: newPhone(),
        password: TEST_PASSWORD,
      },
      acceptsPrivacyNotice: true,
    });
    const id = signedUp.body.organisationId as string;
    const path = `/api/admin/organisations/${id}`;
    await administrator.client.post(`${path}/confirm`, { revision: 0 });
    await administrator.client.post(`${path}/disable`, { revision: 1, reason: '注销' });
    await administrator.client.post(`${path}/enable`, { revision: 2 });
    const types = (await recorded({ 'data.organisationId': id })).map(({ type }) => type);
    expect(types).toEqual(
      ['signed_up', 'confirmed', 'disabled', 'enabled'].map((act) => `accounts.organisation_${act}`),
    );
  });

  it('an invitation, its use, and a name verified at the counter', async () => {
    const bank = await createOrganisation(api, 'bank');
    const invited = await bank.client.post('/api/organisations/mine/members', {
      loginName: 'eventful.member',
      name: '张伟',
      idNumber: newIdNumber(),
      phone: newPhone(),
      administrator: false,
    });
    const { token } = invited.body.invitation;
    await stranger(api).post('/api/tickets/redeem', { token, password: TEST_PASSWORD });
    const member = await recorded({ 'data.accountId': invited.body.member.id });
    expect(member.map(({ type }) => type)).toEqual(['accounts.member_invited', 'accounts.enrolled']);

    const clerk = await createStaff(api, { roles: ['acceptance'] });
    const citizen = await createCitizen(api, { nameVerified: false });
    await clerk.client.post('/api/staff/identity-checks', {
      idNumber: citizen.account.idNumber,
      name: '赵明远',
      documentKind: 'residentCard',
      counterCode: null,
      phone: '13900005678',
    });
    const checked = await recorded({ type: 'accounts.name_verified', 'data.accountId': citizen.account.id });
    expect(checked).toMatchObject([
      { actorId: clerk.account.id, data: { mode: 'counter', proof: 'recovery' } },
    ]);
  });

  it('hold ids and closed words only', async () => {
    const entries = await recorded({ type: /^accounts\./ });
    expect(entries.length).toBeGreaterThan(15);
    const values = entries.flatMap(({ data }) => Object.values(data).flat());
    for (const value of values) expect(value).toMatch(/^([0-9a-f]{24}|[a-zA-Z]+)$/);
  });
});
