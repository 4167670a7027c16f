import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordAccess } from '../../../backend/modules/audit/index.ts';
import { importCertificates } from '../../../backend/modules/certificates/index.ts';
import { findUnitsByCodes } from '../../../backend/modules/register/index.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newIdNumber,
  signInAs,
  stranger,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, submittedSale, type Home, type Office } from '../applications/scenario.ts';

/** 谁查过我, 反映 and 依法暂缓告知 over HTTP. */

let office: Office;
let home: Home;
let caseId: string;
let supervisor: TestPerson;
let leader: TestPerson;

beforeAll(async () => {
  office = await openOffice();
  home = await office.home();
  caseId = (await submittedSale(office, home)).id;
  supervisor = await createStaff(office.api, { name: '高明', roles: ['supervisor'] });
  leader = await createStaff(office.api, { name: '许国栋', roles: ['leader'] });
});
afterAll(() => office.close());

const looks = async (person: TestPerson, query = ''): Promise<Json[]> =>
  (await ok(person.client.get(`/api/me/access-log${query}`))).items;
const inbox = async (person: TestPerson, template: string): Promise<Json[]> => {
  await office.api.settle();
  const { items } = await ok(person.client.get('/api/notifications?limit=100'));
  return items.filter((one: Json) => one.template === template);
};

describe('GET /api/me/access-log', () => {
  it('has a clerk’s look at once, in words, with masked name, post and hall, property and case', async () => {
    const clerk = await createStaff(office.api, {
      name: '周敏',
      roles: ['acceptance'],
      officeId: 'liaocheng-centre',
    });
    const { no } = await ok(clerk.client.get(`/api/work-items/${caseId}`));
    const [look] = await looks(office.seller);
    expect(look).toMatchObject({
      own: false,
      who: { kind: 'staff', name: '周*', role: { zh: '受理岗' } },
      why: { zh: '查阅办件' },
      property: { code: home.code },
      caseNo: no,
      toldLate: null,
      complaint: null,
    });
    expect(look.who.place.zh.length).toBeGreaterThan(2);
    expect(look.what.map(({ zh }: Json) => zh)).toEqual(['办件内容', '申请材料']);
    expect(JSON.stringify(look)).not.toContain('周敏');
  });

  it('can be asked by property', async () => {
    expect((await looks(office.seller, `?unit=${home.code}`)).length).toBeGreaterThan(0);
    const other = await office.home();
    expect(await looks(office.seller, `?unit=${other.code}`)).toEqual([]);
  });

  it('pages through everything once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `/api/me/access-log?limit=1${cursor ? `&cursor=${cursor}` : ''}`;
      const page: Json = await ok(office.seller.client.get(path));
      seen.push(...page.items.map(({ id }: Json) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await looks(office.seller, '?limit=100')).length);
  });

  it('shows whoever verified the certificate, signed in or not', async () => {
    const unit = await office.home();
    const [stored] = await findUnitsByCodes(office.api.p, [unit.code]);
    await importCertificates(office.api.p, [stored!]);
    const asked = { number: unit.certificateNo, holderName: '赵明远' };
    await ok(stranger(office.api).post('/api/certificates/verify', asked));
    expect((await looks(office.seller))[0]).toMatchObject({
      who: { kind: 'anonymous', name: null },
      why: { zh: '核验证书真伪' },
      property: { code: unit.code },
    });
    await ok(office.bank.client.post('/api/certificates/verify', asked));
    expect((await looks(office.seller))[0]!.who).toMatchObject({
      kind: 'organisation',
      name: '测*人',
      place: { zh: '聊城测试银行' },
    });
    const before = (await looks(office.seller, '?limit=100')).length;
    await ok(office.bank.client.post('/api/certificates/verify', { ...asked, holderName: '钱明远' }));
    expect((await looks(office.seller, '?limit=100')).length).toBe(before);
  });

  it('is nobody else’s: not without an account, not under a number that is only claimed, not for staff', async () => {
    const idNumber = newIdNumber();
    const claims = await createCitizen(office.api, { idNumber, nameVerified: false });
    await recordAccess(office.api.p, {
      actorId: office.clerks.acceptance.account.id,
      subjectPersonIndexes: [claims.account.personIndex],
      what: ['unit'],
      why: 'reading',
      basis: '条例27',
    });
    const refused = await claims.client.get('/api/me/access-log');
    expect([refused.status, refused.body.error.code]).toEqual([403, 'accounts.name_not_verified']);
    expect((await stranger(office.api).get('/api/me/access-log')).status).toBe(401);
    expect((await office.clerks.acceptance.client.get('/api/me/access-log')).status).toBe(403);
    const outsider = await createCitizen(office.api);
    expect(await looks(outsider)).toEqual([]);
  });
});

describe('a complaint', () => {
  const text = '我不认识这个人，也没有在这个大厅办过事。';

  it('goes to the supervisors with the row, and its answer to both sides', async () => {
    const [look] = await looks(office.buyer);
    const made = await office.buyer.client.post(`/api/me/access-log/${look.id}/complaints`, { text });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ text, answer: null });
    expect(await inbox(supervisor, 'looks.complained')).toHaveLength(1);
    const { items } = await ok(supervisor.client.get('/api/look-complaints'));
    const complaint = items.find((one: Json) => one.look.id === look.id);
    expect(complaint).toMatchObject({ by: '孙*岚', text, overdue: false, look: { whoName: '周敏' } });
    // That the supervisor read it is itself in the list.
    expect((await looks(office.buyer))[0]).toMatchObject({ why: { zh: '处理您反映的问题' } });

    const answered = await supervisor.client.post(`/api/look-complaints/${complaint.id}/answer`, {
      revision: complaint.revision,
      outcome: 'groundless',
      text: '经核实，这次查看与办件无关，已批评教育并停用查询权限。',
    });
    expect(answered.status).toBe(200);
    const [message, ...more] = await inbox(office.buyer, 'looks.answered');
    expect(more).toEqual([]);
    // With what can be done about it: whoever reads the message alone must not miss it (个保法50, 65).
    for (const remedy of ['法院起诉', '网信', '投诉、举报']) expect(message!.text).toContain(remedy);
    const row = (await looks(office.buyer, '?limit=100')).find(({ id }) => id === look.id);
    expect(row!.complaint.answer).toMatchObject({ outcome: 'groundless' });
    // It is among the answered ones from then on, and read there only by whoever asks for them.
    expect((await ok(supervisor.client.get('/api/look-complaints'))).items).toEqual([]);
    const done = await ok(supervisor.client.get('/api/look-complaints?state=answered'));
    expect(done.items.map((one: Json) => one.id)).toEqual([complaint.id]);
    const again = { revision: complaint.revision, outcome: 'grounded', text: '有依据' };
    const late = await supervisor.client.post(`/api/look-complaints/${complaint.id}/answer`, again);
    expect(late.status).toBeGreaterThanOrEqual(400);
  });

  it('sent twice is one; another text for the same look adds to it, once, until it is answered', async () => {
    const [look] = await looks(office.seller);
    const path = `/api/me/access-log/${look!.id}/complaints`;
    const both = await Promise.all([1, 2].map(() => office.seller.client.post(path, { text })));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    const more = '还有一件事要说。';
    const added = await Promise.all([1, 2].map(() => office.seller.client.post(path, { text: more })));
    expect(added.map(({ body }) => [body.text, body.supplement?.text])).toEqual([
      [text, more],
      [text, more],
    ]);
    const third = await office.seller.client.post(path, { text: '第三件事。' });
    expect(third.body.error.code).toBe('query.look_complained');
    const { items } = await ok(supervisor.client.get('/api/look-complaints'));
    const [complaint, ...none] = items.filter((one: Json) => one.look.id === look!.id);
    expect([complaint.supplement.text, none]).toEqual([more, []]);
    const answer = { revision: 1, outcome: 'grounded', text: '有依据。' };
    const stale = await supervisor.client.post(`/api/look-complaints/${complaint.id}/answer`, answer);
    expect(stale.body.error.code).toBe('query.complaint_changed');
  });

  it('is possible about one’s own list only', async () => {
    const [look] = await looks(office.seller);
    const outsider = await createCitizen(office.api);
    const answer = await outsider.client.post(`/api/me/access-log/${look!.id}/complaints`, { text });
    expect(answer.body.error.code).toBe('query.look_unknown');
  });

  it('about a supervisor’s own look is judged by another', async () => {
    const person = await createCitizen(office.api, { name: '田雨' });
    await recordAccess(office.api.p, {
      actorId: supervisor.account.id,
      subjectPersonIndexes: [person.account.personIndex],
      what: ['unit'],
      why: 'reading',
      basis: '条例27',
    });
    const [look] = await looks(person);
    await ok(person.client.post(`/api/me/access-log/${look!.id}/complaints`, { text }), 201);
    const mine = await ok(supervisor.client.get('/api/look-complaints'));
    expect(mine.items.some((one: Json) => one.look.id === look!.id)).toBe(false);
    const second = await createStaff(office.api, { roles: ['supervisor'] });
    const theirs = await ok(second.client.get('/api/look-complaints'));
    expect(theirs.items.some((one: Json) => one.look.id === look!.id)).toBe(true);
  });

  it('keeps its words out of the database in plain', async () => {
    const stored = await office.api.p.database.connection.collection('look-complaints').find().toArray();
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain('不认识');
  });
});

describe('a delay of notice', () => {
  // The days that go by end sessions.
  beforeEach(async () => {
    supervisor = { ...supervisor, client: await signInAs(office.api, supervisor.account) };
    leader = { ...leader, client: await signInAs(office.api, leader.account) };
  });
  const looked = (actorId: string, person: TestPerson) =>
    recordAccess(office.api.p, {
      actorId,
      subjectPersonIndexes: [person.account.personIndex],
      what: ['unit'],
      target: { kind: 'unit', id: home.code },
      why: 'investigation',
      basis: '条例27',
    });
  const ask = async (
    person: TestPerson,
    organ: { organisation: { creditCode: string } },
    untilOn: string,
    ground = 'crime',
  ) =>
    supervisor.client.post('/api/look-delays', {
      idNumber: person.account.idNumber,
      creditCode: organ.organisation.creditCode,
      ground,
      docNo: '聊公经侦〔2026〕18号',
      reason: '正在侦查一起合同诈骗案',
      untilOn,
    });
  const dayAfter = (days: number): string =>
    new Date(office.api.p.time.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

  it('that is refused withholds nothing', async () => {
    const person = await createCitizen(office.api);
    const police = await createOrganisation(office.api, 'organ');
    const asked = await ask(person, police, dayAfter(10));
    expect(await looks(person)).toEqual([]);
    await ok(leader.client.post(`/api/look-delays/${asked.body.id}/decide`, { revision: 1, granted: false }));
    await looked(police.account.id, person);
    // The organ may ask again: that it asked is not told to whom it asked about.
    expect((await looks(person)).map(({ who }) => who.kind)).toEqual(['organisation']);
  });

  it('is for state organs, for a time that law bounds, and nobody’s own affair', async () => {
    const person = await createCitizen(office.api);
    const police = await createOrganisation(office.api, 'organ');
    expect((await ask(person, office.bank, dayAfter(10))).body.error.code).toBe('query.delay_organ');
    expect((await ask(person, police, dayAfter(400))).body.error.code).toBe('query.delay_too_long');
    expect((await ask(person, police, dayAfter(8), 'emergency')).body.error.code).toBe(
      'query.delay_too_long',
    );
    expect((await ask(person, police, dayAfter(0))).body.error.code).toBe('query.delay_too_long');
    const self = await createCitizen(office.api, { idNumber: supervisor.account.idNumber });
    expect((await ask(self, police, dayAfter(10))).body.error.code).toBe('query.delay_own_person');
    expect((await office.clerks.acceptance.client.get('/api/look-delays')).status).toBe(403);
  });

  it('takes two persons, leaves the organ’s looks out, and tells them once it is over', async () => {
    const person = await createCitizen(office.api, { name: '田野' });
    const police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
    await looked(police.account.id, person);
    const before = (await looks(person)).map(({ id }) => id);
    expect(before).toHaveLength(1);
    office.api.advance(60_000);

    const asked = await ask(person, police, dayAfter(30));
    expect(asked.status).toBe(201);
    const path = `/api/look-delays/${asked.body.id}`;
    const alone = await supervisor.client.post(`${path}/decide`, { revision: 1, granted: true });
    expect(alone.status).toBe(403);
    expect((await inbox(leader, 'looks.delayAsked')).length).toBeGreaterThan(0);
    await ok(leader.client.post(`${path}/decide`, { revision: 1, granted: true }));

    office.api.advance(60_000);
    await looked(police.account.id, person);
    await looked(office.clerks.firstReview.account.id, person);
    const during = await looks(person);
    // What was told before stays; the clerk's look is nobody's secret.
    expect(during.map(({ who }) => who.kind)).toEqual(['staff', 'organisation']);
    // A figure of now would tell of it.
    const figures = await ok(stranger(office.api).get('/api/look-delays/figures'));
    expect(figures.years).toEqual([]);

    office.api.advance(40 * 86_400_000);
    // The session of before has ended long since.
    const again = { ...person, client: await signInAs(office.api, person.account) };
    const after = await looks(again);
    expect(after).toHaveLength(4);
    const late = after.filter(({ toldLate }) => toldLate !== null);
    expect(late.map(({ toldLate }) => toldLate.ground.zh)).toEqual(['侦查犯罪', '侦查犯罪']);
    await office.api.app.scheduler.runNow('query.endDelays');
    const [message] = await inbox(again, 'looks.delayEnded');
    expect(message!.text).toContain('聊城市公安局');
    expect(message!.text).toContain('1 次');
  });

  it('withholds the look from everybody whom it concerns, and tells them all afterwards', async () => {
    const [suspect, spouse] = [await createCitizen(office.api), await createCitizen(office.api)];
    const police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
    const delay = (await ask(suspect, police, dayAfter(5))).body;
    await ok(leader.client.post(`/api/look-delays/${delay.id}/decide`, { revision: 1, granted: true }));
    await recordAccess(office.api.p, {
      actorId: police.account.id,
      subjectPersonIndexes: [suspect, spouse].map(({ account }) => account.personIndex),
      what: ['unit'],
      why: 'investigation',
      basis: '条例27',
    });
    expect(await looks(spouse)).toEqual([]);
    office.api.advance(60_000);
    const alone = await supervisor.client.post(`/api/look-delays/${delay.id}/lift`, {
      revision: 2,
      docNo: '聊公经侦〔2026〕20号',
    });
    expect(alone.status).toBe(403);
    expect((await leader.client.post(`/api/look-delays/${delay.id}/lift`, { revision: 2 })).status).toBe(400);
    const lifted = await ok(
      leader.client.post(`/api/look-delays/${delay.id}/lift`, { revision: 2, docNo: '聊公经侦〔2026〕20号' }),
    );
    expect(lifted.releasedBy).toContain('聊公经侦〔2026〕20号');
    const [told] = await looks(spouse);
    // The ground is the suspect's affair.
    expect(told!.toldLate.ground.zh).toBe('国家机关依法履行职责');
    for (const one of [suspect, spouse]) expect(await inbox(one, 'looks.delayEnded')).toHaveLength(1);
  });

  it('is not told to the leader whom it is about', async () => {
    const person = await createStaff(office.api, { roles: ['leader'] });
    const police = await createOrganisation(office.api, 'organ');
    const citizen = await createCitizen(office.api, { idNumber: person.account.idNumber });
    const before = (await inbox(leader, 'looks.delayAsked')).length;
    expect((await ask(citizen, police, dayAfter(5))).status).toBe(201);
    expect((await inbox(leader, 'looks.delayAsked')).length).toBe(before + 1);
    expect(await inbox(person, 'looks.delayAsked')).toEqual([]);
  });

  it('holds for a look by an owner’s permission, in list and message', async () => {
    const other = await office.home();
    const police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
    const owner = { ...office.seller, client: await signInAs(office.api, office.seller.account) };
    const delay = (await ask(owner, police, dayAfter(5))).body;
    await ok(leader.client.post(`/api/look-delays/${delay.id}/decide`, { revision: 1, granted: true }));
    const grant = (
      await owner.client.post(`/api/me/units/${other.code}/grants`, {
        purpose: 'mortgage',
        forWhom: '一位朋友',
        days: 7,
        uses: null,
      })
    ).body;
    const token = new URL(grant.link as string, 'http://localhost').hash.slice(1);
    const used = async (person: TestPerson) => ok(person.client.post('/api/authorised-looks', { token }));
    await used({ ...police, client: await signInAs(office.api, police.account) });
    expect(await inbox(owner, 'property.grantUsed')).toEqual([]);
    await used(await createCitizen(office.api));
    expect(await inbox(owner, 'property.grantUsed')).toHaveLength(1);
  });

  it('is carried on by another without a gap', async () => {
    const person = await createCitizen(office.api);
    const police = await createOrganisation(office.api, 'organ');
    const first = (await ask(person, police, dayAfter(3))).body;
    await ok(leader.client.post(`/api/look-delays/${first.id}/decide`, { revision: 1, granted: true }));
    await looked(police.account.id, person);
    const second = (await ask(person, police, dayAfter(60))).body;
    await ok(leader.client.post(`/api/look-delays/${second.id}/decide`, { revision: 1, granted: true }));
    office.api.advance(5 * 86_400_000);
    await office.api.app.scheduler.runNow('query.endDelays');
    const later = { ...person, client: await signInAs(office.api, person.account) };
    expect(await looks(later)).toEqual([]);
    expect(await inbox(later, 'looks.delayEnded')).toEqual([]);
    office.api.advance(60 * 86_400_000);
    await office.api.app.scheduler.runNow('query.endDelays');
    const last = { ...person, client: await signInAs(office.api, person.account) };
    expect((await looks(last)).map(({ who }) => who.kind).sort()).toEqual(['organisation', 'staff', 'staff']);
    expect(await inbox(last, 'looks.delayEnded')).toHaveLength(1);
  });

  it('that was refused is told a month later, when it warns nobody', async () => {
    const person = await createCitizen(office.api);
    const police = await createOrganisation(office.api, 'organ');
    const asked = await ask(person, police, dayAfter(10));
    await ok(leader.client.post(`/api/look-delays/${asked.body.id}/decide`, { revision: 1, granted: false }));
    office.api.advance(29 * 86_400_000);
    expect(await looks({ ...person, client: await signInAs(office.api, person.account) })).toEqual([]);
    office.api.advance(2 * 86_400_000);
    expect(await looks({ ...person, client: await signInAs(office.api, person.account) })).toHaveLength(1);
  });
});
