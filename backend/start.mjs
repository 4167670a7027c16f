/**
 * `npm start`: builds what is stale, then becomes the server. `--build-only` stops after the build; every other
 * argument goes to the server. Plain JavaScript in old syntax up to the version check, so that an old node can say
 * that it is too old.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string} sentence */
function refuse(sentence) {
  process.stderr.write(sentence + '\n');
  process.exit(1);
}

const needed = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
const [major, minor] = process.versions.node.split('.').map(Number);
const [neededMajor, neededMinor] = needed.split('.').map(Number);
if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  refuse(`Node ${needed} or newer is needed and this is ${process.versions.node}: install a current Node.`);
}
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  refuse('The dependencies are not installed: run npm ci first.');
}

const { buildStale } = await import('./start/build-stale.mjs');
const buildOnly = process.argv.includes('--build-only');
// Whoever checks the log or a certificate, or witnesses the log, needs no pages.
const command = process.argv[2] ?? '';
const alone = new Map([
  ['--ledger', process.argv[3] === 'verify' ? 'server' : 'ledger-command'],
  ['--verify', 'verify-command'],
  ['--witness', 'witness'],
]).get(command);
if (!(await buildStale(root, alone ? ['server'] : ['server', 'public']))) process.exit(1);

if (!buildOnly) {
  process.setSourceMapsEnabled(true);
  const server = join(root, `.build/${alone ?? 'server'}.mjs`);
  // The server is the program from here on: its worker processes are started from this path.
  process.argv[1] = server;
  await import(pathToFileURL(server).href);
}
