import { sha256 as create } from '@noble/hashes/sha2.js';
import type { Sha256 } from '../../../../backend/modules/ledger/offline/log.ts';

/** SHA-256 at once: that of the browser answers later, and only on pages that it calls secure. */
export const sha256: Sha256 = (...parts) => {
  const hash = create.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
};
