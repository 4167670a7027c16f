import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { loadDemoCases } from '../../../seeds/demo/cases.ts';
import { DEMO_CASES } from '../../../seeds/demo/cases/plan.ts';
import { loadDemoRegister } from '../../../seeds/demo/register/load.ts';
import { startApi, type TestApi } from '../../support/api.ts';

describe('the demo cases', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    await loadDemoAccounts(api.p);
    await loadDemoRegister(api.p);
  }, 120_000);
  afterAll(() => api.close());

  const statuses = async () => {
    const rows = await applications(api.p)
      .collection.find({}, { projection: { status: 1 } })
      .toArray();
    const counts: Record<string, number> = {};
    for (const { status } of rows as unknown as { status: string }[])
      counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  it('stand in every state, made by the use cases themselves', async () => {
    await loadDemoCases(api.p);
    await api.settle();
    const counts = await statuses();
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(DEMO_CASES.length);
    expect(Object.keys(counts).sort()).toEqual(
      [
        'accepted',
        'approved',
        'archived',
        'correction',
        'declined',
        'draft',
        'issued',
        'refused',
        'reviewing',
        'submitted',
        'waitingConsent',
        'withdrawn',
      ].sort(),
    );
  }, 120_000);

  it('are not made twice', async () => {
    const before = await statuses();
    await loadDemoCases(api.p);
    await api.settle();
    expect(await statuses()).toEqual(before);
  }, 120_000);

  it('show every light, and a sale that a seizure stopped', async () => {
    const rows = (await applications(api.p).collection.find({ 'work.open': true }).toArray()) as unknown as {
      pauses: { reason: string; to: Date | null }[];
      work: { dueAt: Date | null; paused: boolean };
    }[];
    const now = api.p.time.now();
    expect(rows.some(({ work }) => work.paused)).toBe(true);
    expect(rows.some(({ work }) => work.dueAt !== null && work.dueAt < now)).toBe(true);
    expect(rows.some(({ work }) => work.dueAt !== null && work.dueAt > now)).toBe(true);
    expect(
      rows.some(({ pauses }) => pauses.some(({ reason, to }) => reason === 'suspendedByLaw' && to === null)),
    ).toBe(true);
  });
});
