import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * What a witness remembers: for each log the newest checkpoint that it cosigned, in files of one folder. The next is written under the next
 * number by a link that fails where the number is taken, so that of two requests, or two processes, that saw the same state one goes on;
 * and it lies on the disk before anybody is answered.
 */

export interface Witnessed {
  size: number;
  /** Base64. */
  root: string;
  /** The note with the log's line and the witness's own. */
  checkpoint: string;
}

/** Someone else went on from the same state. */
export class Overtaken extends Error {}

/** Older files are kept for whoever is so slow as to come back from there; beyond, nobody is. */
const KEPT = 1_000;
const DIGITS = 16;

export const originHash = (origin: string): string => createHash('sha256').update(origin).digest('hex');

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export class WitnessState {
  readonly #folder: string;
  #drafts = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #folderOf(hash: string): string {
    return join(this.#folder, hash);
  }

  /** The newest, and its number. */
  read(hash: string): { number: number; witnessed: Witnessed | null } {
    let names: string[];
    try {
      names = readdirSync(this.#folderOf(hash)).filter((name) => /^\d{16}$/.test(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return { number: 0, witnessed: null };
    }
    const newest = names.sort().at(-1);
    if (newest === undefined) return { number: 0, witnessed: null };
    const text = readFileSync(join(this.#folderOf(hash), newest), 'utf8');
    return { number: Number(newest), witnessed: JSON.parse(text) as Witnessed };
  }

  /** Keeps what follows on the state of that number; on the disk when it returns. @throws Overtaken */
  write(hash: string, after: number, witnessed: Witnessed): void {
    const folder = this.#folderOf(hash);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#drafts += 1;
    const draft = join(folder, `draft-${process.pid}-${this.#drafts}`);
    const handle = openSync(draft, 'w', 0o600);
    try {
      writeSync(handle, JSON.stringify(witnessed));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    const number = after + 1;
    try {
      linkSync(draft, join(folder, String(number).padStart(DIGITS, '0')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new Overtaken();
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    syncFolder(folder);
    syncFolder(this.#folder);
    rmSync(join(folder, String(number - KEPT).padStart(DIGITS, '0')), { force: true });
  }
}
