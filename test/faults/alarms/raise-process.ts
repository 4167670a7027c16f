/**
 * One API process's part in raising alarms, alone: the scheduler with its lease, on a database given by ALARMS_URI. Prints a line
 * `raised N` after each run that raised something; is killed by whoever started it.
 */
import { pino } from 'pino';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startScheduler } from '../../../backend/platform/jobs/scheduler.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { raiseDueAlarms } from '../../../backend/modules/supervision/index.ts';
import { allModels } from '../../../backend/app.ts';
import { subscribers } from '../../../backend/subscriptions.ts';
import { makeKeys } from '../../support/keys.ts';

const uri = process.env.ALARMS_URI ?? '';
/** The moment at which this process's clock stands; the real time without it. */
const standsAt = process.env.ALARMS_NOW;
const log = pino({ level: 'silent' });
const database = await connectDatabase({ uri, log });
const { p, relay } = createPlatform({
  config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
  log,
  database,
  crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
  outside: { mail: null, textMessage: null, scanner: null },
  ...(standsAt ? { time: { now: () => new Date(standsAt) } } : {}),
});
relay.start(p, allModels, process.env.ALARMS_DELIVER === '1' ? subscribers : []);
startScheduler(
  p,
  [
    {
      name: 'supervision.alarms',
      everyMs: 250,
      async run() {
        const figures = await raiseDueAlarms(p);
        if (figures.raised > 0) process.stdout.write(`raised ${figures.raised} known ${figures.known}\n`);
        return undefined;
      },
    },
  ],
  true,
);
process.stdout.write('ready\n');
