import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { acceptAs, askWithPapers, look } from './asking.ts';

/** 个人信息保护法35: whom a state organ asked about is told nothing of it, by no door, before its term has ended; then all of it. */

let office: Office;
let court: TestPerson;
let clerk: TestPerson;
let debtor: TestPerson;
let spouse: TestPerson;
let home: Home;
const HALF = { numerator: 1, denominator: 2 };
const DAY_MS = 86_400_000;
const LETTER = '（2026）鲁15执21号';

beforeAll(async () => {
  office = await openOffice();
});
// Anew for each: the days that go by end sessions.
beforeEach(async () => {
  court = await createOrganisation(office.api, 'court', { name: '聊城市中级人民法院' });
  clerk = await createStaff(office.api, { roles: ['acceptance'] });
  debtor = await createCitizen(office.api, { name: '赵安' });
  spouse = await createCitizen(office.api, { name: '钱静' });
  home = await office.home({ holders: [personOrder(debtor, HALF), personOrder(spouse, HALF)] });
});
afterAll(() => office.close());

const dayAfter = (days: number): string =>
  new Date(office.api.p.time.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

async function ask(given: object = {}): Promise<Json> {
  const why = { purpose: 'enforcement', purposeText: '执行一起借款纠纷', letterNo: LETTER };
  const kind = { kind: 'organUnit', ...why };
  const papers = ['officialLetter', 'officialCard'];
  return ok(askWithPapers(court, { ...kind, target: home.code, ...given }, papers));
}

const again = async (person: TestPerson): Promise<TestPerson> => ({
  ...person,
  client: await signInAs(office.api, person.account),
});

/** Everything that an owner may read of looks at them. */
async function known(person: TestPerson): Promise<{ looks: Json[]; told: Json[] }> {
  await office.api.settle();
  const owner = await again(person);
  const { items: looks } = await ok(owner.client.get('/api/me/access-log?limit=100'));
  const { items: byUnit } = await ok(owner.client.get(`/api/me/access-log?unit=${home.code}`));
  expect(byUnit).toHaveLength(looks.length);
  const { items } = await ok(owner.client.get('/api/notifications?limit=100'));
  const told = items.filter(({ template }: Json) => /^(property\.queried|looks\.)/.test(template));
  return { looks, told };
}

async function answered(given: object = {}): Promise<Json> {
  const asked = await ask(given);
  expect((await look(clerk, asked.id)).status).toBe(200);
  expect((await acceptAs(clerk, asked.id)).status).toBe(200);
  return asked;
}

describe('a query of a court', () => {
  it('is told to no owner, neither when a clerk opens it nor when it is answered', async () => {
    const { notice } = await answered();
    expect(notice).toMatchObject({ ground: 'duty', untilOn: dayAfter(180), toldAt: null });
    for (const owner of [debtor, spouse]) expect(await known(owner)).toEqual({ looks: [], told: [] });
  });

  it('is told to all of them once the term has ended, before the job has run as well', async () => {
    await answered({ notice: { ground: 'preservation', untilOn: dayAfter(10) } });
    office.api.advance(12 * DAY_MS);
    const { looks } = await known(debtor);
    // The clerk opened it, and was shown it once more with the answer.
    expect(looks.map(({ who }) => who.kind).sort()).toEqual(['organisation', 'staff', 'staff']);
    expect(new Set(looks.map(({ toldLate }) => toldLate.ground.zh))).toEqual(new Set(['财产保全']));
    await office.api.app.scheduler.runNow('query.endNotices');
    for (const owner of [debtor, spouse]) {
      const { told } = await known(owner);
      expect(told.map(({ template }) => template)).toEqual(['looks.delayEnded']);
      expect(told[0].text).toContain('聊城市中级人民法院');
    }
    await office.api.app.scheduler.runNow('query.endNotices');
    expect((await known(spouse)).told).toHaveLength(1);
  });

  it('may be kept longer, and released by whoever asked, and by nobody else', async () => {
    const { id } = await answered({ notice: { ground: 'enforcement', untilOn: dayAfter(3) } });
    const path = `/api/queries/${id}/notice`;
    const stranger = await createOrganisation(office.api, 'court');
    const longer = await ok(court.client.post(path, { untilOn: dayAfter(90) }));
    expect(longer.notice.untilOn).toBe(dayAfter(90));
    expect((await court.client.post(path, { untilOn: dayAfter(181) })).body.error.code).toBe(
      'query.noticeTerm',
    );
    expect((await stranger.client.post(path, { untilOn: null })).status).toBe(404);
    office.api.advance(5 * DAY_MS);
    await office.api.app.scheduler.runNow('query.endNotices');
    expect((await known(spouse)).looks).toEqual([]);
    const organ = await again(court);
    expect((await ok(organ.client.post(path, { untilOn: null }))).may.setNotice).toBe(false);
    expect((await known(spouse)).looks).toHaveLength(3);
    expect((await known(spouse)).told).toHaveLength(1);
    expect((await organ.client.post(path, { untilOn: dayAfter(9) })).body.error.code).toBe(
      'query.noticeOver',
    );
  });

  it('that was refused or taken back stays as secret', async () => {
    const asked = await ask();
    expect((await look(clerk, asked.id)).status).toBe(200);
    await ok(court.client.post(`/api/queries/${asked.id}/withdraw`, { revision: 1 }));
    expect(await known(spouse)).toEqual({ looks: [], told: [] });
  });

  describe('while a clerk has it in hand', () => {
    const open = async (code: string): Promise<void> => {
      expect((await clerk.client.get(`/api/register/units/${code}`)).status).toBe(200);
    };

    it('keeps the clerk’s look at its unit as it keeps itself, and both are told when its term has ended', async () => {
      const asked = await ask({ notice: { ground: 'preservation', untilOn: dayAfter(10) } });
      await look(clerk, asked.id);
      office.api.advance(60_000);
      await open(home.code);
      office.api.advance(60_000);
      await acceptAs(clerk, asked.id);
      for (const owner of [debtor, spouse]) expect(await known(owner)).toEqual({ looks: [], told: [] });
      office.api.advance(12 * DAY_MS);
      const { looks } = await known(debtor);
      const direct = looks.filter(({ why }) => why.zh === '在工作台查阅登记簿');
      expect(direct).toHaveLength(1);
      expect(direct[0].toldLate.ground.zh).toBe('财产保全');
      await office.api.app.scheduler.runNow('query.endNotices');
      const { told } = await known(debtor);
      expect(told).toHaveLength(1);
      expect(told[0].text).toContain(`${looks.length} 次`);
    });

    it('of a person keeps looks at that person’s units', async () => {
      const person = { name: debtor.account.name, idNumber: debtor.account.idNumber };
      const asked = await ask({ kind: 'organPerson', target: undefined, person });
      await look(clerk, asked.id);
      office.api.advance(60_000);
      await open(home.code);
      expect(await known(debtor)).toEqual({ looks: [], told: [] });
    });

    const direct = async (person: TestPerson): Promise<number> =>
      (await known(person)).looks.filter(({ why }) => why.zh === '在工作台查阅登记簿').length;

    it('keeps no look of a clerk who did not open it', async () => {
      const asked = await ask();
      await look(await createStaff(office.api, { roles: ['acceptance'] }), asked.id);
      office.api.advance(60_000);
      await open(home.code);
      expect(await direct(debtor)).toBe(1);
    });

    it('keeps no look at another home, and none before it was opened or after it was decided', async () => {
      const asked = await ask();
      await open(home.code);
      expect(await direct(debtor)).toBe(1);
      office.api.advance(60_000);
      await look(clerk, asked.id);
      office.api.advance(60_000);
      const other = await office.home({ holders: [personOrder(debtor, { numerator: 1, denominator: 1 })] });
      await open(other.code);
      const { items } = await ok((await again(debtor)).client.get(`/api/me/access-log?unit=${other.code}`));
      expect(items).toHaveLength(1);
      await acceptAs(clerk, asked.id);
      office.api.advance(60_000);
      await open(home.code);
      expect(await direct(spouse)).toBe(2);
    });

    it('keeps it as well where a delay of notice is what keeps the query', async () => {
      const police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
      const [supervisor, leader] = await Promise.all([
        createStaff(office.api, { roles: ['supervisor'] }),
        createStaff(office.api, { roles: ['leader'] }),
      ]);
      const request = {
        ...{ idNumber: debtor.account.idNumber, creditCode: police.organisation.creditCode },
        ...{ ground: 'crime', docNo: '聊公经侦〔2026〕20号', reason: '正在侦查', untilOn: dayAfter(20) },
      };
      const delay = await ok(supervisor.client.post('/api/look-delays', request), 201);
      await ok(leader.client.post(`/api/look-delays/${delay.id}/decide`, { revision: 1, granted: true }));
      const why = {
        purpose: 'investigation',
        purposeText: '侦查一起合同诈骗案',
        letterNo: '聊公经侦〔2026〕20号',
      };
      const papers = ['officialLetter', 'officialCard'];
      const body = await ok(askWithPapers(police, { kind: 'organUnit', ...why, target: home.code }, papers));
      await ok(police.client.post(`/api/queries/${body.id}/notice`, { untilOn: null }));
      await look(clerk, body.id);
      office.api.advance(60_000);
      await open(home.code);
      expect(await direct(debtor)).toBe(0);
      office.api.advance(22 * DAY_MS);
      // The entry of the delay itself, which is of no unit, is told now as well.
      const { items } = await ok((await again(debtor)).client.get(`/api/me/access-log?unit=${home.code}`));
      const told = items.filter(({ why }: Json) => why.zh === '在工作台查阅登记簿');
      expect(told).toHaveLength(1);
      expect(told[0].toldLate.ground.zh).toBe('侦查犯罪');
    });

    it('keeps none where the query itself is told at once', async () => {
      const buyer = await createCitizen(office.api);
      const { body } = await askWithPapers(buyer, { target: home.code });
      await look(clerk, body.id);
      office.api.advance(60_000);
      await open(home.code);
      expect(await direct(debtor)).toBe(1);
    });
  });

  it.each([0, 181])('does not take a term of %i days', async (days) => {
    const papers = ['officialLetter', 'officialCard'];
    const body = {
      ...{ kind: 'organUnit', purpose: 'enforcement', purposeText: '执行案件', target: home.code },
      letterNo: LETTER,
      notice: { ground: 'enforcement', untilOn: dayAfter(days) },
    };
    expect((await askWithPapers(court, body, papers)).body.error.code).toBe('query.noticeTerm');
  });

  it('alone is kept: nobody else may ask for silence', async () => {
    const notice = { ground: 'duty' };
    const body = { kind: 'status', purpose: 'purchase', target: home.code, notice };
    expect((await askWithPapers(spouse, body, [])).body.error.code).toBe('query.kindNotYours');
  });
});
