import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecastRuns, forecasts } from '../../../backend/modules/supervision/forecast/forecast.model.ts';
import { runForecast } from '../../../backend/modules/supervision/forecast/run-forecast.ts';
import { TEST_NOW } from '../../support/api.ts';
import { accepted, act, claimed, submittedRename, ok } from '../applications/scenario.ts';
import { openBureau, travel, type Bureau } from './bureau.ts';

describe('a run of the forecast', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
    await travel(bureau, TEST_NOW);
  });
  afterAll(() => bureau.close());

  async function running(): Promise<{ id: string; no: string }> {
    const filed = await submittedRename(bureau);
    await accepted(bureau, filed.id);
    await claimed(bureau.clerks.firstReview, filed.id);
    return filed;
  }
  const rows = () => forecasts(bureau.api.p).collection;
  const numbers = async () => (await rows().find().toArray()).map(({ no }) => String(no)).sort();

  it('writes what changed, and nothing else', async () => {
    const [first, second] = [await running(), await running()];
    const { p } = bureau.api;
    expect(await runForecast(p)).toMatchObject({ open: 2, written: 2 });
    expect(await runForecast(p)).toMatchObject({ open: 2, written: 0 });
    await ok(
      act(bureau.clerks.firstReview, first.id, 'pause', {
        reason: 'inquiry',
        note: '向公安核实姓名',
        plannedEndOn: '2026-10-14',
      }),
    );
    // The other one waits behind nobody any more.
    expect((await runForecast(p)).written).toBe(2);
    const found = (await rows().findOne({ _id: first.id as never })) as unknown as { chance: number | null };
    expect(found.chance).toBeNull();
    expect(await numbers()).toEqual([first.no, second.no].sort());
  });

  it('takes away what is closed, but not without its lease, nor what another process has written since', async () => {
    const { p } = bureau.api;
    const gone = await running();
    await runForecast(p);
    await ok(act(bureau.seller, gone.id, 'withdraw', { reason: '写错了' }));
    await bureau.api.settle();
    const { computedAt } = (await forecastRuns(p).collection.findOne())!;
    bureau.api.advance(60_000);
    await runForecast(p, () => Promise.resolve(false));
    expect(await numbers()).toContain(gone.no);
    expect((await forecastRuns(p).collection.findOne())!.computedAt).toEqual(computedAt);
    await runForecast(p, async () => {
      await rows().updateOne({ _id: gone.id as never }, { $set: { print: 'of another process' } });
      return true;
    });
    expect(await numbers()).toContain(gone.no);
    await runForecast(p);
    expect(await numbers()).not.toContain(gone.no);
  });

  it('counts a hall by an index of its own', async () => {
    const { officeId } = (await rows().findOne())!;
    const plan = await rows().find({ officeId }).hint('office').explain('executionStats');
    const stats = (plan as { executionStats: { totalKeysExamined: number; nReturned: number } })
      .executionStats;
    expect(stats.totalKeysExamined).toBe(stats.nReturned);
  });
});
