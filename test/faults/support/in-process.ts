import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../backend/app.ts';
import { modules } from '../../../backend/modules.ts';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import type { KeyMaterial } from '../../../backend/platform/crypto/key-material.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import type { Log } from '../../../backend/platform/log.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { loadReference } from '../../../seeds/load.ts';

export interface InProcessServer {
  readonly url: string;
  readonly p: Platform;
  end(): Promise<void>;
}

/**
 * The real app over real HTTP in this process, with its jobs running: a client hears of an acknowledgement a moment
 * after the database gave it, so that a kill meets what is not in the journal yet.
 */
export async function serveInProcess(options: {
  uri: string;
  keys: KeyMaterial;
  origin: string;
  log: Log;
}): Promise<InProcessServer> {
  const { uri, keys, origin, log } = options;
  const database = await connectDatabase({ uri, log });
  const { p, relay } = createPlatform({
    config: { production: false, demo: false, publicOrigin: origin } as Platform['config'],
    log,
    database,
    crypto: createCryptoSuite(keys, systemRandom, TEST_COST),
    outside: { mail: null, textMessage: null, scanner: null },
  });
  await migrate(p, modules, platformModels);
  await loadReference(p);
  const app = await createApp({ p, relay, publicDirectory: null, timers: true });
  const server = createServer(app.koa.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    p,
    async end() {
      await app.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.connection.close();
    },
  };
}
