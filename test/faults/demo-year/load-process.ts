/** One API process's part in filling in the demo year, alone, on a database given by YEAR_URI; is killed by whoever started it. */
import { pino } from 'pino';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { loadSomeOfYear } from '../../../seeds/demo/year/load.ts';
import type { KeyMaterial } from '../../../backend/platform/crypto/key-material.ts';

const log = pino({ level: 'silent' });
// The same for every process of one deployment.
const keys = JSON.parse(process.env.YEAR_KEYS ?? '') as KeyMaterial;
const now = new Date(process.env.YEAR_NOW ?? '');
const { p } = createPlatform({
  config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
  log,
  database: await connectDatabase({ uri: process.env.YEAR_URI ?? '', log }),
  crypto: createCryptoSuite(keys, systemRandom, TEST_COST),
  outside: { mail: null, textMessage: null, scanner: null },
  time: { now: () => now },
});
for (;;) {
  const { done, total } = await loadSomeOfYear(p, { count: Number(process.env.YEAR_CASES), runMs: 200 });
  if (done >= total) process.exit(0);
}
