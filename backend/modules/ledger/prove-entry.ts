import type { Platform } from '../../platform/platform.ts';
import { hasher } from './hash.ts';
import { loggedEntries, type LoggedEntry, type SignedHead } from './ledger.model.ts';
import type { Hash } from './merkle.ts';
import { proveConsistency, proveInclusion } from './prove.ts';
import { latestHead, signHead } from './sign-head.ts';
import { nodeReader } from './tree.ts';

export interface EntryProof {
  index: number;
  /** The leaf itself. */
  bytes: string;
  proof: Hash[];
  head: SignedHead;
}

/** That a change of the register is in the log, under its newest head; null while it is not logged. */
export async function proveEntry(p: Platform, entryId: string): Promise<EntryProof | null> {
  const entry = (await loggedEntries(p).collection.findOne({ entryId })) as unknown as LoggedEntry | null;
  if (!entry) return null;
  const newest = await latestHead(p);
  const head = newest && newest._id > entry._id ? newest : await signHead(p);
  if (!head) return null;
  const place = { index: entry._id, size: head._id };
  const proof = await proveInclusion(hasher, nodeReader(p, head._id), place);
  return { index: entry._id, bytes: entry.bytes, proof, head };
}

/** That the tree of `second` entries begins with that of `first`. @throws RangeError unless 0 < first ≤ second ≤ the log */
export const proveGrowth = (p: Platform, first: number, second: number): Promise<Hash[]> =>
  proveConsistency(hasher, nodeReader(p, second), { first, second });
