import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applications, settleAlarms, takeDueAlarms } from '../../../backend/modules/applications/index.ts';
import { alarms } from '../../../backend/modules/supervision/alarm.model.ts';
import { raiseAlarms, raiseDueAlarms } from '../../../backend/modules/supervision/raise-alarms.ts';
import { startScheduler } from '../../../backend/platform/jobs/scheduler.ts';
import { patchDriver, SABOTAGES } from '../../faults/sabotage/preload.mjs';
import { waitFor } from '../../faults/support/deployment.ts';
import { engineSocket } from '../../support/engine-socket.ts';
import { TEST_NOW } from '../../support/api.ts';
import { copyCases, storedCase } from '../../support/open-cases.ts';
import { startPlatform } from '../../support/platform.ts';
import { accepted, act, claimed, ok, submittedRename } from '../applications/scenario.ts';
import { alarmsOf, at, openBureau, travel, type Bureau } from './bureau.ts';

const AFTER_DUE = at('2026-10-10', '17:01');

describe('each alarm exactly once', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
  });
  afterAll(() => bureau.close());
  beforeEach(async () => {
    await travel(bureau, TEST_NOW);
    await alarms(bureau.api.p).collection.deleteMany({});
    await applications(bureau.api.p).collection.deleteMany({});
    // A process killed by the test before may hold its lease for seconds more.
    await bureau.api.p.database.connection.collection('leases').deleteMany({});
  });

  async function acceptedCase(): Promise<string> {
    const { id } = await submittedRename(bureau);
    await accepted(bureau, id);
    await claimed(bureau.clerks.firstReview, id);
    return id;
  }

  /** As many alarms as there are pairs of case and threshold. */
  async function expectOnce(cases: number): Promise<void> {
    const raised = await alarmsOf(bureau.api.p);
    expect(raised).toHaveLength(cases * 2);
    expect(new Set(raised.map(({ caseId, kind }) => `${caseId} ${kind}`)).size).toBe(cases * 2);
  }

  it('by two processes that find the same cases at the same time', async () => {
    await copyCases(bureau.api.p, await storedCase(bureau.api.p, await acceptedCase()), 300);
    const other = await startPlatform({ database: bureau.api.database, now: AFTER_DUE });
    bureau.api.setNow(AFTER_DUE);
    // Without the lease, so that both do look at once: the key alone must hold.
    const [one, two] = await Promise.all([raiseDueAlarms(bureau.api.p), raiseDueAlarms(other.p)]);
    expect(one.raised + two.raised).toBe(602);
    await expectOnce(301);
    await other.close();
  });

  it('by two API processes, one of them killed in the middle', async () => {
    const template = await storedCase(bureau.api.p, await acceptedCase());
    await copyCases(bureau.api.p, template, 2_500);
    const socket = encodeURIComponent(engineSocket());
    const children: ChildProcess[] = [];
    const start = () => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'test/faults/alarms/raise-process.ts'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          ALARMS_URI: `mongodb://${socket}/${bureau.api.database}?directConnection=true`,
          ALARMS_NOW: AFTER_DUE.toISOString(),
        },
      });
      child.stdout!.on('data', () => undefined);
      children.push(child);
    };
    const count = () => alarms(bureau.api.p).collection.countDocuments({});
    try {
      start();
      start();
      await waitFor(async () => (await count()) > 800, 60_000);
      const lease = await bureau.api.p.database.connection
        .collection('leases')
        .findOne({ _id: 'supervision.alarms' as never });
      const working = children.find(({ pid }) => String(lease?.holder).startsWith(`${pid}-`));
      expect(working, 'one of the two holds the lease').toBeDefined();
      working?.kill('SIGKILL');
      expect(await count()).toBeLessThan(5_002);
      await waitFor(async () => (await count()) >= 5_002, 90_000);
      const due = { 'work.alarmAt': { $gt: new Date(0), $lte: AFTER_DUE } };
      await waitFor(
        async () => (await applications(bureau.api.p).collection.countDocuments(due)) === 0,
        30_000,
      );
    } finally {
      for (const child of children) child.kill('SIGKILL');
    }
    await expectOnce(2_501);
  }, 200_000);

  it('after a process died between writing an alarm down and setting the clock on', async () => {
    const id = await acceptedCase();
    bureau.api.setNow(AFTER_DUE);
    const { collection } = applications(bureau.api.p);
    const before = await storedCase(bureau.api.p, id);
    expect(await raiseDueAlarms(bureau.api.p)).toEqual({ raised: 2, known: 0 });
    const undone = { $set: { 'work.alarmAt': before.work.alarmAt }, $unset: { alarmed: 1 } };
    await collection.updateOne({ _id: id as never }, undone as never);
    expect(await raiseDueAlarms(bureau.api.p)).toEqual({ raised: 0, known: 2 });
    await expectOnce(1);
    expect((await storedCase(bureau.api.p, id)).work.alarmAt).toEqual(
      new Date(at('2026-10-12', '17:00').getTime() + 1),
    );
  });

  /** A clerk pauses the case after its alarms were computed and before its clock is set on. */
  async function pausedInBetween(): Promise<{ alarmAt: Date | null; planned: Date }> {
    const id = await acceptedCase();
    await travel(bureau, AFTER_DUE);
    const due = await takeDueAlarms(bureau.api.p, AFTER_DUE, 10);
    const pause = { reason: 'inquiry', note: '向公安核实姓名', plannedEndOn: '2026-10-14' };
    await ok(act(bureau.clerks.firstReview, id, 'pause', pause));
    const paused = await storedCase(bureau.api.p, id);
    // What was due before the pause is due still, and is found by the next look.
    expect(paused.work.alarmAt).toEqual(at('2026-10-10', '14:40'));
    await settleAlarms(bureau.api.p, due);
    const { alarmAt } = (await storedCase(bureau.api.p, id)).work;
    return { alarmAt, planned: paused.work.alarmAt! };
  }

  it('keeps what a clerk wrote meanwhile: the clock is set on only at the revision it was computed with', async () => {
    const { alarmAt, planned } = await pausedInBetween();
    expect(alarmAt).toEqual(planned);
    await raiseDueAlarms(bureau.api.p);
    const [doc] = await applications(bureau.api.p)
      .collection.find({ no: { $gt: '' } })
      .toArray();
    expect((doc as never as { work: { alarmAt: Date } }).work.alarmAt).toEqual(
      new Date(at('2026-10-14', '17:00').getTime() + 1),
    );
  });

  it('would overwrite it without that version check (sabotage)', async () => {
    const end = patchDriver((command) => {
      // The clerk's own write is left as it is: only the alarm clock's loses its check.
      if (command.bulk) SABOTAGES['no-revision'](command);
    });
    try {
      const { alarmAt, planned } = await pausedInBetween();
      expect(alarmAt).not.toEqual(planned);
    } finally {
      end();
    }
  });

  /** Two schedulers of two processes told to look at the same moment. @returns how many of them looked */
  async function bothLook(): Promise<number> {
    await copyCases(bureau.api.p, await storedCase(bureau.api.p, await acceptedCase()), 700);
    const other = await startPlatform({ database: bureau.api.database, now: AFTER_DUE });
    bureau.api.setNow(AFTER_DUE);
    const schedulers = [bureau.api.p, other.p].map((p) => startScheduler(p, [raiseAlarms], false));
    const looked = await Promise.all(schedulers.map((one) => one.runNow('supervision.alarms')));
    await Promise.all(schedulers.map((one) => one.stop()));
    await expectOnce(701);
    await other.close();
    return looked.filter(Boolean).length;
  }

  it('lets one process at a time look: the lease keeps the work from being done twice', async () => {
    expect(await bothLook()).toBe(1);
  });

  it('would let both look without the lease (sabotage), and each alarm be one all the same', async () => {
    const end = patchDriver((command) => {
      // Whoever asks is taken for the holder of a lease of its own.
      if (command.findAndModify === 'leases') {
        const name = `${(command.query as { _id: string })._id}-${Math.floor(performance.now() * 1_000)}`;
        command.query = { _id: name };
        command.upsert = true;
      }
    });
    try {
      expect(await bothLook()).toBe(2);
    } finally {
      end();
    }
  });

  it('has no code that changes or deletes one, and no route', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folder = new URL('../../../backend/modules/supervision/', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect(text, file).not.toMatch(/alarms\(p\)[\s\S]{0,40}\.(delete|update|replace|findOneAnd|bulkWrite)/);
    }
    for (const method of ['DELETE', 'PATCH', 'PUT'])
      expect((await bureau.supervisor.client.send(method, '/api/supervision/alarms/x')).status).toBe(404);
  });
});
