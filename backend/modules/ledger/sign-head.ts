import { createGatherer, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { leafHashOf, sizeOf } from './append.ts';
import { findBreak } from './breaks.ts';
import { checkpointText, originIn } from './checkpoint.ts';
import { hasher } from './hash.ts';
import { ledgerSigners, newOrigin } from './keys.ts';
import { loggedEntries, signedHeads, type LoggedEntry, type SignedHead } from './ledger.model.ts';
import { isSameHash } from './merkle.ts';
import { fromBase64, signNote, toBase64 } from './note.ts';
import { rootOf } from './prove.ts';
import { bytesOf, freshReader, storeTiles } from './tree.ts';

/** The log differs from what was signed, or from itself. Nothing is signed any more until a person has looked. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken';
}

const DUPLICATE_KEY = 11_000;

const headsIn = (p: Platform) => signedHeads(p).collection;

/** The newest signed head; null before the first. */
export async function latestHead(p: Platform): Promise<SignedHead | null> {
  const [head] = (await headsIn(p)
    .find({}, { hint: '_id_' })
    .sort({ _id: -1 })
    .limit(1)
    .toArray()) as unknown as SignedHead[];
  return head ?? null;
}

/** Entries under the newest head that this process has seen; heads are never taken back. */
const seenOf = perPlatform(() => ({ size: 0 }));

/** Whether that many entries are under a signed head. Asks the database only where it is news. */
export async function isSigned(p: Platform, size: number): Promise<boolean> {
  const seen = seenOf(p);
  if (size > seen.size) seen.size = Math.max(seen.size, (await latestHead(p))?._id ?? 0);
  return size <= seen.size;
}

/** Every leaf again from its stored bytes: one flipped bit in a stored hash ended a log in 2022 (Yeti). @throws LedgerBroken */
async function demandLeaves(p: Platform, from: number, to: number): Promise<void> {
  const cursor = loggedEntries(p)
    .collection.find({ _id: { $gte: from, $lt: to } as never })
    .sort({ _id: 1 });
  let next = from;
  for await (const { _id, bytes, hash } of cursor as unknown as AsyncIterable<LoggedEntry>) {
    if (_id !== next) throw new LedgerBroken(`entry ${next} is missing`);
    if (!isSameHash(leafHashOf(bytes), bytesOf(hash))) throw new LedgerBroken(`entry ${_id} is altered`);
    next += 1;
  }
  if (next !== to) throw new LedgerBroken(`entry ${next} is missing`);
}

/** Whoever found the log broken may have been somebody else: it stays so until it was looked at as a whole. */
async function demandWhole(p: Platform): Promise<void> {
  const broken = await findBreak(p);
  if (broken) throw new LedgerBroken(broken.reason);
}

/** Others may sign first this often before the caller is told to come again. */
const ATTEMPTS = 20;

async function signNow(p: Platform): Promise<SignedHead | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const last = await latestHead(p);
    const [size, previous] = [await sizeOf(p), last?._id ?? 0];
    if (size < previous) throw new LedgerBroken(`${previous} entries were signed, ${size} are there`);
    if (size === previous) return last;
    await demandWhole(p);
    const origin = last ? originIn(last.note) : newOrigin(p);
    const head = await makeHead(p, { origin, size, previous, known: last && fromBase64(last.root) });
    try {
      await headsIn(p).insertOne(head as never);
      return head;
    } catch (error) {
      // Another process signed after the same head. What it signed is published, and the rest is signed after it.
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
    }
  }
  throw new Error('others signed first in many tries');
}

/** @param tree.known the root that was signed at `previous` */
async function makeHead(
  p: Platform,
  tree: { origin: string; size: number; previous: number; known: Uint8Array | null },
): Promise<SignedHead> {
  const { origin, size, previous, known } = tree;
  await demandLeaves(p, previous, size);
  await storeTiles(p, previous, size);
  const read = freshReader(p, size);
  // What was signed last must still be the beginning of what is signed now.
  if (previous > 0 && (!known || !isSameHash(await rootOf(hasher, read, previous), known)))
    throw new LedgerBroken(`the first ${previous} entries are not those that were signed`);
  const root = await rootOf(hasher, read, size);
  const note = signNote(checkpointText({ origin, size, root }), ledgerSigners(p, origin));
  return { _id: size, previous, root: toBase64(root), note, at: p.time.now() };
}

const signerOf = perPlatform(() =>
  createGatherer<Platform, SignedHead | null>(async (asked) => {
    const head = await signNow(asked[0]!);
    return asked.map(() => head);
  }),
);

/**
 * Signs the tree as it stands, stored before it is published; null for an empty log. Who asks while one is being signed shares the
 * next. @throws LedgerBroken
 */
export const signHead = (p: Platform): Promise<SignedHead | null> => signerOf(p)(p);
