import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import { ed25519Verifier } from '../../platform/crypto/ed25519.ts';
import { sha256 } from '../../platform/crypto/sha256.ts';
import { hasher } from './hash.ts';
import { cosignatures, type Cosignature, type SignedHead } from './ledger.model.ts';
import { isSameHash } from './merkle.ts';
import { lineOf, readNote, readVerifierKey, toBase64, type NoteSignature } from './note.ts';
import { COSIGNATURE, cosignedText, splitCosignature } from './offline/cosignature.ts';
import { proveConsistency } from './prove.ts';
import { latestHead } from './sign-head.ts';
import { nodeReader } from './tree.ts';

/** A witness as it is configured. */
export interface KnownWitness {
  url: string;
  /** Verifier key, `name+hash+key`. */
  key: string;
  name: string;
  /** When a line under a text was signed; null where it is not the witness's, or is wrong. */
  timeOf(text: string, signature: NoteSignature): Date | null;
}

const SIZE_DIGITS = 16;
const MS = 1_000;

function knownWitness({ url, key }: { url: string; key: string }): KnownWitness {
  const { name, keyHash, algorithm, publicKey } = readVerifierKey(sha256, key);
  if (algorithm !== COSIGNATURE) throw new TypeError(`${name} is no key of a witness`);
  const check = ed25519Verifier(publicKey);
  return {
    url,
    key,
    name,
    timeOf(text, signature) {
      if (signature.name !== name || !isSameHash(signature.keyHash, keyHash)) return null;
      const parts = splitCosignature(signature.signature);
      return parts && check(cosignedText(text, parts.seconds), parts.signature)
        ? new Date(parts.seconds * MS)
        : null;
    },
  };
}

/** @throws TypeError where a configured key is none of a witness */
export const knownWitnesses = (p: Pick<Platform, 'config'>): KnownWitness[] =>
  (p.config.ledgerWitnesses ?? []).map(knownWitness);

/** What each witness saw last. */
export async function latestCosignature(p: Platform, witness: string): Promise<Cosignature | null> {
  const [found] = (await cosignatures(p)
    .collection.find({ witness }, { hint: 'newest' })
    .sort({ size: -1 })
    .limit(1)
    .toArray()) as unknown as Cosignature[];
  return found ?? null;
}

const cosignatureId = (size: number, witness: string): string =>
  `${String(size).padStart(SIZE_DIGITS, '0')}/${witness}`;

async function requestOf(p: Platform, head: SignedHead, old: number): Promise<string> {
  const proof =
    old === 0 || old === head._id
      ? []
      : await proveConsistency(hasher, nodeReader(p, head._id), { first: old, second: head._id });
  return [`old ${old}`, ...proof.map(toBase64), '', head.note].join('\n');
}

/** The size that a witness says it saw last, in answer to another one. */
function sizeIn(body: string): number | null {
  const size = /^(0|[1-9]\d{0,15})\n$/.exec(body);
  return size && Number(size[1]);
}

/** Asks for a line under a head, once more where the witness saw another head last than we know of. Null: it gave none. */
async function ask(p: Platform, witness: KnownWitness, head: SignedHead): Promise<Cosignature | null> {
  const { witnesses } = p.outside;
  if (!witnesses) return null;
  const post = async (old: number) => witnesses.addCheckpoint(witness.url, await requestOf(p, head, old));
  let answer = await post((await latestCosignature(p, witness.name))?.size ?? 0);
  const seen = answer.status === 409 ? sizeIn(answer.body) : null;
  if (seen !== null && seen > head._id) {
    p.log.error(
      { witness: witness.name, seen, size: head._id },
      'a witness has seen more of the ledger than is here: was the database put back to an earlier state?',
    );
    return null;
  }
  if (seen !== null) answer = await post(seen);
  const text = readNote(head.note)!.text;
  const lines = answer.status === 200 ? (readNote(`${text}\n${answer.body}`)?.signatures ?? []) : [];
  for (const signature of lines) {
    const at = witness.timeOf(text, signature);
    if (at)
      return {
        _id: cosignatureId(head._id, witness.name),
        size: head._id,
        witness: witness.name,
        line: lineOf(signature),
        at,
      };
  }
  p.log.error({ witness: witness.name, status: answer.status }, 'a witness did not sign the ledger');
  return null;
}

/** The lines of known witnesses under a head. */
export async function linesUnder(p: Platform, head: SignedHead): Promise<string> {
  const names = knownWitnesses(p).map(({ name }) => name);
  if (names.length === 0) return '';
  const ids = names.map((name) => cosignatureId(head._id, name));
  const found = await cosignatures(p)
    .find({ _id: { $in: ids } })
    .sort({ _id: 1 })
    .lean();
  return found.map(({ line }) => line).join('');
}

/**
 * Has the newest head signed by the witnesses. Nobody waits for it: a head is published when it is signed, and the lines of witnesses come
 * under it as they arrive.
 */
export const askWitnesses: Job = {
  name: 'ledger.ask-witnesses',
  everyMs: 5_000,
  async run(p): Promise<Record<string, number> | undefined> {
    const known = knownWitnesses(p);
    const head = known.length > 0 ? await latestHead(p) : null;
    if (!head) return undefined;
    const asked = await Promise.allSettled(
      known.map(async (witness) => {
        if ((await latestCosignature(p, witness.name))?.size === head._id) return null;
        return ask(p, witness, head);
      }),
    );
    const made = asked.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
    for (const one of asked)
      if (one.status === 'rejected')
        p.log.warn({ err: one.reason as unknown }, 'a witness could not be reached');
    await insertAbsent(cosignatures(p).collection as never, made);
    return { cosigned: made.length };
  },
};
