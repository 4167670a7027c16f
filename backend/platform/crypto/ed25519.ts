import { createPublicKey, verify, type KeyObject } from 'node:crypto';

const RAW_BYTES = 32;
/** What stands before the 32 bytes in the SPKI of an Ed25519 key (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** The 32 bytes of a public key, or of a private one's other half. */
export const rawPublicKey = (key: KeyObject | string): Uint8Array =>
  createPublicKey(key as KeyObject)
    .export({ type: 'spki', format: 'der' })
    .subarray(-RAW_BYTES);

/** Checks signatures by a raw public key. @throws where it has not 32 bytes */
export function ed25519Verifier(
  publicKey: Uint8Array,
): (bytes: Uint8Array, signature: Uint8Array) => boolean {
  if (publicKey.length !== RAW_BYTES) throw new TypeError('an Ed25519 key has 32 bytes');
  const key = createPublicKey({
    key: Buffer.concat([SPKI_HEAD, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return (bytes, signature) => verify(null, bytes, key, signature);
}
