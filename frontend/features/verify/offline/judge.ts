import { verifyFile, type FileVerdict } from '../../../../backend/modules/certificates/offline/bundle.ts';
import { fingerprintOf } from '../../../../backend/modules/certificates/offline/keys.ts';
import { readStanding, type Standing } from '../../../../backend/modules/certificates/offline/statement.ts';
import {
  verifyPayload,
  type LogPlace,
  type Verdict,
} from '../../../../backend/modules/certificates/offline/verify.ts';
import {
  createHasher,
  fromBase64,
  openNote,
  readCheckpoint,
  verifyConsistency,
} from '../../../../backend/modules/ledger/offline/log.ts';
import { sha256 } from './sha256.ts';
import { trustIn } from './trust.ts';

/** Everything that the page checks by itself; fetched when there is something to check, and beforehand so that it is there without a network. */

export const judgePayload = (text: string, words: readonly string[]): Promise<Verdict> =>
  verifyPayload(text, trustIn(words));

export const judgeFile = (bytes: Uint8Array, words: readonly string[]): Promise<FileVerdict> =>
  verifyFile(bytes, trustIn(words));

export const fingerprint = (word: string): string => fingerprintOf(sha256, word);

/**
 * The office's answer about one document; null where it is not signed, or about another.
 * @param entryId null where the document does not say which entry is its own: the question was by number and name
 */
export async function readStatement(
  note: string,
  entryId: string | null,
  words: readonly string[],
): Promise<Standing | null> {
  const standing = await readStanding(note, trustIn(words).verifiers);
  return entryId === null || standing?.entryId === entryId ? standing : null;
}

/** A signed checkpoint of the log by its note; null where it is not that. */
export async function readHead(
  note: string,
  origin: string,
  words: readonly string[],
): Promise<{ size: number; root: Uint8Array } | null> {
  const opened = await openNote(note, trustIn(words).verifiers);
  const checkpoint = opened?.signedBy.includes(origin) ? readCheckpoint(opened.text) : null;
  return checkpoint?.origin === origin ? checkpoint : null;
}

/**
 * Whether the log that a proof was made of is the beginning of the log as it is now, or the other way round. False: the office shows
 * two different logs, which it may never do.
 * @param proof hashes in base64, from the shorter to the longer
 */
export function isSameLog(
  place: Pick<LogPlace, 'root' | 'size'>,
  head: { size: number; root: Uint8Array },
  proof: readonly string[],
): boolean {
  const [first, second] = place.size <= head.size ? [place, head] : [head, place];
  const hashes = proof.map(fromBase64);
  if (hashes.includes(null)) return false;
  return verifyConsistency(createHasher(sha256), {
    first: BigInt(first.size),
    second: BigInt(second.size),
    firstRoot: first.root,
    secondRoot: second.root,
    proof: hashes as Uint8Array[],
  });
}
