/**
 * One server's part in registering and logging, alone: records changes of units one after the other, on a database given by LEDGER_URI with the
 * keys of LEDGER_KEYS, while its relay appends and signs and its jobs seal the audit. Prints `recorded <unit>` once a change is durable; is
 * killed by whoever started it.
 */
import { pino } from 'pino';
import { allModels } from '../../../backend/app.ts';
import { ledgerModule } from '../../../backend/modules/ledger/index.ts';
import { recordChange } from '../../../backend/modules/register/index.ts';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { loadKeys } from '../../../backend/platform/crypto/keys.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startScheduler } from '../../../backend/platform/jobs/scheduler.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { newId } from '../../../backend/platform/ids.ts';
import { subscribers } from '../../../backend/subscriptions.ts';
import { codeOf, recordOrder } from '../../backend/register/units.ts';

const log = pino({ level: 'silent' });
const keys = loadKeys({
  production: false,
  keysFile: process.env.LEDGER_KEYS ?? '',
  keysInline: null,
  dataDirectory: '/nonexistent',
});
const { p, relay } = createPlatform({
  config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
  log,
  database: await connectDatabase({ uri: process.env.LEDGER_URI ?? '', log }),
  crypto: createCryptoSuite(keys, systemRandom, TEST_COST),
  outside: { mail: null, textMessage: null, scanner: null },
});
relay.start(
  p,
  allModels,
  subscribers.filter(({ name }) => name === 'ledger.append' || name === 'audit.record-events'),
);
startScheduler(
  p,
  (ledgerModule.jobs ?? []).map((job) => ({ ...job, everyMs: 400 })),
  true,
);
for (let n = Number(process.env.LEDGER_FROM); n < Number(process.env.LEDGER_TO); n += 1) {
  const unitCode = codeOf(n);
  await recordChange(p, recordOrder({ unitCode, caseId: `case-${n}`, entryId: newId() }));
  process.stdout.write(`recorded ${unitCode}\n`);
}
