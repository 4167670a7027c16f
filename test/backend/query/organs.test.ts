import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queriesWithoutLetter } from '../../../backend/modules/query/migrations.ts';
import { fieldsOf } from '../../../backend/modules/query/offline/result-fields.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { readResult } from '../../../backend/modules/query/result-record.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { acceptAs, ask, askWithPapers, look } from './asking.ts';

/** State organs other than courts (条例27第2款), and the 文号 under which an organ asks. */

let office: Office;
let police: TestOrganisation;
let clerk: TestPerson;
let owner: TestPerson;
let home: Home;
const LETTER = '聊公经侦〔2026〕18号';
const PAPERS = ['officialLetter', 'officialCard'];
const DAY_MS = 86_400_000;

beforeAll(async () => {
  office = await openOffice({ config: { trustProxy: true } });
});
// Anew for each: days go by, which end sessions.
beforeEach(async () => {
  police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
  clerk = await createStaff(office.api, { roles: ['acceptance'] });
  owner = await createCitizen(office.api, { name: '赵安' });
  home = await office.home({ holders: [personOrder(owner, { numerator: 1, denominator: 1 })] });
});
afterAll(() => office.close());

const request = (given: object = {}) => ({
  ...{ kind: 'organUnit', purpose: 'investigation', purposeText: '侦查一起合同诈骗案' },
  ...{ letterNo: LETTER, target: home.code, ...given },
});
const asked = (given: object = {}): Promise<Json> => ok(askWithPapers(police, request(given), PAPERS));
const signedIn = async <T extends TestPerson>(person: T): Promise<T> => ({
  ...person,
  client: await signInAs(office.api, person.account),
});
const looksAt = async (person: TestPerson): Promise<Json[]> =>
  (await ok((await signedIn(person)).client.get('/api/me/access-log?limit=100'))).items;
const listed = async (person: TestPerson, id: string): Promise<Json> => {
  const { items } = await ok((await signedIn(person)).client.get('/api/queries?limit=50'));
  return items.find((one: Json) => one.id === id);
};

describe('an organ that is no court', () => {
  it('asks of a property and of a person, and is answered as a state organ', async () => {
    const byUnit = await asked();
    const person = { name: '赵安', idNumber: owner.account.idNumber };
    const byPerson = await asked({ kind: 'organPerson', target: undefined, person });
    for (const { id } of [byUnit, byPerson]) {
      expect((await acceptAs(clerk, id)).status).toBe(200);
      const { result } = await ok(police.client.get(`/api/queries/${id}`));
      expect(result.units).toMatchObject([{ code: home.code, relation: 'stateOrgan' }]);
      expect(result.units[0].right.holders).toMatchObject([{ name: '赵安' }]);
    }
  });

  it.each(['own', 'interested', 'status'])('does not ask as anybody does: %s', async (kind) => {
    const { status, body } = await ask(police.client, request({ kind, purpose: 'lawsuit' }));
    expect([status, body.error.code]).toEqual([403, 'query.kindNotYours']);
  });

  it.each(['officialLetter', 'officialCard'])('shows both papers: not without its %s', async (missing) => {
    const papers = PAPERS.filter((paper) => paper !== missing);
    const { body } = await askWithPapers(police, request(), papers);
    expect(body.error.code).toBe('query.evidenceMissing');
  });

  it('entrusts no registration: seizing, renewing and lifting are for courts', async () => {
    for (const businessType of ['CF01', 'CF04', 'CF06']) {
      const { status, body } = await police.client.post('/api/applications', { businessType });
      expect([businessType, status, body.error.code]).toEqual([
        businessType,
        422,
        'applications.type_not_open',
      ]);
      expect((await office.court.client.post('/api/applications', { businessType })).status).toBe(201);
    }
  });

  it('is told of nothing while it waits for its confirmation', async () => {
    const waiting = await createOrganisation(office.api, 'organ', { confirmed: false });
    const { status, body } = await ask(waiting.client, request());
    expect([status, body.error.code]).toEqual([403, 'accounts.organisation_not_confirmed']);
  });

  it('is the only kind beside courts: another organisation is none', async () => {
    const firm = await createOrganisation(office.api, 'other');
    expect((await ask(firm.client, request())).body.error.code).toBe('query.kindNotYours');
  });
});

describe('the 文号 of an organ’s query', () => {
  it.each([
    ['none', undefined],
    ['blanks', '   '],
    ['one character', '号'],
    ['fillers', '\u3164\u3164'],
    ['blanks of Braille', '\u2800\u2800\u2800'],
    ['points', '……'],
    ['61 characters', '号'.repeat(61)],
  ])('is demanded: not with %s', async (_, letterNo) => {
    const { status, body } = await askWithPapers(police, request({ letterNo }), PAPERS);
    expect([status, body.error.code]).toEqual([422, 'query.letterNoNeeded']);
    expect(body.error.details).toMatchObject([{ pointer: '/letterNo' }]);
    expect(body.error.message).toContain('照公函抄写');
  });

  it.each([2, 60])('may have %i characters', async (length) => {
    expect((await asked({ letterNo: '号'.repeat(length) })).letterNo).toBe('号'.repeat(length));
  });

  it('is one line of plain words', async () => {
    const { status, body } = await askWithPapers(police, request({ letterNo: '聊公\n18号' }), PAPERS);
    expect([status, JSON.stringify(body).includes('/letterNo')]).toEqual([400, true]);
  });

  it('is shown to the clerk who decides, and in no row of the list', async () => {
    const { id } = await asked({ letterNo: `  ${LETTER} ` });
    expect((await look(clerk, id)).body.letterNo).toBe(LETTER);
    const list = await ok(clerk.client.get('/api/query-items?state=waiting&limit=100'));
    expect(list.items.map((one: Json) => one.id)).toContain(id);
    expect(JSON.stringify(list)).not.toContain(LETTER);
  });

  it('stands on the signed result, as the words of who asked', async () => {
    const { id } = await asked();
    await acceptAs(clerk, id);
    const stored = await queries(office.api.p).findById(id).lean();
    const record = readResult(stored!.result!.record);
    expect(record.letterNo).toBe(LETTER);
    expect(fieldsOf(record).find(({ key }) => key === 'letterNo')).toEqual({
      key: 'letterNo',
      label: '公函或案件文号',
      text: `查询人所写：“${LETTER}”`,
    });
    expect(await ok(police.client.get(`/api/queries/${id}`))).toMatchObject({ letterNo: LETTER });
    expect((await police.client.get(`/api/queries/${id}/pdf`)).status).toBe(200);
  });

  it('is told to the owner with the organ’s look, once that is told, and with no other look', async () => {
    const { id } = await asked({ notice: { ground: 'crime' } });
    await look(clerk, id);
    await acceptAs(clerk, id);
    expect(await looksAt(owner)).toEqual([]);
    await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    const looks = await looksAt(owner);
    expect(looks.map(({ who, letterNo }) => [who.kind, letterNo]).sort()).toEqual([
      ['organisation', LETTER],
      ['staff', null],
      ['staff', null],
    ]);
  });

  it('is not told to whoever looks at the list of somebody’s own checks of the paper', async () => {
    const { id } = await asked();
    await acceptAs(clerk, id);
    const { result } = await ok(police.client.get(`/api/queries/${id}`));
    const token = new URL(result.verifyUrl).pathname.split('/').at(-1);
    await ok((await createCitizen(office.api)).client.post('/api/queries/verify', { token }));
    await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    const checks = (await looksAt(owner)).filter(({ who }) => who.kind === 'citizen');
    expect(checks.map(({ letterNo }) => letterNo)).toEqual([null]);
  });

  it('is of no use to anybody else, and is not kept for them', async () => {
    const { body } = await ask(owner.client, { letterNo: LETTER });
    expect(body).toMatchObject({ state: 'answered', letterNo: null, notice: null });
    const stored = await queries(office.api.p).findById(body.id).lean();
    expect(readResult(stored!.result!.record)).not.toHaveProperty('letterNo');
  });

  it('is missing from queries of before, which are read as ever, before and after their migration', async () => {
    const { id } = await asked();
    await acceptAs(clerk, id);
    const { db } = office.api.p.database.connection;
    await db!.collection('queries').updateOne({ _id: id as never }, { $unset: { letterNo: '' } });
    expect(await ok(police.client.get(`/api/queries/${id}`))).toMatchObject({ letterNo: null });
    expect(await listed(police, id)).toMatchObject({ letterNo: null });
    await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    expect(new Set((await looksAt(owner)).map(({ letterNo }) => letterNo))).toEqual(new Set([null]));
    for (const _ of [1, 2]) await queriesWithoutLetter.up(db as never);
    const stored = await queries(office.api.p).findById(id).lean();
    expect(stored!.letterNo).toBeNull();
    const other = await asked();
    await queriesWithoutLetter.up(db as never);
    expect((await queries(office.api.p).findById(other.id).lean())!.letterNo).toBe(LETTER);
  });
});

describe('the organ’s own list', () => {
  const day = (days: number): string =>
    new Date(office.api.p.time.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

  it('says of each query whether it is told, until when not, and since when', async () => {
    const { id } = await asked({ notice: { ground: 'crime', untilOn: day(10) } });
    await acceptAs(clerk, id);
    const term = { ground: 'crime', untilOn: day(10) };
    expect((await listed(police, id)).notice).toEqual({ ...term, silent: true, toldAt: null });
    office.api.advance(11 * DAY_MS);
    // By the term alone, whatever the job has come to.
    const told = await listed(police, id);
    expect(told.notice).toMatchObject({ ...term, silent: false });
    await office.api.app.scheduler.runNow('query.endNotices');
    expect((await listed(police, id)).notice.toldAt).toBe(told.notice.toldAt);
    expect(await looksAt(owner)).toHaveLength(2);
  });

  it('lets it end the silence, once', async () => {
    const { id } = await asked();
    await acceptAs(clerk, id);
    const ended = await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    expect(ended.notice).toMatchObject({ silent: false, toldAt: office.api.p.time.now().toISOString() });
    expect(ended.may.setNotice).toBe(false);
    expect((await listed(police, id)).notice).toEqual(ended.notice);
    const again = await police.client.post(`/api/queries/${id}/notice`, { untilOn: null });
    expect([again.status, again.body.error.code]).toEqual([409, 'query.noticeOver']);
  });

  it('does not call told what a delay of notice still keeps', async () => {
    const supervisor = await createStaff(office.api, { roles: ['supervisor'] });
    const leader = await createStaff(office.api, { roles: ['leader'] });
    const delay = await supervisor.client.post('/api/look-delays', {
      idNumber: owner.account.idNumber,
      creditCode: police.organisation.creditCode,
      ...{ ground: 'crime', docNo: LETTER, reason: '正在侦查', untilOn: day(30) },
    });
    await ok(leader.client.post(`/api/look-delays/${delay.body.id}/decide`, { revision: 1, granted: true }));
    office.api.advance(60_000);
    const { id } = await asked();
    await acceptAs(clerk, id);
    const ended = await ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
    expect(ended.notice).toMatchObject({ silent: false, toldAt: null });
    expect((await listed(police, id)).notice).toEqual(ended.notice);
    expect(await looksAt(owner)).toEqual([]);
    office.api.advance(31 * DAY_MS);
    expect((await listed(police, id)).notice.toldAt).not.toBeNull();
    expect((await looksAt(owner)).length).toBeGreaterThan(0);
  });

  it('has nothing to say of other people’s queries, which are told at once', async () => {
    const { body } = await ask(owner.client);
    expect((await listed(owner, body.id)).notice).toBeNull();
  });
});
