import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

export interface PortalProcessOptions {
  /** The work tree to start; default this one. */
  root?: string;
  env?: Record<string, string>;
  /** Arguments of `npm start --`. */
  args?: readonly string[];
  timeoutMs?: number;
  /** `npm start` as a person would; default node itself, which spares npm's own time. */
  viaNpm?: boolean;
  /** Runs what was built before, as it is: for tests that start many times. */
  prebuilt?: boolean;
}

/** The portal as a process of its own, started by its one command. */
export interface PortalProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** From the command to the first answer of `/api/health/ready`. */
  readonly readyMs: number;
  /** Everything printed so far. */
  output(): string;
  /** Ctrl-C; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface FailedStart {
  code: number | null;
  stdout: string;
  stderr: string;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function launch({
  root = PROJECT,
  env = {},
  args = [],
  viaNpm = false,
  prebuilt = false,
}: PortalProcessOptions): ChildProcess {
  const command = viaNpm ? 'npm' : process.execPath;
  const leading = viaNpm
    ? ['start', '--silent', ...(args.length > 0 ? ['--'] : [])]
    : [prebuilt ? '.build/server.mjs' : 'backend/start.mjs'];
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$)/.test(name)),
  );
  const child = spawn(command, [...leading, ...args], {
    cwd: root,
    // The demo year takes minutes of a core: a test that wants some of it says how much.
    env: { DEMO_CASES: '0', ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test run that is cut off leaves no portal behind.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

/** Starts the portal and waits until it is ready. Throws with what it printed when it ends before that. */
export async function startPortal(options: PortalProcessOptions = {}): Promise<PortalProcess> {
  const port = options.env?.PORT ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = launch({ ...options, env: { ...options.env, PORT: port } });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const deadline = startedAt + (options.timeoutMs ?? 120_000);
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the portal ended:\n${output}`);
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the portal was not ready in time:\n${output}`);
    }
    const ready = await fetch(`${url}/api/health/ready`).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status === 200;
      },
      () => false,
    );
    // The address is printed when every process listens; until then Ctrl-C is an early end.
    if (ready && output.includes('一网通办')) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const readyMs = Math.round(performance.now() - startedAt);
  return {
    url,
    child,
    readyMs,
    output: () => output,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      return exited;
    },
  };
}

/** Processor time of a process, its children and those that ended, in milliseconds: what a busy machine does not change. */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const own = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) * 10;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  return children.reduce((sum, child) => sum + processorMs(Number(child)), own);
}

/** Runs the command to its end: for starts that must be refused and for commands that do not serve. */
export async function runPortal(options: PortalProcessOptions = {}): Promise<FailedStart> {
  const child = launch(options);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { code, stdout, stderr };
}
