import { keyHashOf } from '../note.ts';
import type { Sha256 } from '../merkle.ts';

/** Timestamped cosignatures of checkpoints (C2SP tlog-cosignature v1): what a witness adds to a note. */

/** The byte of signed-note for Ed25519 cosignatures. */
export const COSIGNATURE = 0x04;

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;
const encoder = new TextEncoder();

export const cosignerHashOf = (sha256: Sha256, name: string, publicKey: Uint8Array): Uint8Array =>
  keyHashOf(sha256, name, COSIGNATURE, publicKey);

/** What is signed over the text of a checkpoint at a time, in seconds since 1970. */
export const cosignedText = (text: string, seconds: number): Uint8Array =>
  encoder.encode(`cosignature/v1\ntime ${seconds}\n${text}`);

/** The bytes after the key's hash: the time, big-endian, and the signature. */
export function joinCosignature(seconds: number, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES + signature.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seconds));
  bytes.set(signature, TIME_BYTES);
  return bytes;
}

/** Null where the bytes are no cosignature. */
export function splitCosignature(bytes: Uint8Array): { seconds: number; signature: Uint8Array } | null {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return null;
  const seconds = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(seconds) && seconds > 0
    ? { seconds, signature: bytes.slice(TIME_BYTES) }
    : null;
}
