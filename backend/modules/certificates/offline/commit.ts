import { createHasher, type Hash, type Sha256 } from '../../ledger/offline/log.ts';
import { encodeText, toBase64Url } from './bytes.ts';

/**
 * Leaves of the log that stand for a document: each of its fields by itself, as a salted hash (trust.md §2.2, 8). The office makes the leaf
 * with this code and a reader makes it again. Pure.
 */

/** Whose leaf it is; part of what is hashed, so that none passes for another. */
export type ProofKind = 'certificate' | 'queryResult';

/** A value as JSON knows it; the keys of objects inside stand in the order of RFC 8785. */
export type FieldValue =
  string | number | boolean | null | readonly FieldValue[] | { readonly [key: string]: FieldValue };
export type Field = readonly [name: string, value: FieldValue];

export interface Leaf {
  kind: ProofKind;
  /** Unique in the whole log. */
  entryId: string;
  /** ISO instant at which the document was made. */
  at: string;
  fields: readonly Field[];
}

const BLOCK_BYTES = 64;
export const SALT_BYTES = 16;

/** HMAC-SHA-256 (RFC 2104) for keys up to 64 bytes, from the hash alone: it must run where there is nothing else. */
function hmac(sha256: Sha256, key: Uint8Array, text: Uint8Array): Hash {
  const pad = (byte: number) =>
    Uint8Array.from({ length: BLOCK_BYTES }, (_, place) => (key[place] ?? 0) ^ byte);
  return sha256(pad(0x5c), sha256(pad(0x36), text));
}

/**
 * SHA-256 over a salt of the field's own and its JSON, base64url. The salt of a field comes from that of the document, as in the leaves of
 * the register: whoever is shown one field cannot try out guesses of another.
 */
function commit(sha256: Sha256, salt: Uint8Array, [name, value]: Field): string {
  const own = hmac(sha256, salt, encodeText(name)).slice(0, SALT_BYTES);
  return toBase64Url(sha256(own, encodeText(JSON.stringify(value))));
}

/** The leaf as it is appended: canonical JSON (RFC 8785). `salt` has 16 bytes. */
export function leafText(sha256: Sha256, salt: Uint8Array, { kind, entryId, at, fields }: Leaf): string {
  const hashes = fields.map((field) => [field[0], commit(sha256, salt, field)] as const);
  // Names are ASCII and differ: their order is that of RFC 8785, and none is left out.
  const sorted = Object.fromEntries(hashes.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ at, entryId, fields: sorted, kind, version: 2 });
}

/** RFC 9162 hash of a leaf. */
export const leafHash = (sha256: Sha256, text: string): Hash => createHasher(sha256).leaf(encodeText(text));

const NAME = /^[A-Za-z][A-Za-z0-9]{0,39}$/;

/** Whether fields can be told apart and none has a name that means something to JavaScript. */
export function areFields(fields: readonly Field[]): boolean {
  const names = fields.map(([name]) => name);
  return new Set(names).size === names.length && names.every((name) => NAME.test(name) && !(name in {}));
}

/** `{name: value}` as fields, in its order. */
export const fieldsOf = (record: object): Field[] => Object.entries(record) as [string, FieldValue][];
