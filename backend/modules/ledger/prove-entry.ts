import type { Platform } from '../../platform/platform.ts';
import { hasher } from './hash.ts';
import { loggedEntries } from './ledger.model.ts';
import type { Hash } from './merkle.ts';
import { proveInclusion } from './prove.ts';
import { latestHead } from './sign-head.ts';
import { nodeReader } from './tree.ts';

export interface EntryProof {
  index: number;
  size: number;
  path: Hash[];
  /** The signed note. */
  checkpoint: string;
}

/** That an entry is in the log under its newest signed head; null where it is not, or not signed yet. */
export async function proveEntry(p: Platform, entryId: string): Promise<EntryProof | null> {
  const [head, entry] = await Promise.all([
    latestHead(p),
    loggedEntries(p).collection.findOne({ entryId }, { projection: { _id: 1 } }),
  ]);
  const index = entry === null ? null : Number(entry._id);
  if (!head || index === null || index >= head._id) return null;
  const path = await proveInclusion(hasher, nodeReader(p, head._id), { index, size: head._id });
  return { index, size: head._id, path, checkpoint: head.note };
}
