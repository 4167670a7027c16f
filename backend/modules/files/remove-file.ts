import type { Principal } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { mayAttach } from './access.ts';
import { eraseContent } from './content.ts';
import { REMOVED } from './discard.ts';
import { filesErrors } from './errors.ts';
import { files, FileState } from './file.model.ts';

/**
 * Erases a file that its owner uploaded and that no case names among its materials.
 * @throws files.not_found, files.in_use, files.cannot_attach
 */
export async function removeFile(p: Platform, actor: Principal, fileId: string): Promise<void> {
  const file = await files(p)
    .findOne({ _id: fileId, ownerId: actor.accountId, state: FileState.ready })
    .lean();
  if (!file) return filesErrors.fail('files.not_found');
  if (file.boundTo !== null) filesErrors.fail('files.in_use');
  if (!(await mayAttach(p, actor, file))) filesErrors.fail('files.cannot_attach');
  const { purpose, subjectId, materialCode } = file;
  const event = p.outbox.event('files.removed', actor.accountId, {
    fileId,
    purpose,
    subjectId,
    materialCode,
  });
  // `boundTo: null` is the guard against a case that takes it at the same moment.
  const { matchedCount } = await files(p).collection.updateOne(
    { _id: fileId as never, state: FileState.ready, boundTo: null },
    { $set: { ...REMOVED, removedAt: p.time.now() }, $push: { outbox: event } } as never,
  );
  if (matchedCount === 0) filesErrors.fail('files.in_use');
  p.outbox.notify('files');
  await eraseContent(p, fileId);
}
