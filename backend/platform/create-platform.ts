import type { Config } from './config.ts';
import type { CryptoSuite } from './crypto/suite.ts';
import type { Database } from './database/connect.ts';
import { createRelay, type Relay } from './database/relay.ts';
import type { Log } from './log.ts';
import type { Outside } from './outside.ts';
import type { Platform } from './platform.ts';
import { systemRandom, systemTime, type Random, type TimeSource } from './time.ts';

export interface PlatformParts {
  config: Config;
  log: Log;
  database: Database;
  crypto: CryptoSuite;
  outside: Outside;
  time?: TimeSource;
  random?: Random;
}

/** Puts the platform together. The relay comes back beside it, because only the app starts it. */
export function createPlatform(parts: PlatformParts): { p: Platform; relay: Relay } {
  const time = parts.time ?? systemTime;
  const relay = createRelay(() => time.now());
  const random = parts.random ?? systemRandom;
  const p: Platform = { ...parts, time, random, outbox: relay, requestId: null };
  return { p, relay };
}
