import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queryResultLeaves } from '../../../backend/modules/query/leaf.ts';
import { forgetPlainDigests, forgetRestOfErasedQueries } from '../../../backend/modules/query/migrations.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, personOrder, type Office } from '../applications/scenario.ts';
import { ask, askWithPapers, handIn, look, newQueryId, request } from './asking.ts';

/** 个人信息保护法19, 47, 51: what a query leaves behind, read as whoever stole the database would read it. */

const DAY_MS = 86_400_000;

let office: Office;
let heir: TestPerson;
let dead: TestPerson;
let clerk: TestPerson;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
// Anew for each: the days that go by end sessions.
beforeEach(async () => {
  heir = await createCitizen(office.api, { name: '赵小安' });
  dead = await createCitizen(office.api, { name: '赵安' });
  clerk = await createStaff(office.api, { roles: ['acceptance'] });
});
afterEach(() => office.api.setNow(TEST_NOW));

const again = async (person: TestPerson): Promise<TestPerson> => ({
  ...person,
  client: await signInAs(office.api, person.account),
});

const stored = async (id: string): Promise<Json> =>
  (await queries(office.api.p).collection.findOne({ _id: id } as never)) as unknown as Json;

async function eraseAfter(days: number): Promise<void> {
  office.api.advance(days * DAY_MS);
  await office.api.app.scheduler.runNow('query.erasePapers');
}

const withdraw = (person: TestPerson, id: string): Promise<Json> =>
  ok(person.client.post(`/api/queries/${id}/withdraw`, { revision: 1 }));

/** What an heir sends. */
async function bodyOfHeir(): Promise<Json> {
  const id = newQueryId();
  const evidence = [await handIn(heir.client, id, 'inheritanceProof')];
  const { name, idNumber } = dead.account;
  return request({ id, kind: 'heir', purpose: 'inheritance', evidence, person: { name, idNumber } });
}

const digestOf = (body: Json): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url');

describe('by what is stored of a request', () => {
  it('nobody finds the number in it by trying, and the same request is known all the same', async () => {
    const body = await bodyOfHeir();
    const asked = await ok(heir.client.post('/api/queries', body));
    expect(JSON.stringify(await stored(body.id))).not.toContain(digestOf(body));
    expect((await ok(heir.client.post('/api/queries', body))).no).toBe(asked.no);
    const other = await heir.client.post('/api/queries', { ...body, purposeText: '继承父亲的房子' });
    expect(other.body.error.code).toBe('query.keyReused');
  });

  it('an erased query is not known again, and its id stays taken', async () => {
    const body = await bodyOfHeir();
    await ok(heir.client.post('/api/queries', body));
    await withdraw(heir, body.id);
    await eraseAfter(31);
    expect((await stored(body.id)).requestMac).toBeNull();
    const { client } = await again(heir);
    expect((await client.post('/api/queries', body)).body.error.code).toBe('query.keyReused');
  });

  it('a digest without a key, of before, goes', async () => {
    const body = await bodyOfHeir();
    await ok(heir.client.post('/api/queries', body));
    const earlier = { $set: { fingerprint: digestOf(body) }, $unset: { requestMac: '' } };
    await queries(office.api.p).collection.updateOne({ _id: body.id } as never, earlier as never);
    await forgetPlainDigests.up(office.api.p.database.connection.db!);
    expect(JSON.stringify(await stored(body.id))).not.toContain(digestOf(body));
    expect((await heir.client.post('/api/queries', body)).body.error.code).toBe('query.keyReused');
    expect((await ok(heir.client.get(`/api/queries/${body.id}`))).state).toBe('waiting');
  });
});

describe('a query of which those concerned were not told yet', () => {
  let police: TestPerson & { organisation: { creditCode: string } };
  let owner: TestPerson;
  const docNo = '聊公经侦〔2026〕20号';

  const dayAfter = (days: number): string =>
    new Date(office.api.p.time.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

  /** Opened by a clerk, and then taken back. */
  async function withdrawnByPolice(given: object = {}): Promise<Json> {
    const home = await office.home({ holders: [personOrder(owner, { numerator: 1, denominator: 1 })] });
    const why = { purpose: 'investigation', purposeText: '侦查一起合同诈骗案', letterNo: docNo };
    const papers = ['officialLetter', 'officialCard'];
    const body = { kind: 'organUnit', ...why, target: home.code, ...given };
    const asked = await ok(askWithPapers(police, body, papers));
    expect((await look(clerk, asked.id)).status).toBe(200);
    return withdraw(police, asked.id);
  }

  const isThere = async (id: string): Promise<boolean> => (await stored(id)).keeping.open;

  beforeEach(async () => {
    police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
    owner = await createCitizen(office.api);
  });

  it('keeps its papers while it is silent, and for as long after as anybody else’s', async () => {
    const { id, kept, evidence } = await withdrawnByPolice({
      notice: { ground: 'crime', untilOn: dayAfter(100) },
    });
    // Told on the day after, and thirty days from then.
    expect(kept.untilOn).toBe(dayAfter(131));
    await eraseAfter(101);
    expect(await isThere(id)).toBe(true);
    await office.api.app.scheduler.runNow('query.endNotices');
    await eraseAfter(30);
    expect(await isThere(id)).toBe(true);
    expect((await (await again(clerk)).client.get(`/api/files/${evidence[0].fileId}`)).status).toBe(200);
    await eraseAfter(1);
    expect(await isThere(id)).toBe(false);
  });

  it('counts from when the organ let it be told', async () => {
    const { id } = await withdrawnByPolice();
    await eraseAfter(40);
    expect(await isThere(id)).toBe(true);
    police = { ...police, ...(await again(police)) };
    const { kept } = await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    expect(kept.untilOn).toBe(dayAfter(30));
    await eraseAfter(30);
    expect(await isThere(id)).toBe(true);
    await eraseAfter(1);
    expect(await isThere(id)).toBe(false);
  });

  it('keeps them under a delay of notice as well, and after it', async () => {
    const [supervisor, leader] = await Promise.all([
      createStaff(office.api, { roles: ['supervisor'] }),
      createStaff(office.api, { roles: ['leader'] }),
    ]);
    const asked = {
      ...{ idNumber: owner.account.idNumber, creditCode: police.organisation.creditCode, docNo },
      ...{ ground: 'crime', reason: '正在侦查', untilOn: dayAfter(60) },
    };
    const delay = await ok(supervisor.client.post('/api/look-delays', asked), 201);
    await ok(leader.client.post(`/api/look-delays/${delay.id}/decide`, { revision: 1, granted: true }));
    const { id } = await withdrawnByPolice();
    await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    await eraseAfter(32);
    expect(await isThere(id)).toBe(true);
    await eraseAfter(58);
    expect(await isThere(id)).toBe(true);
    await eraseAfter(3);
    expect(await isThere(id)).toBe(false);
  });
});

describe('of an erased query no more stays than is said to stay', () => {
  const EXPLANATION = '户口本上的父亲是另一个人';

  async function refused(): Promise<string> {
    const body = await bodyOfHeir();
    await ok(heir.client.post('/api/queries', body));
    const refusal = { revision: 1, reason: 'evidenceInsufficient', explanation: EXPLANATION };
    await ok(clerk.client.post(`/api/query-items/${body.id}/refuse`, refusal));
    return body.id;
  }

  async function expectBare(id: string): Promise<void> {
    const left = await stored(id);
    expect(JSON.stringify(left)).not.toContain(EXPLANATION);
    expect(left).toMatchObject({ decision: { reason: 'evidenceInsufficient' }, purpose: 'inheritance' });
    expect(Object.keys(left.person).sort()).toEqual(['idIndex', 'name']);
    for (const view of [
      await ok((await again(heir)).client.get(`/api/queries/${id}`)),
      (await look(await again(clerk), id)).body,
    ])
      expect(view).toMatchObject({
        state: 'refused',
        person: { name: '赵安', idNumberMasked: null },
        result: null,
      });
  }

  it('a refused one: neither the clerk’s words nor the number, however sealed', async () => {
    const id = await refused();
    await eraseAfter(1_827);
    await expectBare(id);
  });

  it('one that was taken back: nobody whom it asked about', async () => {
    const body = await bodyOfHeir();
    await ok(heir.client.post('/api/queries', body));
    await withdraw(heir, body.id);
    await eraseAfter(31);
    expect(await stored(body.id)).toMatchObject({ person: null, asker: { name: '赵小安' } });
    const view = await ok((await again(heir)).client.get(`/api/queries/${body.id}`));
    expect(view).toMatchObject({ state: 'withdrawn', person: null, purpose: 'inheritance' });
    expect((await look(await again(clerk), body.id)).body.person).toBeNull();
  });

  it('a lawyer’s that was taken back: neither client nor the name to compare', async () => {
    const home = await office.home({ holders: [personOrder(dead, { numerator: 1, denominator: 1 })] });
    const given = { kind: 'lawyer', purpose: 'lawsuit', client: '委托人甲', claimedName: '赵安' };
    const papers = ['lawyerCard', 'lawFirmLetter'];
    const { id, target } = await ok(askWithPapers(heir, { ...given, target: home.code }, papers));
    await withdraw(heir, id);
    await eraseAfter(31);
    expect(await stored(id)).toMatchObject({ client: null, claimedName: null, unitCode: home.code });
    const view = await ok((await again(heir)).client.get(`/api/queries/${id}`));
    expect(view).toMatchObject({ client: null, claimedName: null, target });
  });

  it('a result that has no leaf in the log gets none', async () => {
    await office.home({ holders: [personOrder(heir, { numerator: 1, denominator: 1 })] });
    const { id } = await ok(ask(heir.client));
    await office.api.settle();
    const without = { $unset: { 'result.leaf': '' } };
    await queries(office.api.p).collection.updateOne({ _id: id } as never, without as never);
    await eraseAfter(1_827);
    expect((await stored(id)).result).toMatchObject({ record: '' });
    expect((await stored(id)).result).not.toHaveProperty('leaf');
    for await (const { entryId } of queryResultLeaves.leaves(office.api.p)) expect(entryId).not.toContain(id);
  });

  it('those erased before are brought to the same', async () => {
    const id = await refused();
    const { person } = await stored(id);
    await eraseAfter(1_827);
    const earlier = { person, 'decision.explanation': EXPLANATION };
    await queries(office.api.p).collection.updateOne({ _id: id } as never, { $set: earlier } as never);
    await forgetRestOfErasedQueries.up(office.api.p.database.connection.db!);
    await expectBare(id);
  });
});
