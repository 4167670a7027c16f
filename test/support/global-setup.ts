import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../backend/platform/database/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** By path of the test file: the address of the shared engine on which it has databases of its own. */
    engineSockets: Readonly<Record<string, string>>;
  }
}

/**
 * Files of one run that share an engine. A dropped database keeps its files open until the engine is started again (measured:
 * 250 to 300 for each of ours), and an engine that may open no more, 20,000 here, dies.
 */
const FILES_PER_ENGINE = 40;

/** What the databases of a whole run need at most, and as much again for the run itself. */
const ROOM_BYTES = 6 * 1024 ** 3;
const MEMORY = '/dev/shm';
const PREFIX = 'registration-test-';

/**
 * Engines that are shared lose nothing by a kill that a test is about, and every test file makes some seventy collections and twice as many
 * indexes: in memory that takes a third of the time. Suites that kill an engine have folders of their own, on the disk.
 */
function parentFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  for (const name of readdirSync(MEMORY)) {
    // Of a run that was killed; no run takes half a day.
    const left = join(MEMORY, name);
    if (name.startsWith(PREFIX) && statSync(left).mtimeMs < Date.now() - 12 * 3_600_000)
      rmSync(left, { recursive: true, force: true });
  }
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM_BYTES && freemem() >= 2 * ROOM_BYTES ? MEMORY : tmpdir();
}

/** Real engines for the whole run; each `startApi` takes a database of its own on one of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { testFiles } = await project.globTestFiles();
  // run.mjs says when it runs a few files only.
  const count = process.env.TEST_FEW ? 1 : Math.ceil(testFiles.length / FILES_PER_ENGINE);
  const parent = parentFolder();
  const folders = Array.from({ length: count }, () => mkdtempSync(join(parent, PREFIX)));
  const log = pino({ level: 'silent' });
  const engines = await Promise.all(folders.map((dataDirectory) => startEngine({ dataDirectory, log })));
  project.provide(
    'engineSockets',
    Object.fromEntries(testFiles.map((file, at) => [file, engines[at % count]!.socketPath])),
  );
  return async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
}
