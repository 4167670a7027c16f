import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PARTS, hashSources, readStamp, writeStamp } from './stamp.mjs';

/**
 * Builds the parts whose sources changed, each in a process of its own: the bundlers' memory goes with them, and they
 * run side by side. True when everything is up to date afterwards.
 * @param {string} root @param {(keyof typeof PARTS)[]} parts
 */
export async function buildStale(root, parts) {
  const stamp = readStamp(root);
  const wanted = parts.map((part) => ({
    part,
    hash: hashSources(root, part),
  }));
  const stale = wanted.filter(
    ({ part, hash }) => stamp[part] !== hash || !existsSync(join(root, PARTS[part].product)),
  );
  if (stale.length === 0) return true;
  mkdirSync(join(root, '.build'), { recursive: true });
  process.stdout.write(`Building ${stale.map(({ part }) => part).join(' and ')} …\n`);
  const results = await Promise.all(
    stale.map(async ({ part, hash }) => ({ part, hash, built: await build(root, part) })),
  );
  writeStamp(
    root,
    Object.fromEntries(results.filter(({ built }) => built).map(({ part, hash }) => [part, hash])),
  );
  const failed = results.filter(({ built }) => !built).map(({ part }) => part);
  if (failed.length > 0) process.stderr.write(`The build of ${failed.join(' and ')} failed: see above.\n`);
  return failed.length === 0;
}

/** @param {string} root @param {string} part @returns {Promise<boolean>} */
function build(root, part) {
  const script = fileURLToPath(new URL(`./build-${part}.mjs`, import.meta.url));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, root], { stdio: 'inherit', cwd: root });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
