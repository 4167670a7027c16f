import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { countOpen } from '../../../backend/modules/supervision/count-open.ts';
import { findPausedLate } from '../../../backend/modules/applications/migrations.ts';
import { TEST_NOW } from '../../support/api.ts';
import { copyCases, storedCase } from '../../support/open-cases.ts';
import {
  accepted,
  act,
  claimed,
  ok,
  recorded,
  submittedRename,
  type Home,
} from '../applications/scenario.ts';
import { alarmsOf, at, lookAt, openBureau, toldOf, travel, type Bureau } from './bureau.ts';

/** BG01 promises one working day. Accepted on Friday 9 October, it is due on the make-up Saturday at 17:00. */
describe('alarms of a case', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
  });
  afterAll(() => bureau.close());
  beforeEach(() => travel(bureau, TEST_NOW));

  const thresholds = async (caseId: string) =>
    (await alarmsOf(bureau.api.p, caseId)).map(({ _id }) => _id.split('|')[1]!.split(':').slice(0, 2));
  const kinds = async (caseId: string) => (await thresholds(caseId)).map(([kind]) => kind);

  async function rename(home?: Home): Promise<{ id: string; no: string }> {
    const filed = await submittedRename(bureau, home);
    await accepted(bureau, filed.id);
    await claimed(bureau.clerks.firstReview, filed.id);
    return filed;
  }

  it('are raised at their instants, to the right people, once each', async () => {
    const { id, no } = await rename();
    const moments: [Date, string[]][] = [
      [at('2026-10-10', '14:39'), []],
      [at('2026-10-10', '14:40'), ['yellow']],
      [at('2026-10-10', '17:00'), ['yellow']],
      [at('2026-10-10', '17:01'), ['yellow', 'red']],
      [at('2026-10-11', '12:00'), ['yellow', 'red']],
      [at('2026-10-12', '17:01'), ['yellow', 'red', 'late']],
      [at('2026-10-13', '17:01'), ['yellow', 'red', 'late', 'late']],
    ];
    for (const [moment, expected] of moments) {
      await lookAt(bureau, moment);
      await lookAt(bureau, moment);
      expect(await kinds(id)).toEqual(expected);
    }
    expect(await toldOf(bureau, bureau.clerks.firstReview, no)).toHaveLength(1);
    expect((await toldOf(bureau, bureau.clerks.firstReview, no))[0]).toContain('临期');
    expect(await toldOf(bureau, bureau.head, no)).toHaveLength(1);
    expect(await toldOf(bureau, bureau.supervisor, no)).toHaveLength(1);
    expect((await toldOf(bureau, bureau.supervisor, no))[0]).toContain('超期');
    const [first, second] = await toldOf(bureau, bureau.leader, no);
    expect([first, second].map((text) => /超期 (\d) 个工作日/.exec(text ?? '')?.[1])).toEqual(['1', '2']);
  });

  it('tell how late they were raised, from the instant that was passed', async () => {
    const { id } = await rename();
    await lookAt(bureau, at('2026-10-10', '17:03'));
    const [yellow, red] = await alarmsOf(bureau.api.p, id);
    expect(red).toMatchObject({ kind: 'red', latenessMs: 179_999, level: 1 });
    expect(yellow?.latenessMs).toBe(143 * 60_000);
    const histogram = await ok(
      bureau.supervisor.client.get('/api/supervision/alarms/lateness?from=2026-10-01&to=2026-12-31'),
    );
    const all = (await alarmsOf(bureau.api.p)).map(({ latenessMs }) => latenessMs).sort((a, b) => a - b);
    expect(histogram).toMatchObject({ alarms: all.length, maxMs: all.at(-1) });
    let below = -Infinity;
    for (const { atMostMs, count } of histogram.bins) {
      const bound = atMostMs ?? Infinity;
      expect(count).toBe(all.filter((late) => late > below && late <= bound).length);
      below = bound;
    }
  });

  it('raise black past the statutory limit, whatever came between', async () => {
    const { id } = await rename();
    // Thirty working days from 9 October 2026: 20 November, at 17:00.
    const { statutoryDueAt } = (await storedCase(bureau.api.p, id)).work;
    await lookAt(bureau, statutoryDueAt!);
    expect(await kinds(id)).not.toContain('black');
    await lookAt(bureau, new Date(statutoryDueAt!.getTime() + 1));
    expect((await kinds(id)).filter((kind) => kind === 'black')).toHaveLength(1);
    const late = (await thresholds(id)).filter(([kind]) => kind === 'late').map(([, n]) => Number(n));
    expect(late).toEqual(Array.from({ length: 29 }, (_, n) => n + 1));
    expect((await storedCase(bureau.api.p, id)).alarmed!.length).toBeLessThan(6);
  });

  it('are not raised while the clock stands still, but for the pause that outlasts its plan', async () => {
    const { id, no } = await rename();
    await ok(
      act(bureau.clerks.firstReview, id, 'pause', {
        reason: 'inquiry',
        note: '向公安核实姓名',
        plannedEndOn: '2026-10-12',
      }),
    );
    await lookAt(bureau, at('2026-10-12', '17:00'));
    expect(await kinds(id)).toEqual([]);
    await lookAt(bureau, at('2026-10-13', '09:00'));
    expect(await kinds(id)).toEqual(['pauseOverdue']);
    await lookAt(bureau, at('2026-10-14', '18:00'));
    expect(await kinds(id)).toEqual(['pauseOverdue']);
    expect(await toldOf(bureau, bureau.head, no)).toHaveLength(1);
    await ok(act(bureau.clerks.firstReview, id, 'resume', { note: '公安已回复' }));
    // Thursday is the first day at whose close the clock runs again.
    await lookAt(bureau, at('2026-10-15', '17:01'));
    expect(await kinds(id)).toEqual(['pauseOverdue', 'yellow', 'red']);
  });

  it('do not count a day as late at whose close the case was paused', async () => {
    const { id } = await rename();
    await lookAt(bureau, at('2026-10-10', '17:01'));
    await travel(bureau, at('2026-10-12', '09:00'));
    const pause = { reason: 'inquiry', note: '向公安核实姓名', plannedEndOn: '2026-10-20' };
    await ok(act(bureau.clerks.firstReview, id, 'pause', pause));
    await lookAt(bureau, at('2026-10-13', '17:01'));
    await ok(act(bureau.clerks.firstReview, id, 'resume', { note: '公安已回复' }));
    await lookAt(bureau, at('2026-10-14', '17:01'));
    const late = (await alarmsOf(bureau.api.p, id)).filter(({ kind }) => kind === 'late');
    expect(late.map(({ at: when, lateWorkdays }) => [when.toISOString(), lateWorkdays])).toEqual([
      [new Date(at('2026-10-14', '17:00').getTime() + 1).toISOString(), 1],
    ]);
  });

  it('a pause opened after the due instant leaves the case red everywhere, and is a finding', async () => {
    const { id, no } = await rename();
    await lookAt(bureau, at('2026-10-13', '09:00'));
    const overdue = async () => (await countOpen(bureau.api.p, bureau.api.p.time.now())).overdue;
    const before = await overdue();
    const pause = { reason: 'inquiry', note: '核实姓名', plannedEndOn: '2026-12-31' };
    await ok(act(bureau.clerks.firstReview, id, 'pause', pause));
    expect(await overdue()).toBe(before);
    const listed = async (light: string): Promise<string[]> =>
      (await ok(bureau.supervisor.client.get(`/api/supervision/cases?light=${light}&limit=100`))).items.map(
        (one: { id: string }) => one.id,
      );
    expect(await listed('red')).toContain(id);
    expect(await listed('paused')).not.toContain(id);
    const desk = await ok(
      bureau.clerks.firstReview.client.get('/api/work-items?view=mine&light=red&limit=50'),
    );
    expect(desk.items.find((one: { id: string }) => one.id === id)).toMatchObject({
      light: 'red',
      dueAt: at('2026-10-10', '17:00').toISOString(),
    });
    expect((await ok(bureau.seller.client.get(`/api/applications/${id}/deadline`))).light).toBe('red');
    await bureau.api.settle();
    const found = await ok(
      bureau.supervisor.client.get('/api/supervision/findings?kind=latePause&limit=100'),
    );
    expect(found.items.filter((one: { no: string }) => one.no === no)).toMatchObject([
      { evidence: { zh: expect.stringContaining('10-13 09:00') }, person: { name: '郭立新' } },
    ]);
  });

  it('a case that such a pause had taken out of what is overdue is found again', async () => {
    const { p } = bureau.api;
    const { id } = await rename();
    await lookAt(bureau, at('2026-10-13', '09:00'));
    const pause = { reason: 'inquiry', note: '核实姓名', plannedEndOn: '2026-12-31' };
    await ok(act(bureau.clerks.firstReview, id, 'pause', pause));
    const { work } = await storedCase(p, id);
    const LOST = { dueAt: null, yellowAt: null, sortAt: new Date('9999-12-31T00:00:00Z') };
    await applications(p).collection.updateOne(
      { _id: id as never },
      { $set: { work: { ...work, ...LOST } } as never },
    );
    await findPausedLate.up(p.database.connection.db as never);
    await bureau.api.app.scheduler.runNow('applications.rules');
    expect((await storedCase(p, id)).work).toEqual(work);
  });

  it('tell after one working day of a submission that nobody answers, and that it counts as accepted', async () => {
    const { id, no } = await submittedRename(bureau);
    await lookAt(bureau, at('2026-10-10', '17:00'));
    expect(await kinds(id)).toEqual([]);
    await lookAt(bureau, at('2026-10-10', '17:01'));
    expect(await kinds(id)).toEqual(expect.arrayContaining(['preReviewOverdue', 'deemedAccepted']));
    expect(await toldOf(bureau, bureau.clerks.acceptance, no)).toHaveLength(1);
    expect((await toldOf(bureau, bureau.leader, no))[0]).toContain('视为受理');
  });

  it('stop once the case is done', async () => {
    const { id } = await rename();
    await ok(act(bureau.clerks.firstReview, id, 'release'));
    await recorded(bureau, id);
    expect((await storedCase(bureau.api.p, id)).work.alarmAt).toBeNull();
    await lookAt(bureau, at('2026-12-01', '12:00'));
    expect(await kinds(id)).toEqual([]);
  });

  it('are raised again under a new calendar only where it moves their instant', async () => {
    const { id } = await rename();
    await lookAt(bureau, at('2026-10-10', '17:01'));
    const { collection } = applications(bureau.api.p);
    const before = await storedCase(bureau.api.p, id);
    // As if both had been raised under an older calendar: the same instants say nothing new …
    const under = (at_: (when: Date) => Date) =>
      before.alarmed!.map((mark) => ({ ...mark, calendarVersion: 'older', at: at_(mark.at) }));
    const again = { 'work.alarmAt': new Date(1_000) };
    await collection.updateOne({ _id: id as never }, { $set: { alarmed: under((when) => when), ...again } });
    await lookAt(bureau, at('2026-10-10', '17:02'));
    expect(await kinds(id)).toEqual(['yellow', 'red']);
    // … and other instants do.
    const moved = under((when) => new Date(when.getTime() - 86_400_000));
    const renamed = (await alarmsOf(bureau.api.p, id)).length;
    await collection.updateOne({ _id: id as never }, { $set: { alarmed: moved, ...again } });
    await lookAt(bureau, at('2026-10-10', '17:03'));
    // The keys of this calendar are taken: exactly once for a case, a threshold, a rule and a calendar.
    expect(await alarmsOf(bureau.api.p, id)).toHaveLength(renamed);
    expect((await storedCase(bureau.api.p, id)).alarmed).toHaveLength(4);
  });

  it('are found by their index: as many documents as are due, and none besides', async () => {
    const { id } = await rename();
    const template = await storedCase(bureau.api.p, id);
    await copyCases(bureau.api.p, template, 400);
    const { collection } = applications(bureau.api.p);
    await collection.updateMany(
      { no: { $lt: '2025010100000007', $gte: '20250101' } },
      { $set: { 'work.alarmAt': new Date(5_000) } },
    );
    const plan = (await collection
      .find({ 'work.alarmAt': { $gt: new Date(0), $lte: bureau.api.p.time.now() } }, { hint: 'next-alarm' })
      .sort({ 'work.alarmAt': 1 })
      .explain('executionStats')) as { executionStats: Record<string, number> };
    const { totalDocsExamined, totalKeysExamined, nReturned } = plan.executionStats;
    expect(nReturned).toBe(7);
    expect(totalDocsExamined).toBeLessThanOrEqual(8);
    expect(totalKeysExamined).toBeLessThanOrEqual(8);
  });

  it('are seen by supervisors, and by nobody else', async () => {
    const { id, no } = await rename();
    await lookAt(bureau, at('2026-10-12', '17:01'));
    const list = `/api/supervision/alarms?case=${no}&limit=2`;
    const page = await ok(bureau.supervisor.client.get(list));
    expect(page.items).toHaveLength(2);
    const rest = await ok(bureau.supervisor.client.get(`${list}&cursor=${page.nextCursor}`));
    expect([...page.items, ...rest.items].map(({ label }) => label.zh).sort()).toEqual([
      '临期',
      '超期',
      '超期 1 个工作日',
    ]);
    expect(rest.nextCursor).toBeNull();
    const byId = await ok(bureau.supervisor.client.get(`/api/supervision/alarms?case=${id}`));
    expect(byId.items).toHaveLength(3);
    const reds = await ok(bureau.supervisor.client.get('/api/supervision/alarms?kind=red&limit=100'));
    expect(new Set(reds.items.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['red']));
    for (const person of [bureau.seller, bureau.head, bureau.clerks.firstReview])
      expect((await person.client.get('/api/supervision/alarms')).status).toBe(403);
    expect((await bureau.supervisor.client.get('/api/supervision/alarms?cursor=abc')).status).toBe(400);
  });
});
