import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  applications,
  isPending,
  type ApplicationDocument,
} from '../../../backend/modules/applications/index.ts';
import { auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import { getCalendar } from '../../../backend/modules/clock/index.ts';
import { units, type UnitDocument } from '../../../backend/modules/register/unit.model.ts';
import { caseFacts } from '../../../backend/modules/supervision/case-fact.model.ts';
import { foldDirtyDays } from '../../../backend/modules/supervision/fold-days.ts';
import { verifyCounters } from '../../../backend/modules/supervision/verify-counters.ts';
import { runForecast } from '../../../backend/modules/supervision/forecast/run-forecast.ts';
import { loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { loadSomeOfYear, loadYear } from '../../../seeds/demo/year/load.ts';
import { simulateYear } from '../../../seeds/demo/year/simulate.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createStaff } from '../../support/people.ts';
import { ok } from '../applications/scenario.ts';
import type { TestPerson } from '../../support/people.ts';

const COUNT = 900;
const OPEN = Math.round((COUNT * 3_000) / 63_000);

describe('the demo year, in its small form', () => {
  let api: TestApi;
  let supervisor: TestPerson;
  let docs: ApplicationDocument[];
  beforeAll(async () => {
    api = await startApi();
    await loadDemoAccounts(api.p);
    supervisor = await createStaff(api, { name: '方静', roles: ['supervisor'] });
    await loadSomeOfYear(api.p, { count: COUNT, runMs: 1 });
  }, 240_000);
  afterAll(() => api.close());

  const get = (path: string) => ok(supervisor.client.get(path));

  it('says that it is still being filled in, until it is complete', async () => {
    const { filling } = await get('/api/supervision/summary');
    expect(filling.total).toBe(COUNT);
    expect(filling.done).toBeGreaterThan(0);
    expect(filling.done).toBeLessThan(COUNT);
    expect((await get('/api/supervision/trends')).filling).toEqual(filling);
    expect((await get('/api/promises')).filling).toEqual(filling);
    await loadYear(api.p);
    await api.settle();
    expect((await get('/api/supervision/summary')).filling).toBeNull();
    docs = (await applications(api.p).collection.find().toArray()) as unknown as ApplicationDocument[];
    expect(docs.length).toBe(COUNT);
  }, 240_000);

  it('has cases of several types and halls, finished and open, stopped and late', async () => {
    expect(docs.filter(({ work }) => work.open).length).toBeGreaterThanOrEqual(OPEN);
    expect(docs.filter(({ status }) => status === 'archived').length).toBeGreaterThan(OPEN);
    const ends = (await caseFacts(api.p).collection.find({ kind: 'registered' }).toArray()) as unknown as {
      typeCode: string;
      officeId: string;
      end: { onTime: boolean; usedMinutes: number };
    }[];
    expect(new Set(ends.map(({ typeCode }) => typeCode)).size).toBe(5);
    expect(new Set(ends.map(({ officeId }) => officeId)).size).toBe(4);
    const late = ends.filter(({ end }) => !end.onTime).length;
    expect(late / ends.length).toBeLessThan(0.2);
    expect(new Set(docs.flatMap(({ pauses }) => pauses.map(({ reason }) => reason))).size).toBeGreaterThan(1);
  });

  it('gives each open case a unit of its own, with its place in the order, and changes no register', async () => {
    const stored = (await units(api.p).collection.find().toArray()) as unknown as UnitDocument[];
    const pending = docs.filter(({ status }) => isPending(status));
    expect(pending.length).toBeGreaterThan(0);
    const undecided = docs.filter(
      ({ work, status }) => work.open && !['registered', 'issued'].includes(status),
    );
    const codes = undecided.map(({ unitCodes }) => unitCodes[0]);
    expect(new Set(codes).size).toBe(codes.length);
    for (const unit of stored) {
      expect(unit.changes.length).toBe(1);
      expect(unit.pending.length).toBeLessThanOrEqual(1);
    }
    const placed = stored.flatMap((unit) => unit.pending.map(({ caseId }) => caseId)).sort();
    expect(placed).toEqual(pending.map(({ _id }) => _id).sort());
  });

  it('keeps no name, number or phone of a person in the open', () => {
    const texts = docs.map((doc) =>
      JSON.stringify({ ...doc, parties: doc.parties.map(({ idNumber, phone }) => [idNumber, phone]) }),
    );
    for (const text of texts) expect(text).not.toMatch(/37\d{16}|37\d{15}X|1390001\d{4}/);
  });

  it('counts as a recount of its facts does, and every drill-down leads to a case with its story', async () => {
    while ((await foldDirtyDays(api.p)).length > 0);
    let from = '';
    for (;;) {
      const { checked, wrong, last } = await verifyCounters(api.p, from);
      expect(wrong).toBe(0);
      if (checked === 0 || last === null) break;
      from = `${last}x`;
    }
    const { items: ended } = await get('/api/supervision/cases?set=ended&outcome=registered&limit=5');
    const { items: open } = await get('/api/supervision/cases?limit=5');
    expect(ended.length).toBe(5);
    expect(open.length).toBe(5);
    for (const { no } of [...ended, ...open]) {
      const cause = await get(`/api/supervision/cases/${no}`);
      expect(cause.stretches.length).toBeGreaterThan(0);
      expect((await get(`/api/work-items/${no}`)).no).toBe(no);
    }
  });

  it('forecasts every case whose promise runs, with reasons, page by page and by hall', async () => {
    await runForecast(api.p);
    const forecast = async (query: string) => get(`/api/supervision/forecast?${query}`);
    const pending = docs.filter(({ status }) => isPending(status));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Json = await forecast(`all=true&limit=20${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.open).toBe(pending.length);
      const chances = page.items.map(({ chance }: Json) => chance ?? 0);
      expect([...chances].sort((a, b) => b - a)).toEqual(chances);
      for (const { no, reasons, chance } of page.items) {
        seen.push(no);
        expect(reasons.length).toBeGreaterThan(0);
        expect(chance === null || (chance >= 0 && chance <= 1)).toBe(true);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.sort()).toEqual(pending.map(({ no }) => no).sort());
    const { items } = await forecast('all=true&office=linqing&limit=100');
    expect(items.length).toBe(pending.filter(({ officeId }) => officeId === 'linqing').length);
    const { items: likely } = await forecast('limit=100');
    expect(likely.every((one: Json) => one.likely && one.dueAt !== null)).toBe(true);
    const clerk = await createStaff(api, { name: '郭立新', roles: ['firstReview'] });
    expect((await clerk.client.get('/api/supervision/forecast')).status).toBe(403);
    expect(
      (await clerk.client.get('/api/supervision/what-if?type=DY01&amount=1&unit=workingDay')).status,
    ).toBe(403);
  });

  it('says how the year would have fared under another promise, and changes nothing', async () => {
    const whatIf = (amount: number, unit = 'workingDay') =>
      get(`/api/supervision/what-if?type=ZY02&amount=${amount}&unit=${unit}`);
    const before = await applications(api.p)
      .collection.find({}, { projection: { revision: 1 } })
      .toArray();
    const same = await whatIf(3);
    // Under the promise that was in force, the deadline clock says of every case what it said at its end.
    expect(same.done).toBeGreaterThan(20);
    expect([same.newlyLate, same.newlyKept]).toEqual([0, 0]);
    expect(same.fared).toEqual(same.now);
    const shorter = await whatIf(1, 'workingHour');
    expect(shorter.now).toEqual(same.now);
    expect(shorter.newlyLate).toBeGreaterThan(0);
    expect(shorter.fared.late).toBe(shorter.now.late + shorter.newlyLate - shorter.newlyKept);
    expect((await whatIf(4, 'workingHour')).fared.late).toBeLessThanOrEqual(shorter.fared.late);
    expect((await whatIf(10)).fared.late).toBeLessThanOrEqual(same.now.late);
    const sum = (list: number[]) => list.reduce((all, n) => all + n, 0);
    expect(sum(shorter.usedShare)).toBe(shorter.done);
    expect(sum(shorter.offices.map(({ done }: Json) => done))).toBe(shorter.done);
    const tooLong = await supervisor.client.get(
      '/api/supervision/what-if?type=ZY02&amount=31&unit=workingDay',
    );
    expect(tooLong.status).toBe(400);
    const after = await applications(api.p)
      .collection.find({}, { projection: { revision: 1 } })
      .toArray();
    expect(after).toEqual(before);
  });

  it('is the same when it is loaded again after a kill in the middle of a batch', async () => {
    const count = async () => [
      await applications(api.p).countDocuments(),
      await auditEntries(api.p).countDocuments({ type: /^applications\./ }),
      await caseFacts(api.p).countDocuments(),
    ];
    const before = await count();
    const fills = api.p.database.connection.collection('history-fills');
    const removed = docs.slice(-30).map(({ _id }) => _id);
    // What a kill leaves: some cases of a batch, none of their facts, and a mark that is behind.
    await applications(api.p).collection.deleteMany({ _id: { $in: removed.slice(0, 15) as never[] } });
    await caseFacts(api.p).collection.deleteMany({ caseId: { $in: removed } });
    await fills.updateOne({ _id: 'history' as never }, { $set: { done: COUNT - 60 } });
    await loadYear(api.p);
    expect(await count()).toEqual(before);
  }, 120_000);

  it('is the same plan for the same seed and day, and another for another', async () => {
    const calendar = await getCalendar(api.p);
    const now = new Date('2026-08-28T16:00:00+08:00');
    const plan = (seed: number) => simulateYear({ calendar, now, count: 5_000, seed });
    const [one, same, other] = [await plan(1), await plan(1), await plan(2)];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    const ends = ['archive', 'decline', 'refuse', 'withdraw'];
    const open = one.cases.filter(({ acts }) => !ends.includes(acts.at(-1)!.act));
    expect(one.cases.length).toBe(5_000);
    // Issued files wait for the archive until the number is right; what is still worked on cannot be fewer.
    const working = open.filter(({ acts }) => acts.at(-1)!.act !== 'issue').length;
    expect(open.length).toBe(Math.max(working, Math.round((5_000 * 3_000) / 63_000)));
    for (const { acts } of one.cases) {
      expect(acts.every(({ at }, n) => n === 0 || at > acts[n - 1]!.at)).toBe(true);
      expect(acts.at(-1)!.at).toBeLessThan(now.getTime());
    }
  });
});
