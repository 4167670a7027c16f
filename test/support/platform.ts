import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Config } from '../../backend/platform/config.ts';
import { createPlatform } from '../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../backend/platform/crypto/create-suite.ts';
import type { KeyMaterial } from '../../backend/platform/crypto/key-material.ts';
import { TEST_COST } from '../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../backend/platform/database/connect.ts';
import type { Relay } from '../../backend/platform/database/relay.ts';
import { createLog } from '../../backend/platform/log.ts';
import type { Outside } from '../../backend/platform/outside.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { systemRandom } from '../../backend/platform/time.ts';
import { engineSocket } from './engine-socket.ts';

/** One set of keys for the process, so that two platforms in one test can read each other's fields. */
const keys: KeyMaterial = {
  fieldKeys: { activeId: 'f1', keys: { f1: randomBytes(32).toString('base64') } },
  indexKey: randomBytes(32).toString('base64'),
  macKey: randomBytes(32).toString('base64'),
  signing: {
    activeId: 's1',
    keys: {
      s1: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    retiredPublic: {},
  },
  sm2: {
    activeId: 'm1',
    keys: { m1: Buffer.concat([Buffer.of(1), randomBytes(31)]).toString('base64') },
    retiredPublic: {},
  },
};

/** Friday of the mock-ups; the day after is a make-up Saturday. */
export const TEST_NOW = new Date('2026-10-09T10:30:00+08:00');

export interface TestPlatformOptions {
  now?: Date;
  outside?: Partial<Outside>;
  config?: Partial<Config>;
  /** A database to share with another platform, for tests with several API processes. */
  database?: string;
  /** An engine of the test's own, for tests that stop it or read its files. */
  socketPath?: string;
}

export interface TestPlatform {
  readonly p: Platform;
  readonly relay: Relay;
  readonly database: string;
  readonly logLines: string[];
  setNow(now: Date): void;
  advance(ms: number): void;
  close(): Promise<void>;
}

function testConfig(overrides: Partial<Config> = {}): Config {
  return {
    production: false,
    host: '127.0.0.1',
    port: 0,
    publicOrigin: 'http://localhost:8080',
    mongodbUri: null,
    dataDirectory: '/nonexistent',
    demo: false,
    demoCases: 0,
    logLevel: 'info',
    trustProxy: false,
    smtpUrl: null,
    mailFrom: 'no-reply@example.invalid',
    clamdSocket: null,
    processes: 1,
    ...overrides,
  } as Config;
}

/** The platform on a database of its own on the shared engine; the clock stands still until moved. */
export async function startPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const name = options.database ?? `t${randomBytes(6).toString('hex')}`;
  const socket = encodeURIComponent(options.socketPath ?? engineSocket());
  const logLines: string[] = [];
  const log = createLog('info', { write: (line) => logLines.push(line) });
  const database = await connectDatabase({
    uri: `mongodb://${socket}/${name}?directConnection=true`,
    log: pino({ level: 'silent' }),
  });
  let now = options.now ?? TEST_NOW;
  const { p, relay } = createPlatform({
    config: testConfig(options.config),
    log,
    database,
    crypto: createCryptoSuite(keys, systemRandom, TEST_COST),
    outside: { mail: null, textMessage: null, scanner: null, ...options.outside },
    time: { now: () => new Date(now) },
  });
  return {
    p,
    relay,
    database: name,
    logLines,
    setNow(next) {
      now = next;
    },
    advance(ms) {
      now = new Date(now.getTime() + ms);
    },
    async close() {
      if (!options.database) await database.connection.dropDatabase().catch(() => undefined);
      await database.connection.close();
    },
  };
}
