import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Log } from '../log.ts';
import { StartupError } from '../startup-error.ts';
import { nodeForEngine, type NodeCommand } from './glibc.ts';

export interface EngineOptions {
  /** Holds `db/` (the database) and `run/` (the socket). Made, 0700, where missing. */
  dataDirectory: string;
  log: Log;
  /** Where a newer libc is kept between starts; default the user's cache folder. */
  cacheDirectory?: string;
  /** Only for the test that shows why the planner fix is there. */
  plannerFix?: boolean;
}

/** A running embedded database. */
export interface EmbeddedEngine {
  /** Names the database; the address stays the same when the engine dies and is started again. */
  uri(database?: string): string;
  readonly socketPath: string;
  /** Process id of the engine now running; null between a death and the next start. */
  pid(): number | null;
  /** How often it was started again after dying. */
  restarts(): number;
  /** Closes the database in order; resolves when its process has ended. */
  stop(): Promise<void>;
}

export const DEFAULT_DATABASE = 'registration';

/** A Unix socket's path has 107 bytes at most on Linux, 103 on macOS. */
const MAX_SOCKET_PATH_BYTES = 103;

/** A start with recovery of a long journal was measured at 21 s; this is no promise, only the end of patience. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;

/** How long a predecessor whose parent is gone may take to close the same folder. */
const PREDECESSOR_TIMEOUT_MS = 30_000;

/**
 * The first restart is at once: recovery takes a third of a second, and requests are waiting. Only an engine that does
 * not come up, or falls over as soon as it did, is given more and more time.
 */
const RESTART_DELAYS_MS = [0, 100, 300, 1_000, 3_000];
const HEALTHY_MS = 100;

/**
 * Starts the embedded MongoDB engine as a child process over `<data>/db`, listening on a socket (0600) in a folder of
 * its own (0700), and keeps it alive: when it dies, it is started again on the same socket.
 * @throws StartupError on an unsupported platform, a folder that is in use or can't be written, a database that won't open
 */
export async function startEngine(options: EngineOptions): Promise<EmbeddedEngine> {
  const { log } = options;
  const dataDirectory = resolve(options.dataDirectory);
  const databaseFolder = privateFolder(join(dataDirectory, 'db'));
  const { socketPath, removeFolder } = placeSocket(dataDirectory);
  const command = await nodeForEngine(options.cacheDirectory ?? defaultCacheDirectory(), log);
  const flags = options.plannerFix === false ? ['--no-planner-fix'] : [];
  const launch = () => launchProcess(command, [databaseFolder, socketPath, ...flags]);

  let child = await firstLaunch(launch, dataDirectory, databaseFolder);
  let alive = true;
  let stopping = false;
  let restarts = 0;
  let failures = 0;
  const interrupted = new AbortController();
  recordHolder(dataDirectory, child.pid);

  const supervise = async (): Promise<void> => {
    while (!stopping) {
      const readyAt = performance.now();
      const [code, signal] = await exitOf(child);
      alive = false;
      if (stopping) return;
      const diedAt = performance.now();
      if (diedAt - readyAt > HEALTHY_MS) failures = 0;
      log.error({ exitCode: code, signal }, 'the embedded database died; starting it again');
      while (!alive && !stopping) {
        const wait = RESTART_DELAYS_MS[Math.min(failures, RESTART_DELAYS_MS.length - 1)] ?? 0;
        failures += 1;
        await delay(wait, undefined, { signal: interrupted.signal }).catch(() => undefined);
        if (stopping) return;
        try {
          child = await launch();
          alive = true;
          restarts += 1;
          recordHolder(dataDirectory, child.pid);
          log.warn({ ms: Math.round(performance.now() - diedAt) }, 'the embedded database is back');
        } catch (error) {
          log.error({ reason: (error as Error).message }, 'the embedded database did not start again');
        }
      }
    }
  };
  const supervision = supervise();

  return {
    socketPath,
    uri: (database) => uriOf(socketPath, database),
    pid: () => (alive ? (child.pid ?? null) : null),
    restarts: () => restarts,
    async stop() {
      stopping = true;
      interrupted.abort();
      if (alive) await closeProcess(child);
      await supervision;
      rmSync(holderFile(dataDirectory), { force: true });
      removeFolder();
    },
  };
}

class EngineFailure extends Error {}

/** Resolves when the engine accepts connections; throws its own reason otherwise. */
async function launchProcess(command: NodeCommand, args: readonly string[]): Promise<ChildProcess> {
  const [file, ...leading] = command;
  const script = fileURLToPath(new URL('./engine-process.mjs', import.meta.url));
  const child = spawn(file, [...leading, script, ...args], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  return new Promise((resolveReady, reject) => {
    const timer = setTimeout(() => fail('it did not answer in time'), START_TIMEOUT_MS);
    const fail = (reason: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new EngineFailure(reason));
    };
    child.on('message', (message: { kind: string; message?: string }) => {
      if (message.kind === 'failed') fail(message.message ?? 'unknown reason');
      if (message.kind !== 'ready') return;
      clearTimeout(timer);
      resolveReady(child);
    });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(complaint.trim() || `its process ended (${signal ?? code})`));
  });
}

async function firstLaunch(
  launch: () => Promise<ChildProcess>,
  dataDirectory: string,
  databaseFolder: string,
): Promise<ChildProcess> {
  const deadline = performance.now() + PREDECESSOR_TIMEOUT_MS;
  for (;;) {
    try {
      return await launch();
    } catch (error) {
      const reason = (error as Error).message;
      if (!reason.includes('DBPathInUse')) {
        throw new StartupError(
          `The embedded database could not open ${databaseFolder}: ${firstLine(reason)}. ` +
            'Put that right, or name another folder in DATA_DIR, or set MONGODB_URI to a MongoDB server.',
          { cause: error },
        );
      }
      const holder = readHolder(dataDirectory);
      // A predecessor that was killed leaves its engine to close by itself; that one is worth waiting for.
      if (!holder || isRunning(holder.parent) || performance.now() > deadline) {
        throw new StartupError(
          `The data folder ${dataDirectory} is in use by another running portal` +
            `${holder ? ` (process ${holder.parent})` : ''}: stop that one, or name another folder in DATA_DIR.`,
          { cause: error },
        );
      }
      await delay(50);
    }
  }
}

async function closeProcess(child: ChildProcess): Promise<void> {
  const ended = exitOf(child);
  if (child.connected) child.send('close');
  else child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

async function exitOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode];
  return new Promise((done) => child.once('exit', (code, signal) => done([code, signal])));
}

/** Makes a folder that only its owner may enter, and closes one that was left open. */
function privateFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    return path;
  } catch (error) {
    throw new StartupError(
      `The data folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}): ` +
        'give this user the right to write it, or name another folder in DATA_DIR.',
      { cause: error },
    );
  }
}

const usualSocket = (dataDirectory: string): string => join(dataDirectory, 'run', 'mongodb.sock');

const uriOf = (socketPath: string, database = DEFAULT_DATABASE): string =>
  `mongodb://${encodeURIComponent(socketPath)}/${database}?directConnection=true`;

/** Where the engine of a portal that runs over this folder can be reached; null when none does, or its socket lies elsewhere. */
export function findRunningEngine(folder: string): string | null {
  const dataDirectory = resolve(folder);
  const holder = readHolder(dataDirectory);
  const socketPath = usualSocket(dataDirectory);
  return holder && isRunning(holder.parent) && existsSync(socketPath) ? uriOf(socketPath) : null;
}

/** Beside the data where its path is short enough for a socket, else in a short folder of its own. */
function placeSocket(dataDirectory: string): { socketPath: string; removeFolder(): void } {
  const usual = usualSocket(dataDirectory);
  if (Buffer.byteLength(usual) <= MAX_SOCKET_PATH_BYTES) {
    privateFolder(join(dataDirectory, 'run'));
    return { socketPath: usual, removeFolder: () => undefined };
  }
  // mkdtemp makes the folder 0700.
  const folder = mkdtempSync(join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp', 'registration-'));
  return {
    socketPath: join(folder, 'mongodb.sock'),
    removeFolder: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Who holds the folder, for the sentence that a second start prints; the lock itself is the engine's own. */
interface Holder {
  parent: number;
  engine: number | undefined;
}

function holderFile(dataDirectory: string): string {
  return join(dataDirectory, 'db', 'holder.json');
}

function recordHolder(dataDirectory: string, engine: number | undefined): void {
  const holder: Holder = { parent: process.pid, engine };
  writeFileSync(holderFile(dataDirectory), JSON.stringify(holder), { mode: 0o600 });
}

function readHolder(dataDirectory: string): Holder | null {
  const path = holderFile(dataDirectory);
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function defaultCacheDirectory(): string {
  return join(homedir(), '.cache', 'real-estate-registration');
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).slice(0, 300).replace(/[.。]+$/, '');
}
