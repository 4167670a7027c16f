import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { organisations } from '../../../backend/modules/accounts/organisation.model.ts';
import { dueAfterWorkdays, getCalendar } from '../../../backend/modules/clock/index.ts';
import { delays } from '../../../backend/modules/query/looks/delay.model.ts';
import { limitUndecidedDelays } from '../../../backend/modules/query/migrations.ts';
import { fieldsOf } from '../../../backend/modules/query/offline/result-fields.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { readResult } from '../../../backend/modules/query/result-record.ts';
import { recordChange } from '../../../backend/modules/register/index.ts';
import type { Json, Reply } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { recordOrder, saleTo } from '../register/units.ts';
import { acceptAs, askWithPapers, look, newQueryId } from './asking.ts';

/** How far the silence on a state organ's query goes, and no further: whom it keeps what from, on whose word and how long. */

let office: Office;
let police: TestOrganisation;
let clerk: TestPerson;
let debtor: TestPerson;
let spouse: TestPerson;
let home: Home;
const DAY_MS = 86_400_000;
const HALF = { numerator: 1, denominator: 2 };
const WHOLE = { numerator: 1, denominator: 1 };
const LETTER = '聊公经侦〔2026〕18号';
const DUTY = '国家机关依法履行职责';

beforeAll(async () => {
  office = await openOffice({ config: { trustProxy: true } });
});
// Anew for each: days go by, which end sessions.
beforeEach(async () => {
  police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
  clerk = await createStaff(office.api, { roles: ['acceptance'] });
  debtor = await createCitizen(office.api, { name: '赵安' });
  spouse = await createCitizen(office.api, { name: '钱静' });
  home = await office.home({ holders: [personOrder(debtor, HALF), personOrder(spouse, HALF)] });
});
afterAll(() => office.close());

const dayAfter = (days: number): string =>
  new Date(office.api.p.time.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

const asked = (given: object = {}, asker: TestPerson = police): Promise<Json> =>
  ok(
    askWithPapers(
      asker,
      {
        ...{ kind: 'organUnit', purpose: 'investigation', purposeText: '侦查一起合同诈骗案' },
        ...{ letterNo: LETTER, target: home.code, ...given },
      },
      ['officialLetter', 'officialCard'],
    ),
  );
const ofDebtor = () => ({
  ...{ kind: 'organPerson', target: undefined },
  person: { name: debtor.account.name, idNumber: debtor.account.idNumber },
});
const release = (id: string): Promise<Json> =>
  ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));

const anew = (person: TestPerson) => signInAs(office.api, person.account);
const looksOf = async (person: TestPerson): Promise<Json[]> =>
  (await ok((await anew(person)).get('/api/me/access-log?limit=100'))).items;
async function inbox(person: TestPerson, template: string): Promise<Json[]> {
  await office.api.settle();
  const { items } = await ok((await anew(person)).get('/api/notifications?limit=100'));
  return items.filter((one: Json) => one.template === template);
}

const askDelay = async (of: TestPerson, given: object = {}): Promise<Reply<Json>> => {
  const supervisor = await createStaff(office.api, { roles: ['supervisor'] });
  return supervisor.client.post('/api/look-delays', {
    ...{ idNumber: of.account.idNumber, creditCode: police.organisation.creditCode },
    ...{ ground: 'crime', docNo: LETTER, reason: '正在侦查一起合同诈骗案', untilOn: dayAfter(20) },
    ...given,
  });
};
const decide = async (id: string, granted: boolean): Promise<Reply<Json>> => {
  const leader = await createStaff(office.api, { roles: ['leader'] });
  return leader.client.post(`/api/look-delays/${id}/decide`, { revision: 1, granted });
};

describe('the ground of a silence', () => {
  it.each(['investigation', 'enforcement', 'lawsuit', 'tax'])(
    'is not guessed from the purpose %s: only the organ knows whether it is more than its duty (个保法35)',
    async (purpose) => {
      const { notice } = await asked({ purpose });
      expect(notice).toMatchObject({ ground: 'duty', untilOn: dayAfter(180) });
    },
  );

  it('is the one that the organ named', async () => {
    expect((await asked({ notice: { ground: 'crime' } })).notice.ground).toBe('crime');
  });
});

describe('of an organ’s query that is told', () => {
  const told = async (person: TestPerson): Promise<unknown[]> =>
    (await looksOf(person))
      .filter(({ who }) => who.kind === 'organisation')
      .map(({ why, letterNo, toldLate }) => [why.zh, letterNo, toldLate.ground.zh]);
  const WHOLE_STORY = [['查询登记资料：调查案件', LETTER, '侦查犯罪']];
  const BARE = [['依法查询', null, DUTY]];

  async function answered(given: object = {}): Promise<void> {
    const { id } = await asked({ notice: { ground: 'crime' }, ...given });
    office.api.advance(60_000);
    await look(clerk, id);
    await acceptAs(clerk, id);
    office.api.advance(60_000);
    await release(id);
  }

  it('by person, only that person learns why: a co-owner is not told that somebody is suspected', async () => {
    await answered(ofDebtor());
    expect(await told(debtor)).toEqual(WHOLE_STORY);
    expect(await told(spouse)).toEqual(BARE);
    const clerks = (await looksOf(spouse)).filter(({ who }) => who.kind === 'staff');
    expect(clerks.map(({ toldLate }) => toldLate.ground.zh)).toEqual(clerks.map(() => DUTY));
  });

  it('by unit, whoever held a right on it when it was looked at learns why, and no former owner', async () => {
    const former = await createCitizen(office.api, { name: '周前主' });
    home = await office.home({ holders: [personOrder(former, WHOLE)] });
    const sale = {
      ...saleTo(personOrder(debtor, HALF), 7001, [{ idNumber: former.account.idNumber, share: null }]),
      ...{ to: [personOrder(debtor, HALF), personOrder(spouse, HALF)], coOwnership: 2 as const },
    };
    const at = office.api.p.time.now();
    await recordChange(
      office.api.p,
      recordOrder({ unitCode: home.code, effects: [sale], at, caseId: newQueryId() }),
    );
    office.api.advance(60_000);
    await answered();
    for (const owner of [debtor, spouse]) expect(await told(owner)).toEqual(WHOLE_STORY);
    expect(await told(former)).toEqual(BARE);
  });
});

describe('a delay of notice that no leader decides', () => {
  const DECIDED_WITHIN = 3;
  const lastInstant = async (): Promise<number> =>
    dueAfterWorkdays(
      await getCalendar(office.api.p),
      office.api.p.time.now(),
      DECIDED_WITHIN,
    ).dueAt.getTime();
  const organsLooks = async (): Promise<number> =>
    (await looksOf(debtor)).filter(({ who }) => who.kind === 'organisation').length;

  async function undecided(): Promise<{ id: string; until: number }> {
    const until = await lastInstant();
    const { body } = await askDelay(debtor, { untilOn: dayAfter(170) });
    office.api.advance(60_000);
    const query = await asked();
    await acceptAs(clerk, query.id);
    office.api.advance(60_000);
    await release(query.id);
    return { id: body.id as string, until };
  }
  const advanceTo = (instant: number): void =>
    office.api.advance(instant - office.api.p.time.now().getTime());

  it('withholds for three working days, on the word of one supervisor alone, and no longer', async () => {
    const { until } = await undecided();
    advanceTo(until - 60_000);
    expect(await organsLooks()).toBe(0);
    advanceTo(until + 60_000);
    expect(await organsLooks()).toBe(1);
    await office.api.app.scheduler.runNow('query.endDelays');
    const [message, ...more] = await inbox(police, 'looks.organDelayRefused');
    expect([message!.text, more]).toEqual([expect.stringContaining('没有作出决定'), []]);
    // That the organ asked for it stays untold, as of one that was refused.
    expect((await looksOf(debtor)).some(({ why }) => why.zh.includes('暂缓告知'))).toBe(false);
  });

  it('is not agreed to afterwards, for what was told cannot be taken back', async () => {
    const { id, until } = await undecided();
    advanceTo(until + 1_000);
    expect((await decide(id, true)).body.error.code).toBe('query.delay_changed');
    await office.api.app.scheduler.runNow('query.endDelays');
    const leader = await createStaff(office.api, { roles: ['leader'] });
    const { items } = await ok(leader.client.get('/api/look-delays'));
    const [closed] = items.filter((one: Json) => one.id === id);
    expect(closed).toMatchObject({
      state: 'refused',
      endedAt: new Date(until).toISOString(),
      decidedBy: null,
    });
  });

  it('that was agreed to in time holds to its day', async () => {
    const { id, until } = await undecided();
    await decide(id, true);
    advanceTo(until + 60_000);
    await office.api.app.scheduler.runNow('query.endDelays');
    expect(await organsLooks()).toBe(0);
  });

  it('from before there was a limit gets one by the migration, and a decided one stays as it is', async () => {
    const { id } = await undecided();
    const other = await askDelay(spouse);
    await decide(other.body.id, true);
    const stored = delays(office.api.p).collection;
    const both = { _id: { $in: [id, other.body.id] } } as never;
    await stored.updateMany(both, { $unset: { decideBy: '' } });
    const { db } = office.api.p.database.connection;
    for (const _ of [1, 2]) await limitUndecidedDelays.up(db as never);
    const [open, decided] = await Promise.all([id, other.body.id].map((one) => stored.findOne({ _id: one })));
    expect(open!.decideBy).toBeInstanceOf(Date);
    expect(open!.decideBy.getTime()).toBeLessThan(open!.until.getTime());
    expect(decided!.decideBy).toBeNull();
  });
});

it('a member does not learn from their own query that there is a delay about them', async () => {
  const member = await police.member();
  home = await office.home({ holders: [personOrder(member, WHOLE)] });
  const { body } = await askDelay(member);
  await ok(decide(body.id, true));
  const { id } = await asked({}, member);
  await acceptAs(clerk, id);
  office.api.advance(60_000);
  const { notice } = await ok(member.client.post(`/api/queries/${id}/notice`, { untilOn: null }));
  expect(notice).toMatchObject({ silent: false, toldAt: office.api.p.time.now().toISOString() });
});

describe('an answer to an organ', () => {
  async function answer(id: string): Promise<void> {
    office.api.advance(60_000);
    await look(clerk, id);
    expect((await acceptAs(clerk, id)).status).toBe(200);
  }

  it('alerts the owners at once where the silence was over before it', async () => {
    const { id } = await asked();
    await release(id);
    await answer(id);
    for (const owner of [debtor, spouse]) {
      const [alert, ...more] = await inbox(owner, 'property.queried');
      expect(more).toEqual([]);
      expect(alert!.text).toContain('聊城市公安局');
      // Why stands in the list, for those who may know it.
      expect(alert!.text).toContain('依法查询');
    }
  });

  it('alerts them where the term had run out and the job had not yet run', async () => {
    const { id } = await asked({ notice: { ground: 'crime', untilOn: dayAfter(1) } });
    office.api.advance(3 * DAY_MS);
    clerk = { ...clerk, client: await anew(clerk) };
    await answer(id);
    expect(await inbox(debtor, 'property.queried')).toHaveLength(1);
    await office.api.app.scheduler.runNow('query.endNotices');
    expect(await inbox(debtor, 'property.queried')).toHaveLength(1);
  });

  it('is told by the release alone where it fell into the silence, also where both come at once', async () => {
    const { id } = await asked();
    await answer(id);
    office.api.advance(1_000);
    await release(id);
    expect(await inbox(debtor, 'property.queried')).toEqual([]);
    expect(await inbox(debtor, 'looks.delayEnded')).toHaveLength(1);
  });

  it('alerts them though the same was asked in silence that day', async () => {
    const silent = await asked();
    await answer(silent.id);
    const open = await asked();
    await release(open.id);
    await answer(open.id);
    expect(await inbox(debtor, 'property.queried')).toHaveLength(1);
  });
});

it.each(['waiting', 'disabled'] as const)('no delay is entered for an organ that is %s', async (status) => {
  const { creditCode } = police.organisation;
  await organisations(office.api.p).collection.updateOne({ creditCode }, { $set: { status } });
  const { status: answer, body } = await askDelay(debtor);
  expect([answer, body.error.code]).toEqual([400, 'query.delay_organ']);
});

it('a refusal tells an organ to mend its letter, and neither to sue nor to apply for review', async () => {
  const { id } = await asked();
  const refusal = { revision: 1, reason: 'evidenceInsufficient', explanation: '工作证只有一位经办人的' };
  await ok(clerk.client.post(`/api/query-items/${id}/refuse`, refusal));
  const { result } = await ok(police.client.get(`/api/queries/${id}`));
  expect(result.refusal.remedy.zh).toBe('请补正后再来函，或者与本机构联系。');
  expect(result.refusal.remedy.en).not.toMatch(/review|court/);
  const stored = await queries(office.api.p).findById(id).lean();
  const record = readResult(stored!.result!.record);
  expect(record.refusal!.remedy).toEqual(result.refusal.remedy);
  // 查询暂行办法 is about right holders and interested parties.
  const basis = fieldsOf(record).find(({ key }) => key === 'basis');
  expect(basis!.text).toBe('不动产登记暂行条例实施细则第99条');
  expect((await police.client.get(`/api/queries/${id}/pdf`)).status).toBe(200);
});

it('a delay that ends too early is told so as the rule is: after today', async () => {
  const { body } = await askDelay(debtor, { untilOn: dayAfter(0) });
  expect(body.error.message).toContain('今天之后');
  expect((await askDelay(debtor, { untilOn: dayAfter(1) })).status).toBe(201);
});
