import { sha256 } from '../../platform/crypto/sha256.ts';
import { createHasher } from './merkle.ts';

export { sha256 };

/** The hashes of this log's tree. */
export const hasher = createHasher(sha256);
