import { createHash, hash } from 'node:crypto';

/** Nodes of a tree and leaves of a log fit; what is longer is hashed piece by piece. */
const scratch = Buffer.allocUnsafe(4_096);
/** Bytes that a unit of a JavaScript text takes in UTF-8 at most. */
const MOST_BYTES = 3;

/**
 * SHA-256 of Node over the concatenation of its arguments; 32 bytes. In one call where it can be: of a million short ones the calls cost
 * twice what the hashing does.
 */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  if (length > scratch.length) {
    const hashed = createHash('sha256');
    for (const part of parts) hashed.update(part);
    return hashed.digest();
  }
  let at = 0;
  for (const part of parts) {
    scratch.set(part, at);
    at += part.length;
  }
  return hash('sha256', scratch.subarray(0, length), 'buffer');
}

/** SHA-256 over one byte and a text in UTF-8 behind it. The text is written where it is hashed: a copy of each is what a million of them cost. */
export function sha256OfText(head: number, text: string): Uint8Array {
  if (text.length * MOST_BYTES >= scratch.length) return sha256(Uint8Array.of(head), Buffer.from(text));
  scratch[0] = head;
  const length = 1 + scratch.write(text, 1, 'utf8');
  return hash('sha256', scratch.subarray(0, length), 'buffer');
}
