import type { Platform } from '../../platform/platform.ts';
import { rawPublicKey } from '../../platform/crypto/ed25519.ts';
import { sha256 } from '../../platform/crypto/sha256.ts';
import {
  ED25519,
  keyHashOf,
  OTHER,
  sm2Material,
  verifierKeyOf,
  type NoteSigner,
  type NoteVerifier,
} from './note.ts';

/**
 * The name of a log that begins now: it stands in every checkpoint and in the name of its keys. A log that has heads keeps the name
 * that is in them, wherever the portal moves: `originIn`.
 */
export const newOrigin = (p: Pick<Platform, 'config'>): string =>
  `${new URL(p.config.publicOrigin).host}/ledger`;

/** Every key has the name of its own: that of the log, or `…/sm2` of the second line. */
const sm2Name = (name: string): string => `${name}/sm2`;

/** Ed25519 under the name of the log. */
export function ledgerSigner(p: Platform, name: string): NoteSigner {
  const { signer, signatures } = p.crypto;
  const publicKey = rawPublicKey(signatures.publicKeys.get(signer.keyId)!);
  return {
    name,
    keyHash: keyHashOf(sha256, name, ED25519, publicKey),
    sign: (text) => Buffer.from(signer.sign(text), 'base64url'),
  };
}

/** Who signs heads now, Ed25519 first; SM2 as well where the keys have it. */
export function ledgerSigners(p: Platform, name: string): NoteSigner[] {
  const { sm2 } = p.crypto;
  const first = ledgerSigner(p, name);
  if (!sm2) return [first];
  const material = sm2Material(sm2.publicKeys.get(sm2.keyId)!);
  const second: NoteSigner = {
    name: sm2Name(name),
    keyHash: keyHashOf(sha256, sm2Name(name), OTHER, material),
    sign: (text) => sm2.sign(text),
  };
  return [first, second];
}

/** Every key that ever signed, the retired ones included. */
export function ledgerVerifiers(p: Platform, name: string): NoteVerifier[] {
  const { signatures, sm2 } = p.crypto;
  const first = [...signatures.publicKeys].map(([keyId, pem]): NoteVerifier => ({
    name,
    keyHash: keyHashOf(sha256, name, ED25519, rawPublicKey(pem)),
    verify: (text, signature) => signatures.verify(keyId, text, Buffer.from(signature).toString('base64url')),
  }));
  const second = [...(sm2?.publicKeys ?? [])].map(([keyId, point]): NoteVerifier => ({
    name: sm2Name(name),
    keyHash: keyHashOf(sha256, sm2Name(name), OTHER, sm2Material(point)),
    verify: (text, signature) => sm2!.verify(keyId, text, signature),
  }));
  return [...first, ...second];
}

/** The keys as words to print: `name+hash+key`; those that sign now first, Ed25519 before SM2. */
export function verifierKeys(p: Platform, name: string): string[] {
  const { signer, signatures, sm2 } = p.crypto;
  const words = [
    ...[...signatures.publicKeys].map(([keyId, pem]) => ({
      isActive: keyId === signer.keyId,
      word: verifierKeyOf(sha256, name, ED25519, rawPublicKey(pem)),
    })),
    ...[...(sm2?.publicKeys ?? [])].map(([keyId, point]) => ({
      isActive: keyId === sm2!.keyId,
      word: verifierKeyOf(sha256, sm2Name(name), OTHER, sm2Material(point)),
    })),
  ];
  return [...words.filter(({ isActive }) => isActive), ...words.filter(({ isActive }) => !isActive)].map(
    ({ word }) => word,
  );
}
