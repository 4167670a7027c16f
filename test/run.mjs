#!/usr/bin/env node
// `npm test`: types, import boundaries and lint, then every vitest project on the built portal, journeys in a real
// browser included. Ends with one line `tests: N passed, N failed`, whichever part failed.
import { spawnSync } from 'node:child_process';
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

const chromium = ensureChromium();
const failures = [];

if (args.length === 0) {
  if (run('npm', ['run', '--silent', 'build']) !== 0) failures.push('build');
  if (run('npm', ['run', '--silent', 'check']) !== 0) failures.push('check');
}

const folder = mkdtempSync(join(tmpdir(), 'registration-results-'));
const report = join(folder, 'results.json');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const status = run(
  process.execPath,
  [vitest, 'run', '--config', 'test/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
  { CHROMIUM_PATH: chromium },
);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const results = JSON.parse(readFileSync(report, 'utf8'));
  passed = results.numPassedTests;
  failed = results.numFailedTests + results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  skipped = results.numPendingTests + results.numTodoTests;
} catch {
  failures.push('vitest wrote no report');
}
rmSync(folder, { recursive: true, force: true });
if (failures.length > 0) console.error(`failed before or beside the tests: ${failures.join(', ')}`);
const bad = failed + failures.length;
console.log(`tests: ${passed} passed, ${bad} failed, ${skipped} skipped`);
process.exit(bad > 0 || status !== 0 ? 1 : 0);
