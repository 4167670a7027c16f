import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import { caseFacts } from '../../../backend/modules/supervision/case-fact.model.ts';
import { findFill } from '../../../backend/modules/supervision/history-fill.ts';
import { loadYear } from '../../../seeds/demo/year/load.ts';
import { waitFor } from '../../faults/support/deployment.ts';
import { engineSocket } from '../../support/engine-socket.ts';
import { makeKeys } from '../../support/keys.ts';
import { startApi, TEST_NOW, type TestApi } from '../../support/api.ts';

const COUNT = 500;

/** What there is of each case, without what a cipher or a key draws. */
async function contentOf({ p }: TestApi): Promise<string[]> {
  const read = async (
    model: { collection: { find(filter: object): { toArray(): Promise<unknown[]> } } },
    filter = {},
  ) => (await model.collection.find(filter).toArray()) as Record<string, unknown>[];
  const cases = await read(applications(p) as never);
  const acts = await read(auditEntries(p) as never, { type: /^applications\./ });
  const facts = await read(caseFacts(p) as never);
  return [
    ...cases.map(({ _id, no, status, unitCodes }) => JSON.stringify([_id, no, status, unitCodes])),
    ...acts.map(({ _id, at, type }) => JSON.stringify([_id, at, type])),
    ...facts.map(({ _id, at, kind, end }) => JSON.stringify([_id, at, kind, end])),
  ].sort();
}

describe('filling in the demo year', () => {
  it('ends the same when the process that did it is killed, again and again', async () => {
    const [killed, calm] = await Promise.all([startApi(), startApi()]);
    const socket = encodeURIComponent(engineSocket());
    const keys = JSON.stringify(makeKeys());
    const start = () =>
      spawn(process.execPath, ['--import', 'tsx', 'test/faults/demo-year/load-process.ts'], {
        stdio: 'inherit',
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          YEAR_URI: `mongodb://${socket}/${killed.database}?directConnection=true`,
          YEAR_NOW: TEST_NOW.toISOString(),
          YEAR_CASES: String(COUNT),
          YEAR_KEYS: keys,
        },
      });
    let kills = 0;
    for (const part of [0.2, 0.5]) {
      const child = start();
      await waitFor(async () => ((await findFill(killed.p))?.done ?? 0) >= COUNT * part, 90_000);
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      kills += (await findFill(killed.p))!.done < COUNT ? 1 : 0;
    }
    expect(kills).toBe(2);
    const last = start();
    expect(await new Promise((resolve) => last.once('exit', resolve))).toBe(0);
    await loadYear(calm.p, { count: COUNT });
    expect(await contentOf(killed)).toEqual(await contentOf(calm));
    await Promise.all([killed.close(), calm.close()]);
  }, 240_000);
});
