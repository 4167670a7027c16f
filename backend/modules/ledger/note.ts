import type { Sha256 } from './merkle.ts';

/**
 * Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature. Pure, so that a browser reads them with the
 * same code; the hash and the keys come by argument.
 */
export interface NoteSignature {
  /** Of the key; neither blanks nor `+`. */
  name: string;
  /** First four bytes of the key's hash. */
  keyHash: Uint8Array;
  signature: Uint8Array;
}

export interface NoteSigner {
  name: string;
  keyHash: Uint8Array;
  sign(text: Uint8Array): Uint8Array;
}

export interface NoteVerifier {
  name: string;
  keyHash: Uint8Array;
  verify(text: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/** Signature algorithms of signed-note by their byte. */
export const ED25519 = 0x01;
/** What signed-note has no byte for; a name that says which follows the byte. */
export const OTHER = 0xff;

/** A note of this length has nothing to do with a log. */
const LONGEST = 1_000_000;
/** At least sixteen must be read (signed-note); a certificate with more witnesses than this is none of ours. */
const MOST_SIGNATURES = 100;
const DASH = '—';

const encoder = new TextEncoder();

const SM2_POINT_BYTES = 65;

/** Stands between `OTHER` and a public key of SM2 (65 bytes): algorithm, hash and distinguishing id of GM/T 0009. */
const SM2_MARK = encoder.encode('sm2-sm3/1234567812345678\n');

/** The key material of an SM2 key in a verifier key. */
export const sm2Material = (publicKey: Uint8Array): Uint8Array => Uint8Array.of(...SM2_MARK, ...publicKey);

/** The point of 65 bytes in the material of a verifier key; null where that is of another algorithm. */
export function sm2PointIn(algorithm: number, material: Uint8Array): Uint8Array | null {
  const isMarked = SM2_MARK.every((byte, place) => material[place] === byte);
  return algorithm === OTHER && isMarked && material.length === SM2_MARK.length + SM2_POINT_BYTES
    ? material.slice(SM2_MARK.length)
    : null;
}
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const isKeyName = (name: string): boolean => name !== '' && !/[\s+\p{Cc}]/u.test(name);

/** What a key is told by: the hash of its name, its algorithm and itself. */
export function keyHashOf(
  sha256: Sha256,
  name: string,
  algorithm: number,
  publicKey: Uint8Array,
): Uint8Array {
  return sha256(encoder.encode(`${name}\n`), Uint8Array.of(algorithm), publicKey).slice(0, 4);
}

/** `name+hash+key`: a verifier key as one word, to print and to hand out. */
export function verifierKeyOf(
  sha256: Sha256,
  name: string,
  algorithm: number,
  publicKey: Uint8Array,
): string {
  const hash = [...keyHashOf(sha256, name, algorithm, publicKey)];
  const hex = hash.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${name}+${hex}+${toBase64(Uint8Array.of(algorithm, ...publicKey))}`;
}

/** @throws TypeError where the word is no key, or its hash is not that of its parts */
export function readVerifierKey(
  sha256: Sha256,
  word: string,
): { name: string; keyHash: Uint8Array; algorithm: number; publicKey: Uint8Array } {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(word);
  const bytes = parts && fromBase64(parts[3]!);
  if (!parts || !bytes || bytes.length < 2 || !isKeyName(parts[1]!)) throw new TypeError('no verifier key');
  const [name, algorithm, publicKey] = [parts[1]!, bytes[0]!, bytes.slice(1)];
  if (verifierKeyOf(sha256, name, algorithm, publicKey) !== word) throw new TypeError('no verifier key');
  return { name, algorithm, publicKey, keyHash: keyHashOf(sha256, name, algorithm, publicKey) };
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Standard base64 in its one spelling; null for anything else. */
export function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

/** A signature as its line in a note. */
export const lineOf = ({ name, keyHash, signature }: NoteSignature): string =>
  `${DASH} ${name} ${toBase64(Uint8Array.of(...keyHash, ...signature))}\n`;

/** @param text ends with a new line */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const bytes = encoder.encode(text);
  const lines = signers.map(({ name, keyHash, sign }) => lineOf({ name, keyHash, signature: sign(bytes) }));
  return `${text}\n${lines.join('')}`;
}

/** The parts of a note, nothing verified; null where it is none. */
export function readNote(note: string): { text: string; signatures: NoteSignature[] } | null {
  if (note.length > LONGEST || /[^\P{Cc}\n]/u.test(note)) return null;
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const [text, rest] = [note.slice(0, end + 1), note.slice(end + 2)];
  const lines = rest.split('\n').slice(0, -1);
  if (lines.length === 0 || lines.length > MOST_SIGNATURES) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [dash, name = '', encoded = '', ...more] = line.split(' ');
    const bytes = fromBase64(encoded);
    if (dash !== DASH || more.length > 0 || !isKeyName(name) || !bytes || bytes.length < 5) return null;
    signatures.push({ name, keyHash: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text, signatures };
}

const isOf = (one: Pick<NoteSignature, 'name' | 'keyHash'>, key: Pick<NoteVerifier, 'name' | 'keyHash'>) =>
  one.name === key.name && one.keyHash.every((byte, place) => byte === key.keyHash[place]);

/**
 * The text, and the names of the known keys that signed it. Signatures of unknown keys are passed over; one wrong signature of a known key
 * spoils the note. Null where it is no note, is spoilt, or nobody known signed it.
 */
export async function openNote(
  note: string,
  verifiers: readonly NoteVerifier[],
): Promise<{ text: string; signedBy: string[] } | null> {
  const read = readNote(note);
  if (!read) return null;
  const text = encoder.encode(read.text);
  // What cannot be spelt again the same was not what was signed.
  if (decoder.decode(text) !== read.text) return null;
  const signedBy = new Set<string>();
  for (const signature of read.signatures) {
    const key = verifiers.find((one) => isOf(signature, one));
    if (!key) continue;
    if (!(await key.verify(text, signature.signature))) return null;
    signedBy.add(key.name);
  }
  return signedBy.size === 0 ? null : { text: read.text, signedBy: [...signedBy] };
}
