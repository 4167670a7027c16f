import type { Hash } from './merkle.ts';
import { fromBase64, toBase64 } from './note.ts';

/** A tree's size and root under the name of its log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log; no line breaks. */
  origin: string;
  /** Entries. */
  size: number;
  root: Hash;
}

const HASH_BYTES = 32;

/** The name of the log that a note is about; empty where there is none. */
export const originIn = (note: string): string => note.slice(0, Math.max(0, note.indexOf('\n')));

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Lines after the third are extensions, which say nothing to us. Null where it is no checkpoint. */
export function readCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const [origin = '', size = '', encoded = '', ...more] = text.slice(0, -1).split('\n');
  const root = fromBase64(encoded);
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || root?.length !== HASH_BYTES) return null;
  if (more.includes('') || !Number.isSafeInteger(Number(size))) return null;
  return { origin, size: Number(size), root };
}
