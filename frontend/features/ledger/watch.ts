import type { LedgerView } from '../../../backend/modules/ledger/contract.ts';
import {
  createHasher,
  ED25519,
  fromBase64,
  openNote,
  readCheckpoint,
  readVerifierKey,
  verifyConsistency,
  type NoteVerifier,
} from '../../../backend/modules/ledger/offline/log.ts';
import { verifyEd25519 } from '../verify/offline/ed25519.ts';
import { sha256 } from '../verify/offline/sha256.ts';

/**
 * Sets the log as it is published now beside what this device saw of it last (trust.md §2.2, 10). Everything is worked out here: an office
 * that shows one log to some and another to others, or takes something back, cannot make it agree.
 */

/** What this device keeps of the log: the signed note itself, which nobody can deny, and the keys that were printed then. */
export interface Kept {
  checkpoint: string;
  keys: string[];
  /** When it was seen. */
  seenAt: string;
}

export type Verdict =
  /** Nothing was kept before. */
  | { kind: 'first'; size: number }
  /** The log begins with what was seen. */
  | { kind: 'grown'; from: number; to: number; seenAt: string }
  /** It does not: it was changed, cut off, or is another one. */
  | { kind: 'fork'; from: number; to: number; seenAt: string; proof: readonly string[] }
  /** What is shown now is not signed by the keys that are shown with it, or says another thing than the page. */
  | { kind: 'unsigned' }
  /** It agrees, but is signed by a key that was not there before. */
  | { kind: 'newKey'; from: number; to: number; seenAt: string };

interface Head {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** Keys that a browser can check by itself: those of Ed25519. The second line is for whoever checks by SM2. */
function keysIn(words: readonly string[]): NoteVerifier[] {
  return words.flatMap((word) => {
    try {
      const { name, keyHash, algorithm, publicKey } = readVerifierKey(sha256, word);
      const verify: NoteVerifier['verify'] = (text, signature) => verifyEd25519(publicKey, text, signature);
      return algorithm === ED25519 ? [{ name, keyHash, verify }] : [];
    } catch {
      return [];
    }
  });
}

/** The head in a note; null unless the log's own key signed it. */
async function readHead(note: string, words: readonly string[]): Promise<Head | null> {
  const opened = await openNote(note, keysIn(words));
  const head = opened && readCheckpoint(opened.text);
  return head && opened.signedBy.includes(head.origin) ? head : null;
}

const isBeginning = (first: Head, second: Head, proof: readonly string[]): boolean => {
  const hashes = proof.map(fromBase64);
  return (
    first.origin === second.origin &&
    !hashes.includes(null) &&
    verifyConsistency(createHasher(sha256), {
      first: BigInt(first.size),
      second: BigInt(second.size),
      firstRoot: first.root,
      secondRoot: second.root,
      proof: hashes as Uint8Array[],
    })
  );
};

/**
 * @param proofOf asks the office for the hashes by which a longer log shows that it begins with a shorter one, in base64
 * @throws what `proofOf` throws: then nothing is known, and nothing should be kept
 */
export async function watch(
  view: LedgerView,
  kept: Kept | null,
  proofOf: (first: number, second: number) => Promise<readonly string[]>,
): Promise<Verdict> {
  const now = await readHead(view.checkpoint, view.keys);
  if (!now || now.origin !== view.origin || now.size !== view.size) return { kind: 'unsigned' };
  const before = kept && (await readHead(kept.checkpoint, kept.keys));
  if (!before) return { kind: 'first', size: now.size };
  const sizes = { from: before.size, to: now.size, seenAt: kept.seenAt };
  const isLonger = before.size < now.size;
  const proof = isLonger ? await proofOf(before.size, now.size) : [];
  if (!isBeginning(before, now, proof)) return { kind: 'fork', ...sizes, proof };
  const isKnownKey = (await readHead(view.checkpoint, kept.keys)) !== null;
  return { kind: isKnownKey ? 'grown' : 'newKey', ...sizes };
}

const KEY = 'ledger-head';

/** What was kept; null where nothing was, or it cannot be read. */
export function recall(): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Kept> | null;
    return typeof kept?.checkpoint === 'string' && Array.isArray(kept.keys) && typeof kept.seenAt === 'string'
      ? { checkpoint: kept.checkpoint, keys: kept.keys.map(String), seenAt: kept.seenAt }
      : null;
  } catch {
    return null;
  }
}

/** From here on this is what was seen last. Without storage the next visit is the first again. */
export function keep(view: LedgerView, seenAt: Date): void {
  const kept: Kept = { checkpoint: view.checkpoint, keys: view.keys, seenAt: seenAt.toISOString() };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Nothing is kept.
  }
}
