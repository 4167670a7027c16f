/**
 * Done when 1 of the issue: a fresh clone serves within 90 s of `npm start`, and within 3 s on later starts; with the
 * embedded database (the newer libc downloaded afresh) and against MONGODB_URI. `npx tsx test/bench/start-time.ts`;
 * `--npm-ci` installs the dependencies anew instead of linking those that are here; `--uncommitted` measures the work tree.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startEngine } from '../../backend/platform/database/engine.ts';
import { processorMs, startPortal } from '../support/portal-process.ts';

const FIRST_LIMIT_MS = 90_000;
const LATER_LIMIT_MS = 3_000;
const LATER_STARTS = 3;

const root = join(import.meta.dirname, '../..');

interface Measured {
  what: string;
  ms: number;
  limitMs: number;
}

/** A clone of the committed state, with the dependencies hard-linked: same file system, so that costs no copy. */
function freshClone(folder: string): string {
  const clone = join(folder, 'clone');
  run('git', ['clone', '--quiet', root, clone], folder);
  if (process.argv.includes('--uncommitted')) copyWorkTree(clone);
  if (process.argv.includes('--npm-ci')) run('npm', ['ci', '--no-audit', '--no-fund'], clone);
  else run('cp', ['-al', join(root, 'node_modules'), join(clone, 'node_modules')], clone);
  return clone;
}

function copyWorkTree(clone: string): void {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.stdout.split('\0').filter((name) => name && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(clone, file));
  }
}

function run(command: string, args: string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 100_000_000 });
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr}`);
}

/** One start, from the command to the page and the API answering, and an orderly stop. */
async function measure(
  what: string,
  limitMs: number,
  clone: string,
  env: Record<string, string>,
): Promise<Measured> {
  const startedAt = performance.now();
  const portal = await startPortal({ root: clone, env, viaNpm: true, timeoutMs: 300_000 });
  const page = await fetch(portal.url);
  const types = await fetch(`${portal.url}/api/business-types`);
  const ms = Math.round(performance.now() - startedAt);
  const cpu = processorMs(portal.child.pid ?? 0);
  const code = await portal.stop();
  if (page.status !== 200 || types.status !== 200)
    throw new Error(`${what}: ${page.status}, ${types.status}`);
  if (code !== 0) throw new Error(`${what}: the stop ended with ${code}\n${portal.output()}`);
  process.stdout.write(
    `${what.padEnd(44)} ${String(ms).padStart(7)} ms  processor ${String(cpu).padStart(6)} ms  (limit ${limitMs} ms)\n`,
  );
  return { what, ms, limitMs };
}

async function measureAll(folder: string): Promise<Measured[]> {
  const clone = freshClone(folder);
  // With the demo year, which begins to fill in once the portal serves.
  const env = { XDG_CACHE_HOME: join(folder, 'cache'), DEMO_CASES: '' };
  const results = [await measure('first start, libc, build and demo data', FIRST_LIMIT_MS, clone, env)];
  for (let i = 1; i <= LATER_STARTS; i++)
    results.push(await measure(`later start ${i}`, LATER_LIMIT_MS, clone, env));

  const engine = await startEngine({ dataDirectory: join(folder, 'server'), log: pino({ level: 'silent' }) });
  try {
    const server = { ...env, DATA_DIR: join(folder, 'elsewhere'), MONGODB_URI: engine.uri('portal') };
    results.push(await measure('first start against MONGODB_URI', FIRST_LIMIT_MS, clone, server));
    for (let i = 1; i <= LATER_STARTS; i++) {
      results.push(await measure(`later start ${i} against MONGODB_URI`, LATER_LIMIT_MS, clone, server));
    }
    if (existsSync(join(folder, 'elsewhere/db')))
      throw new Error('MONGODB_URI was set and an embedded database made');
  } finally {
    await engine.stop();
  }
  return results;
}

const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'start-time-'));
try {
  process.stdout.write(`node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}\n`);
  const late = (await measureAll(folder)).filter(({ ms, limitMs }) => ms > limitMs);
  process.stdout.write(late.length === 0 ? 'pass\n' : `FAIL: ${late.map(({ what }) => what).join('; ')}\n`);
  process.exitCode = late.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
