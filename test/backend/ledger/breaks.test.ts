import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafSources } from '../../../backend/leaf-sources.ts';
import { checkLog } from '../../../backend/modules/ledger/check-log.ts';
import { verifyLog } from '../../../backend/modules/ledger/verify-log.ts';
import { importUnits, recordChange } from '../../../backend/modules/register/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createStaff, type TestPerson } from '../../support/people.ts';
import { codeOf, recordOrder, unitImport } from '../register/units.ts';

type Row = Record<string, unknown> & { _id: unknown };

describe('a log that was altered', () => {
  let api: TestApi;
  let supervisor: TestPerson;
  let administrator: TestPerson;
  let clerk: TestPerson;
  beforeAll(async () => {
    api = await startApi();
    supervisor = await createStaff(api, { roles: ['supervisor'] });
    administrator = await createStaff(api, { roles: ['administrator'] });
    clerk = await createStaff(api, { roles: ['acceptance'] });
    await importUnits(
      api.p,
      Array.from({ length: 300 }, (_, n) => unitImport(codeOf(n + 1))),
    );
    await api.settle();
  });
  afterAll(() => api.close());

  const entries = () => api.p.database.connection.collection<Row>('ledger-entries');
  const checkpoint = async () => (await api.fetch('/ledger/checkpoint')).text();
  const healthOf = async () => (await api.fetch('/api/health/ledger')).status;
  const brokenSince = async () =>
    ((await (await api.fetch('/api/ledger')).json()) as { brokenSince: string | null }).brokenSince;
  const check = () => checkLog.run(api.p, api.p.time.now());
  const told = async ({ client }: TestPerson) => {
    await api.settle();
    const { body } = await client.get('/api/notifications');
    return (body as { items: { template: string }[] }).items
      .map(({ template }) => template)
      .filter((template) => template.startsWith('ledger.'))
      .sort();
  };
  let altered: Row;

  it('is whole at first', async () => {
    expect(await check()).toEqual({ broken: 0 });
    expect(await healthOf()).toBe(200);
    expect(await brokenSince()).toBeNull();
  });

  it('is found by the check that goes round, and people are told once', async () => {
    altered = (await entries().findOne({ _id: 7 } as never))!;
    await entries().updateOne({ _id: 7 } as never, {
      $set: { bytes: String(altered.bytes).replace('2', '3') },
    });
    expect(await check()).toEqual({ broken: 1 });
    expect(await check()).toEqual({ broken: 1 });
    for (const person of [supervisor, administrator]) expect(await told(person)).toEqual(['ledger.broken']);
    expect(await told(clerk)).toEqual([]);
    expect(await healthOf()).toBe(503);
    expect(await brokenSince()).not.toBeNull();
  });

  it('takes entries all the same, and signs none', async () => {
    const before = await checkpoint();
    await recordChange(api.p, recordOrder({ unitCode: codeOf(1) }));
    expect(await told(supervisor)).toEqual(['ledger.broken']);
    expect(await checkpoint()).toBe(before);
    expect(await entries().countDocuments()).toBe(301);
  });

  it('is signed again, and people are told, once it was put right', async () => {
    const before = await checkpoint();
    await entries().replaceOne({ _id: 7 } as never, altered as never);
    expect(await check()).toEqual({ mended: 1 });
    expect(await told(supervisor)).toEqual(['ledger.broken', 'ledger.mended']);
    expect(await checkpoint()).not.toBe(before);
    expect(await healthOf()).toBe(200);
    expect((await verifyLog(api.p, leafSources)).wrong).toEqual([]);
  });

  it('is found by who signs as well', async () => {
    const last = (await entries().find().sort({ _id: -1 }).limit(1).next())!;
    await entries().updateOne({ _id: last._id } as never, { $set: { bytes: '{}' } });
    await recordChange(api.p, recordOrder({ unitCode: codeOf(2) }));
    await api.settle();
    // What was signed before is read as it was hashed; the altered bytes are found by the round.
    await check();
    expect(await told(supervisor)).toEqual(['ledger.broken', 'ledger.broken', 'ledger.mended']);
    await entries().replaceOne({ _id: last._id } as never, last as never);
    await check();
    expect(await healthOf()).toBe(200);
  });
});
