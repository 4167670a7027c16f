import {
  ED25519,
  readVerifierKey,
  sm2PointIn,
  type NoteVerifier,
  type Sha256,
} from '../../ledger/offline/log.ts';

/** Checks one signature; a key or signature of a wrong form is false, not an error. */
export type CheckSignature = (
  publicKey: Uint8Array,
  text: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/** Checks of the algorithms that the office signs with; one that is absent leaves its keys out. */
export interface Checks {
  /** Public key of 32 bytes. */
  ed25519: CheckSignature;
  /** SM2 with SM3 under the default id of GM/T 0009; public key of 65 bytes, signature r and s. */
  sm2?: CheckSignature;
}

/**
 * Public keys from their words (`name+hash+key`, C2SP signed-note). Words that are no keys, and those of an algorithm that cannot be
 * checked here, are left out.
 */
export function readKeys(sha256: Sha256, words: readonly string[], checks: Checks): NoteVerifier[] {
  return words.flatMap((word) => {
    try {
      const { algorithm, keyHash, name, publicKey } = readVerifierKey(sha256, word.trim());
      const point = sm2PointIn(algorithm, publicKey);
      const check = algorithm === ED25519 ? checks.ed25519 : point && checks.sm2;
      if (!check) return [];
      const verify = async (text: Uint8Array, signature: Uint8Array) => {
        try {
          return await check(point ?? publicKey, text, signature);
        } catch {
          return false;
        }
      };
      return [{ name, keyHash, verify }];
    } catch {
      return [];
    }
  });
}

/** What people compare by eye and ear: the first 16 bytes of the hash of the word, in groups of four digits. */
export function fingerprintOf(sha256: Sha256, word: string): string {
  const hash = sha256(new TextEncoder().encode(word.trim()));
  const hex = [...hash.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.match(/.{4}/g)!.join(' ');
}
