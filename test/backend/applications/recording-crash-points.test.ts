import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '../../../backend/modules/applications/index.ts';
import { applications } from '../../../backend/modules/applications/application.model.ts';
import { modules } from '../../../backend/modules.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { loadReference } from '../../../seeds/load.ts';
import {
  enumerateCrashPoints,
  installCrashPoints,
  prepareScene,
  type CrashPoints,
} from '../../faults/recording-crash-points.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

/** The short form of the fault suite: one type, all pairs of crash points. */
describe('a recording that is cut off', () => {
  let platform: TestPlatform;
  let points: CrashPoints;
  beforeAll(async () => {
    platform = await startPlatform();
    points = installCrashPoints(platform.database);
    await migrate(platform.p, modules, platformModels);
    await loadReference(platform.p);
    await loadDemoAccounts(platform.p);
  }, 120_000);
  afterAll(async () => {
    points.uninstall();
    await platform.close();
  });

  it('ends the same, wherever it is cut off and wherever recovery is', async () => {
    const scene = await prepareScene(platform.p, 'ZY02', 50);
    const { different, commandsOfRecording, commandsOfRecovery, runs } = await enumerateCrashPoints(
      scene,
      points,
    );
    expect(different).toEqual([]);
    expect(commandsOfRecording).toBeGreaterThan(5);
    expect(commandsOfRecovery).toBeGreaterThan(3);
    expect(runs).toBeGreaterThan(20);
  }, 120_000);

  it('would be found half done without recovery', async () => {
    const scene = await prepareScene(platform.p, 'BG01', 51);
    const { different } = await enumerateCrashPoints(scene, points, {
      record: (p, { people, snapshot }) => record(p, people.registrar.viewerAt(p), snapshot.doc._id),
      recover: (p) => applications(p).collection.findOne({}),
    });
    expect(different.length).toBeGreaterThan(0);
  }, 120_000);
});
