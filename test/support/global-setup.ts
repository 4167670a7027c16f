import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../backend/platform/database/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Addresses of the shared engines, to which each test file adds a database name of its own. */
    engineSockets: readonly string[];
  }
}

/**
 * Files of one run that share an engine. A dropped database keeps its files open until the engine is started again (measured:
 * 250 to 300 for each of ours), and an engine that may open no more, 20,000 here, dies.
 */
const FILES_PER_ENGINE = 40;

/** Real engines for the whole run; each `startApi` takes a database of its own on one of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { testFiles } = await project.globTestFiles();
  // run.mjs says when it runs a few files only.
  const count = process.env.TEST_FEW ? 1 : Math.ceil(testFiles.length / FILES_PER_ENGINE);
  const folders = Array.from({ length: count }, () => mkdtempSync(join(tmpdir(), 'registration-test-')));
  const log = pino({ level: 'silent' });
  const engines = await Promise.all(folders.map((dataDirectory) => startEngine({ dataDirectory, log })));
  project.provide(
    'engineSockets',
    engines.map(({ socketPath }) => socketPath),
  );
  return async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
}
