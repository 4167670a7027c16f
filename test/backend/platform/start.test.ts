import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../backend/platform/database/engine.ts';
import { processorMs, runPortal, startPortal, type PortalProcess } from '../../support/portal-process.ts';

const base = mkdtempSync(join(tmpdir(), 'start-test-'));
let count = 0;
const freshFolder = () => join(base, `d${count++}`);
const running: PortalProcess[] = [];

afterEach(async () => {
  for (const portal of running.splice(0)) await portal.stop('SIGKILL');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function start(env: Record<string, string>): Promise<PortalProcess> {
  const portal = await startPortal({ prebuilt: true, env: { DEMO: '0', ...env } });
  running.push(portal);
  return portal;
}

/** Process ids of `parent`'s children, read from /proc. */
function childrenOf(parent: number): number[] {
  const text = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
}

const isServing = async (url: string) =>
  (await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(5_000) })).status === 200;

/** A connection of its own; `cut` when the process that took it died, `none` when nothing came back at all. */
async function answerOf(url: string): Promise<number | 'cut' | 'none'> {
  try {
    const answer = await fetch(`${url}/api/health/live`, {
      headers: { Connection: 'close' },
      signal: AbortSignal.timeout(5_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'none' : 'cut';
  }
}

async function eventually(condition: () => Promise<boolean>, withinMs = 10_000): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await condition().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

// The build is not what is tested here, and must not count.
beforeAll(async () => {
  expect((await runPortal({ args: ['--build-only'], timeoutMs: 120_000 })).code).toBe(0);
}, 120_000);

describe('npm start', () => {
  it('serves pages and answers, and stops in order when npm is told to', async () => {
    const portal = await startPortal({ viaNpm: true, env: { DEMO: '0', DATA_DIR: freshFolder() } });
    running.push(portal);
    const page = await fetch(`${portal.url}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<!doctype html>');
    expect((await fetch(`${portal.url}/api/business-types`)).status).toBe(200);
    expect(portal.output()).toContain(`http://localhost:${new URL(portal.url).port}`);
    expect(await portal.stop()).toBe(0);
    expect(portal.output()).toMatch(/"msg":"stopping.*\n(.*\n)*.*"msg":"stopped"/);
  }, 120_000);

  it('keeps keys for their owner alone, and is quick the second time', async () => {
    const dataDirectory = freshFolder();
    const first = await start({ DATA_DIR: dataDirectory });
    expect(await first.stop()).toBe(0);
    expect(statSync(join(dataDirectory, 'keys.json')).mode & 0o777).toBe(0o600);
    const second = await start({ DATA_DIR: dataDirectory });
    const cpuMs = processorMs(second.child.pid ?? 0);
    process.stdout.write(
      `start: first ${first.readyMs} ms, later ${second.readyMs} ms (${cpuMs} ms of processor)\n`,
    );
    // 3 s of the clock are measured by test/bench/start-time.ts on a machine of its own; beside other tests, the
    // processor's time says whether a start does more than it should.
    expect(cpuMs).toBeLessThan(5_000);
    expect(await second.stop('SIGTERM')).toBe(0);
  }, 60_000);

  it('closes connections that are kept alive, and lets a running request end', async () => {
    const portal = await start({ DATA_DIR: freshFolder() });
    await fetch(`${portal.url}/api/health/live`);
    const stoppedAt = performance.now();
    expect(await portal.stop()).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(5_000);
  }, 60_000);

  it('takes up again by itself when the database dies', async () => {
    const portal = await start({ DATA_DIR: freshFolder() });
    const engine = childrenOf(portal.child.pid ?? 0).find((pid) => commandOf(pid).includes('engine-process'));
    process.kill(engine ?? 0, 'SIGKILL');
    expect(await eventually(() => isServing(portal.url))).toBe(true);
    expect(await portal.stop()).toBe(0);
  }, 60_000);

  it('starts on the data of a portal that was killed', async () => {
    const dataDirectory = freshFolder();
    const killed = await start({ DATA_DIR: dataDirectory });
    await killed.stop('SIGKILL');
    const next = await start({ DATA_DIR: dataDirectory });
    expect(await next.stop()).toBe(0);
  }, 60_000);

  it('uses the server that MONGODB_URI names', async () => {
    const engine = await startEngine({ dataDirectory: freshFolder(), log: pino({ level: 'silent' }) });
    try {
      const portal = await start({ DATA_DIR: freshFolder(), MONGODB_URI: engine.uri('elsewhere') });
      expect(childrenOf(portal.child.pid ?? 0).some((pid) => commandOf(pid).includes('engine-process'))).toBe(
        false,
      );
      expect(await portal.stop()).toBe(0);
    } finally {
      await engine.stop();
    }
  }, 60_000);

  it('serves with several processes, replaces one that dies, and stops them all', async () => {
    const portal = await start({ DATA_DIR: freshFolder(), WEB_CONCURRENCY: '2' });
    const workers = () =>
      childrenOf(portal.child.pid ?? 0).filter(
        (pid) => !commandOf(pid).includes('engine-process') && commandOf(pid).includes('server.mjs'),
      );
    const [victim, other] = workers();
    expect(other).toBeDefined();
    // New connections while one of the two dies: none may be left without an answer, one or the other takes it.
    const asked = Array.from({ length: 40 }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, n * 5));
      if (n === 10) process.kill(victim ?? 0, 'SIGKILL');
      return answerOf(portal.url);
    });
    expect((await Promise.all(asked)).filter((answer) => answer === 'none')).toEqual([]);
    expect(await eventually(() => isServing(portal.url))).toBe(true);
    expect(
      await eventually(async () => workers().length === 2 && !workers().includes(victim ?? 0), 60_000),
    ).toBe(true);
    const all = workers();
    const stoppedAt = performance.now();
    // The new one is still starting.
    expect(await portal.stop()).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
    for (const pid of all) expect(() => process.kill(pid, 0)).toThrow();
  }, 180_000);

  it('runs in production with its own keys, without demo accounts', async () => {
    const keys = join(freshFolder(), 'keys.json');
    expect(await runPortal({ prebuilt: true, args: ['--new-keys', keys] })).toMatchObject({ code: 0 });
    const portal = await startPortal({
      prebuilt: true,
      env: {
        DATA_DIR: freshFolder(),
        NODE_ENV: 'production',
        PUBLIC_ORIGIN: 'https://bdc.example.cn',
        KEYS_FILE: keys,
      },
    });
    running.push(portal);
    expect(portal.output()).not.toContain('Demo accounts');
    expect(await portal.stop()).toBe(0);
  }, 60_000);
});

describe('npm start refuses with one sentence and a code that is not zero', () => {
  const oneSentence = /^[^\n]+\.\n$/;

  it('a port in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await runPortal({
      prebuilt: true,
      env: { DATA_DIR: freshFolder(), PORT: String(port) },
    });
    taken.close();
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(`Port ${port} is in use by another program: stop that one, or choose another`);
    expect(code).toBe(1);
  });

  it('a data folder in use', async () => {
    const dataDirectory = freshFolder();
    const portal = await start({ DATA_DIR: dataDirectory });
    const { code, stderr } = await runPortal({ prebuilt: true, env: { DATA_DIR: dataDirectory, PORT: '0' } });
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(`is in use by another running portal (process ${portal.child.pid})`);
    expect(code).toBe(1);
  }, 60_000);

  it.each([
    [
      'a server that does not answer',
      { MONGODB_URI: 'mongodb://127.0.0.1:9/x' },
      'No MongoDB server answered at 127.0.0.1:9',
    ],
    ['an address that is none', { MONGODB_URI: 'banana' }, 'MONGODB_URI is not a usable MongoDB address'],
    ['a wrong value', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
    ['another machine’s address', { HOST: '192.0.2.1' }, '192.0.2.1 is not an address of this machine'],
    [
      'a scanner that is nowhere',
      { CLAMD_SOCKET: 'nowhere' },
      'CLAMD_SOCKET must be a socket path or host:port',
    ],
  ] as [string, Record<string, string>, string][])('%s', async (_, env, sentence) => {
    const { code, stderr } = await runPortal({
      prebuilt: true,
      env: { DATA_DIR: freshFolder(), PORT: '0', DEMO: '0', ...env },
    });
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(sentence);
    expect(code).toBe(1);
  });

  it('a command it does not know', async () => {
    const { code, stderr } = await runPortal({ prebuilt: true, args: ['--unknown'] });
    expect(stderr).toMatch(oneSentence);
    expect(code).toBe(1);
  });
});
