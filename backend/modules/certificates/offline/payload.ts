import { deflateSync, inflateSync } from 'fflate';
import { isSameHash, type Hash, type NoteSignature, type Sha256 } from '../../ledger/offline/log.ts';
import {
  block,
  ByteReader,
  concatBytes,
  decodeText,
  encodeText,
  fromBase64Url,
  toBase64Url,
  varint,
} from './bytes.ts';
import { areFields, SALT_BYTES, type Field, type Leaf, type ProofKind } from './commit.ts';
import { DICTIONARY_1 } from './dictionary.ts';
import { LIMITS, STANDINGS, type Standing } from './statement.ts';

/**
 * A document that proves itself, as one word of base64url: its fields and their salt, the place of its leaf in the log, the path to the root
 * and the signatures under the checkpoint; and where there is one the office's statement of the moment of printing. Short enough for a
 * QR code on paper. Pure.
 *
 * Format 1: byte 1, kind, length of the rest; salt (16), index, size, root (32), path, signatures of the checkpoint, statement, and in
 * deflate with a fixed dictionary the JSON `[origin, entryId, at, fields]`; at the end a check sum, against slips and not against forgers:
 * deflate has bits that nobody reads. Numbers are varints, whatever has a length begins with it.
 */
export interface Payload extends Leaf {
  salt: Uint8Array;
  /** Name of the log. */
  origin: string;
  /** Place of the leaf, from 0. */
  index: number;
  /** Entries in the tree that was signed. */
  size: number;
  root: Hash;
  path: readonly Hash[];
  /** Lines under the checkpoint of origin, size and root. */
  signatures: readonly NoteSignature[];
  standing: (Omit<Standing, 'entryId'> & { signatures: readonly NoteSignature[] }) | null;
}

const FORMAT = 1;
const KINDS: readonly ProofKind[] = ['certificate', 'queryResult'];
const HASH_BYTES = 32;
const KEY_HASH_BYTES = 4;
/** More than any QR code holds; what is longer is none of ours. */
const LONGEST = 20_000;
/** Bytes of JSON in a payload: a result about many homes has some ten thousand; a short text that unfolds to more is a trap. */
const LONGEST_TEXT = 200_000;
const MOST_HASHES = 64;
const SUM_BYTES = 4;

const dictionary = encodeText(DICTIONARY_1);

function packSignatures(signatures: readonly NoteSignature[], origin: string): Uint8Array {
  const lines = signatures.flatMap(({ name, keyHash, signature }) => [
    block(encodeText(name === origin ? '' : name)),
    keyHash,
    block(signature),
  ]);
  return concatBytes([varint(signatures.length), ...lines]);
}

function packStanding(standing: Payload['standing'], origin: string): Uint8Array {
  if (!standing) return Uint8Array.of(0);
  const { at, changedOn, limits, signatures, size, status } = standing;
  const bits = limits.reduce((sum, limit) => sum + 2 ** LIMITS.indexOf(limit), 0);
  return concatBytes([
    Uint8Array.of(STANDINGS.indexOf(status) + 1, bits),
    varint(Date.parse(at)),
    block(encodeText(changedOn ?? '')),
    varint(size),
    packSignatures(signatures, origin),
  ]);
}

export function packPayload(payload: Payload, sha256: Sha256): string {
  const { at, entryId, fields, index, kind, origin, path, root, salt, signatures, size, standing } = payload;
  const text = encodeText(JSON.stringify([origin, entryId, at, fields]));
  const body = concatBytes([
    salt,
    varint(index),
    varint(size),
    root,
    varint(path.length),
    ...path,
    packSignatures(signatures, origin),
    packStanding(standing, origin),
    deflateSync(text, { level: 9, dictionary }),
  ]);
  const sum = sha256(body).slice(0, SUM_BYTES);
  return toBase64Url(
    concatBytes([Uint8Array.of(FORMAT, KINDS.indexOf(kind)), block(concatBytes([body, sum]))]),
  );
}

/** Why a text could not be read as a payload. */
export type Unreadable = 'foreign' | 'newerFormat' | 'truncated' | 'altered';

const unpackSignatures = (reader: ByteReader): NoteSignature[] =>
  Array.from({ length: atMost(reader.varint(), MOST_HASHES) }, () => ({
    name: decodeText(reader.block()),
    keyHash: reader.take(KEY_HASH_BYTES),
    signature: reader.block(),
  }));

function atMost(value: number, most: number): number {
  if (value > most) throw new RangeError('too many');
  return value;
}

function unpackStanding(reader: ByteReader): Payload['standing'] {
  const code = reader.byte();
  if (code === 0) return null;
  const status = STANDINGS[code - 1];
  const bits = atMost(reader.byte(), 2 ** LIMITS.length - 1);
  const at = new Date(reader.varint()).toISOString();
  const changedOn = decodeText(reader.block());
  if (!status) throw new RangeError('no such status');
  return {
    status,
    limits: LIMITS.filter((_, place) => Math.floor(bits / 2 ** place) % 2 === 1),
    at,
    changedOn: changedOn === '' ? null : changedOn,
    size: reader.varint(),
    signatures: unpackSignatures(reader),
  };
}

function unpackText(bytes: Uint8Array): Pick<Payload, 'at' | 'entryId' | 'fields' | 'origin'> {
  const text = decodeText(inflateSync(bytes, { dictionary, out: new Uint8Array(LONGEST_TEXT) }));
  const value: unknown = JSON.parse(text);
  // One spelling: what would be written differently was not written by us.
  if (!Array.isArray(value) || JSON.stringify(value) !== text) throw new TypeError('no text of a proof');
  const [origin, entryId, at, fields, ...more] = value as unknown[];
  const isRight =
    [origin, entryId, at].every((one) => typeof one === 'string') &&
    Array.isArray(fields) &&
    fields.every((one) => Array.isArray(one) && one.length === 2 && typeof one[0] === 'string') &&
    more.length === 0;
  if (!isRight || !areFields(fields as Field[])) throw new TypeError('no text of a proof');
  return { origin, entryId, at, fields } as Pick<Payload, 'at' | 'entryId' | 'fields' | 'origin'>;
}

function unpackBody(kind: ProofKind, body: Uint8Array): Payload {
  const reader = new ByteReader(body);
  const salt = reader.take(SALT_BYTES);
  const [index, size] = [reader.varint(), reader.varint()];
  const root = reader.take(HASH_BYTES);
  const path = Array.from({ length: atMost(reader.varint(), MOST_HASHES) }, () => reader.take(HASH_BYTES));
  const signatures = unpackSignatures(reader);
  const standing = unpackStanding(reader);
  const text = unpackText(reader.take(reader.left));
  const named = (lines: readonly NoteSignature[]) =>
    lines.map((line) => ({ ...line, name: line.name === '' ? text.origin : line.name }));
  return {
    kind,
    ...text,
    salt,
    index,
    size,
    root,
    path,
    signatures: named(signatures),
    standing: standing && { ...standing, signatures: named(standing.signatures) },
  };
}

/** Never throws, whatever the text is. */
export function unpackPayload(text: string, sha256: Sha256): Payload | Unreadable {
  const bytes = text.length > LONGEST ? null : fromBase64Url(text);
  const [format, code] = [bytes?.[0], bytes?.[1]];
  // A word of base64url that ends in the middle of a byte was cut off.
  if (!bytes) return /^AQ[A-Za-z0-9_-]*$/.test(text) && text.length <= LONGEST ? 'truncated' : 'foreign';
  if (format === undefined || format === 0) return 'foreign';
  if (format > FORMAT) return format < 16 ? 'newerFormat' : 'foreign';
  const kind = KINDS[code ?? -1];
  if (code === undefined) return 'truncated';
  if (!kind) return 'altered';
  try {
    const reader = new ByteReader(bytes.slice(2));
    const length = reader.varint();
    if (length > reader.left) return 'truncated';
    if (length < reader.left) return 'altered';
    const body = reader.take(length - SUM_BYTES);
    const isSound = isSameHash(sha256(body).slice(0, SUM_BYTES), reader.take(SUM_BYTES));
    return isSound ? unpackBody(kind, body) : 'altered';
  } catch {
    // What it means for whoever holds it is the same, wherever it goes wrong.
    return 'altered';
  }
}
