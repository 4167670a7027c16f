import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applications, applicationsModule } from '../../../backend/modules/applications/index.ts';
import { sentenceFor } from '../../../backend/modules/applications/present-case.ts';
import { findBusinessType } from '../../../backend/modules/catalogue/index.ts';
import { businessTypes } from '../../../backend/modules/catalogue/business-type.model.ts';
import { forgetTypes } from '../../../backend/modules/catalogue/get-business-type.ts';
import { enqueueAcceptance, getUnit } from '../../../backend/modules/register/index.ts';
import { TEST_NOW } from '../../support/api.ts';
import { copyCases, storedCase } from '../../support/open-cases.ts';
import {
  accepted,
  act,
  attachAll,
  claimed,
  createDraft,
  ok,
  openOffice,
  renameAnswers,
  submittedRename,
  type Office,
} from './scenario.ts';

describe('what happens by itself', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.close());

  const run = async (name: string) => {
    const job = applicationsModule.jobs!.find((one) => one.name === `applications.${name}`)!;
    return job.run(office.api.p, office.api.p.time.now());
  };

  it('条例17(三): an unanswered correction is not accepted the day after it was due, told with the ways to appeal', async () => {
    const { id } = await submittedRename(office);
    await claimed(office.clerks.acceptance, id);
    const defects = [{ target: { materialCode: 'M21' }, defect: '看不清', remedy: '请重拍' }];
    await ok(act(office.clerks.acceptance, id, 'request-correction', { defects, dueOn: '2026-10-12' }));
    office.api.setNow(new Date('2026-10-12T23:00:00+08:00'));
    expect(await run('corrections')).toEqual({ lapsed: 0 });
    office.api.setNow(new Date('2026-10-13T00:10:00+08:00'));
    expect(await run('corrections')).toEqual({ lapsed: 1 });
    const stored = await applications(office.api.p).collection.findOne({ _id: id });
    expect(stored).toMatchObject({
      status: 'declined',
      withdrawal: null,
      decision: { reason: 'notCompleted', by: null },
      documents: [{}, {}, { kind: 'declineNotice' }],
    });
    const words = JSON.stringify(stored?.documents.at(-1));
    for (const said of ['第十七条（三）', '行政复议', '行政诉讼', '10月12日（周一）', '随时重新申请'])
      expect(words).toContain(said);
    office.api.setNow(TEST_NOW);
    const ended = await ok(office.seller.client.get(`/api/applications/${id}`));
    expect(ended.sentence.zh).toContain('这一次没有受理');
    expect(ended.todos).toEqual([]);
  });

  it('closes a correction whose term is over, behind any number of others that nobody has touched for longer', async () => {
    const { id } = await submittedRename(office);
    await claimed(office.clerks.acceptance, id);
    const defects = [{ target: { materialCode: 'M21' }, defect: '看不清', remedy: '请重拍' }];
    await ok(act(office.clerks.acceptance, id, 'request-correction', { defects, dueOn: '2026-10-12' }));
    const stored = await storedCase(office.api.p, id);
    await copyCases(office.api.p, stored, 201, () => ({
      corrections: stored.corrections.map((one) => ({ ...one, dueOn: '2026-12-31' })),
      updatedAt: new Date('2026-01-01T00:00:00Z'),
    }));
    office.api.setNow(new Date('2026-10-13T00:10:00+08:00'));
    expect(await run('corrections')).toEqual({ lapsed: 1 });
    expect((await storedCase(office.api.p, id)).status).toBe('declined');
  });

  it('浙江规则36, 民法典203: the clock runs on from the end of the last day of a supplement that nobody answered, which does not count', async () => {
    const { id } = await submittedRename(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const defects = [{ target: { materialCode: 'M21' }, defect: '看不清', remedy: '请重拍' }];
    await ok(act(office.clerks.firstReview, id, 'request-correction', { defects, dueOn: '2026-10-12' }));
    office.api.setNow(new Date('2026-10-12T23:00:00+08:00'));
    expect(await run('supplements')).toBe(undefined);
    office.api.setNow(new Date('2026-10-13T00:10:00+08:00'));
    expect(await run('supplements')).toEqual({ ended: 1 });
    expect(await run('supplements')).toBe(undefined);
    const { pauses, clockEvents, documents, work } = await storedCase(office.api.p, id);
    const end = new Date('2026-10-13T00:00:00+08:00');
    expect(pauses.map(({ to }) => to)).toEqual([end]);
    expect(clockEvents.at(-1)).toMatchObject({ kind: 'resumed', at: end });
    // Nobody is late for a day on which refusing was barred.
    expect(work.dueAt?.getTime()).toBeGreaterThan(new Date('2026-10-13T00:10:00+08:00').getTime());
    expect(JSON.stringify(documents.at(-1))).toContain('10月13日（周二）00:00');
    office.api.setNow(TEST_NOW);
    const { revision } = await ok(office.seller.client.get(`/api/applications/${id}`));
    const { zh } = sentenceFor(await storedCase(office.api.p, id), {} as never, TEST_NOW);
    expect(zh).toBe('补正期限 10月12日（周一）已过，计时恢复；还差 1 样，请尽快补上');
    await ok(act(office.seller, id, 'answer-correction', { revision }));
  });

  it('民法典203: the last day of a correction is a working day, and the application stands until it is over', async () => {
    const { id } = await submittedRename(office);
    await claimed(office.clerks.acceptance, id);
    const defects = [{ target: { materialCode: 'M21' }, defect: '看不清', remedy: '请重拍' }];
    // A Saturday; the Saturday before it would be worked for the holiday.
    await ok(act(office.clerks.acceptance, id, 'request-correction', { defects, dueOn: '2026-10-17' }));
    const { collection } = applications(office.api.p);
    const asked = await collection.findOne({ _id: id as never });
    expect(asked?.corrections[0]?.dueOn).toBe('2026-10-19');
    expect(JSON.stringify(asked?.documents.at(-1))).toContain('10月19日（周一）');
    // One of before, that names a day off.
    await collection.updateOne({ _id: id as never }, { $set: { 'corrections.0.dueOn': '2026-10-17' } });
    office.api.setNow(new Date('2026-10-19T23:00:00+08:00'));
    expect(await run('corrections')).toEqual({ lapsed: 0 });
    office.api.setNow(new Date('2026-10-20T00:10:00+08:00'));
    expect(await run('corrections')).toEqual({ lapsed: 1 });
  });

  it('gives back a place in a queue that an acceptance took and did not write down', async () => {
    const home = await office.home();
    const { id, no } = await submittedRename(office, home);
    const { p } = office.api;
    // As a process leaves it that dies between the second and the third write of an acceptance.
    await applications(p).collection.updateOne(
      { _id: id },
      { $set: { queue: { state: 'entering', at: p.time.now() } }, $inc: { revision: 1 } },
    );
    await enqueueAcceptance(p, {
      unitCode: home.code,
      caseId: id,
      caseNo: no,
      businessType: 'BG01',
      request: 'rename',
      acceptedAt: p.time.now(),
      dueOn: null,
    });
    expect(await run('queues')).toEqual({ settled: 0 });
    office.api.advance(120_000);
    expect(await run('queues')).toEqual({ settled: 1 });
    expect((await getUnit(p, home.code)).pending).toEqual([]);
    office.api.setNow(TEST_NOW);
    await claimed(office.clerks.acceptance, id);
    const accepted = await ok(act(office.clerks.acceptance, id, 'accept'));
    expect(accepted.status).toBe('accepted');
    expect((await getUnit(p, home.code)).pending).toHaveLength(1);
  });

  it('条例17 末款, 细则67: what silence accepted stands in the order of the unit before whom a clerk accepts later', async () => {
    const { p } = office.api;
    const home = await office.home();
    const [late, later] = [await submittedRename(office, home), await submittedRename(office, home)];
    const places = async () =>
      (await getUnit(p, home.code)).pending.map(({ caseId, order }) => [caseId, order]);
    const overdue = (id: string, at: string) =>
      applications(p).collection.updateOne(
        { _id: id as never },
        { $set: { 'submission.answerDueAt': new Date(at) } },
      );
    expect(await run('deemed-places')).toBeUndefined();
    await overdue(later.id, '2026-09-29T17:00:00+08:00');
    await overdue(late.id, '2026-09-28T17:00:00+08:00');
    expect(await run('deemed-places')).toEqual({ taken: 2 });
    expect(await run('deemed-places')).toBeUndefined();
    expect(await places()).toEqual([
      [late.id, 1],
      [later.id, 2],
    ]);
    // A clerk comes to the second first, and the places stay; nor does the clean-up of places take them.
    await claimed(office.clerks.acceptance, later.id);
    const accepted = await ok(act(office.clerks.acceptance, later.id, 'accept'));
    expect(accepted.status).toBe('accepted');
    await applications(p).collection.updateOne(
      { _id: late.id as never },
      { $set: { queue: { state: 'entering', at: new Date(0) } } },
    );
    await run('queues');
    expect(await places()).toEqual([
      [late.id, 1],
      [later.id, 2],
    ]);
    await ok(act(office.seller, late.id, 'withdraw'));
    await run('queues');
    expect(await places()).toEqual([[later.id, 2]]);
  });

  it('条例17 末款: an acceptance before the job came by does not overtake what silence accepted', async () => {
    const { p } = office.api;
    const home = await office.home();
    const [silent, second] = [await submittedRename(office, home), await submittedRename(office, home)];
    await applications(p).collection.updateOne(
      { _id: silent.id as never },
      { $set: { 'submission.answerDueAt': new Date('2026-09-29T17:00:00+08:00') } },
    );
    await claimed(office.clerks.acceptance, second.id);
    await ok(act(office.clerks.acceptance, second.id, 'accept'));
    const { pending } = await getUnit(p, home.code);
    expect(pending.map(({ caseId }) => caseId)).toEqual([silent.id, second.id]);
  });

  it('forgets drafts that nobody touched for thirty days', async () => {
    const { id } = await createDraft(office.seller.client, 'BG01');
    expect(await run('drafts')).toEqual({ deleted: 0 });
    office.api.setNow(new Date(TEST_NOW.getTime() + 31 * 86_400_000));
    await run('drafts');
    expect(await applications(office.api.p).collection.findOne({ _id: id })).toBeNull();
  });

  it('computes the due days of the work list again under a new calendar', async () => {
    const { id } = await submittedRename(office);
    await claimed(office.clerks.acceptance, id);
    await ok(act(office.clerks.acceptance, id, 'accept'));
    const { collection } = applications(office.api.p);
    const before = await collection.findOne({ _id: id });
    const stale = {
      'work.calendarVersion': 'an older one',
      'work.dueAt': new Date(0),
      'work.sortAt': new Date(0),
    };
    await collection.updateOne({ _id: id }, { $set: stale });
    await run('rules');
    const after = await collection.findOne({ _id: id });
    expect([after?.work, after?.revision]).toEqual([before?.work, before?.revision]);
  });

  it('carries a draft over to a newer version of its type, field by field', async () => {
    const { p } = office.api;
    const { client } = office.seller;
    const draft = await createDraft(client, 'BG01', renameAnswers(office, await office.home()));
    await attachAll(client, draft.id, 'M21');
    const type = (await findBusinessType(p, 'BG01'))!;
    const form = structuredClone(type.form) as {
      properties: Record<string, Record<string, unknown>>;
      required: string[];
    };
    const { remark: _remark, ...properties } = form.properties;
    properties.proofNo = { ...properties.proofNo, maxLength: 12 };
    const label = { zh: '变更原因', en: 'Why it changed' };
    properties.changeReason = {
      type: 'string',
      'x-label': label,
      'x-section': 'change',
      'x-widget': 'text',
      'x-question': label,
    };
    const next = { ...type, version: type.version + 1, form: { ...form, properties } };
    await businessTypes(p).collection.insertOne({
      _id: 'BG01@3' as never,
      code: 'BG01',
      version: type.version + 1,
      validFrom: type.validFrom,
      content: JSON.stringify(next),
    } as never);
    forgetTypes(p);
    const seen = await ok(client.get(`/api/applications/${draft.id}`));
    expect(seen.businessType.version).toBe(3);
    expect(seen.reconciliation).toMatchObject({
      fromVersion: 2,
      toVersion: 3,
      changed: ['proofNo'],
      dropped: [],
      added: ['changeReason'],
    });
    expect(seen.answers.newName).toBe('赵明源');
    await businessTypes(p).collection.deleteOne({ _id: 'BG01@3' as never });
    forgetTypes(p);
  });
});
