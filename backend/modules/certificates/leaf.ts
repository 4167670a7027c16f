import { sha256 } from '../../platform/crypto/sha256.ts';
import type { Platform } from '../../platform/platform.ts';
import type { LeafSource, SourcedLeaf } from '../ledger/index.ts';
import { certificates, type CertificateDocument, type CertificateLeaf } from './certificate.model.ts';
import { fieldsOf, leafText, SALT_BYTES, type ProofKind } from './offline/commit.ts';

interface Recorded {
  kind: ProofKind;
  /** Of its leaf. */
  entryId: string;
  /** When it was made. */
  at: Date;
  /** Canonical JSON. */
  record: string;
}

/** Of a certificate's leaf in the ledger. The id comes from the number by key, so that it says nothing. */
export const certificateEntryId = (id: string): string => `certificate:${id}`;

function textOf(salt: string, { kind, entryId, at, record }: Recorded): string {
  return leafText(sha256, Buffer.from(salt, 'base64url'), {
    kind,
    entryId,
    at: at.toISOString(),
    fields: fieldsOf(JSON.parse(record) as object),
  });
}

/** Commits to every field of a record under one new salt (trust.md §2.2, 8 and 9). */
export function makeDocumentLeaf(p: Pick<Platform, 'random'>, recorded: Recorded): CertificateLeaf {
  const salt = p.random.bytes(SALT_BYTES).toString('base64url');
  return { salt, bytes: textOf(salt, recorded) };
}

export const makeLeaf = (
  p: Pick<Platform, 'random'>,
  { id, ...recorded }: Pick<Recorded, 'at' | 'record'> & { id: string },
): CertificateLeaf =>
  makeDocumentLeaf(p, { ...recorded, kind: 'certificate', entryId: certificateEntryId(id) });

/** Whether a leaf commits to what the document says; null where its salt was erased. */
export const leafHolds = (leaf: CertificateLeaf, recorded: Recorded): boolean | null =>
  leaf.salt === '' ? null : textOf(leaf.salt, recorded) === leaf.bytes;

export function holdsRecord({ _id: id, issuedAt: at, leaf, record }: CertificateDocument): boolean | null {
  return leaf ? leafHolds(leaf, { kind: 'certificate', entryId: certificateEntryId(id), at, record }) : null;
}

const FIELDS = { record: 1, issuedAt: 1, leaf: 1 } as const;

async function* leaves(p: Platform): AsyncGenerator<SourcedLeaf> {
  const cursor = certificates(p).collection.find({ leaf: { $exists: true } }, { projection: FIELDS });
  for await (const certificate of cursor as unknown as AsyncIterable<CertificateDocument>) {
    const { bytes } = certificate.leaf!;
    yield { entryId: certificateEntryId(certificate._id), bytes, holds: holdsRecord(certificate) };
  }
}

/** Certificates as they stand beside the log. */
export const certificateLeaves: LeafSource = { kind: 'certificate', leaves };
