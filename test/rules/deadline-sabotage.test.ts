import { execFile } from 'node:child_process';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Proves that the vectors bite: the clock is bundled with one rule of law taken away, and the named vectors must then be
 * missed. The product knows nothing of it; a line that is not found any more fails the test, so no sabotage goes stale.
 */
const SABOTAGES = {
  'count the first day': {
    file: 'counting.ts',
    from: 'let cursor = dayNumberOf(acceptedAt);',
    to: 'let cursor = dayNumberOf(acceptedAt) - 1;',
    missed: ['table-01', 'start-01', 'start-02', 'year-01'],
  },
  'ignore make-up days': {
    file: 'calendar.ts',
    from: 'for (const { on, name } of version.makeUp) makeUp.set(toDayNumber(on), { name, notice });',
    to: '',
    missed: ['table-01', 'table-11', 'table-13', 'mid-year-03', 'day-04', 'hour-12'],
  },
  'close at midnight': {
    file: 'workdays.ts',
    from: 'return instantOf(day, hoursOn(calendar, day).close);',
    to: 'return instantOf(day, 1440);',
    missed: ['close-01', 'pause-02', 'pause-03', 'table-01'],
  },
  'add the pause to the due instant': {
    file: 'counting.ts',
    from: 'if (to === Infinity) return { day: null, at: null, left };',
    to: 'if (to === Infinity) return { day: null, at: null, left }; left += Math.round((to - from) / 86_400_000);',
    missed: ['pause-12', 'pause-13'],
  },
} as const;

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deadline-sabotage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function missedWith(change: { file: string; from: string; to: string } | null): Promise<string[]> {
  const outfile = join(folder, `${change?.file ?? 'whole'}.mjs`);
  let replaced = 0;
  await build({
    stdin: {
      contents:
        "import { vectorsMissed } from './test/rules/deadline-vectors.ts'; process.stdout.write(JSON.stringify(vectorsMissed()));",
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'sabotage',
        setup({ onLoad }) {
          onLoad({ filter: /modules\/clock\/\w[\w-]*\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8');
            if (!change || !path.endsWith(`/${change.file}`)) return { contents: text, loader: 'ts' };
            replaced += text.split(change.from).length - 1;
            return { contents: text.replace(change.from, change.to), loader: 'ts' };
          });
        },
      },
    ],
  });
  expect(replaced).toBe(change ? 1 : 0);
  const { stdout } = await run(process.execPath, [outfile], { cwd: root });
  return JSON.parse(stdout) as string[];
}

describe('the clock with one rule taken away', () => {
  it('none taken away: no vector is missed', async () => {
    expect(await missedWith(null)).toEqual([]);
  });

  it.each(Object.entries(SABOTAGES))('%s: is found out by name', async (_name, sabotage) => {
    expect(await missedWith(sabotage)).toEqual(expect.arrayContaining([...sabotage.missed]));
  });
});
