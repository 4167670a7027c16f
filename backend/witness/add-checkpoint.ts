import {
  COSIGNATURE,
  cosignedText,
  cosignerHashOf,
  joinCosignature,
} from '../modules/ledger/offline/cosignature.ts';
import {
  createHasher,
  ED25519,
  fromBase64,
  isSameHash,
  lineOf,
  openNote,
  readCheckpoint,
  readNote,
  readVerifierKey,
  toBase64,
  verifierKeyOf,
  verifyConsistency,
  type NoteVerifier,
} from '../modules/ledger/offline/log.ts';
import { ed25519Verifier } from '../platform/crypto/ed25519.ts';
import { sha256 } from '../platform/crypto/sha256.ts';
import { originHash, Overtaken, type WitnessState } from './state.ts';

/** The `add-checkpoint` call of C2SP tlog-witness, without HTTP. */

export interface Witness {
  /** Name of its key. */
  name: string;
  /** 32 bytes. */
  publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
  state: WitnessState;
  /** Keys of logs by the logs' names. */
  logs: ReadonlyMap<string, readonly NoteVerifier[]>;
  /** Seconds since 1970. */
  seconds(): number;
}

export interface Answer {
  status: number;
  type?: string;
  body: string;
}

const hasher = createHasher(sha256);
const MOST_PROOF_LINES = 63;
/** Of those who began from the same state at once, the slower look again this often. */
const ATTEMPTS = 3;

const says = (status: number, body: string): Answer => ({ status, body: `${body}\n` });

/** Verifier keys of logs, `name+hash+key`. Those of other algorithms than Ed25519 are passed over. @throws TypeError where one is no key */
export function readLogKeys(words: readonly string[]): Map<string, NoteVerifier[]> {
  const logs = new Map<string, NoteVerifier[]>();
  for (const word of words) {
    const { name, keyHash, algorithm, publicKey } = readVerifierKey(sha256, word);
    if (algorithm !== ED25519) continue;
    const check = ed25519Verifier(publicKey);
    const key: NoteVerifier = { name, keyHash, verify: check };
    logs.set(name, [...(logs.get(name) ?? []), key]);
  }
  return logs;
}

/** The witness's own verifier key, to hand out. */
export const witnessKey = ({ name, publicKey }: Pick<Witness, 'name' | 'publicKey'>): string =>
  verifierKeyOf(sha256, name, COSIGNATURE, publicKey);

interface Request {
  old: number;
  proof: Uint8Array[];
  note: string;
}

/** Null where the body is not one of this call. */
function readRequest(body: string): Request | null {
  const end = body.indexOf('\n\n');
  if (end < 0) return null;
  const [first = '', ...lines] = body.slice(0, end).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first);
  const proof = lines.map(fromBase64);
  if (!old || lines.length > MOST_PROOF_LINES || proof.some((hash) => hash?.length !== 32)) return null;
  return { old: Number(old[1]), proof: proof as Uint8Array[], note: body.slice(end + 2) };
}

/**
 * Cosigns a checkpoint that follows on the last one cosigned: checked, kept on the disk, then answered. A log that was rolled back, or shows another
 * tree than before, gets no cosignature.
 */
export async function addCheckpoint(witness: Witness, body: string): Promise<Answer> {
  const request = readRequest(body);
  const read = request && readNote(request.note);
  const checkpoint = read && readCheckpoint(read.text);
  if (!request || !checkpoint) return says(400, 'no add-checkpoint request');
  const keys = witness.logs.get(checkpoint.origin);
  if (!keys) return says(404, 'unknown log');
  if (!(await openNote(request.note, keys))) return says(403, 'not signed by a key of the log');
  if (request.old > checkpoint.size) return says(400, 'the old size is above the new');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      return cosign(witness, request, { ...checkpoint, text: read.text });
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  return says(503, 'too many at once: come again');
}

type Checkpoint = NonNullable<ReturnType<typeof readCheckpoint>> & { text: string };

/** @throws Overtaken */
function cosign(witness: Witness, { old, proof, note }: Request, checkpoint: Checkpoint): Answer {
  const hash = originHash(checkpoint.origin);
  const { number, witnessed } = witness.state.read(hash);
  const latest = witnessed?.size ?? 0;
  if (old !== latest) return { status: 409, type: 'text/x.tlog.size', body: `${latest}\n` };
  const { size, root } = checkpoint;
  const firstRoot = (witnessed && fromBase64(witnessed.root)) ?? hasher.empty;
  // The empty tree is the beginning of every tree; nothing is there to be proved.
  const isConsistent =
    old === 0
      ? proof.length === 0 && (size > 0 || isSameHash(root, hasher.empty))
      : verifyConsistency(hasher, {
          first: BigInt(old),
          second: BigInt(size),
          firstRoot,
          secondRoot: root,
          proof,
        });
  if (!isConsistent) return says(422, 'not consistent with what was cosigned before');
  const seconds = witness.seconds();
  const line = lineOf({
    name: witness.name,
    keyHash: cosignerHashOf(sha256, witness.name, witness.publicKey),
    signature: joinCosignature(seconds, witness.sign(cosignedText(checkpoint.text, seconds))),
  });
  const known = witness.logs.get(checkpoint.origin)!;
  const isOfLog = (one: { name: string; keyHash: Uint8Array }) =>
    known.some(({ name, keyHash }) => name === one.name && isSameHash(keyHash, one.keyHash));
  const ofLog = (readNote(note)?.signatures ?? []).filter(isOfLog).map(lineOf);
  const kept = `${checkpoint.text}\n${ofLog.join('')}${line}`;
  witness.state.write(hash, number, { size, root: toBase64(root), checkpoint: kept });
  return { status: 200, body: line };
}
