import { fieldsOf, type Field, type ProofKind } from './commit.ts';
import { encodeText, fromBase64Url, toBase64Url } from './bytes.ts';
import { documentOf, type DocumentType } from './document.ts';
import { BUNDLE_NAME, isPdf, readAttachedBundle, readSignatureLine } from './pdf.ts';
import { readWrittenFile } from './statement.ts';
import {
  verifyPayload,
  type CannotTell,
  type Genuine,
  type NotGenuine,
  type Trust,
  type Verdict,
} from './verify.ts';

export { BUNDLE_NAME };

/** 证明包: what a PDF carries beside its pages. Pure. */
export interface Bundle {
  /** Canonical JSON of what the document says. */
  record: string;
  keyId: string;
  /** The office's Ed25519 signature over the UTF-8 bytes of `record`, base64url. */
  signature: string;
  /** The self-proving payload; absent where the log had no entry yet, and in files of before there was a log. */
  proof?: string;
}

/**
 * A file that was signed but carries no proof by the log: made before its entry was there. Its content is the office's; that it stands in
 * the public log is not shown. Anybody may have taken the proof out, so that nothing asks whether it still stands: it is never as good as one.
 */
export interface Signed {
  verdict: 'signedOnly';
  kind: ProofKind;
  document: DocumentType;
  fields: readonly Field[];
}

/**
 * `whole`: byte for byte what the office wrote, its pages included. `unknown`: the pages are not covered, only what is listed; the text of
 * a PDF is not read, so the pages may say another thing. `unsigned`: a PDF without the line that the office puts behind each of its own, so
 * that its pages are most likely not the office's.
 */
export type Pages = 'whole' | 'unknown' | 'unsigned';

export type FileVerdict =
  | ((Genuine | Signed) & { pages: Pages; proof: string | null })
  | NotGenuine
  | { verdict: 'notGenuine'; why: 'recordDiffers' | 'fileAltered' }
  | CannotTell
  | { verdict: 'cannotTell'; why: 'noProof' };

/** What may be said of a paper in one word; the page, the program of one file and the command say the same. */
export type Weight = Verdict['verdict'] | FileVerdict['verdict'] | 'contentOnly';

/** `contentOnly`: what is listed is the office's, and the pages around it are not shown to be. */
export const weigh = (verdict: Verdict | FileVerdict): Weight =>
  verdict.verdict === 'genuine' && 'pages' in verdict && verdict.pages === 'unsigned'
    ? 'contentOnly'
    : verdict.verdict;

const MEMBERS: readonly string[] = ['record', 'keyId', 'signature', 'proof'];

function readBundle(text: string): Bundle | null {
  try {
    const value: unknown = JSON.parse(text);
    const { record, keyId, signature, proof } = value as Record<string, unknown>;
    // Nothing beside them: a file that is a bundle to us must not be a document to other programs.
    const isBare = Object.keys(value as object).every((name) => MEMBERS.includes(name));
    const isRight = isBare && [record, keyId, signature, proof ?? ''].every((one) => typeof one === 'string');
    return isRight ? (value as Bundle) : null;
  } catch {
    return null;
  }
}

async function isSigned({ record, signature }: Bundle, { verifiers }: Trust): Promise<boolean> {
  const bytes = fromBase64Url(signature);
  if (!bytes) return false;
  for (const key of verifiers) if (await key.verify(encodeText(record), bytes)) return true;
  return false;
}

function recordFields(record: string): Field[] | null {
  try {
    const value: unknown = JSON.parse(record);
    return typeof value === 'object' && value !== null ? fieldsOf(value) : null;
  } catch {
    return null;
  }
}

async function verifyBundle(
  text: string,
  trust: Trust,
): Promise<Exclude<FileVerdict, { pages: Pages }> | Genuine | Signed> {
  const bundle = readBundle(text);
  const fields = bundle && recordFields(bundle.record);
  if (!bundle || !fields) return { verdict: 'cannotTell', why: 'noProof' };
  const proven = bundle.proof === undefined ? null : await verifyPayload(bundle.proof, trust);
  if (proven && proven.verdict !== 'genuine') return proven;
  // Every field, and nothing beside them: the record must be what the log commits to.
  if (proven && JSON.stringify(Object.fromEntries(proven.fields)) !== bundle.record)
    return { verdict: 'notGenuine', why: 'recordDiffers' };
  if (!(await isSigned(bundle, trust))) return { verdict: 'notGenuine', why: 'badSignature' };
  if (proven) return proven;
  const known = documentOf(fields);
  return known
    ? { verdict: 'signedOnly', ...known, fields }
    : { verdict: 'cannotTell', why: 'unknownDocument' };
}

/** Whether the line behind a PDF is over these very bytes; null where there is none. */
async function isWhole(
  bytes: Uint8Array,
  entryId: string | null,
  { sha256, verifiers }: Trust,
): Promise<boolean | null> {
  const line = readSignatureLine(bytes);
  if (!line) return null;
  const written = await readWrittenFile(line.note, verifiers);
  return (
    written?.length === line.covered.length &&
    written.sha256 === toBase64Url(sha256(line.covered)) &&
    (entryId === null || written.entryId === entryId)
  );
}

/**
 * The verdict over a file: a PDF of the office, or the bundle taken out of one. Never throws.
 * @param bytes the file, whole
 */
export async function verifyFile(bytes: Uint8Array, trust: Trust): Promise<FileVerdict> {
  const pdf = isPdf(bytes);
  const text = pdf ? readAttachedBundle(bytes) : asText(bytes);
  if (text === null) return { verdict: 'cannotTell', why: 'noProof' };
  const verdict = await verifyBundle(text, trust);
  if (verdict.verdict !== 'genuine' && verdict.verdict !== 'signedOnly') return verdict;
  const whole = pdf
    ? await isWhole(bytes, verdict.verdict === 'genuine' ? verdict.entryId : null, trust)
    : null;
  if (whole === false) return { verdict: 'notGenuine', why: 'fileAltered' };
  return {
    ...verdict,
    pages: whole ? 'whole' : pdf ? 'unsigned' : 'unknown',
    proof: readBundle(text)?.proof ?? null,
  };
}

function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
