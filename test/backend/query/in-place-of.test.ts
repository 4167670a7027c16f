import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessEntries, auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { rateLimits } from '../../../backend/platform/http/rate-limit.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newCreditCode,
  newIdNumber,
  stranger,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { codeOf, half, party, unitImport, WHOLE } from '../register/units.ts';
import { acceptAs, ask, askWithPapers, elsewhere, look, mine, register } from './asking.ts';

/**
 * Whoever comes in an owner's place names the owner, not the home (查询办法17, 18): an heir the deceased, a guardian or liquidator whom they
 * act for. Nothing of the register is said before a clerk has decided, and those whom it concerns see that it was looked at.
 */

let api: TestApi;
let heir: TestPerson;
let widow: TestPerson;
let ward: TestPerson;
let landless: TestPerson;
let company: TestOrganisation;
let clerk: TestPerson;
const DEAD = { name: '赵德福', idNumber: newIdNumber() };
const NOBODY = { name: '无此人', idNumber: newIdNumber() };
/** Of the deceased alone; of the deceased and the widow; of the ward; of the company. */
const [ALONE, TOGETHER, WARDS, FIRMS] = [codeOf(1), codeOf(2), codeOf(3), codeOf(4)];

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  heir = await createCitizen(api, { name: '赵小明' });
  widow = await createCitizen(api, { name: '周雨' });
  ward = await createCitizen(api, { name: '钱年迈' });
  landless = await createCitizen(api, { name: '李无房' });
  company = await createOrganisation(api, 'other', { name: '聊城清算测试有限公司' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  const { name, creditCode: idNumber } = company.organisation;
  const firm = { name, idNumber, partyKind: 'organisation', idKind: 'creditCode', share: WHOLE };
  await register(api, [
    unitImport(ALONE, [party(DEAD.name, DEAD.idNumber, WHOLE)]),
    unitImport(TOGETHER, [
      party(DEAD.name, DEAD.idNumber, half()),
      party('周雨', widow.account.idNumber, half()),
    ]),
    unitImport(WARDS, [party('钱年迈', ward.account.idNumber, WHOLE)]),
    unitImport(FIRMS, [firm as never]),
  ]);
});
afterAll(() => api.close());
// What a minute bounds is met in another test.
beforeEach(() => rateLimits(api.p).collection.deleteMany({}));

interface Named {
  name: string;
  idNumber: string;
}
const KINDS = [
  { kind: 'heir', purpose: 'inheritance', papers: ['inheritanceProof'] },
  { kind: 'manager', purpose: 'management', papers: ['authorityProof'] },
] as const;
type Kind = (typeof KINDS)[number];

const askFor = (asker: TestPerson, { kind, purpose, papers }: Kind, person: Named, more: object = {}) =>
  askWithPapers(asker, { kind, purpose, person, ...more }, papers);
const [HEIR, MANAGER] = KINDS;
const numberOf = ({ account: { name, idNumber } }: TestPerson): Named => ({ name, idNumber });
const answered = async (asker: TestPerson, kind: Kind, person: Named): Promise<Json> => {
  const { body } = await askFor(asker, kind, person);
  expect(body).toMatchObject({ state: 'waiting', result: null });
  expect((await acceptAs(clerk, body.id)).status).toBe(200);
  return (await mine(asker, body.id)).body;
};
const looksOf = async ({ client }: TestPerson, query = ''): Promise<Json[]> =>
  (await client.get(`/api/me/access-log?limit=100${query}`)).body.items;
const alertsOf = async ({ client }: TestPerson): Promise<Json[]> => {
  await api.settle();
  const { items } = (await client.get('/api/notifications?limit=100')).body;
  return items.filter(({ template }: Json) => template === 'property.queried');
};

/** What differs of two queries in any case: ids, numbers, and when. */
const same = (body: Json, person: Named): string =>
  JSON.stringify(body)
    .replaceAll(/[0-9a-f]{24}/g, 'id')
    .replaceAll(/CX\d+/g, 'no')
    .replaceAll(/聊\S?查\(\d+\)第\d+号/g, 'paper')
    .replaceAll(/\/verify\/result\/[\w-]{22}/g, 'token')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'at')
    .replaceAll(new RegExp(`${person.name}|${person.idNumber.slice(0, 6)}\\*+\\w{4}`, 'g'), 'who');

describe('an heir who knows no unit', () => {
  it('is told of all that the deceased owns, once a clerk has seen the papers', async () => {
    const { result, relation } = await answered(heir, HEIR, DEAD);
    expect(relation).toBe('heir');
    expect(result.units).toMatchObject([
      { code: ALONE, relation: 'heir', right: { holders: [{ name: '赵德福' }] } },
      { code: TOGETHER, relation: 'heir', right: { holders: [{ name: '赵德福' }, { name: '周雨' }] } },
    ]);
    expect(result.coverage.zh).toMatch(/按证件号码查询.*其他城市/s);
    expect(JSON.stringify(result)).not.toContain(DEAD.idNumber);
  });

  it('may ask of one unit as before', async () => {
    const { body } = await askWithPapers(heir, { kind: 'heir', purpose: 'inheritance', target: ALONE }, [
      'inheritanceProof',
    ]);
    await acceptAs(clerk, body.id);
    expect((await mine(heir, body.id)).body.result.units).toMatchObject([{ code: ALONE }]);
  });

  it('needs the papers', async () => {
    const given = { kind: 'heir', purpose: 'inheritance', person: DEAD };
    expect((await ask(heir.client, given)).body.error.code).toBe('query.evidenceMissing');
  });

  it('inherits from a human being, under a number that is one', async () => {
    for (const idNumber of [newCreditCode(), '371502199003070018', '12'])
      expect((await askFor(heir, HEIR, { name: '某', idNumber })).body.error.code).toBe('query.personNeeded');
  });
});

describe('whoever acts for somebody by law', () => {
  it.each<[string, () => Named, string]>([
    ['a ward', () => numberOf(ward), WARDS],
    [
      'a company in liquidation',
      () => ({ name: company.organisation.name, idNumber: company.organisation.creditCode }),
      FIRMS,
    ],
  ])('is told what %s would be', async (_, person, code) => {
    const { result } = await answered(heir, MANAGER, person());
    expect(result.units).toMatchObject([
      { code, relation: 'manager', right: { holders: [{ name: person().name, own: false }] } },
    ]);
    expect(result.units[0].right.certificateNo).not.toContain('*');
  });

  it('may be an organisation', async () => {
    const firm = await createOrganisation(api, 'other', { name: '聊城测试律师事务所' });
    expect((await answered(firm, MANAGER, numberOf(ward))).result.units).toHaveLength(1);
  });

  it('is told that there is nothing where there is nothing, by number and not by name', async () => {
    const { result } = await answered(heir, MANAGER, NOBODY);
    expect(result).toMatchObject({ kind: 'queryResult', units: [] });
    const stored = await queries(api.p).findOne({ 'result.no': result.no }).lean();
    expect(JSON.parse(stored!.result!.record)).toMatchObject({
      relation: 'manager',
      person: { name: '无此人' },
    });
  });

  it('has to say in words what “other” is, and to promise', async () => {
    const silent = await askFor(heir, MANAGER, numberOf(ward), { purpose: 'other' });
    const free = await askFor(heir, MANAGER, numberOf(ward), { promised: false });
    expect([silent, free].map(({ body }) => body.error.code)).toEqual([
      'query.purposeTextNeeded',
      'query.promiseNeeded',
    ]);
  });

  it('is no state organ and not oneself', async () => {
    const court = await createOrganisation(api, 'court');
    const organ = await ask(court.client, { kind: 'manager', purpose: 'management', person: DEAD });
    expect(organ.body.error.code).toBe('query.kindNotYours');
    const { body } = await askFor(heir, MANAGER, numberOf(heir));
    expect(body.error).toMatchObject({ code: 'query.personIsYou' });
    expect(JSON.stringify(body)).toContain('/person/idNumber');
  });
});

describe.each(KINDS)('$kind: before the decision', (kind) => {
  const owns = () => (kind === HEIR ? DEAD : numberOf(ward));
  const hasNone = () => (kind === HEIR ? NOBODY : numberOf(landless));

  it('every answer is the same whether the person owns something or not', async () => {
    const told = await Promise.all(
      [owns(), hasNone()].map(async (person) => {
        const asker = await createCitizen(api, { name: '孙晓岚' });
        const asked = await askFor(asker, kind, person);
        // The clerk's look, too, is in the asker's own list.
        expect((await look(clerk, asked.body.id)).status).toBe(200);
        const read = await mine(asker, asked.body.id);
        const list = await asker.client.get('/api/queries');
        const paper = await asker.client.get(`/api/queries/${asked.body.id}/pdf`);
        const looks = await looksOf(asker);
        const probed = await Promise.all(
          [ALONE, TOGETHER, WARDS].map((code) => looksOf(asker, `&unit=${code}`)),
        );
        await api.settle();
        const inbox = await asker.client.get('/api/notifications');
        const all = [asked.body, read.body, list.body, paper.status, looks, probed, inbox.body.items];
        return { text: same(all as never, person), looks };
      }),
    );
    expect(told[0]!.looks.length).toBeGreaterThan(0);
    expect(told[0]!.text).toBe(told[1]!.text);
    expect(told[0]!.text).not.toMatch(/湖滨路|371502001001/);
  });

  it('the audit of it is the same, too, and names nobody', async () => {
    const acts = await Promise.all(
      [owns(), hasNone()].map(async (person) => {
        const { body } = await askFor(heir, kind, person);
        await api.settle();
        const found = await auditEntries(api.p).find({ 'subject.id': body.id }).lean();
        return found.map(({ type, data }) => same({ type, data } as never, person));
      }),
    );
    expect(acts[0]).toEqual(acts[1]);
    expect(JSON.stringify(acts)).not.toMatch(/赵德福|钱年迈|3715020/);
  });

  it('a refusal says of both the same, on paper and by its code', async () => {
    const told = await Promise.all(
      [owns(), hasNone()].map(async (person) => {
        const { body } = await askFor(heir, kind, person);
        const given = {
          revision: 1,
          reason: 'evidenceInsufficient',
          explanation: '材料看不清，请重新拍照上传。',
        };
        await clerk.client.post(`/api/query-items/${body.id}/refuse`, given);
        const read = await mine(heir, body.id);
        const token = read.body.result.verifyUrl.split('/').at(-1);
        const verified = await stranger(api).post('/api/queries/verify', { token }, elsewhere());
        const { result } = (await queries(api.p).findById(body.id).lean())!;
        return same([read.body, verified.body, result!.revisions, result!.subjects] as never, person);
      }),
    );
    expect(told[0]).toBe(told[1]);
  });

  it('is counted against the day, found or not', async () => {
    const asker = await createCitizen(api);
    const statuses: number[] = [];
    for (let n = 0; n < 63; n += 1) {
      if (n % 15 === 0) await rateLimits(api.p).collection.deleteMany({ key: /POST/ });
      const { kind: name, purpose } = kind;
      const person = n % 2 === 0 ? owns() : hasNone();
      // Counted before its papers are looked at.
      statuses.push((await askAs(asker, { kind: name, purpose, person }, kind.papers[0])).status);
    }
    expect(statuses.filter((status) => status !== 429)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
  }, 120_000);
});

/** With a paper that somebody else uploaded: it comes past the day's limit and no further, so that no upload is needed. */
const askAs = ({ client }: TestPerson, given: object, code: string) =>
  ask(client, { ...given, evidence: [{ code, fileId: 'a'.repeat(24) }] });

describe('those whom it concerns', () => {
  it('see the look: a co-owner at the shared home alone, and no other of the deceased', async () => {
    const before = (await looksOf(widow)).length;
    const { id } = await answered(heir, HEIR, DEAD);
    const [accepted, asked] = (await looksOf(widow)).slice(0, (await looksOf(widow)).length - before);
    expect(asked).toMatchObject({
      who: { kind: 'citizen', name: '赵*明' },
      why: { zh: '查询登记资料：继承或受遗赠' },
      basis: { zh: expect.stringContaining('第 17 条') },
      property: { code: TOGETHER },
    });
    // The clerk who shows the answer to themselves after deciding.
    expect(accepted).toMatchObject({ who: { kind: 'staff' }, property: { code: TOGETHER } });
    const entries = await accessEntries(api.p)
      .find({ subjects: widow.account.personIndex, 'target.id': id })
      .lean();
    expect(entries.flatMap(({ unitCodes }) => unitCodes)).not.toContain(ALONE);
    const deceased = await accessEntries(api.p).find({ 'target.id': id, actorId: heir.account.id }).lean();
    expect(new Set(deceased.flatMap(({ unitCodes }) => unitCodes))).toEqual(new Set([ALONE, TOGETHER]));
    expect((await alertsOf(widow))[0]).toMatchObject({ link: { href: '/me/access-log' } });
  });

  it('see it where somebody acts for them, with the ground, and are told once a day', async () => {
    const alerts = (await alertsOf(ward)).length;
    const other = await createCitizen(api, { name: '冯监护' });
    await answered(other, MANAGER, numberOf(ward));
    expect((await looksOf(ward)).find(({ who }) => who.name === '冯*护')).toMatchObject({
      why: { zh: '查询登记资料：管理、处分所代管的财产' },
      basis: { zh: expect.stringContaining('第 18 条') },
      property: { code: WARDS },
    });
    await answered(other, MANAGER, numberOf(ward));
    expect((await alertsOf(ward)).length).toBe(alerts + 1);
  });

  it('see it as well where they own nothing', async () => {
    await answered(heir, MANAGER, numberOf(landless));
    const found = (await looksOf(landless)).filter(({ who }) => who.name === '赵*明');
    expect(found[0]).toMatchObject({ property: null });
  });

  it('do not decide it, nor find it on their list (回避)', async () => {
    const asStaff = (person: TestPerson) =>
      createStaff(api, { roles: ['acceptance'], idNumber: person.account.idNumber });
    const ofDeceased = (await askFor(heir, HEIR, DEAD)).body.id;
    const ofWard = (await askFor(heir, MANAGER, numberOf(ward))).body.id;
    const concerned: [TestPerson, string][] = [
      [await asStaff(widow), ofDeceased],
      [await asStaff(heir), ofDeceased],
      [await asStaff(ward), ofWard],
    ];
    for (const [recused, id] of concerned) {
      expect((await look(recused, id)).body.error.code).toBe('query.recused');
      expect((await acceptAs(recused, id)).body.error.code).toBe('query.recused');
      const { items } = (await recused.client.get('/api/query-items?state=waiting&limit=100')).body;
      expect(items.map((one: Json) => one.id)).not.toContain(id);
    }
    expect((await look(clerk, ofDeceased)).status).toBe(200);
  });
});

describe('the clerk', () => {
  it('is told where the name is another, and where there is nothing', async () => {
    const wrong = await askFor(heir, HEIR, { ...DEAD, name: '赵得福' });
    expect((await look(clerk, wrong.body.id)).body.hints).toMatchObject([
      { zh: expect.stringContaining('请和材料再核对') },
    ]);
    const none = await askFor(heir, HEIR, NOBODY);
    expect((await look(clerk, none.body.id)).body).toMatchObject({
      preview: [],
      hints: [{ zh: expect.stringContaining('没有用这个证件号码登记') }],
      person: { name: '无此人' },
    });
  });
});
