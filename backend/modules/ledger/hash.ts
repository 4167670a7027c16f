import { createHash } from 'node:crypto';
import { createHasher, type Hash } from './merkle.ts';

/** SHA-256 of Node. */
export function sha256(...parts: readonly Uint8Array[]): Hash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The hashes of this log's tree. */
export const hasher = createHasher(sha256);
