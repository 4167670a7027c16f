import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../log.ts';
import { StartupError } from '../startup-error.ts';
import { findMirror, sourceEntry } from './apt-sources.ts';

/** What the native part of the engine asks for. */
const NEEDED = '2.38';

const USE_A_SERVER = 'or set MONGODB_URI to a MongoDB server';

/** Releases whose libc6 is new enough and signed by keys that the older release already trusts. */
const NEWER_SUITE: Readonly<Record<string, string>> = { debian: 'trixie', ubuntu: 'noble' };

const LIBRARIES: Readonly<Record<string, { triplet: string; loader: string }>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** Command and leading arguments that run node so that the engine's native part can load. */
export type NodeCommand = readonly [string, ...string[]];

/**
 * Finds how to run node for the embedded engine: as it is where the system's libc is new enough, else through a newer
 * libc unpacked beside it, which is fetched once by the machine's own apt (and checked by apt's signatures).
 * @param cacheFolder the user's cache folder, kept between starts
 * @throws StartupError where neither can be had
 */
export async function nodeForEngine(cacheFolder: string, log: Log): Promise<NodeCommand> {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return [process.execPath];
  const libraries = platform === 'linux' ? LIBRARIES[arch] : undefined;
  const version = libraries ? systemGlibc() : null;
  if (!libraries || !version) {
    throw new StartupError(
      `The embedded database runs on Linux (x64 or arm64, glibc) and macOS (arm64), not on this ${platform} ${arch} ` +
        'system: set MONGODB_URI to a MongoDB server.',
    );
  }
  if (compareVersions(version, NEEDED) >= 0) return [process.execPath];

  const root = join(cacheFolder, `glibc-${NEEDED}-or-newer-${arch}`);
  if (!existsSync(join(root, 'complete'))) await unpackNewerGlibc(root, version, log);
  const folder = join(root, 'usr/lib', libraries.triplet);
  return [
    join(folder, libraries.loader),
    '--library-path',
    `${folder}:/usr/lib/${libraries.triplet}`,
    process.execPath,
  ];
}

/** glibc's version as node reports it; null under another libc (musl). */
export function systemGlibc(): string | null {
  const report = process.report as typeof process.report & { excludeNetwork?: boolean };
  report.excludeNetwork = true;
  const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime ?? null;
}

/** Negative, zero or positive, as dotted numbers compare. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

async function unpackNewerGlibc(root: string, version: string, log: Log): Promise<void> {
  const source = newerSource();
  if (!source) {
    throw new StartupError(
      `The embedded database needs glibc ${NEEDED} or newer and this system has ${version}: ` +
        `upgrade to Debian 13 or Ubuntu 24.04, ${USE_A_SERVER}.`,
    );
  }
  log.info({ version, needed: NEEDED }, 'fetching a newer libc beside the system’s, once');
  await mkdir(dirname(root), { recursive: true, mode: 0o700 });
  const work = await mkdtemp(join(dirname(root), 'glibc-'));
  try {
    await fetchWithApt(work, source);
    await writeFile(join(work, 'root/complete'), '');
    // Two first starts at once: the later rename fails on a full folder, and either copy will do.
    await rename(join(work, 'root'), root).catch(async (error: unknown) => {
      if (existsSync(join(root, 'complete'))) return;
      await rm(root, { recursive: true, force: true });
      await rename(join(work, 'root'), root).catch(() => Promise.reject(error as Error));
    });
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'a newer libc could not be fetched');
    throw new StartupError(
      `The embedded database needs glibc ${NEEDED} or newer (this system has ${version}) and apt could not fetch it: ` +
        `check that this machine's package mirror can be reached, ${USE_A_SERVER}.`,
      { cause: error },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** apt with lists, cache and status of its own: nothing of the system's package state is read or changed. */
async function fetchWithApt(work: string, source: string): Promise<void> {
  const folders = ['lists/partial', 'cache/archives/partial', 'download', 'root', 'parts'];
  for (const folder of folders) await mkdir(join(work, folder), { recursive: true, mode: 0o700 });
  await writeFile(join(work, 'newer.sources'), source);
  await writeFile(join(work, 'status'), '');
  const settings = {
    'Dir::Etc::SourceList': join(work, 'newer.sources'),
    'Dir::Etc::SourceParts': join(work, 'parts'),
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '15',
    // As root, apt would fetch as the user _apt, who may not enter a 0700 folder.
    'APT::Sandbox::User': '',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const run = (command: string, args: string[], cwd: string) =>
    promisify(execFile)(command, args, { cwd, timeout: 60_000 });
  await run('apt-get', [...options, '-q', 'update'], work);
  await run('apt-get', [...options, '-q', 'download', 'libc6'], join(work, 'download'));
  const [archive] = (await readdir(join(work, 'download'))).filter((name) => name.endsWith('.deb'));
  if (!archive) throw new Error('apt-get download left no package');
  await run('dpkg', ['-x', join(work, 'download', archive), join(work, 'root')], work);
}

/** The machine's own mirror with a newer suite named; null on a system without apt or of an unknown family. */
function newerSource(): string | null {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg')) return null;
  const release = readText('/etc/os-release');
  const id = /^ID="?(\w+)"?$/m.exec(release)?.[1] ?? '';
  const codename = /^VERSION_CODENAME="?(\w+)"?$/m.exec(release)?.[1] ?? '';
  const suite = NEWER_SUITE[id];
  if (!suite || !codename) return null;
  const parts = '/etc/apt/sources.list.d';
  const names = existsSync(parts) ? readdirSync(parts).sort() : [];
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(parts, name))];
  const texts = files.map((path) => ({ path, text: readText(path) }));
  const mirror = findMirror(texts, codename);
  return mirror ? sourceEntry(mirror, suite) : null;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return (stderr?.trim() || message || String(error)).slice(0, 500);
}
