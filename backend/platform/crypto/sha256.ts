import { createHash } from 'node:crypto';

/** SHA-256 of Node over the concatenation of its arguments; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
