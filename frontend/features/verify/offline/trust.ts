import { readKeys } from '../../../../backend/modules/certificates/offline/keys.ts';
import type { Trust } from '../../../../backend/modules/certificates/offline/verify.ts';
import { verifyEd25519 } from './ed25519.ts';
import { sha256 } from './sha256.ts';
import { verifySm2 } from './sm2.ts';

/** What is believed on this device: the words of the office's public keys. */
export const trustIn = (words: readonly string[]): Trust => ({
  sha256,
  verifiers: readKeys(sha256, words, { ed25519: verifyEd25519, sm2: verifySm2 }),
});
