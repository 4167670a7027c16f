import type { Config } from './config.ts';
import type { CryptoSuite } from './crypto/suite.ts';
import type { Database } from './database/connect.ts';
import type { Outbox } from './database/outbox.ts';
import type { Log } from './log.ts';
import type { Outside } from './outside.ts';
import type { Random, TimeSource } from './time.ts';

/**
 * Everything a use case may reach besides its arguments. It is passed first, by name `p`, to every use case,
 * so that a test replaces the clock, randomness and the outside world by argument, and nothing else.
 */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly time: TimeSource;
  readonly random: Random;
  readonly database: Database;
  readonly crypto: CryptoSuite;
  readonly outbox: Outbox;
  readonly outside: Outside;
  /** The request that is answered; null for jobs and deliveries. */
  readonly requestId: string | null;
}
