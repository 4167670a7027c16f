import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCodeAt } from '../../../backend/modules/accounts/index.ts';
import { FRESH_FACTOR_MS } from '../../../backend/modules/accounts/confirm-factor.ts';
import type { Client, Json, Reply } from '../../support/client.ts';
import {
  createCitizen,
  createStaff,
  newCreditCode,
  newIdNumber,
  newPhone,
  TEST_TOTP_SECRET,
  type TestPerson,
} from '../../support/people.ts';
import {
  accepted,
  act,
  approved,
  claimed,
  ok,
  openOffice,
  submittedRename,
  type Office,
} from './scenario.ts';

const NEEDED = [403, 'accounts.fresh_factor_needed'];
const told = ({ status, body }: Reply<Json>) => [status, body.error?.code];

/** trust.md S45: an unattended desk with an open session is not enough for what weighs most. */
describe('acts that ask once more who it is', () => {
  let office: Office;
  let admin: TestPerson;
  beforeAll(async () => {
    office = await openOffice();
    admin = await createStaff(office.api, { roles: ['administrator'] });
    // As at an unattended desk: nobody is there to give a code.
    for (const { client } of [...Object.values(office.clerks), admin]) client.confirmWith = null;
  });
  afterAll(() => office.close());

  const confirm = (client: Client) =>
    client.post('/api/sessions/confirm', { totp: totpCodeAt(TEST_TOTP_SECRET, office.api.p.time.now()) });
  const waitTooLong = () => office.api.advance(FRESH_FACTOR_MS + 1);

  it('are recording and refusing, and nothing of the case changes before', async () => {
    const { registrar, firstReview } = office.clerks;
    const { id } = await submittedRename(office);
    const other = await submittedRename(office);
    await accepted(office, id);
    await approved(office, id);
    await accepted(office, other.id);
    await claimed(firstReview, other.id);
    waitTooLong();
    const refusal = { reason: 'unlawful', facts: '申请登记的权利与登记簿记载的不一致，不能登记' };
    const seen = await ok(registrar.client.get(`/api/work-items/${id}`));
    expect(told(await act(registrar, id, 'record'))).toEqual(NEEDED);
    expect(told(await act(firstReview, other.id, 'refuse', refusal))).toEqual(NEEDED);
    expect((await ok(registrar.client.get(`/api/work-items/${id}`))).status).toBe(seen.status);
    expect((await confirm(registrar.client)).status).toBe(204);
    expect((await ok(act(registrar, id, 'record'))).status).not.toBe('approved');
    // The other clerk has confirmed nothing.
    expect(told(await act(firstReview, other.id, 'refuse', refusal))).toEqual(NEEDED);
    await confirm(firstReview.client);
    expect((await ok(act(firstReview, other.id, 'refuse', refusal))).status).toBe('refused');
  });

  it('are those that give power at the office, and the check of somebody’s identity', async () => {
    const clerk = await createStaff(office.api, { roles: ['acceptance'] });
    const citizen = await createCitizen(office.api, { name: '周小川', nameVerified: false });
    const { client } = admin;
    await confirm(client);
    const { items } = await ok(client.get('/api/admin/staff?limit=100'));
    const { revision } = items.find((one: Json) => one.id === clerk.account.id);
    const path = `/api/admin/staff/${clerk.account.id}`;
    const organisation = `/api/admin/organisations/${office.bank.organisation.id}`;
    const invited = { name: '李新', idNumber: newIdNumber(), phone: newPhone(), loginName: 'lixin.fresh' };
    const weighty: Record<string, () => Promise<Reply<Json>>> = {
      create: () => client.post('/api/admin/staff', { ...invited, roles: ['acceptance'], officeId: null }),
      roles: () => client.patch(path, { revision, roles: ['registrar'], officeId: null }),
      reset: () => client.post(`${path}/reset`, { revision }),
      enable: () => client.post(`${path}/enable`, { revision }),
      organisation: () =>
        client.post('/api/admin/organisations', {
          kind: 'court',
          name: '聊城演示法院',
          creditCode: newCreditCode(),
        }),
      confirm: () => client.post(`${organisation}/confirm`, { revision: 1 }),
      enableOrganisation: () => client.post(`${organisation}/enable`, { revision: 1 }),
      member: () => client.post(`${organisation}/members`, { ...invited, administrator: false }),
    };
    waitTooLong();
    for (const [name, send] of Object.entries(weighty))
      expect([name, ...told(await send())]).toEqual([name, ...NEEDED]);
    const check = {
      name: citizen.account.name,
      idNumber: citizen.account.idNumber,
      documentKind: 'residentCard',
      counterCode: null,
    };
    clerk.client.confirmWith = null;
    expect(told(await clerk.client.post('/api/staff/identity-checks', check))).toEqual(NEEDED);
    // Taking power away waits for nothing.
    expect((await client.post(`${path}/disable`, { revision, reason: '设备丢失，先停用' })).status).toBe(200);
    await confirm(client);
    for (const [name, send] of Object.entries(weighty))
      expect([name, (await send()).body.error?.code]).not.toEqual([name, NEEDED[1]]);
  });
});
