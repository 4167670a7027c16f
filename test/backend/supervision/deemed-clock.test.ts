import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { caseFacts } from '../../../backend/modules/supervision/case-fact.model.ts';
import { countOpen } from '../../../backend/modules/supervision/count-open.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { storedCase } from '../../support/open-cases.ts';
import { accepted, ok, submittedRename } from '../applications/scenario.ts';
import { alarmsOf, at, lookAt, openBureau, travel, type Bureau } from './bureau.ts';

/**
 * 条例17 末款, 条例20: BG01, submitted on Friday 9 October 2026, is to be answered by the make-up Saturday, 17:00. Nobody does, so it is
 * accepted then; one working day later, Monday 17:00, the promise ends, and thirty later the law's limit.
 */
describe('the clock of a case that silence accepted', () => {
  let bureau: Bureau;
  const DEEMED = at('2026-10-10', '17:00');
  beforeAll(async () => {
    bureau = await openBureau();
  });
  afterAll(() => bureau.close());
  beforeEach(() => travel(bureau, TEST_NOW));

  const stored = (id: string) => storedCase(bureau.api.p, id);
  const silence = () => bureau.api.app.scheduler.runNow('applications.deemed-places');
  const kinds = async (id: string) => (await alarmsOf(bureau.api.p, id)).map(({ kind }) => kind);
  const acceptedFacts = async (caseId: string) =>
    (await caseFacts(bureau.api.p).collection.find({ caseId, kind: 'accepted' }).toArray()).map(
      ({ day }) => day,
    );
  async function unanswered(): Promise<{ id: string; no: string }> {
    const filed = await submittedRename(bureau);
    await travel(bureau, at('2026-10-10', '17:05'));
    await silence();
    await bureau.api.settle();
    return filed;
  }

  it('starts where the time to answer ended, for the list, the page and the sheet alike', async () => {
    const { id } = await unanswered();
    const { status, clockEvents, work } = await stored(id);
    expect(status).toBe('submitted');
    expect(clockEvents).toMatchObject([{ kind: 'accepted', at: DEEMED, byLaw: true }]);
    expect([work.dueAt, work.statutoryDueAt]).toEqual([at('2026-10-12', '17:00'), at('2026-11-20', '17:00')]);
    const { client } = bureau.seller;
    const page = await ok(client.get(`/api/applications/${id}?view=case`));
    expect(page.clocks.promised.dueOn).toBe('2026-10-12');
    expect(page.sentence.zh).toMatch(/依法视为受理，.*10月12日.*前办结/);
    const sheet = await ok(client.get(`/api/applications/${id}/deadline`));
    expect([sheet.acceptedAt, sheet.promised.dueOn]).toEqual([DEEMED.toISOString(), '2026-10-12']);
    const desk = await ok(bureau.clerks.acceptance.client.get(`/api/work-items/${id}`));
    expect(desk.clocks.promised.dueOn).toBe('2026-10-12');
    expect(desk.allowedActs).toContain('claim');
  });

  it('turns red and black, with every alarm once, and is overdue in the figures', async () => {
    const { id } = await unanswered();
    const listed = async (light: string): Promise<Json> => {
      const { items } = await ok(
        bureau.supervisor.client.get(`/api/supervision/cases?light=${light}&limit=100`),
      );
      return items.find((one: Json) => one.id === id);
    };
    await lookAt(bureau, at('2026-10-12', '17:01'));
    expect(await kinds(id)).toEqual(['deemedAccepted', 'preReviewOverdue', 'yellow', 'red']);
    expect(await listed('red')).toBeDefined();
    expect((await countOpen(bureau.api.p, bureau.api.p.time.now())).overdue).toBeGreaterThan(0);
    await lookAt(bureau, at('2026-10-14', '17:01'));
    expect((await kinds(id)).slice(4)).toEqual(['late', 'late']);
    await lookAt(bureau, at('2027-01-20', '17:01'));
    await silence();
    await lookAt(bureau, at('2027-01-20', '17:02'));
    expect((await kinds(id)).filter((kind) => kind === 'black')).toHaveLength(1);
    expect(await listed('black')).toMatchObject({
      light: 'black',
      acceptedAt: DEEMED.toISOString(),
      dueAt: at('2026-10-12', '17:00').toISOString(),
    });
  });

  it('is started by one event however often and however late the job comes by', async () => {
    const { id } = await submittedRename(bureau);
    await travel(bureau, at('2026-12-31', '17:01'));
    await silence();
    await silence();
    const { clockEvents, work } = await stored(id);
    expect(clockEvents).toMatchObject([{ kind: 'accepted', at: DEEMED }]);
    expect(work.statutoryDueAt).toEqual(at('2026-11-20', '17:00'));
    await lookAt(bureau, at('2026-12-31', '17:02'));
    expect(await kinds(id)).toContain('black');
  });

  it('is started once by a run that is cut off and done over', async () => {
    const { id } = await submittedRename(bureau);
    await travel(bureau, at('2026-10-10', '17:05'));
    const { collection } = applications(bureau.api.p);
    const original = collection.updateOne.bind(collection);
    // The event is written; what settles the place is not.
    Object.assign(collection, { updateOne: () => Promise.reject(new Error('killed')) });
    await silence();
    Object.assign(collection, { updateOne: original });
    expect((await stored(id)).queue?.state).toBe('entering');
    await silence();
    await bureau.api.settle();
    const { queue, clockEvents } = await stored(id);
    expect(queue?.state).toBe('entered');
    expect(clockEvents).toHaveLength(1);
    expect(await acceptedFacts(id)).toEqual(['2026-10-10']);
  });

  it('is started for a case that had its place before places brought a clock', async () => {
    const { id } = await unanswered();
    await applications(bureau.api.p).collection.updateOne(
      { _id: id as never },
      { $set: { clockEvents: [] } },
    );
    await silence();
    const { queue, clockEvents } = await stored(id);
    expect(queue?.state).toBe('entered');
    expect(clockEvents).toMatchObject([{ kind: 'accepted', at: DEEMED }]);
  });

  it('goes on when a clerk accepts at last: the same event, the same day, counted once', async () => {
    const { id } = await unanswered();
    const before = await stored(id);
    await travel(bureau, at('2026-10-13', '09:00'));
    await accepted(bureau, id);
    await bureau.api.settle();
    const after = await stored(id);
    expect(after.clockEvents).toEqual(before.clockEvents);
    expect(after.acceptance).toMatchObject({ at: DEEMED, promisedDueOn: '2026-10-12' });
    expect(after.work.dueAt).toEqual(before.work.dueAt);
    expect(await acceptedFacts(id)).toEqual(['2026-10-10']);
    const { items } = await ok(
      bureau.supervisor.client.get('/api/supervision/findings?kind=lateAcceptance&limit=100'),
    );
    expect(items.map(({ no }: Json) => no)).toContain(after.no);
  });

  it('ends with a withdrawal before any clerk came, and the case counts as accepted and withdrawn', async () => {
    const { id } = await unanswered();
    await travel(bureau, at('2026-10-12', '09:00'));
    await ok(bureau.seller.client.post(`/api/applications/${id}/withdraw`, {}));
    await bureau.api.settle();
    const { status, clockEvents, work } = await stored(id);
    expect([status, clockEvents.map(({ kind }) => kind)]).toEqual(['withdrawn', ['accepted', 'stopped']]);
    expect([work.dueAt, work.alarmAt]).toEqual([null, null]);
    const facts = await caseFacts(bureau.api.p).collection.find({ caseId: id }).toArray();
    expect(facts.map(({ kind }) => kind).sort()).toEqual(['accepted', 'submitted', 'withdrawn']);
    expect(facts.find(({ kind }) => kind === 'withdrawn')?.end).toMatchObject({
      acceptedAt: DEEMED,
      onTime: true,
    });
  });
});
