import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startEngine } from '../../../backend/platform/database/engine.ts';
import type { Log } from '../../../backend/platform/log.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { makeKeys } from '../../support/keys.ts';

/** A platform of its own on a fresh engine; its clock stands still, so that two runs give the same times. */
export async function openFreshPlatform(
  database: string,
  log: Log,
): Promise<{ p: Platform; close(): Promise<void> }> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'registration-crashes-'));
  const engine = await startEngine({ dataDirectory, log });
  const connected = await connectDatabase({ uri: engine.uri(database), log });
  const now = new Date();
  const { p } = createPlatform({
    config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
    log,
    database: connected,
    crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
    outside: { mail: null, textMessage: null, scanner: null },
    time: { now: () => new Date(now) },
  });
  return {
    p,
    async close() {
      await connected.connection.close();
      await engine.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
