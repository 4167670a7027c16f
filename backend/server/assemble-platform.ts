import type { Config } from '../platform/config.ts';
import { createPlatform } from '../platform/create-platform.ts';
import { createCryptoSuite } from '../platform/crypto/create-suite.ts';
import { loadKeys } from '../platform/crypto/keys.ts';
import { connectDatabase } from '../platform/database/connect.ts';
import type { Relay } from '../platform/database/relay.ts';
import type { Log } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { systemRandom } from '../platform/time.ts';
import { connectOutside } from './connect-outside.ts';

export interface AssembledPlatform {
  readonly p: Platform;
  readonly relay: Relay;
  close(): Promise<void>;
}

/** The real platform of this process: real clock, real keys, a connection to the database. */
export async function assemblePlatform(
  config: Config,
  log: Log,
  mongodbUri: string,
): Promise<AssembledPlatform> {
  const keys = loadKeys(config);
  const database = await connectDatabase({ uri: mongodbUri, log });
  const { outside, close: closeOutside } = connectOutside(config, log);
  const { p, relay } = createPlatform({
    config,
    log,
    database,
    crypto: createCryptoSuite(keys, systemRandom),
    outside,
  });
  return {
    p,
    relay,
    async close() {
      closeOutside();
      await database.connection.close();
    },
  };
}
