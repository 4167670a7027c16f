import { pino } from 'pino';
import type { DemoType } from '../../../seeds/demo/cases/answers.ts';
import { loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { loadReference } from '../../../seeds/load.ts';
import { modules } from '../../../backend/modules.ts';
import { record, recoverRecordings } from '../../../backend/modules/applications/index.ts';
import { AppError } from '../../../backend/platform/errors.ts';
import { getCalendar } from '../../../backend/modules/clock/index.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import {
  enumerateCrashPoints,
  installCrashPoints,
  prepareScene,
  type Acts,
} from '../recording-crash-points.ts';
import { patchDriver, SABOTAGES } from '../sabotage/preload.mjs';
import { enumerateDeliveryCrashes } from '../delivery-crash-points.ts';
import { openFreshPlatform } from '../support/fresh-platform.ts';
import type { Sabotage } from '../support/deployment.ts';
import type { Finding, PartResult } from '../support/findings.ts';

const TYPES: readonly DemoType[] = ['ZY02', 'DY01', 'DY06', 'BG01', 'CF01'];
const DATABASE = 'crashes';

const ACTS: Acts = {
  async record(p, { people, snapshot }) {
    try {
      await record(p, people.registrar.viewerAt(p), snapshot.doc._id);
    } catch (error) {
      // A refusal is no death: the state that it leaves is compared like any other.
      if (!(error instanceof AppError)) throw error;
    }
  },
  recover: (p) => recoverRecordings(p),
};

/** Every pair of crash points of the recording and of its recovery, and of the delivery that makes the certificates. */
export async function runCrashes(short: boolean, sabotage: Sabotage | null): Promise<PartResult> {
  const findings: Finding[] = [];
  const figures: Record<string, unknown> = {};
  const unpatch = sabotage ? patchDriver(SABOTAGES[sabotage]) : null;
  const { p, close } = await openFreshPlatform(DATABASE, pino({ level: 'silent' }));
  const points = installCrashPoints(DATABASE);
  try {
    await migrate(p, modules, platformModels);
    await loadReference(p);
    await getCalendar(p);
    await loadDemoAccounts(p);
    for (const [place, type] of (short ? TYPES.slice(0, 1) : TYPES).entries()) {
      const scene = await prepareScene(p, type, 60 + place);
      const { different, ...counted } = await enumerateCrashPoints(scene, points, ACTS);
      figures[`recording ${type}`] = counted;
      for (const text of different)
        findings.push({ kind: 'state-differs', text: `${type}: ${text.slice(0, 240)}` });
      const delivery = await enumerateDeliveryCrashes(scene, points, { pairs: !short });
      figures[`delivery ${type}`] = delivery.figures;
      for (const text of delivery.different)
        findings.push({ kind: 'state-differs', text: `${type} delivery: ${text.slice(0, 240)}` });
    }
  } finally {
    points.uninstall();
    unpatch?.();
    await close();
  }
  return { part: 'a crash after each database command of the recording', figures, findings };
}
