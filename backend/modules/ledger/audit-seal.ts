import canonicalize from 'canonicalize';
import { Binary } from 'mongodb';
import { commit, documentHash } from '../../platform/crypto/commit.ts';
import { sha256 } from '../../platform/crypto/sha256.ts';
import type { SealedRow, SealedSource } from '../audit/index.ts';
import type { AuditSeal } from './ledger.model.ts';
import { bytesOf } from './tree.ts';

/** The kind of the leaves that seal the audit. */
export const AUDIT_KIND = 'audit';

const DIGITS = 12;
const HASH_BYTES = 32;

export const sealId = (source: SealedSource, number: number): string =>
  `${source}/${String(number).padStart(DIGITS, '0')}`;
export const sourceOf = (id: string): SealedSource => id.slice(0, id.lastIndexOf('/')) as SealedSource;
export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('/') + 1));

/** The entry of the log that is a seal's leaf. */
export const sealEntryId = (id: string): string => `${AUDIT_KIND}:${id}`;

type Contents = Pick<AuditSeal, '_id' | 'after' | 'through' | 'late' | 'ids' | 'salt'> & {
  hashes: Uint8Array;
};

/** What the leaf commits to: which entries in which order, and what each said. Nothing of it can be read from the leaf. */
const fieldsOf = ({ _id, after, through, late, ids, salt, hashes }: Contents) => ({
  range: commit(salt, 'range', { seal: _id, after, through, late }),
  rows: commit(salt, 'rows', { ids, hashes: Buffer.from(sha256(hashes)).toString('base64url') }),
});

export const rowHash = (salt: string, row: SealedRow): Uint8Array => documentHash(salt, row);

/** @param made.at when it is sealed; @param made.salt 16 bytes, base64url */
export function makeSeal(
  place: Pick<AuditSeal, '_id' | 'after' | 'through' | 'late'>,
  rows: readonly SealedRow[],
  { at, salt }: { at: Date; salt: string },
): AuditSeal {
  const hashes = Buffer.concat(rows.map((row) => rowHash(salt, row)));
  const ids = rows.map(({ _id }) => _id);
  const leaf = {
    at: at.toISOString(),
    entryId: sealEntryId(place._id),
    fields: fieldsOf({ ...place, ids, salt, hashes }),
    kind: AUDIT_KIND,
    version: 2,
  };
  return { ...place, ids, hashes: new Binary(hashes), salt, bytes: canonicalize(leaf) ?? '' };
}

/** Whether the leaf of a seal commits to what the seal says; null where its salt was erased. */
export function holdsSeal(seal: AuditSeal): boolean | null {
  if (seal.salt === '') return null;
  try {
    const { fields } = JSON.parse(seal.bytes) as { fields?: Record<string, unknown> };
    const own = fieldsOf({ ...seal, hashes: bytesOf(seal.hashes) });
    return fields?.range === own.range && fields.rows === own.rows;
  } catch {
    return false;
  }
}

/** What the seal says of its entries, by id. */
export function sealedHashes({ ids, hashes }: AuditSeal): Map<string, Uint8Array> {
  const bytes = bytesOf(hashes);
  return new Map(ids.map((id, place) => [id, bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)]));
}
