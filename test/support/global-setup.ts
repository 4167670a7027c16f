import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../backend/platform/database/engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the shared engine, to which each test file adds a database name of its own. */
    engineSocket: string;
  }
}

/** One real engine for the whole run; each `startApi` takes a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'registration-test-'));
  const engine = await startEngine({ dataDirectory, log: pino({ level: 'silent' }) });
  project.provide('engineSocket', engine.socketPath);
  return async () => {
    await engine.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
}
