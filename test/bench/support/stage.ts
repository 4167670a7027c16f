import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-server.ts', import.meta.url));

/** Both servers run with the memory settings of `npm start`. */
const NODE_FLAGS = ['--max-semi-space-size=64'];

export interface Server {
  url: string;
  pid: number;
}

/** The portal and the yardstick side by side: two processes on one engine, each with a database of its own. */
export interface Stage {
  portal: Server;
  bare: Server;
  engine: EmbeddedEngine;
  origin: string;
  p: Platform;
  close(): Promise<void>;
}

/** Resolves with the port once a line of output names it or `ready` answers. */
async function bareServer(child: ChildProcess): Promise<Server> {
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /listening (\d+)/.exec(output);
      if (found) resolve(found[1]!);
    });
    child.once('exit', (code) => reject(new Error(`the bare server ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid! };
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const ready = await fetch(`${url}/api/health/ready`).then(
      async (answer) => (await answer.arrayBuffer(), answer.ok),
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the portal did not become ready');
}

/** The portal as it is shipped (bundled, one process), its log off the terminal, behind a proxy that names clients. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'registration-bench-'));
  const log = pino({ level: 'silent' });
  const keysFile = join(folder, 'keys.json');
  writeNewKeysFile(keysFile);
  const built = spawnSync(process.execPath, ['backend/start/build-server.mjs', ROOT], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the server could not be built');
  const engine = await startEngine({ dataDirectory: join(folder, 'data'), log });
  const port = 20_000 + (process.pid % 10_000);
  const url = `http://127.0.0.1:${port}`;
  // As it is shipped: what development adds (text messages written to the log) is not measured.
  const origin = 'https://registration.example';
  const profiling = process.env.BENCH_PROFILE
    ? ['--cpu-prof', '--cpu-prof-dir', process.env.BENCH_PROFILE]
    : [];
  const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const portalProcess = spawn(process.execPath, [...NODE_FLAGS, ...profiling, '.build/server.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...inherited,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_ORIGIN: origin,
      MONGODB_URI: engine.uri('portal'),
      KEYS_FILE: keysFile,
      DEMO: '0',
      LOG_LEVEL: 'info',
      TRUST_PROXY: '1',
    },
  });
  const bareProcess = spawn(process.execPath, [...NODE_FLAGS, '--import', 'tsx', BARE], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...inherited, BARE_URI: engine.uri('bare') },
  });
  const bare = await bareServer(bareProcess);
  await untilReady(url);
  const database = await connectDatabase({ uri: engine.uri('portal'), log });
  const { p } = createPlatform({
    config: { production: false, demo: true, publicOrigin: origin } as Platform['config'],
    log,
    database,
    crypto: createCryptoSuite(
      loadKeys({ production: false, keysFile, keysInline: null, dataDirectory: folder }),
      systemRandom,
      TEST_COST,
    ),
    outside: { mail: null, textMessage: null, scanner: null },
  });
  return {
    portal: { url, pid: portalProcess.pid! },
    bare,
    engine,
    origin,
    p,
    async close() {
      portalProcess.kill('SIGTERM');
      bareProcess.kill('SIGKILL');
      await new Promise((resolve) => portalProcess.once('exit', resolve));
      await database.connection.close();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
