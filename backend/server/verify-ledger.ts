import { readFileSync } from 'node:fs';
import { leafSources } from '../leaf-sources.ts';
import { readCheckpoint, readNote, toBase64, verifyLog, type KeptHead } from '../modules/ledger/index.ts';
import type { Config } from '../platform/config.ts';
import { isDatabaseUnavailable } from '../platform/database/unavailable.ts';
import type { Log } from '../platform/log.ts';
import { StartupError } from '../platform/startup-error.ts';
import { assemblePlatform } from './assemble-platform.ts';
import { openDatabaseToRead } from './open-database.ts';

/** What a portal has acknowledged is in the log within this, even after a crash. */
const GRACE_MS = 10_000;

/**
 * `npm run ledger -- verify [checkpoint file]`: the whole log, and leaf by leaf the register and the other records, in the data folder or at MONGODB_URI,
 * while the portal runs or not. Reads only. True: nothing is wrong. @throws StartupError where the file is no checkpoint, and where the
 * database went away meanwhile: beside a portal that is stopped, its engine goes with it
 */
export async function verifyLedger(config: Config, log: Log, file: string | undefined): Promise<boolean> {
  const kept = file === undefined ? null : readKept(file);
  const database = await openDatabaseToRead(config, log);
  const { p, close } = await assemblePlatform(config, log, database.uri);
  try {
    const startedAt = performance.now();
    const { entries, heads, tiles, root, wrong } = await verifyLog(p, leafSources, {
      outside: kept,
      graceMs: GRACE_MS,
    });
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const say = (text: string) => process.stdout.write(`${text}\n`);
    say(`${entries} 条记录 entries, ${heads} 个检查点 checkpoints, ${tiles} 块 tiles, ${seconds} s`);
    say(`根 root ${root}`);
    for (const words of wrong) say(`不符 WRONG: ${words}`);
    say(
      wrong.length === 0
        ? '日志完整，与登记簿一致。 The log is whole and agrees with the register.'
        : '日志或登记簿被改动过，请保留现场并报告。 The log or the register was altered: keep it as it is, and report it.',
    );
    return wrong.length === 0;
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    throw new StartupError(
      'The database went away before the log was read to its end: run the command again.',
      {
        cause: error,
      },
    );
  } finally {
    await close();
    await database.close();
  }
}

/** A checkpoint as `/ledger/checkpoint` gave it, kept by somebody else. */
function readKept(file: string): KeptHead {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(`${file} cannot be read: name a file that holds a checkpoint.`, { cause: error });
  }
  const note = readNote(text);
  const checkpoint = note && readCheckpoint(note.text);
  if (!checkpoint)
    throw new StartupError(`${file} holds no checkpoint: save what /ledger/checkpoint answers.`);
  return { size: checkpoint.size, root: toBase64(checkpoint.root) };
}
