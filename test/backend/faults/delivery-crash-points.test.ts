import { pino } from 'pino';
import { expect, it } from 'vitest';
import { loadDemoAccounts } from '../../../seeds/demo/accounts.ts';
import { loadReference } from '../../../seeds/load.ts';
import { getCalendar } from '../../../backend/modules/clock/index.ts';
import { modules } from '../../../backend/modules.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { enumerateDeliveryCrashes } from '../../faults/delivery-crash-points.ts';
import { installCrashPoints, prepareScene } from '../../faults/recording-crash-points.ts';
import { openFreshPlatform } from '../../faults/support/fresh-platform.ts';

const DATABASE = 'crashes';

it('makes certificates, messages and audit the same wherever the delivery was cut off', async () => {
  const { p, close } = await openFreshPlatform(DATABASE, pino({ level: 'silent' }));
  const points = installCrashPoints(DATABASE);
  try {
    await migrate(p, modules, platformModels);
    await loadReference(p);
    await getCalendar(p);
    await loadDemoAccounts(p);
    const scene = await prepareScene(p, 'BG01', 60);
    const { different, figures } = await enumerateDeliveryCrashes(scene, points, { pairs: false });
    expect(figures.commandsOfDelivery).toBeGreaterThan(10);
    expect(different).toEqual([]);
  } finally {
    points.uninstall();
    await close();
  }
}, 180_000);
