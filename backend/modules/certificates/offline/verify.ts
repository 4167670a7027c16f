import {
  checkpointText,
  createHasher,
  openNote,
  signNote,
  verifyInclusion,
  type NoteSignature,
  type NoteVerifier,
  type Sha256,
} from '../../ledger/offline/log.ts';
import { leafHash, leafText, type Field, type ProofKind } from './commit.ts';
import { documentOf, type DocumentType } from './document.ts';
import { unpackPayload, type Payload, type Unreadable } from './payload.ts';
import { readStanding, standingText, type Standing } from './statement.ts';

/** What is known without a network: the hash, and the office's public keys. */
export interface Trust {
  sha256: Sha256;
  /** Keys under the name of the log, and those of its second line. */
  verifiers: readonly NoteVerifier[];
}

/** Where in the log a document stands. */
export interface LogPlace {
  origin: string;
  index: number;
  size: number;
  /** Base of every question about it later; 32 bytes. */
  root: Uint8Array;
  /** Names of the known keys that signed the checkpoint. */
  signedBy: readonly string[];
}

/** 签发时为真: what the office put into its log, letter by letter. Whether it still stands is `standing`, and of that moment. */
export interface Genuine {
  verdict: 'genuine';
  kind: ProofKind;
  /** Which paper it is: no other becomes genuine by it. */
  document: DocumentType;
  entryId: string;
  /** ISO instant at which it was made. */
  at: string;
  fields: readonly Field[];
  log: LogPlace;
  /** As of printing; null where the code carries none. */
  standing: Standing | null;
}

/** 已被改动或不是真的. */
export interface NotGenuine {
  verdict: 'notGenuine';
  why:
    /** It cannot be read to its end, though it is whole. */
    | 'altered'
    /** What it says is not what stands in the log at that place. */
    | 'notInLog'
    /** The log's key did not sign that checkpoint. */
    | 'badSignature'
    /** The office did not say that of this document. */
    | 'badStanding';
}

/** 无法判断: nothing follows about the paper, and nobody may rely on it. */
export interface CannotTell {
  verdict: 'cannotTell';
  why:
    | Exclude<Unreadable, 'altered'>
    | 'unknownKey'
    /** The office's, and nothing that is checked here. */
    | 'unknownDocument';
}

export type Verdict = Genuine | NotGenuine | CannotTell;

const notGenuine = (why: NotGenuine['why']): NotGenuine => ({ verdict: 'notGenuine', why });

const noteOf = (text: string, signatures: readonly NoteSignature[]): string =>
  signNote(
    text,
    signatures.map(({ name, keyHash, signature }) => ({ name, keyHash, sign: () => signature })),
  );

const isKnown = (
  signatures: readonly NoteSignature[],
  verifiers: readonly NoteVerifier[],
  origin: string,
): boolean =>
  signatures.some(
    ({ name, keyHash }) =>
      name === origin &&
      verifiers.some(
        (key) => key.name === name && key.keyHash.every((byte, place) => byte === keyHash[place]),
      ),
  );

async function checkLog(
  payload: Payload,
  { sha256, verifiers }: Trust,
): Promise<LogPlace | NotGenuine | CannotTell> {
  const { index, origin, path, root, salt, signatures, size } = payload;
  const isInLog = verifyInclusion(createHasher(sha256), {
    leaf: leafHash(sha256, leafText(sha256, salt, payload)),
    index: BigInt(index),
    size: BigInt(size),
    proof: path,
    root,
  });
  if (!isInLog) return notGenuine('notInLog');
  if (!isKnown(signatures, verifiers, origin)) return { verdict: 'cannotTell', why: 'unknownKey' };
  const opened = await openNote(noteOf(checkpointText({ origin, size, root }), signatures), verifiers);
  if (!opened?.signedBy.includes(origin)) return notGenuine('badSignature');
  return { origin, index, size, root, signedBy: opened.signedBy };
}

async function checkStanding(
  { entryId, origin, standing }: Payload,
  { verifiers }: Trust,
): Promise<Standing | null> {
  if (!standing) return null;
  const { signatures, ...said } = standing;
  return readStanding(noteOf(standingText(origin, { ...said, entryId }), signatures), verifiers);
}

/**
 * The verdict over a self-proving document, from its own text and public keys alone. Never throws, and never says genuine of anything but
 * the very fields that stand in the log.
 * @param text what a QR code carries behind `#`
 */
export async function verifyPayload(text: string, trust: Trust): Promise<Verdict> {
  const payload = unpackPayload(text.trim(), trust.sha256);
  if (payload === 'altered') return notGenuine('altered');
  if (typeof payload === 'string') return { verdict: 'cannotTell', why: payload };
  const log = await checkLog(payload, trust);
  if ('verdict' in log) return log;
  const standing = await checkStanding(payload, trust);
  if (payload.standing && !standing) return notGenuine('badStanding');
  const { at, entryId, fields, kind } = payload;
  const known = documentOf(fields, kind);
  if (!known) return { verdict: 'cannotTell', why: 'unknownDocument' };
  return { verdict: 'genuine', ...known, entryId, at, fields, log, standing };
}
