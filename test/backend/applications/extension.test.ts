import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { accepted, act, claimed, ok, openOffice, submittedRename, type Office } from './scenario.ts';

describe('延长: asked by the handler, approved by another person', () => {
  let office: Office;
  let supervisor: TestPerson;
  let both: TestPerson;
  beforeAll(async () => {
    office = await openOffice();
    supervisor = await createStaff(office.api, { name: '高建国', roles: ['supervisor'] });
    both = await createStaff(office.api, { name: '邢玉', roles: ['firstReview', 'supervisor'] });
  });
  afterAll(() => office.close());

  async function underReview(handler: TestPerson = office.clerks.firstReview): Promise<Json> {
    office.api.setNow(TEST_NOW);
    const { id } = await submittedRename(office);
    await accepted(office, id);
    return claimed(handler, id);
  }
  const ask = (person: TestPerson, id: string, days = 2) =>
    act(person, id, 'ask-extension', { days, reason: '要到现场核对门牌' });
  const decide = (person: TestPerson, id: string, approve = true) =>
    act(person, id, 'decide-extension', { approve, opinion: approve ? '同意' : '理由不足' });
  const codeOf = async (reply: ReturnType<typeof ask>) => {
    const { status, body } = await reply;
    return `${status} ${body.error?.code}`;
  };

  it('moves the promise by its days, carries who approved, and tells the applicant old and new date', async () => {
    const before = await underReview();
    const preview = await ok(
      office.clerks.firstReview.client.get(
        `/api/work-items/${before.id}/deadline-preview?act=askExtension&days=2`,
      ),
    );
    await ok(ask(office.clerks.firstReview, before.id));
    const after = await ok(decide(supervisor, before.id));
    expect(after.clocks.promised.dueOn).toBe(preview.after.promised);
    expect(preview).toMatchObject({ before: { promised: before.clocks.promised.dueOn }, movedWorkdays: 2 });
    expect(after.clocks.statutory.dueOn).toBe(before.clocks.statutory.dueOn);
    // What is counted and what is left add up to the promise with what was added to it.
    expect(before.clocks.promised.extendedByDays).toBe(0);
    expect(after.clocks.promised).toMatchObject({
      limit: before.clocks.promised.limit,
      extendedByDays: 2,
      countedUnits: 0,
      remainingUnits: before.clocks.promised.limit.amount + 2,
    });
    expect(after.clocks.statutory.extendedByDays).toBe(0);
    const untils = after.timeline.map(({ until }: Json) => until).filter(Boolean);
    expect(untils.at(-1)).toBe(after.clocks.promised.dueAt);
    expect(after.extensions).toMatchObject([{ state: 'approved', days: 2, decidedBy: '高建国' }]);
    const stored = await applications(office.api.p).collection.findOne({ _id: before.id });
    expect(stored?.clockEvents.at(-1)).toMatchObject({
      kind: 'extended',
      days: 2,
      approvedBy: supervisor.account.id,
      basis: '要到现场核对门牌',
    });
    // The promise frozen in the signed receipt stays as it was made.
    expect(stored?.acceptance?.promisedDueOn).toBe(before.clocks.promised.dueOn);
    await office.api.settle();
    const { items } = await ok(office.seller.client.get('/api/notifications'));
    const told = items.filter((one: Json) => one.title === '办理期限延长了');
    expect(told).toHaveLength(1);
    expect(after.documents.map(({ kind }: Json) => kind)).toContain('extensionNotice');
    // 条例20: what is added are working days, in the signed notice as in the message.
    expect(JSON.stringify(stored?.documents.at(-1))).toContain('2 个工作日');
    expect(told[0].text).toContain('2 个工作日');
  });

  it('is never decided by the person who asked, nor by the handler, nor without the post', async () => {
    const { id } = await underReview(both);
    await ok(ask(both, id));
    expect(await codeOf(decide(both, id))).toBe('403 applications.extension_own');
    expect(await codeOf(decide(office.clerks.registrar, id))).toMatch(/^403 /);
    await ok(act(both, id, 'release'));
    expect(await codeOf(decide(both, id))).toBe('403 applications.extension_own');
    const stored = await applications(office.api.p).collection.findOne({ _id: id });
    expect(stored?.clockEvents.map(({ kind }: { kind: string }) => kind)).toEqual(['accepted']);
  });

  it('is refused past the statutory limit, with the most that is possible', async () => {
    const { id } = await underReview();
    const reply = await ask(office.clerks.firstReview, id, 30);
    expect(reply.status).toBe(422);
    expect(reply.body.error).toMatchObject({
      code: 'applications.extension_past_cap',
      message: expect.stringContaining('29'),
      details: [{ pointer: '/days' }],
    });
    await ok(ask(office.clerks.firstReview, id, 29));
    const { clocks } = await ok(decide(supervisor, id));
    expect(clocks.promised.dueOn).toBe(clocks.statutory.dueOn);
    expect(await codeOf(ask(office.clerks.firstReview, id, 1))).toBe('422 applications.extension_past_cap');
  });

  it('does not hide a broken promise: refused once the due day has passed, on asking and on deciding', async () => {
    const [late, waiting] = [await underReview(), await underReview()];
    await ok(ask(office.clerks.firstReview, waiting.id));
    office.api.setNow(new Date(Date.parse(waiting.clocks.promised.dueAt) + 60_000));
    const [handler, head] = await Promise.all(
      [office.clerks.firstReview, supervisor].map(async ({ account }) => ({
        account,
        client: await signInAs(office.api, account),
      })),
    );
    expect(await codeOf(ask(handler!, late.id))).toBe('409 applications.extension_late');
    expect(await codeOf(decide(head!, waiting.id))).toBe('409 applications.extension_late');
    await ok(decide(head!, waiting.id, false));
  });

  it('waits for one decision at a time, and a refusal changes no date', async () => {
    const { id, clocks } = await underReview();
    expect(await codeOf(decide(supervisor, id))).toBe('409 applications.no_extension');
    await ok(ask(office.clerks.firstReview, id));
    expect(await codeOf(ask(office.clerks.firstReview, id))).toBe('409 applications.extension_open');
    const refused = await ok(decide(supervisor, id, false));
    expect(refused.clocks.promised.dueOn).toBe(clocks.promised.dueOn);
    expect(refused.extensions).toMatchObject([{ state: 'refused', opinion: '理由不足' }]);
  });

  it('says beforehand what a pause would do, and writes nothing', async () => {
    const { id, clocks } = await underReview();
    const { client } = office.clerks.firstReview;
    const path = `/api/work-items/${id}/deadline-preview?act=pause&reason=waitTax&plannedEndOn=`;
    const preview = await ok(client.get(`${path}2026-10-20`));
    expect(preview.before.promised).toBe(clocks.promised.dueOn);
    expect(preview.movedWorkdays).toBeGreaterThan(0);
    expect((await client.get(`${path}2026-01-01`)).status).toBe(422);
    const { clocks: still } = await ok(client.get(`/api/work-items/${id}`));
    expect(still).toEqual(clocks);
  });
});
