import { sha256 } from '../../platform/crypto/sha256.ts';
import type { Platform } from '../../platform/platform.ts';
import { proveEntry, readCheckpoint, readNote, toBase64 } from '../ledger/index.ts';
import type { CertificateDocument } from './certificate.model.ts';
import { certificateEntryId } from './leaf.ts';
import { fieldsOf } from './offline/commit.ts';
import { packPayload } from './offline/payload.ts';
import { stateStanding, type StatedStanding } from './state-standing.ts';

/** Lines under the checkpoint: the log's own come first, and a code on paper has no room for every witness. */
const MOST_LINES = 5;

export interface CertificateProof {
  /** The self-proving payload: what the QR carries behind `#`. */
  payload: string;
  /** Of its leaf, under the newest signed head. `root` in base64. */
  place: { origin: string; index: number; size: number; root: string };
  standing: StatedStanding['said'] | null;
}

/**
 * The proof of a certificate out of the log as it was last signed, with the register's word of this moment. Null where the log has no
 * signed entry of it yet: it was issued within the last second, or the log is broken.
 */
export async function proveCertificate(
  p: Platform,
  certificate: CertificateDocument,
): Promise<CertificateProof | null> {
  const { _id: certificateId, issuedAt, leaf, record } = certificate;
  if (!leaf || leaf.salt === '') return null;
  const entryId = certificateEntryId(certificateId);
  const proof = await proveEntry(p, entryId);
  const note = proof && readNote(proof.checkpoint);
  const checkpoint = note && readCheckpoint(note.text);
  if (!proof || !checkpoint) return null;
  const stated = await stateStanding(p, { ...certificate, certificateId });
  const payload = packPayload(
    {
      kind: 'certificate',
      entryId,
      at: issuedAt.toISOString(),
      fields: fieldsOf(JSON.parse(record) as object),
      salt: Buffer.from(leaf.salt, 'base64url'),
      origin: checkpoint.origin,
      index: proof.index,
      size: proof.size,
      root: checkpoint.root,
      path: proof.path,
      signatures: note.signatures.slice(0, MOST_LINES),
      standing: stated && { ...stated.said, signatures: readNote(stated.note)?.signatures ?? [] },
    },
    sha256,
  );
  const { origin, root } = checkpoint;
  const place = { origin, index: proof.index, size: proof.size, root: toBase64(root) };
  return { payload, place, standing: stated?.said ?? null };
}
