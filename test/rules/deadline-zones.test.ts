import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let script: string;

// Bundled once, so that each zone costs only a bare start of node.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deadline-'));
  script = join(folder, 'digest.mjs');
  const entry = join(root, 'test/rules/deadline-digest.ts');
  await build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function digestUnder(zone: string, locale: string): Promise<string> {
  const env = { ...process.env, TZ: zone, LANG: locale, LC_ALL: locale };
  const { stdout } = await run(process.execPath, [script], { env, cwd: root });
  return stdout.trim();
}

it('D10 the same cases give the same answers in every zone and locale of the process', async () => {
  const reference = await digestUnder('Asia/Shanghai', 'zh_CN.UTF-8');
  expect(reference).toMatch(/^[0-9a-f]{64}$/);
  for (const zone of ['UTC', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu']) {
    expect(`${zone} ${await digestUnder(zone, 'en_US.UTF-8')}`).toBe(`${zone} ${reference}`);
  }
});
