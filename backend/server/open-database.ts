import type { Config } from '../platform/config.ts';
import { findRunningEngine, startEngine } from '../platform/database/engine.ts';
import type { Log } from '../platform/log.ts';

export interface OpenDatabase {
  readonly uri: string;
  close(): Promise<void>;
}

/** The same to read from: beside a portal that runs over the data folder, its engine. */
export async function openDatabaseToRead(config: Config, log: Log): Promise<OpenDatabase> {
  const running = config.mongodbUri ? null : findRunningEngine(config.dataDirectory);
  return running ? { uri: running, close: () => Promise.resolve() } : openDatabase(config, log);
}

/** The server that MONGODB_URI names, else the embedded engine over the data folder. */
export async function openDatabase(config: Config, log: Log): Promise<OpenDatabase> {
  if (config.mongodbUri) return { uri: config.mongodbUri, close: () => Promise.resolve() };
  const engine = await startEngine({
    dataDirectory: config.dataDirectory,
    cacheDirectory: config.cacheDirectory,
    log,
  });
  return { uri: engine.uri(), close: () => engine.stop() };
}
