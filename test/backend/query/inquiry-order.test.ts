import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameNoClient } from '../../../backend/modules/query/migrations.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, stranger, type TestPerson } from '../../support/people.ts';
import { codeOf, party, unitImport, WHOLE } from '../register/units.ts';
import {
  acceptAs,
  ask,
  askWithPapers,
  elsewhere,
  handIn,
  look,
  mine,
  newQueryId,
  register,
} from './asking.ts';

/** A lawyer asks for a client, and with an inquiry order of a court as an interested party (查询办法22, 23). */

let api: TestApi;
let owner: TestPerson;
let lawyer: TestPerson;
let clerk: TestPerson;
const HOME = codeOf(1);
const CARDS = ['lawyerCard', 'lawFirmLetter'] as const;
const WITH_ORDER = [...CARDS, 'inquiryOrder'] as const;
const CLIENT = '鲁西委托人甲';
const GIVEN = { kind: 'lawyer', purpose: 'lawsuit', target: HOME, client: CLIENT };

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  owner = await createCitizen(api, { name: '赵明远' });
  lawyer = await createCitizen(api, { name: '郑律师' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  await register(api, [unitImport(HOME, [party('赵明远', owner.account.idNumber, WHOLE)])]);
});
afterAll(() => api.close());

const recordOf = async (id: string) => JSON.parse((await queries(api.p).findById(id).lean())!.result!.record);

describe('the client of a lawyer', () => {
  it('is before the clerk and on the result', async () => {
    const { body } = await askWithPapers(lawyer, { ...GIVEN, claimedName: '赵明远' }, CARDS);
    expect(body).toMatchObject({ state: 'waiting', client: CLIENT, relation: 'lawyer' });
    expect((await look(clerk, body.id)).body.client).toBe(CLIENT);
    await acceptAs(clerk, body.id);
    expect(await recordOf(body.id)).toMatchObject({ client: CLIENT, relation: 'lawyer' });
    expect((await mine(lawyer, body.id)).body.result.units[0]).not.toHaveProperty('right');
  });

  it('is told to no owner, in no list, message, log or verification', async () => {
    const { body } = await askWithPapers(lawyer, GIVEN, WITH_ORDER);
    await acceptAs(clerk, body.id);
    await api.settle();
    const { verifyUrl } = (await mine(lawyer, body.id)).body.result;
    const token = verifyUrl.split('/').at(-1);
    const said = await Promise.all([
      owner.client.get('/api/me/access-log?limit=100'),
      owner.client.get('/api/notifications?limit=100'),
      stranger(api).post('/api/queries/verify', { token }, elsewhere()),
      clerk.client.get('/api/query-items?state=decided'),
    ]);
    const stored = await Promise.all(
      ['audit', 'access-log', 'notifications'].map((name) =>
        api.p.database.connection.collection(name).find().toArray(),
      ),
    );
    const all = [...said.map(({ body: answer }) => answer), stored, api.logLines, api.requestUrls];
    expect(said[0]!.body.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(all)).not.toContain(CLIENT);
  });

  it('was not named in queries of before, and those are read and decided as they were', async () => {
    const { body } = await askWithPapers(lawyer, { ...GIVEN, claimedName: '赵明远' }, CARDS);
    const { collection } = queries(api.p);
    const of = { _id: body.id as never };
    await collection.updateOne(of, { $unset: { client: 1 } });
    expect((await mine(lawyer, body.id)).body.client).toBeNull();
    await nameNoClient.up(api.p.database.connection.db as never);
    expect(await collection.findOne(of)).toMatchObject({ client: null });
    expect((await acceptAs(clerk, body.id)).status).toBe(200);
    expect(await recordOf(body.id)).not.toHaveProperty('client');
  });
});

describe('who is named', () => {
  it.each(['\u3164\u3164', '\u2800', '……'])('can be read: not %j', async (blank) => {
    const client = await ask(lawyer.client, { ...GIVEN, claimedName: '赵明远', client: blank });
    expect(client.body.error.code).toBe('query.clientNeeded');
    expect(client.body.error.details).toMatchObject([{ pointer: '/client' }]);
    const claimed = await ask(lawyer.client, { ...GIVEN, claimedName: blank });
    expect(claimed.body.error.code).toBe('query.nameNeeded');
  });

  it('is folded', async () => {
    const given = { ...GIVEN, claimedName: '赵明远', client: ' 鲁西   委托人甲 ' };
    expect((await askWithPapers(lawyer, given, CARDS)).body.client).toBe('鲁西 委托人甲');
  });
});

describe('an inquiry order', () => {
  it('opens what an interested party may know, of the unit that is named', async () => {
    const { body } = await askWithPapers(lawyer, GIVEN, WITH_ORDER);
    expect(body).toMatchObject({ state: 'waiting', relation: 'interestedParty', claimedName: null });
    await acceptAs(clerk, body.id);
    const { result } = (await mine(lawyer, body.id)).body;
    expect(result.units).toMatchObject([
      { code: HOME, relation: 'interestedParty', right: { holders: [{ name: '赵明远' }] } },
    ]);
    expect(result.units[0].right.certificateNo).toContain('*');
    expect(result.units[0]).not.toHaveProperty('nameMatches');
    expect((await recordOf(body.id)).basis).toBe('不动产登记资料查询暂行办法第23条');
  });

  it('is a look that the owner sees, with the ground of every lawyer and without the suit', async () => {
    const { body } = await askWithPapers(lawyer, GIVEN, WITH_ORDER);
    await look(clerk, body.id);
    await acceptAs(clerk, body.id);
    const { items } = (await owner.client.get('/api/me/access-log')).body;
    const grounds = items.slice(0, 2).map(({ basis }: Json) => basis.zh);
    expect(grounds).toEqual(Array(2).fill(expect.stringContaining('第 22、23 条')));
    const shown = items.find(({ who }: Json) => who.kind === 'citizen');
    expect(shown).toMatchObject({
      who: { name: '郑*师' },
      why: { zh: '查询登记资料' },
      basis: { zh: expect.stringContaining('第 22、23 条') },
    });
  });

  it('comes beside card and letter, not instead of them', async () => {
    const { body } = await askWithPapers(lawyer, GIVEN, ['inquiryOrder']);
    expect(body.error.code).toBe('query.evidenceMissing');
    expect(body.error.message).toContain('律师证');
  });

  it('is what was uploaded as one: another paper under its name opens nothing', async () => {
    const id = newQueryId();
    const papers = [];
    for (const code of [...CARDS, 'contract']) papers.push(await handIn(lawyer.client, id, code));
    const evidence = papers.map(({ code, fileId }) => ({
      code: code === 'contract' ? 'inquiryOrder' : code,
      fileId,
    }));
    const { body } = await ask(lawyer.client, { id, ...GIVEN, evidence });
    expect(body.error.code).toBe('query.nameNeeded');
  });

  it('is for a case: of a purchase it is refused, and says what to do', async () => {
    const { body } = await askWithPapers(lawyer, { ...GIVEN, purpose: 'purchase' }, WITH_ORDER);
    expect(body.error).toMatchObject({ code: 'query.orderNotFitting' });
    expect(JSON.stringify(body)).toContain('/purpose');
  });

  it('opens nothing to other kinds', async () => {
    const given = { kind: 'heir', purpose: 'inheritance', target: HOME };
    const { body } = await askWithPapers(lawyer, given, ['inheritanceProof', 'inquiryOrder']);
    expect(body.relation).toBe('heir');
  });

  it('is offered by the rules where it may be used', async () => {
    const { items } = (await stranger(api).get('/api/queries/kinds')).body;
    const { papers } = items.find(({ kind }: Json) => kind === 'lawyer');
    const offered = papers.filter(({ optional }: Json) => optional.includes('inquiryOrder'));
    expect(offered.map(({ purpose }: Json) => purpose)).toEqual(['lawsuit', 'arbitration']);
  });
});
