import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import { applications, applicationsModule } from '../../../backend/modules/applications/index.ts';
import { promiseDecisions } from '../../../backend/modules/applications/promise-decision.model.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import {
  accepted,
  claimed,
  ok,
  openOffice,
  submittedRename,
  submittedSale,
  type Office,
} from './scenario.ts';

/** ZY02 二手房过户 is promised in working days, so it can be made shorter and longer; TEST_NOW is 9 October 2026. */
const CODE = 'ZY02';

describe('a promise and its versions', () => {
  let office: Office;
  let supervisor: TestPerson;
  let leader: TestPerson;
  let own: number;
  beforeEach(async () => {
    office = await openOffice();
    supervisor = await createStaff(office.api, { name: '方静', roles: ['supervisor'] });
    leader = await createStaff(office.api, { name: '贺明远', roles: ['leader'] });
    own = (await ok(supervisor.client.get('/api/business-types/ZY02'))).limits.promised.amount;
  });
  afterEach(() => office.close());

  const job = (name: string) =>
    applicationsModule.jobs!.find((one) => one.name === name)!.run(office.api.p, office.api.p.time.now());
  const follow = () => job('applications.rules');
  const given = (amount: number, validFrom = '2026-10-09'): Json => ({
    code: CODE,
    promised: { amount, unit: 'workingDay' },
    validFrom,
    notice: { title: '关于调整承诺时限的通知', number: '聊自资规发〔2026〕7号' },
    reason: '系统改造后办得更快',
  });
  const preview = (body: Json, person = supervisor) => person.client.post('/api/admin/limits/preview', body);
  async function publish(amount: number, validFrom?: string): Promise<Json> {
    const body = given(amount, validFrom);
    const { basedOn } = await ok(preview(body));
    return ok(supervisor.client.post('/api/admin/limits', { ...body, basedOn }), 201);
  }
  async function openCase(): Promise<Json> {
    const { id } = await submittedSale(office);
    return accepted(office, id);
  }
  async function told(title: string): Promise<Json[]> {
    await office.api.settle();
    const { items } = await ok(office.seller.client.get('/api/notifications?limit=100'));
    return items.filter((one: Json) => one.title === title);
  }
  const stored = async (id: string): Promise<Json> =>
    applications(office.api.p).collection.findOne({ _id: id as never });
  const page = (id: string) => ok(office.seller.client.get(`/api/applications/${id}?view=case`));
  async function travel(moment: string): Promise<void> {
    office.api.setNow(new Date(moment));
    const people = [supervisor, leader, office.seller, office.buyer, ...Object.values(office.clerks)];
    for (const { account, client } of people)
      for (const [name, token] of (await signInAs(office.api, account)).cookies)
        client.cookies.set(name, token);
  }

  it('shows beforehand how many open cases a shorter one moves, and by how much; writes nothing', async () => {
    const { no, clocks } = await openCase();
    const effect = await ok(preview(given(own - 1)));
    expect(effect).toMatchObject({
      version: 1,
      longer: false,
      before: { amount: own },
      after: { amount: own - 1 },
      cases: { seen: 1, earlier: 1, later: 0, complete: true },
    });
    expect(effect.cases.examples).toMatchObject([{ no, before: clocks.promised.dueOn, workdays: -1 }]);
    const { items } = await ok(supervisor.client.get('/api/admin/limits'));
    expect(items.find(({ code }: Json) => code === CODE)).toMatchObject({ version: 0, versions: [] });
  });

  it('when shorter is seen by every reader at once, and each applicant is told once', async () => {
    const one = await openCase();
    const before = await stored(one.id);
    expect(await publish(own - 1)).toMatchObject({ casesBehind: 1 });
    const { dueOn } = (await page(one.id)).clocks.promised;
    expect(dueOn < one.clocks.promised.dueOn).toBe(true);
    const { items } = await ok(office.clerks.firstReview.client.get('/api/work-items?view=all'));
    expect(items[0].dueAt.slice(0, 10)).toBe(dueOn);
    expect(await follow()).toEqual({ seen: 1, moved: 1 });
    expect(await follow()).toBeUndefined();
    const messages = await told('办结日期提前了');
    expect(messages).toHaveLength(1);
    // What was promised stays in the signed receipt; nothing about the case itself changed.
    const after = await stored(one.id);
    expect([after?.revision, after?.acceptance, after?.clockEvents]).toEqual([
      before?.revision,
      before?.acceptance,
      before?.clockEvents,
    ]);
    expect((await ok(office.seller.client.get('/api/business-types/ZY02'))).limits).toMatchObject({
      promised: { amount: own - 1 },
      rule: { version: 1, validFrom: '2026-10-09' },
    });
    const entries = auditEntries(office.api.p).collection;
    expect(await entries.countDocuments({ type: 'clock.limit_published' })).toBe(1);
  });

  it('reaches a case that a process wrote with the old one meanwhile, however long the pass took', async () => {
    const { id } = await openCase();
    const { work } = (await stored(id))!;
    await publish(own - 1);
    const { collection } = applications(office.api.p);
    const original = collection.bulkWrite.bind(collection);
    const slow = ((...args: Parameters<typeof original>) => {
      office.api.advance(60_000);
      return original(...args);
    }) as typeof collection.bulkWrite;
    Object.assign(collection, { bulkWrite: slow });
    expect(await follow()).toEqual({ seen: 1, moved: 1 });
    Object.assign(collection, { bulkWrite: original });
    await collection.updateOne({ _id: id as never }, { $set: { work } });
    expect(await follow()).toMatchObject({ seen: 1 });
    office.api.advance(31_000);
    expect(await follow()).toBeUndefined();
  });

  it('from a later day applies on that day and not before', async () => {
    const { id, clocks } = await openCase();
    await publish(own - 1, '2026-10-12');
    expect(await follow()).toBeUndefined();
    expect((await page(id)).clocks.promised.dueOn).toBe(clocks.promised.dueOn);
    await travel('2026-10-12T09:00:00+08:00');
    expect(await follow()).toEqual({ seen: 1, moved: 1 });
    expect((await page(id)).clocks.promised.dueOn < clocks.promised.dueOn).toBe(true);
  });

  it('asks nothing of a day before it: what would be over already is due on its first working day', async () => {
    const { id } = await openCase();
    await travel('2026-10-12T16:00:00+08:00');
    const effect = await ok(preview(given(1, '2026-10-12')));
    expect(effect.cases).toMatchObject({ seen: 1, earlier: 1, late: 0 });
    expect(effect.cases.examples).toMatchObject([{ before: '2026-10-13', after: '2026-10-12' }]);
    await publish(1, '2026-10-12');
    await follow();
    expect((await stored(id))?.work.dueAt).toEqual(new Date('2026-10-12T17:00:00+08:00'));
    const sheet = await ok(office.seller.client.get(`/api/applications/${id}/deadline`));
    expect(sheet.light).not.toBe('red');
    expect(sheet.promised.dueOn).toBe('2026-10-12');
  });

  it('of one type leaves the cases of all others as they are', async () => {
    const { id } = await submittedRename(office);
    await accepted(office, id);
    await office.api.settle();
    const before = await stored(id);
    expect((await publish(own - 1)).casesBehind).toBe(0);
    expect(await follow()).toBeUndefined();
    expect(await stored(id)).toEqual(before);
  });

  it('when longer moves no open case, and is promised to who comes after', async () => {
    const early = await openCase();
    const effect = await ok(preview(given(own + 3)));
    expect(effect).toMatchObject({ longer: true, cases: { seen: 1, earlier: 0, later: 0 } });
    await publish(own + 3);
    expect(await follow()).toEqual({ seen: 1, moved: 0 });
    expect((await page(early.id)).clocks.promised.dueOn).toBe(early.clocks.promised.dueOn);
    const late = await openCase();
    expect(late.clocks.promised.dueOn > early.clocks.promised.dueOn).toBe(true);
    expect((await stored(late.id))?.clockEvents[0].promise).toMatchObject({ version: 1 });
  });

  it('when longer reaches a case only by a leader’s decision: who, why, which cases', async () => {
    const [one, two] = [await openCase(), await openCase()];
    await publish(own + 3);
    await follow();
    const path = `/api/admin/limits/${CODE}/decisions`;
    const decision = { version: 1, caseNos: [one.no], reason: '测绘系统停机，已和申请人说好' };
    for (const person of [supervisor, office.clerks.registrar, office.seller])
      expect((await person.client.post(path, decision)).status).toBe(403);
    expect(await ok(leader.client.post(path, decision), 201)).toMatchObject({ cases: [one.no], moved: 1 });
    const [moved, kept] = [await page(one.id), await page(two.id)];
    expect(moved.clocks.promised.dueOn > one.clocks.promised.dueOn).toBe(true);
    expect(kept.clocks.promised.dueOn).toBe(two.clocks.promised.dueOn);
    const [message] = await told('办结日期推后了');
    expect(message.text).toContain('测绘系统停机');
    expect((await stored(one.id))?.clockEvents.at(-1)).toMatchObject({
      kind: 'promised',
      approvedBy: leader.account.id,
      basis: '测绘系统停机，已和申请人说好',
    });
    const entries = auditEntries(office.api.p).collection;
    const [entry] = await entries.find({ type: 'applications.promise_decided' }).toArray();
    expect(entry).toMatchObject({
      actorId: leader.account.id,
      data: { caseNos: [one.no], reason: '测绘系统停机，已和申请人说好' },
    });
    // Again, or for a case that has it: refused at its place, and nothing changes.
    const again = await leader.client.post(path, { ...decision, caseNos: [two.no, one.no] });
    expect(again.body.error).toMatchObject({
      code: 'applications.decision_wrong',
      details: [{ pointer: '/caseNos/1', code: 'applications.decision_not_longer' }],
    });
    expect((await page(two.id)).clocks.promised.dueOn).toBe(two.clocks.promised.dueOn);
  });

  it('does not hide a broken promise, and is not decided by who handles the case', async () => {
    const both = await createStaff(office.api, { name: '邢玉', roles: ['firstReview', 'leader'] });
    const [late, mine] = [await openCase(), await openCase()];
    await claimed(both, mine.id);
    await publish(own + 3);
    const decide = (person: TestPerson, no: string) =>
      person.client.post(`/api/admin/limits/${CODE}/decisions`, {
        version: 1,
        caseNos: [no],
        reason: '没有理由',
      });
    expect((await decide(both, mine.no)).body.error.details[0].code).toBe('applications.decision_own_case');
    await travel('2026-11-02T09:00:00+08:00');
    expect((await decide(leader, late.no)).body.error.details[0].code).toBe('applications.extension_late');
    expect(await promiseDecisions(office.api.p).collection.countDocuments()).toBe(0);
  });

  it('decided on is carried to the end after a kill in the middle, each case once', async () => {
    const cases = [await openCase(), await openCase(), await openCase()];
    await publish(own + 3);
    const { collection } = applications(office.api.p);
    const original = collection.findOneAndUpdate.bind(collection);
    let left = 1;
    const dying = (async (...args: Parameters<typeof original>) => {
      if (left-- <= 0) throw new Error('killed');
      return original(...args);
    }) as typeof collection.findOneAndUpdate;
    Object.assign(collection, { findOneAndUpdate: dying });
    const body = { version: 1, caseNos: cases.map(({ no }) => no), reason: '测绘系统停机' };
    const reply = await leader.client.post(`/api/admin/limits/${CODE}/decisions`, body);
    expect(reply.status).toBe(500);
    Object.assign(collection, { findOneAndUpdate: original });
    await travel('2026-10-09T10:40:00+08:00');
    expect(await job('applications.decisions')).toEqual({ decisions: 1, moved: 2 });
    expect(await job('applications.decisions')).toBeUndefined();
    for (const { id } of cases)
      expect((await stored(id))?.clockEvents.map(({ kind }: Json) => kind)).toEqual(['accepted', 'promised']);
    expect(await told('办结日期推后了')).toHaveLength(3);
  });

  it('cannot be unmade on the day it took effect, nor published unseen after another', async () => {
    const body = given(own - 1);
    const { basedOn } = await ok(preview(body));
    const sent = await Promise.all(
      [1, 2].map(() => supervisor.client.post('/api/admin/limits', { ...body, basedOn })),
    );
    expect(sent.map(({ status }) => status).sort()).not.toEqual([201, 201]);
    const undo = await preview(given(own));
    expect(undo.body.error.details).toMatchObject([{ pointer: '/validFrom', code: 'clock.limit_day_taken' }]);
    const stale = await supervisor.client.post('/api/admin/limits', { ...given(own, '2026-10-12'), basedOn });
    expect(stale.body.error.code).toBe('clock.limit_changed_meanwhile');
  });

  it('is published by administrators and supervisors only', async () => {
    const administrator = await createStaff(office.api, { name: '管理员', roles: ['administrator'] });
    const body = given(own - 1);
    expect((await preview(body, administrator)).status).toBe(200);
    for (const person of [leader, office.clerks.registrar, office.seller]) {
      expect((await preview(body, person)).status).toBe(403);
      expect((await person.client.post('/api/admin/limits', { ...body, basedOn: '' })).status).toBe(403);
    }
  });
});

describe('a promise that cannot be', () => {
  let office: Office;
  let supervisor: TestPerson;
  beforeAll(async () => {
    office = await openOffice();
    supervisor = await createStaff(office.api, { name: '方静', roles: ['supervisor'] });
  });
  afterAll(() => office.close());
  const preview = (body: Json) => supervisor.client.post('/api/admin/limits/preview', body);
  const given = (wrong: Json): Json => ({
    code: CODE,
    promised: { amount: 1, unit: 'workingDay' },
    validFrom: '2026-10-09',
    notice: { title: '关于调整承诺时限的通知', number: '聊自资规发〔2026〕7号' },
    reason: '系统改造后办得更快',
    ...wrong,
  });

  it.each<[string, Json, string, string]>([
    [
      'longer than the law allows',
      { promised: { amount: 31, unit: 'workingDay' } },
      '/promised/amount',
      'clock.limit_past_statutory',
    ],
    [
      'of no time at all',
      { promised: { amount: 0, unit: 'workingDay' } },
      '/promised/amount',
      'clock.limit_amount',
    ],
    [
      'in another unit',
      { promised: { amount: 2, unit: 'workingHour' } },
      '/promised/unit',
      'clock.limit_unit_fixed',
    ],
    ['from yesterday', { validFrom: '2026-10-08' }, '/validFrom', 'clock.limit_from_past'],
    ['from a day that does not exist', { validFrom: '2026-02-30' }, '/validFrom', 'clock.not_a_day'],
    ['from the year 0', { validFrom: '0000-01-01' }, '/validFrom', 'clock.limit_from_past'],
    ['from the year 9999', { validFrom: '9999-01-01' }, '/validFrom', 'clock.limit_too_far'],
  ])('is refused %s, at its place', async (_what, wrong, pointer, code) => {
    const { status, body } = await preview(given(wrong));
    expect(status).toBe(422);
    expect(body.error.details).toEqual([expect.objectContaining({ pointer, code })]);
  });
});
