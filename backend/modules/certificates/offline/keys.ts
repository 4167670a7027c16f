import { readVerifierKey, type NoteVerifier, type Sha256 } from '../../ledger/offline/log.ts';

/** Checks one signature; a key or signature of a wrong form is false, not an error. */
export type CheckSignature = (
  publicKey: Uint8Array,
  text: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/**
 * Public keys from their words (`name+hash+key`, C2SP signed-note). `check` has a function for each algorithm, by its byte; words that are
 * no keys, and algorithms that cannot be checked here, are left out.
 */
export function readKeys(
  sha256: Sha256,
  words: readonly string[],
  check: Readonly<Record<number, CheckSignature>>,
): NoteVerifier[] {
  return words.flatMap((word) => {
    try {
      const { algorithm, keyHash, name, publicKey } = readVerifierKey(sha256, word.trim());
      const checked = check[algorithm];
      if (!checked) return [];
      const verify = async (text: Uint8Array, signature: Uint8Array) => {
        try {
          return await checked(publicKey, text, signature);
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
