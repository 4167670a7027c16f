import { createPublicKey } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { sha256 } from './hash.ts';
import { ED25519, keyHashOf, verifierKeyOf, type NoteSigner, type NoteVerifier } from './note.ts';

/**
 * The name of a log that begins now: it stands in every checkpoint and in the name of its keys. A log that has heads keeps the name
 * that is in them, wherever the portal moves: `originIn`.
 */
export const newOrigin = (p: Pick<Platform, 'config'>): string =>
  `${new URL(p.config.publicOrigin).host}/ledger`;

const RAW_KEY_BYTES = 32;

/** The 32 bytes of an Ed25519 key; they end its SPKI. */
const rawKey = (pem: string): Uint8Array =>
  createPublicKey(pem).export({ type: 'spki', format: 'der' }).subarray(-RAW_KEY_BYTES);

export function ledgerSigner(p: Platform, name: string): NoteSigner {
  const { signer, signatures } = p.crypto;
  const publicKey = rawKey(signatures.publicKeys.get(signer.keyId)!);
  return {
    name,
    keyHash: keyHashOf(sha256, name, ED25519, publicKey),
    sign: (text) => Buffer.from(signer.sign(text), 'base64url'),
  };
}

/** Every key that ever signed, the retired ones included. */
export function ledgerVerifiers(p: Platform, name: string): NoteVerifier[] {
  const { signatures } = p.crypto;
  return [...signatures.publicKeys].map(([keyId, pem]) => ({
    name,
    keyHash: keyHashOf(sha256, name, ED25519, rawKey(pem)),
    verify: (text, signature) => signatures.verify(keyId, text, Buffer.from(signature).toString('base64url')),
  }));
}

/** The keys as words to print: `name+hash+key`, the one that signs now first. */
export function verifierKeys(p: Platform, name: string): string[] {
  const { signer, signatures } = p.crypto;
  const active = [...signatures.publicKeys].filter(([keyId]) => keyId === signer.keyId);
  const retired = [...signatures.publicKeys].filter(([keyId]) => keyId !== signer.keyId);
  return [...active, ...retired].map(([, pem]) => verifierKeyOf(sha256, name, ED25519, rawKey(pem)));
}
