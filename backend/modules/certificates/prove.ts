import { sha256 } from '../../platform/crypto/sha256.ts';
import type { Platform } from '../../platform/platform.ts';
import { proveEntry, readCheckpoint, readNote, toBase64 } from '../ledger/index.ts';
import type { CertificateDocument, CertificateLeaf } from './certificate.model.ts';
import { certificateEntryId } from './leaf.ts';
import { fieldsOf, type ProofKind } from './offline/commit.ts';
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

/** A document with a leaf in the log; `record` is canonical JSON. */
export interface Provable {
  kind: ProofKind;
  entryId: string;
  at: Date;
  record: string;
  leaf: CertificateLeaf;
}

/**
 * The proof of a certificate out of the log as it was last signed, with the register's word of this moment. Null where the log has no
 * signed entry of it yet: it was issued within the last second, or the log is broken.
 */
export async function proveCertificate(
  p: Platform,
  certificate: CertificateDocument,
): Promise<CertificateProof | null> {
  const { _id: certificateId, issuedAt: at, leaf, record } = certificate;
  if (!leaf || leaf.salt === '') return null;
  const entryId = certificateEntryId(certificateId);
  return proveDocument(p, { kind: 'certificate', entryId, at, record, leaf }, () =>
    stateStanding(p, { ...certificate, certificateId }),
  );
}

/** The same for any document with a leaf. `state` is asked once there is a place in the log; without it nothing is said of today. */
export async function proveDocument(
  p: Platform,
  { kind, entryId, at, record, leaf }: Provable,
  state: () => Promise<StatedStanding | null> = () => Promise.resolve(null),
): Promise<CertificateProof | null> {
  const proof = await proveEntry(p, entryId);
  const note = proof && readNote(proof.checkpoint);
  const checkpoint = note && readCheckpoint(note.text);
  if (!proof || !checkpoint) return null;
  const stated = await state();
  const payload = packPayload(
    {
      kind,
      entryId,
      at: at.toISOString(),
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
