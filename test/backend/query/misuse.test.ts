import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grants } from '../../../backend/modules/query/grants/grant.model.ts';
import { fieldsOf } from '../../../backend/modules/query/offline/result-fields.ts';
import { readResult } from '../../../backend/modules/query/result-record.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { recordChange } from '../../../backend/modules/register/index.ts';
import { rateLimits } from '../../../backend/platform/http/rate-limit.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  stranger,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { codeOf, half, party, recordOrder, saleTo, unitImport, WHOLE } from '../register/units.ts';
import { acceptAs, ask, askWithPapers, elsewhere, handIn, look, newQueryId, register } from './asking.ts';

/** What somebody tries who means harm: each was possible once. */

let api: TestApi;
let owner: TestPerson;
let partner: TestPerson;
let other: TestPerson;
let clerk: TestPerson;
let firm: TestOrganisation;
const HOME = codeOf(1);
const SHARED = codeOf(2);
const FIRMS = codeOf(3);
const SOLD = codeOf(4);
const SOON_SOLD = codeOf(5);
const CHECKED_OFTEN = codeOf(6);

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  partner = await createCitizen(api, { name: '周雨' });
  other = await createCitizen(api, { name: '孙晓岚' });
  clerk = await createStaff(api, { name: '周敏', roles: ['archivist'] });
  firm = await createOrganisation(api, 'bank');
  const { name, creditCode } = firm.organisation;
  const company = { partyKind: 'organisation', idKind: 'creditCode', idNumber: creditCode, share: WHOLE };
  const whole = (code: string) => unitImport(code, [party('赵明远', owner.account.idNumber, WHOLE)]);
  await register(api, [
    ...[HOME, SOLD, SOON_SOLD, CHECKED_OFTEN].map(whole),
    unitImport(SHARED, [
      party('赵明远', owner.account.idNumber, half()),
      party('周雨', partner.account.idNumber, half()),
    ]),
    unitImport(FIRMS, [{ name, ...company } as never]),
  ]);
});
afterAll(() => api.close());
beforeEach(() => forgetLimits());

const looksOf = async ({ client }: TestPerson): Promise<Json[]> =>
  (await client.get('/api/me/access-log?limit=100')).body.items;
const inboxOf = async ({ client }: TestPerson): Promise<Json[]> => {
  await api.settle();
  return (await client.get('/api/notifications?limit=100')).body.items;
};
/** As somebody interested, with a contract that a clerk looked at. */
async function answeredWithPapers(person: TestPerson, target: string): Promise<void> {
  const { body } = await askWithPapers(person, { target });
  await look(clerk, body.id);
  expect((await acceptAs(clerk, body.id)).status).toBe(200);
}
const forgetLimits = () => rateLimits(api.p).collection.deleteMany({});

async function sell(unitCode: string, from: TestPerson, to: TestPerson, no: number): Promise<void> {
  const sale = saleTo(party(to.account.name, to.account.idNumber, WHOLE), no, [
    { idNumber: from.account.idNumber, share: null },
  ]);
  expect((await recordChange(api.p, recordOrder({ unitCode, effects: [sale] }))).outcome).toBe('recorded');
}

describe('the number of a query', () => {
  it('is not used up by what is refused: not there and not one’s own leave the same trace', async () => {
    const next = async () => Number((await ask(other.client)).body.no.slice(-5));
    const first = await next();
    const none = await ask(other.client, { kind: 'ownUnit', target: codeOf(777) });
    const second = await next();
    const theirs = await ask(other.client, { kind: 'ownUnit', target: HOME });
    const third = await next();
    expect([none.status, none.body.error.code]).toEqual([theirs.status, theirs.body.error.code]);
    expect([second - first, third - second]).toEqual([1, 1]);
  });
});

describe('a paper that is needed', () => {
  it('is judged by what was uploaded, not by what it is called', async () => {
    const id = newQueryId();
    const { fileId } = await handIn(other.client, id, 'courtNotice');
    const said = [{ code: 'contract', fileId }];
    const wrong = await ask(other.client, {
      id,
      kind: 'interested',
      purpose: 'purchase',
      target: HOME,
      evidence: said,
    });
    expect(wrong).toMatchObject({ status: 422, body: { error: { code: 'query.evidenceMissing' } } });
    // The right paper under the same id mends it.
    const paper = await handIn(other.client, id, 'contract');
    const right = { id, kind: 'interested', purpose: 'purchase', target: HOME, evidence: [...said, paper] };
    expect((await ask(other.client, right)).status).toBe(200);
  });

  it('is one file for one line', async () => {
    const id = newQueryId();
    const { fileId } = await handIn(other.client, id, 'lawyerCard');
    const evidence = ['lawyerCard', 'lawFirmLetter'].map((code) => ({ code, fileId }));
    const named = { target: HOME, client: '委托人甲', claimedName: '赵明远' };
    const asked = { id, kind: 'lawyer', purpose: 'purchase', ...named, evidence };
    expect(await ask(other.client, asked)).toMatchObject({
      status: 422,
      body: { error: { code: 'query.evidenceMissing' } },
    });
  });
});

describe('words for a document of the office', () => {
  const HIDDEN = [
    '自住\n查询结果　三处',
    '自住\u001b[31m红',
    '自住用途\u202e文反',
    '自住\u2028用途',
    '自住\u200b用途',
  ];

  it.each(HIDDEN.map((text) => ({ text })))(
    'refuse what would not show as typed: $text',
    async ({ text }) => {
      const purpose = await ask(other.client, { purposeText: text });
      expect([purpose.status, purpose.body.error.code]).toEqual([400, 'platform.invalid_input']);
      expect(JSON.stringify(purpose.body)).toContain('/purposeText');
      const claimed = await askWithPapers(other, { kind: 'lawyer', target: HOME, claimedName: text }, [
        'lawyerCard',
        'lawFirmLetter',
      ]);
      expect([claimed.status, JSON.stringify(claimed.body).includes('/claimedName')]).toEqual([400, true]);
      const client = await ask(other.client, { kind: 'lawyer', target: HOME, client: text });
      expect([client.status, JSON.stringify(client.body).includes('/client')]).toEqual([400, true]);
      const person = { name: text, idNumber: owner.account.idNumber };
      const named = await ask(other.client, { kind: 'manager', purpose: 'management', person });
      expect([named.status, JSON.stringify(named.body).includes('/person/name')]).toEqual([400, true]);
      const refusal = await clerk.client.post(`/api/query-items/${newQueryId()}/refuse`, {
        revision: 1,
        reason: 'noSuchRecord',
        explanation: text,
      });
      expect(refusal.status).toBe(400);
      const grant = { purpose: 'other', forWhom: text, days: 3, uses: null };
      expect((await owner.client.post(`/api/me/units/${HOME}/grants`, grant)).status).toBe(400);
    },
  );

  it('are quoted as the asker’s, whatever quotes and spaces they hold', async () => {
    const purposeText = '自住”　　　　　　　　　　查询结果　无抵押“';
    const { body } = await ask(other.client, { purposeText });
    const stored = (await queries(api.p).findById(body.id).lean())!.result!;
    const row = fieldsOf(readResult(stored.record)).find(({ key }) => key === 'purpose')!;
    expect(row.text).toMatch(/查询人写明：“[^“”]*”$/u);
    expect(row.text).not.toMatch(/\s{2}/u);
  });
});

describe('核验 of a result', () => {
  const tokenIn = ({ body }: Json): string => body.result.verifyUrl.split('/').at(-1);
  const verify = (token: string, from: object) => stranger(api).post('/api/queries/verify', { token }, from);

  it('is a look at those whom it is about: in their list, and in that of whoever owns it by then', async () => {
    const asked = await ask(other.client, { kind: 'status', purpose: 'purchase', target: SOLD });
    await sell(SOLD, owner, partner, 40);
    const [before, ofPartner] = [(await looksOf(owner)).length, (await looksOf(partner)).length];
    expect((await verify(tokenIn(asked), elsewhere())).body).toMatchObject({ verdict: 'genuine' });
    const [now] = await looksOf(owner);
    expect((await looksOf(owner)).length).toBe(before + 1);
    expect(now).toMatchObject({
      who: { kind: 'anonymous' },
      why: { zh: '核验一份查询结果的真假' },
      property: { code: SOLD },
    });
    expect((await looksOf(partner)).length).toBe(ofPartner + 1);
  });

  it('with a session says who it was', async () => {
    const asked = await ask(other.client, { kind: 'status', purpose: 'purchase', target: HOME });
    await partner.client.post('/api/queries/verify', { token: tokenIn(asked) }, elsewhere());
    expect((await looksOf(owner))[0].who).toMatchObject({ kind: 'citizen', name: '周*' });
  });

  it('cannot be repeated all day, one paper after the other neither', async () => {
    const asked = await ask(other.client, { kind: 'status', purpose: 'purchase', target: CHECKED_OFTEN });
    const from = elsewhere();
    const statuses: number[] = [];
    for (let n = 0; n < 25; n += 1) statuses.push((await verify(tokenIn(asked), from)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
    // A minute later it is the same paper still.
    await rateLimits(api.p).collection.deleteMany({ key: /^POST / });
    expect((await verify(tokenIn(asked), from)).status).toBe(429);
    expect((await verify(tokenIn(asked), elsewhere())).status).toBe(200);
  });
});

describe('what an organisation owns', () => {
  it('is looked at before the eyes of its members', async () => {
    const { status } = await ask(other.client, { kind: 'status', purpose: 'purchase', target: FIRMS });
    expect(status).toBe(200);
    expect((await looksOf(firm))[0]).toMatchObject({
      who: { kind: 'citizen', name: '孙*岚' },
      property: { code: FIRMS },
    });
    await answeredWithPapers(other, FIRMS);
    const told = (await inboxOf(firm)).find(({ template }) => template === 'property.queried');
    expect(told.link.href).toBe('/me/access-log');
  });

  it('at the desk as well', async () => {
    const before = (await looksOf(firm)).length;
    expect((await clerk.client.get(`/api/register/units/${FIRMS}`)).status).toBe(200);
    expect((await looksOf(firm)).length).toBe(before + 1);
  });
});

describe('a permission that still opens', () => {
  it('stays in every owner’s sight and counts, however many came after it', async () => {
    const give = (more: object = {}) =>
      owner.client.post(`/api/me/units/${SHARED}/grants`, {
        ...{ purpose: 'other', forWhom: '同伙', days: 30, uses: null },
        ...more,
      });
    const { body: first } = await give();
    const stored = (await grants(api.p).collection.findOne({ _id: first.id })) as unknown as Json;
    // As if given and taken back a hundred times since.
    const later = Array.from({ length: 110 }, (_, n) => ({
      ...stored,
      _id: newQueryId(),
      givenAt: new Date(stored.givenAt.getTime() + n + 1),
      revoked: { at: stored.givenAt, by: owner.account.id },
      tokenMac: `mac-${n}`,
      created: { key: `key-${n}`, fingerprint: '' },
    }));
    await grants(api.p).collection.insertMany(later as never);
    const { items } = (await partner.client.get(`/api/me/units/${SHARED}/grants`)).body;
    expect(items.filter(({ state }: Json) => state === 'active').map(({ id }: Json) => id)).toEqual([
      first.id,
    ]);
    expect(items).toHaveLength(101);
    for (let n = 1; n < 20; n += 1) expect((await give()).status).toBe(201);
    await forgetLimits();
    expect((await give()).body.error.code).toBe('query.too_many_grants');
  });

  it('shows nothing once the home is sold, at the very moment of the look', async () => {
    const given = await owner.client.post(`/api/me/units/${SOON_SOLD}/grants`, {
      ...{ purpose: 'other', forWhom: '买家', days: 3, uses: null },
    });
    const token = new URL(given.body.link).hash.slice(1);
    const { collection } = grants(api.p);
    const count = collection.findOneAndUpdate.bind(collection);
    collection.findOneAndUpdate = (async (...args: Parameters<typeof count>) => {
      await sell(SOON_SOLD, owner, partner, 50);
      return count(...args);
    }) as typeof collection.findOneAndUpdate;
    const late = await other.client.post('/api/authorised-looks', { token }, elsewhere());
    collection.findOneAndUpdate = count;
    expect([late.status, late.body.error?.code]).toEqual([404, 'query.grant_unavailable']);
    expect((await looksOf(owner))[0]?.why.zh ?? '').not.toContain('凭权利人');
  });
});

describe('alerts', () => {
  it('of one home, asked about again and again in a day by the same person, are one', async () => {
    const target = codeOf(30);
    await register(api, [unitImport(target, [party('赵明远', owner.account.idNumber, WHOLE)])]);
    const told = async (person: TestPerson) =>
      (await inboxOf(person)).filter(({ template, at }) => template === 'property.queried' && at >= started)
        .length;
    api.advance(1_000);
    const started = api.p.time.now().toISOString();
    for (let n = 0; n < 3; n += 1) await answeredWithPapers(other, target);
    expect(await told(owner)).toBe(1);
    // Each stands in the list; another person and the sale in between are news.
    expect(
      (await looksOf(owner)).filter(({ property }) => property?.code === target).length,
    ).toBeGreaterThanOrEqual(3);
    await answeredWithPapers(partner, target);
    expect(await told(owner)).toBe(2);
    await sell(target, owner, partner, 60);
    await answeredWithPapers(other, target);
    expect(await told(partner)).toBe(1);
  });
});
