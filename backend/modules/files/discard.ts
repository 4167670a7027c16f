import type { Platform } from '../../platform/platform.ts';
import { eraseContent } from './content.ts';
import { files, FileState, type FileDocument } from './file.model.ts';
import { returnQuota } from './quota.ts';

/** What makes room for others and forgets the person, when a file is given up. */
export const REMOVED = { state: FileState.removed, slot: null, idempotencyKey: null, name: '' } as const;

/**
 * Takes back an upload that never became a file. The guarded first write decides against a `finish` at the same
 * moment; what a kill leaves undone after it, the sweep of removed files does.
 */
export async function discardUpload(p: Platform, file: FileDocument): Promise<void> {
  const { matchedCount } = await files(p).collection.updateOne(
    { _id: file._id as never, state: FileState.receiving },
    { $set: { ...REMOVED, removedAt: p.time.now(), reserved: null } },
  );
  if (matchedCount === 0) return;
  // Only the one who gave it up gives the quota back, so it is given back once.
  if (file.reserved) await returnQuota(p, file.reserved, file.reserved.bytes);
  await eraseContent(p, file._id);
  await files(p).collection.deleteOne({ _id: file._id as never });
}
