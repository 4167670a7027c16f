import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { loadKeys, writeNewKeysFile } from '../../../backend/platform/crypto/keys.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startEngine, type EmbeddedEngine } from '../../../backend/platform/database/engine.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { patchDriver, SABOTAGES as SABOTAGE_OF } from '../sabotage/preload.mjs';
import { serveInProcess } from './in-process.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PRELOAD = fileURLToPath(new URL('../sabotage/preload.mjs', import.meta.url));

export const SABOTAGES = ['no-journal', 'no-revision', 'no-dedup'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

export interface DeploymentOptions {
  /** Processes; 0: one server in this process, which cannot be killed, for kills of the database alone. */
  servers: number;
  sabotage?: Sabotage | null;
}

/** One server process that is started again whenever it ends, as an init system would. */
export interface ServerProcess {
  readonly url: string;
  /** False from a kill until the process answers `ready` again. */
  isReady(): boolean;
  kill(): void;
}

export interface Deployment {
  readonly servers: readonly ServerProcess[];
  readonly engine: EmbeddedEngine;
  readonly origin: string;
  /** A platform in this process on the same database and keys: for making people and for looking afterwards. */
  openPlatform(): Promise<{ p: Platform; close(): Promise<void> }>;
  killDatabase(): void;
  close(): Promise<void>;
}

/** The server as it is shipped: bundled from the sources as they are now. */
function bundleServer(): string {
  const { status, stderr } = spawnSync(process.execPath, ['backend/start/build-server.mjs', ROOT], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the server could not be built: ${stderr}`);
  return join(ROOT, '.build/server.mjs');
}

/** The real thing as separate processes: a supervised database engine and server processes on ports of their own. */
export async function startDeployment({ servers, sabotage }: DeploymentOptions): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'registration-faults-'));
  const log = pino({ level: 'silent' });
  const keysFile = join(folder, 'keys.json');
  writeNewKeysFile(keysFile);
  const engine = await startEngine({ dataDirectory: join(folder, 'data'), log });
  const origin = 'http://localhost:8080';
  const logFile = join(folder, 'server.log');
  const keys = loadKeys({ production: false, keysFile, keysInline: null, dataDirectory: folder });
  const started =
    servers === 0
      ? [await startInProcess({ uri: engine.uri(), keys, origin, log }, sabotage ?? null)]
      : await startProcesses(servers, { uri: engine.uri(), keysFile, origin, logFile, sabotage });
  return {
    servers: started,
    engine,
    origin,
    async openPlatform() {
      // The last kill may be a moment ago.
      await waitFor(() => engine.pid() !== null, 120_000);
      const database = await connectDatabase({ uri: engine.uri(), log });
      const { p } = createPlatform({
        config: { production: false, demo: true, publicOrigin: origin } as Platform['config'],
        log,
        database,
        crypto: createCryptoSuite(keys, systemRandom, TEST_COST),
        outside: { mail: null, textMessage: null, scanner: null },
      });
      return { p, close: () => database.connection.close() };
    },
    killDatabase() {
      const pid = engine.pid();
      if (pid !== null) process.kill(pid, 'SIGKILL');
    },
    async close() {
      await Promise.all(started.map((server) => server.end()));
      await engine.stop();
      if (!process.env.FAULTS_KEEP) rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface SupervisedServer extends ServerProcess {
  end(): Promise<void>;
}

async function startInProcess(
  options: Parameters<typeof serveInProcess>[0],
  sabotage: Sabotage | null,
): Promise<SupervisedServer> {
  const restore = sabotage ? patchDriver(SABOTAGE_OF[sabotage]) : () => undefined;
  const { url, end } = await serveInProcess(options);
  return {
    url,
    isReady: () => true,
    kill: () => undefined,
    async end() {
      await end();
      restore();
    },
  };
}

async function startProcesses(
  count: number,
  options: { uri: string; keysFile: string; origin: string; logFile: string; sabotage?: Sabotage | null },
): Promise<SupervisedServer[]> {
  const { uri, keysFile, origin, logFile, sabotage } = options;
  const environment = (port: number): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    MONGODB_URI: uri,
    KEYS_FILE: keysFile,
    DEMO: '0',
    LOG_LEVEL: 'warn',
    ...(sabotage ? { FAULTS_SABOTAGE: sabotage } : {}),
  });
  const args = [...(sabotage ? ['--import', PRELOAD] : []), bundleServer()];
  const started: SupervisedServer[] = [];
  for (let index = 0; index < count; index += 1) {
    const port = await freePort();
    const server = superviseServer(args, environment(port), port, logFile);
    started.push(server);
    // The first one brings the database up to date; the others find it so.
    await waitFor(server.isReady, 90_000, () => readFileSync(logFile, 'utf8').slice(-2_000));
  }
  return started;
}

function superviseServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  port: number,
  logFile: string,
): SupervisedServer {
  const url = `http://127.0.0.1:${port}`;
  const output = openSync(logFile, 'a');
  let child: ChildProcess | null = null;
  let ready = false;
  let ending = false;

  const start = (): void => {
    const startedAt = performance.now();
    const mine = spawn(process.execPath, [...args], { cwd: ROOT, env, stdio: ['ignore', output, output] });
    child = mine;
    mine.once('exit', () => {
      if (child === mine) ready = false;
      if (ending) return;
      // A start that found no database is tried again soon, but not in a busy loop.
      setTimeout(() => !ending && start(), performance.now() - startedAt < 1_000 ? 300 : 0);
    });
    void pollReady(mine);
  };
  const pollReady = async (mine: ChildProcess): Promise<void> => {
    while (child === mine && mine.exitCode === null && mine.signalCode === null) {
      const answered = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
        async (response) => (await response.arrayBuffer(), response.ok),
        () => false,
      );
      if (answered && child === mine) {
        ready = true;
        return;
      }
      await delay(50);
    }
  };
  start();
  // A suite that is stopped half-way leaves no server behind.
  process.on('exit', () => child?.kill('SIGKILL'));
  return {
    url,
    isReady: () => ready,
    kill() {
      ready = false;
      child?.kill('SIGKILL');
    },
    async end() {
      ending = true;
      const last = child;
      if (!last || last.exitCode !== null || last.signalCode !== null) return;
      const ended = new Promise((resolve) => last.once('exit', resolve));
      last.kill('SIGTERM');
      const timer = setTimeout(() => last.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export async function waitFor(
  isDone: () => boolean | Promise<boolean>,
  forMs: number,
  why: () => string = () => '',
): Promise<void> {
  const until = performance.now() + forMs;
  while (!(await isDone())) {
    if (performance.now() > until) throw new Error(`waited ${forMs} ms in vain ${why()}`);
    await delay(25);
  }
}
