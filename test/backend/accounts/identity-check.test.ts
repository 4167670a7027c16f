import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDelivery } from '../../../backend/modules/notifications/settings.ts';
import { emailContext, settings } from '../../../backend/modules/notifications/settings.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Client } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newIdNumber,
  signInAs,
  stranger,
  TEST_PASSWORD,
} from '../../support/people.ts';

let api: TestApi;
let clerk: Client;
let clerkId: string;
beforeAll(async () => {
  api = await startApi();
  const person = await createStaff(api, { roles: ['acceptance'], officeId: 'dongchangfu' });
  clerk = person.client;
  clerkId = person.account.id;
});
afterAll(() => api.close());

const check = (idNumber: string, counterCode: string | null, overrides: object = {}) =>
  clerk.post('/api/staff/identity-checks', {
    idNumber,
    name: '测试人',
    documentKind: 'residentCard',
    counterCode,
    ...overrides,
  });

const unverified = () => createCitizen(api, { nameVerified: false });

describe('confirming an identity at the counter', () => {
  it('verifies the name of the account whose code is shown, and records who, when, where and how', async () => {
    const { account, client } = await unverified();
    expect((await client.get('/api/me')).body.needs).toEqual([
      { key: 'nameVerification', message: expect.stringMatching(/身份证到任一登记大厅的受理窗口/) as string },
    ]);
    const { body: code } = await client.post('/api/me/counter-code');
    expect(code.code).toMatch(/^\d{8}$/);
    const answer = await check(account.idNumber, code.code);
    expect(answer).toMatchObject({ status: 201, body: { accountId: account.id, recovery: null } });
    expect((await client.get('/api/me')).body).toMatchObject({ nameVerified: true, needs: [] });
    const stored = await api.p.database.connection
      .collection('accounts')
      .findOne({ _id: account.id as never });
    expect(stored!.identityChecks).toEqual([
      {
        id: answer.body.checkId,
        mode: 'counter',
        at: api.p.time.now(),
        byAccountId: clerkId,
        officeId: 'dongchangfu',
        documentKind: 'residentCard',
        formerName: null,
        proof: 'code',
      },
    ]);
  });

  it('verifies a member of an organisation by the code of that account, and no other account of theirs', async () => {
    const bank = await createOrganisation(api, 'bank');
    const { account, client } = await bank.member({ nameVerified: false });
    const own = await createCitizen(api, { idNumber: account.idNumber, nameVerified: false });
    const { body } = await client.post('/api/me/counter-code');
    expect(await check(account.idNumber, body.code)).toMatchObject({
      status: 201,
      body: { accountId: account.id, recovery: null },
    });
    expect((await client.get('/api/me')).body.nameVerified).toBe(true);
    expect((await own.client.get('/api/me')).body.nameVerified).toBe(false);
  });

  it('takes the spelling of the document and keeps the former one on record', async () => {
    const { account, client } = await unverified();
    const { body } = await client.post('/api/me/counter-code');
    await check(account.idNumber, body.code, { name: '𠮷田·艾山' });
    expect((await client.get('/api/me')).body.name).toBe('𠮷田·艾山');
  });

  it('uses a code once, and only within ten minutes', async () => {
    const { account, client } = await unverified();
    const first = await client.post('/api/me/counter-code');
    expect((await check(account.idNumber, first.body.code)).status).toBe(201);
    expect((await check(account.idNumber, first.body.code)).status).toBe(422);
    const second = await client.post('/api/me/counter-code');
    api.advance(10 * 60_000);
    clerk = await signInAs(api, { id: clerkId, kind: 'staff' });
    const late = await check(account.idNumber, second.body.code);
    expect(late.body.error.details).toMatchObject([
      { pointer: '/counterCode', code: 'accounts.counter_code_wrong' },
    ]);
  });

  it('does not verify someone else into an account by its code', async () => {
    const one = await unverified();
    const two = await unverified();
    const { body } = await one.client.post('/api/me/counter-code');
    expect((await check(two.account.idNumber, body.code)).status).toBe(422);
    expect((await two.client.get('/api/me')).body.nameVerified).toBe(false);
  });

  it('recovers an account that a stranger made with another’s number: the stranger is out at once', async () => {
    const stolen = await unverified();
    const answer = await check(stolen.account.idNumber, null, { name: '赵明远', phone: '13900004321' });
    expect(answer.status).toBe(201);
    const { code } = answer.body.recovery;
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect((await stolen.client.get('/api/me')).status).toBe(401);
    const login = stolen.account.idNumber;
    expect((await stranger(api).post('/api/sessions', { login, password: TEST_PASSWORD })).status).toBe(401);

    const owner = stranger(api);
    const typed = code.toLowerCase().replace(/-/g, ' ');
    expect((await owner.post('/api/tickets/read', { token: typed })).body).toMatchObject({
      purpose: 'recovery',
      name: '赵明远',
      totp: null,
    });
    const redeemed = await owner.post('/api/tickets/redeem', { token: typed, password: '光岳楼下的风铃响' });
    expect(redeemed.status).toBe(204);
    await owner.post('/api/sessions', { login, password: '光岳楼下的风铃响' });
    expect((await owner.get('/api/me')).body).toMatchObject({
      name: '赵明远',
      nameVerified: true,
      maskedPhone: '139****4321',
    });
    const byPhone = { login: '13900004321', password: '光岳楼下的风铃响' };
    expect((await stranger(api).post('/api/sessions', byPhone)).status).toBe(201);
  });

  it('ends a recovery code after 30 minutes', async () => {
    const { account } = await unverified();
    const { body } = await check(account.idNumber, null, { phone: '13900004322' });
    api.advance(30 * 60_000);
    clerk = await signInAs(api, { id: clerkId, kind: 'staff' });
    const late = await stranger(api).post('/api/tickets/redeem', {
      token: body.recovery.code,
      password: '光岳楼下的风铃响',
    });
    expect(late).toMatchObject({ status: 404, body: { error: { code: 'accounts.ticket_invalid' } } });
  });

  it('asks whose account is recovered for their own phone, and forgets the address that was there', async () => {
    const { account, client } = await unverified();
    for (const phone of [undefined, '12345']) {
      const without = await check(account.idNumber, null, phone === undefined ? {} : { phone });
      expect(without.body.error.details).toMatchObject([
        { pointer: '/phone', code: 'accounts.phone_format' },
      ]);
    }
    expect((await client.get('/api/me')).status).toBe(200);
    await settings(api.p).collection.insertOne({
      _id: account.id as never,
      email: api.p.crypto.fields.encrypt('stranger@example.com', emailContext(account.id)),
      pending: null,
      byEmail: true,
      bySms: true,
    });
    await check(account.idNumber, null, { phone: '13900004323' });
    await api.settle();
    expect((await findDelivery(api.p, account.id)).email).toBeNull();
  });

  it('is refused for an unknown number, a wrong number, and for oneself', async () => {
    const unknown = await check(newIdNumber(), null);
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'accounts.no_account_for_id' } } });
    const wrong = await check('371502199003070018', null);
    expect(wrong.body.error.details).toMatchObject([
      { pointer: '/idNumber', code: 'accounts.id_check_digit' },
    ]);
    const idNumber = newIdNumber();
    await createCitizen(api, { idNumber, nameVerified: false });
    const own = await createStaff(api, { roles: ['acceptance'], idNumber });
    const answer = await own.client.post('/api/staff/identity-checks', {
      idNumber,
      name: '测试人',
      documentKind: 'residentCard',
      counterCode: null,
    });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'accounts.own_identity' } } });
  });

  it('is for the acceptance role only', async () => {
    const reviewer = await createStaff(api, { roles: ['firstReview', 'registrar'] });
    const citizen = await unverified();
    for (const client of [reviewer.client, citizen.client]) {
      const body = {
        idNumber: citizen.account.idNumber,
        name: 'x',
        documentKind: 'other',
        counterCode: null,
      };
      expect((await client.post('/api/staff/identity-checks', body)).status).toBe(403);
    }
  });

  it('stops the guessing of a code', async () => {
    const { account, client } = await unverified();
    const { body } = await client.post('/api/me/counter-code');
    const wrong = body.code === '00000000' ? '00000001' : '00000000';
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await check(account.idNumber, wrong)).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
  });
});
