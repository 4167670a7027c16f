/**
 * What a proof is checked with, for whoever has no database: pages, the verifier that is one file, and commands. Nothing of Node and
 * nothing of the platform is behind it; the hash and the keys come by argument.
 */
export { checkpointText, readCheckpoint } from '../checkpoint.ts';
export {
  createHasher,
  isSameHash,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type Hasher,
  type Sha256,
} from '../merkle.ts';
export {
  ED25519,
  fromBase64,
  isKeyName,
  lineOf,
  openNote,
  OTHER,
  readNote,
  readVerifierKey,
  signNote,
  sm2PointIn,
  toBase64,
  verifierKeyOf,
  type NoteSignature,
  type NoteVerifier,
} from '../note.ts';
