/**
 * One API process's part in following new rules, alone: the scheduler with its lease, on a database given by RULES_URI, at the moment
 * RULES_NOW. Is killed by whoever started it.
 */
import { pino } from 'pino';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startScheduler } from '../../../backend/platform/jobs/scheduler.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { applicationsModule } from '../../../backend/modules/applications/index.ts';
import { makeKeys } from '../../support/keys.ts';

const standsAt = process.env.RULES_NOW ?? '';
const log = pino({ level: 'silent' });
const database = await connectDatabase({ uri: process.env.RULES_URI ?? '', log });
const { p } = createPlatform({
  config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
  log,
  database,
  crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
  outside: { mail: null, textMessage: null, scanner: null },
  time: { now: () => new Date(standsAt) },
});
const rules = applicationsModule.jobs!.find(({ name }) => name === 'applications.rules')!;
startScheduler(p, [{ ...rules, everyMs: 250 }], true);
process.stdout.write('ready\n');
