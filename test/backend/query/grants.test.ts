import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordChange } from '../../../backend/modules/register/index.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, signInAs, stranger, type TestPerson } from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { recordOrder, WHOLE } from '../register/units.ts';

/** 授权查看 over HTTP: given, used, seen, taken back, and nothing told to whoever comes too late. */

let office: Office;
let coOwner: TestPerson;
let home: Home;
const HALF = { numerator: 1, denominator: 2 };
const FOR_BANK = { purpose: 'mortgage', forWhom: '农业银行 王经理', days: 7, uses: null };

beforeAll(async () => {
  office = await openOffice();
  coOwner = await createCitizen(office.api, { name: '钱静' });
  home = await office.home({ holders: [personOrder(office.seller, HALF), personOrder(coOwner, HALF)] });
});
afterAll(() => office.close());

const give = (person: TestPerson, unit = home, body: object = FOR_BANK, key?: string) =>
  person.client.post(
    `/api/me/units/${unit.code}/grants`,
    body,
    key ? { headers: { 'Idempotency-Key': key } } : {},
  );
const tokenOf = (grant: Json): string => new URL(grant.link).hash.slice(1);
const use = (person: TestPerson, token: string) => person.client.post('/api/authorised-looks', { token });
const inbox = async (person: TestPerson, template: string): Promise<Json[]> => {
  await office.api.settle();
  const { items } = await ok(person.client.get('/api/notifications?limit=100'));
  return items.filter((one: Json) => one.template === template);
};

describe('a permission to look', () => {
  it('shows the unit within its bounds, and is seen by all owners at once', async () => {
    const given = await give(office.seller);
    expect(given.status).toBe(201);
    expect(given.body).toMatchObject({ state: 'active', own: true, uses: 0, forWhom: '农业银行 王经理' });
    expect(await inbox(coOwner, 'property.grantGiven')).toHaveLength(1);

    const { status, body } = await use(office.bank, tokenOf(given.body));
    expect(status).toBe(200);
    expect(body.unit).toMatchObject({ code: home.code, relation: 'authorised' });
    const text = JSON.stringify(body);
    expect(text).toContain('赵明远');
    // Who gave no consent is masked, and nobody's number is shown.
    expect(text).not.toContain('钱静');
    expect(text).not.toContain(coOwner.account.idNumber.slice(-4));
    expect(text).not.toContain('农业银行');
    expect(text).not.toContain('钱*');
    expect(body.unit.right.holders).toHaveLength(1);
    for (const field of ['encumbrances', 'courts', 'history']) expect(body.unit).not.toHaveProperty(field);
    expect(text).not.toMatch(/"(share|debt|certificateNo)"/);

    for (const owner of [office.seller, coOwner]) {
      const { items } = await ok(owner.client.get(`/api/me/access-log?unit=${home.code}`));
      expect(items[0]).toMatchObject({
        who: { kind: 'organisation', place: { zh: '聊城测试银行' } },
        why: { zh: '凭权利人给的授权查看' },
      });
      expect((await inbox(owner, 'property.grantUsed'))[0]!.text).toContain('聊城测试银行');
    }
    const { items } = await ok(coOwner.client.get(`/api/me/units/${home.code}/grants`));
    expect(items[0]).toMatchObject({ uses: 1, own: false, givenBy: '赵*远', link: null });
  });

  it('taken back by a co-owner opens nothing from then on', async () => {
    const { body: grant } = await give(office.seller);
    await ok(use(office.bank, tokenOf(grant)));
    const revoked = await ok(coOwner.client.post(`/api/me/grants/${grant.id}/revoke`));
    expect(revoked).toMatchObject({ state: 'revoked', link: null });
    const late = await use(office.bank, tokenOf(grant));
    const unknown = await use(office.bank, 'x'.repeat(43));
    expect([late.status, unknown.status]).toEqual([404, 404]);
    expect(late.body.error.message).toBe(unknown.body.error.message);
    expect(late.body.error.code).toBe(unknown.body.error.code);
    // Again is the same, and tells nobody a second time.
    await ok(office.seller.client.post(`/api/me/grants/${grant.id}/revoke`));
    expect((await inbox(office.seller, 'property.grantRevoked')).length).toBe(1);
  });

  it('for three looks is for three, however many come at once', async () => {
    const { body: grant } = await give(office.seller, home, { ...FOR_BANK, uses: 3 });
    const looks = await Promise.all(Array.from({ length: 10 }, () => use(office.bank, tokenOf(grant))));
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(looks.filter(({ status }) => status === 404)).toHaveLength(7);
    const { items } = await ok(office.seller.client.get(`/api/me/units/${home.code}/grants`));
    expect(items.find(({ id }: Json) => id === grant.id)).toMatchObject({ state: 'used', uses: 3 });
  });

  it('ends with the right of whoever gave it', async () => {
    const sold = await office.home();
    const { body: grant } = await give(office.seller, sold);
    await ok(use(office.bank, tokenOf(grant)));
    const { name, idNumber } = office.buyer.account;
    const outcome = await recordChange(
      office.api.p,
      recordOrder({
        unitCode: sold.code,
        request: 'transfer',
        effects: [
          {
            kind: 'ownership.transfer',
            from: [{ idNumber: office.seller.account.idNumber, share: WHOLE }],
            to: [{ name, partyKind: 'person', idKind: 'residentId', idNumber, share: WHOLE }],
            coOwnership: 0,
            certificateNo: '鲁(2026)聊城市不动产权第0090001号',
          },
        ],
      }),
    );
    expect(outcome.outcome).toBe('recorded');
    expect((await use(office.bank, tokenOf(grant))).body.error.code).toBe('query.grant_unavailable');
    expect((await ok(office.buyer.client.get(`/api/me/units/${sold.code}/grants`))).items).toEqual([]);
    expect((await office.seller.client.get(`/api/me/units/${sold.code}/grants`)).status).toBe(404);
  });

  it('is given by owners only, and the answer is that of a unit that does not exist', async () => {
    const other = await give(office.buyer);
    const absent = await give(office.buyer, { code: '371502001001GB00001F00019998', certificateNo: '' });
    expect([other.status, absent.status]).toEqual([404, 404]);
    expect(other.body.error.message).toBe(absent.body.error.message);
  });

  it('is used by whoever has shown who they are', async () => {
    const { body: grant } = await give(office.seller);
    expect((await stranger(office.api).post('/api/authorised-looks', { token: tokenOf(grant) })).status).toBe(
      401,
    );
    const unproven = await createCitizen(office.api, { nameVerified: false });
    expect((await use(unproven, tokenOf(grant))).body.error.code).toBe('accounts.name_not_verified');
  });

  it('sent twice with one key is one, and shows the same link', async () => {
    const keys = ['k-1', 'k-1'];
    const [first, second] = await Promise.all(keys.map((key) => give(office.seller, home, FOR_BANK, key)));
    expect(first!.body.id).toBe(second!.body.id);
    expect(first!.body.link).toBe(second!.body.link);
    const other = await give(office.seller, home, { ...FOR_BANK, days: 3 }, 'k-1');
    expect(other.body.error.code).toBe('query.key_reused');
  });

  it.each([
    { ...FOR_BANK, days: 31 },
    { ...FOR_BANK, days: 0 },
    { ...FOR_BANK, uses: 0 },
    { ...FOR_BANK, purpose: 'curiosity' },
    { ...FOR_BANK, forWhom: '   ' },
  ])('refuses %o', async (body) => {
    expect((await give(office.seller, home, body)).status).toBe(400);
  });

  it('leaves no token in the database, in addresses or in the log', async () => {
    const { body: grant } = await give(office.seller);
    const token = tokenOf(grant);
    await ok(use(office.bank, token));
    const { connection } = office.api.p.database;
    for (const { collectionName } of await connection.db!.collections()) {
      const all = JSON.stringify(await connection.collection(collectionName).find().toArray());
      expect(all.includes(token), collectionName).toBe(false);
    }
    expect(office.api.logLines.some((line) => line.includes(token))).toBe(false);
    expect(office.api.requestUrls.some((url) => url.includes(token))).toBe(false);
  });

  it('ends by itself at its very end', async () => {
    const { body: grant } = await give(office.seller, home, { ...FOR_BANK, days: 1 });
    const token = tokenOf(grant);
    const left = Date.parse(grant.until) - office.api.p.time.now().getTime();
    office.api.advance(left - 1);
    // The session of before has ended with the day.
    const client = await signInAs(office.api, office.bank.account);
    const bank = { ...office.bank, client };
    await ok(use(bank, token));
    office.api.advance(1);
    expect((await use(bank, token)).body.error.code).toBe('query.grant_unavailable');
  });
});
