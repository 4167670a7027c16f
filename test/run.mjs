#!/usr/bin/env node
// `npm test`: types, import boundaries and lint, then every vitest project on the built portal, journeys in a real
// browser included. Ends with one line `tests: N passed, N failed`, whichever part failed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './support/chromium.mjs';

const root = new URL('..', import.meta.url).pathname;
const args = process.argv.slice(2);

function run(command, commandArgs, env = {}) {
  const { status, error } = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(error.message);
  return status ?? 1;
}

/** Two checks side by side, their output in one piece each: neither uses more than one core. */
function check(name) {
  const child = spawn('npm', ['run', '--silent', name], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(output));
      if (status !== 0) failures.push(name);
      resolve();
    });
  });
}

const chromium = ensureChromium();
const failures = [];

if (args.length === 0) {
  if (run('npm', ['run', '--silent', 'build']) !== 0) failures.push('build');
  await Promise.all([check('check:types'), check('check:rules')]);
}

const folder = mkdtempSync(join(tmpdir(), 'registration-results-'));

/** Files that were named one by one share an engine; the databases of a whole folder are too many for one. */
function areFew(testArgs) {
  const named = testArgs.filter((one) => !one.startsWith('-'));
  return named.length > 0 && named.length <= 12 && named.every((one) => one.endsWith('.ts'));
}

/** Runs vitest and gives its report; null when it wrote none. */
function test(name, testArgs) {
  const report = join(folder, `${name}.json`);
  const status = run(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...testArgs,
    ],
    { CHROMIUM_PATH: chromium, ...(areFew(testArgs) ? { TEST_FEW: '1' } : {}) },
  );
  try {
    return { ...JSON.parse(readFileSync(report, 'utf8')), status };
  } catch {
    return null;
  }
}

/** Whether a test was begun, or waited, when its worker died: the report calls its file passed. */
const hasNoEnd = ({ status }) => status === 'pending';
const isFailed = (file) => file.status === 'failed' || file.assertionResults.some(hasNoEnd);

/** Counts of a list of files; a file that could not even be loaded is one failure, and so is each test without an end. */
function count(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const unloaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = tests.filter((test) => test.status === 'failed' || hasNoEnd(test)).length + unloaded.length;
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return { passed, failed, skipped: tests.length + unloaded.length - passed - failed };
}

/** More failed files than this are not chance. */
const SECOND_TRIES = 3;

const first = test('first', args);
let results = first?.testResults ?? [];
let status = first?.status ?? 1;
if (!first) failures.push('vitest wrote no report');

// Browsers, kills and clocks share two cores: a file may fail by chance. Its second try stands alone, on a machine that
// does nothing else, and is named below: a file that is named often is a defect to mend.
const failedFiles = results.filter(isFailed).map(({ name }) => name);
for (const file of results.filter((file) => file.assertionResults.some(hasNoEnd)))
  console.error(`its worker died: ${file.name.replace(root, '')}`);
const secondTry = args.length === 0 && failedFiles.length > 0 && failedFiles.length <= SECOND_TRIES;
if (secondTry) {
  console.log(`\nA second try for ${failedFiles.length} failed file(s) …`);
  const second = test('second', failedFiles);
  if (second) {
    const again = new Map(second.testResults.map((file) => [file.name, file]));
    results = results.map((file) => again.get(file.name) ?? file);
    status = second.status;
    for (const name of failedFiles) {
      const file = again.get(name);
      const outcome = file && !isFailed(file) ? 'passed only at the second try' : 'failed twice';
      console.log(`${outcome}: ${name.replace(root, '')}`);
    }
  }
}
rmSync(folder, { recursive: true, force: true });
const { passed, failed, skipped } = count(results);
if (failures.length > 0) console.error(`failed before or beside the tests: ${failures.join(', ')}`);
const bad = failed + failures.length;
console.log(`tests: ${passed} passed, ${bad} failed, ${skipped} skipped`);
process.exit(bad > 0 || status !== 0 ? 1 : 0);
