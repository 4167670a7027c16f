import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importUnits, recordChange, type PartyOrder } from '../../../backend/modules/register/index.ts';
import { listAccessTo } from '../../../backend/modules/audit/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  stranger,
  type TestPerson,
} from '../../support/people.ts';
import { bank, codeOf, party, recordOrder, unitImport, WHOLE } from './units.ts';

let api: TestApi;
let owner: TestPerson;
let other: TestPerson;
let clerk: TestPerson;
const CODE = codeOf(1);
const CERTIFICATE = '鲁(2021)聊城市不动产权第0018342号';

const ownedBy = ({ account }: TestPerson): PartyOrder => party(account.name, account.idNumber, WHOLE);
const seize = (unitCode: string) =>
  recordChange(
    api.p,
    recordOrder({
      unitCode,
      request: 'seizure',
      effects: [
        {
          kind: 'seizure.create',
          terms: { court: '东昌府区人民法院', docNo: '(2026)鲁1502执8号', preSeizure: false, termMonths: 36 },
        },
      ],
    }),
  );

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  other = await createCitizen(api, { name: '孙晓岚' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  await importUnits(api.p, [unitImport(CODE, [ownedBy(owner)]), unitImport(codeOf(2), [ownedBy(owner)])]);
  await seize(codeOf(2));
});
afterAll(() => api.close());

describe('GET /api/register/units/:code', () => {
  const path = (code: string) => `/api/register/units/${encodeURIComponent(code)}`;

  it('shows the owner the live right, with the number masked', async () => {
    const { status, body } = await owner.client.get(path(CODE));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      code: CODE,
      codeGrouped: '371502 001001 GB00001 F00010001',
      district: { code: '371502', name: { zh: '东昌府区' } },
      rights: [{ status: 'current', holders: [{ name: '赵明远' }], certificateNo: CERTIFICATE }],
      pending: [],
    });
    const { idNumber } = owner.account;
    expect(body.rights[0].holders[0].idNumberMasked).toBe(
      `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`,
    );
    expect(JSON.stringify(body)).not.toContain(idNumber);
  });

  it('takes the code as people write it', async () => {
    expect((await owner.client.get(path('371502 001001 gb00001 f00010001'))).status).toBe(200);
  });

  it('gives the same answer for somebody else’s unit as for none', async () => {
    const [theirs, absent] = [await other.client.get(path(CODE)), await other.client.get(path(codeOf(9998)))];
    expect([theirs.status, absent.status]).toEqual([404, 404]);
    expect(theirs.body.error.code).toBe('register.unitNotFound');
    expect(theirs.body.error.message).toBe(absent.body.error.message);
  });

  it('refuses a malformed code, and nobody signed in', async () => {
    expect((await owner.client.get(path('12345'))).body.error.code).toBe('register.unitCodeInvalid');
    expect((await stranger(api).get(path(CODE))).status).toBe(401);
  });

  it('shows staff history and encumbrances', async () => {
    const { body } = await clerk.client.get(path(codeOf(2)));
    expect(body.encumbrances).toMatchObject([
      { kind: 'seizure', status: 'current', court: '东昌府区人民法院', inForce: true, rank: 1 },
    ]);
    expect(body.flags).toMatchObject({ seized: true, mortgaged: false });
    const looks = await listAccessTo(api.p, owner.account.personIndex);
    expect(JSON.stringify(looks)).toContain(clerk.account.id);
  });
});

describe('GET /api/me/units', () => {
  it('lists what is mine, page by page', async () => {
    const first = await owner.client.get('/api/me/units?limit=1');
    expect(first.body.items.map(({ code }: { code: string }) => code)).toEqual([CODE]);
    const second = await owner.client.get(`/api/me/units?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items.map(({ code }: { code: string }) => code)).toEqual([codeOf(2)]);
    expect(second.body.nextCursor).toBeNull();
    expect((await other.client.get('/api/me/units')).body).toEqual({ items: [], nextCursor: null });
  });

  it('lists the organisation’s for its members, and not the members’ own', async () => {
    const { client, organisation, account } = await createOrganisation(api, 'developer');
    const company: PartyOrder = {
      ...bank(organisation.name),
      idNumber: organisation.creditCode,
      share: WHOLE,
    };
    await importUnits(api.p, [
      unitImport(codeOf(3), [company]),
      unitImport(codeOf(4), [party(account.name, account.idNumber, WHOLE)]),
    ]);
    const { body } = await client.get('/api/me/units');
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual([codeOf(3)]);
  });

  it('is not for staff', async () => {
    expect((await clerk.client.get('/api/me/units')).status).toBe(403);
  });
});

describe('POST /api/register/unit-checks', () => {
  /** From an address of its own, unless one is given. */
  const check = (person: TestPerson, body: object, address = `10.${[...randomBytes(3)].join('.')}`) =>
    person.client.post(
      '/api/register/unit-checks',
      { unitCode: CODE, request: 'transfer', ...body },
      { headers: { 'X-Forwarded-For': address } },
    );

  it('tells the owner at once, and another only with a number or a name that fits', async () => {
    expect((await check(owner, {})).body).toMatchObject({ matched: true, conflicts: [] });
    expect((await check(other, { certificateNo: CERTIFICATE })).body.matched).toBe(true);
    expect((await check(other, { ownerName: '赵明远' })).body).toMatchObject({
      matched: true,
      unit: { code: CODE, natural: { areaM2: '98.62' } },
    });
    expect((await check(other, {})).body.matched).toBe(false);
  });

  it('says the same for an absent unit, a wrong name, a wrong number, and nonsense', async () => {
    const answers = await Promise.all([
      check(other, { unitCode: codeOf(9997), ownerName: '赵明远' }),
      check(other, { ownerName: '赵明近' }),
      check(other, { ownerName: '赵明远', certificateNo: CERTIFICATE.replace('8342', '8343') }),
      check(other, { unitCode: 'nonsense', ownerName: '赵明远' }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual(answers[0]!.body);
    }
  });

  it('names the court to the owner, and to a buyer only that it is seized', async () => {
    const mine = await check(owner, { unitCode: codeOf(2) });
    const theirs = await check(other, { unitCode: codeOf(2), ownerName: '赵明远' });
    expect(mine.body.conflicts).toMatchObject([{ verdict: 'refuse', code: 'register.conflict.seizure' }]);
    expect(mine.body.conflicts[0].sentence.zh).toContain('东昌府区人民法院');
    expect(theirs.body.conflicts[0].sentence.zh).not.toContain('东昌府区人民法院');
    expect(theirs.body.sentence.zh).toBe('查到了，但现在不能办这项业务。');
  });

  it.each<[string, object]>([
    ['an unknown field', { colour: 'red' }],
    ['a wrong type', { ownerName: { $ne: null } }],
    ['an unknown request', { request: 'theft' }],
    ['a code longer than any', { unitCode: '3'.repeat(500) }],
  ])('refuses %s', async (_, body) => {
    expect((await check(other, body)).status).toBe(400);
  });

  it('cannot be used to walk along codes', async () => {
    const walker = await createCitizen(api);
    const statuses: number[] = [];
    for (let n = 0; n < 32; n += 1) {
      statuses.push((await check(walker, { unitCode: codeOf(n), ownerName: '赵明远' })).status);
    }
    expect(statuses.slice(0, 30).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(30)).toEqual([429, 429]);
  });

  it('nor with more accounts from one address', async () => {
    const statuses: number[] = [];
    // Each stays under what one account may; a hall or a carrier shares ten times that.
    for (let account = 0; account < 11; account += 1) {
      const walker = await createCitizen(api);
      for (let n = 0; n < 28; n += 1)
        statuses.push((await check(walker, { unitCode: codeOf(n) }, '10.6.6.6')).status);
    }
    expect(statuses.slice(0, 300)).not.toContain(429);
    expect(new Set(statuses.slice(300))).toEqual(new Set([429]));
  });
});
