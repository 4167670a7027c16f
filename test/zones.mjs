#!/usr/bin/env node
// T31: the tests of appointments under each zone of the host: `node test/zones.mjs [test files]`. Ends with one line a zone.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York'];
const args = process.argv.slice(2);
const files = args.length > 0 ? args : ['test/backend/appointments'];
const run = fileURLToPath(new URL('run.mjs', import.meta.url));
const lines = ZONES.map((TZ) => {
  const { status } = spawnSync(process.execPath, [run, ...files], {
    stdio: 'inherit',
    env: { ...process.env, TZ },
  });
  if (status !== 0) process.exitCode = 1;
  return `${TZ}: ${status === 0 ? 'green' : 'RED'}`;
});
console.log(lines.join('\n'));
