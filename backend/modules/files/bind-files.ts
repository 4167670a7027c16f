import type { Collection } from 'mongodb';
import { createGatherer, gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { ScanStatus } from './contract.ts';
import { filesErrors } from './errors.ts';
import { factsOf, type FileFacts } from './facts.ts';
import { files, FileState, type FileDocument } from './file.model.ts';

/**
 * A file is bound to its case when it is put under a material, long before filing: then neither its owner nor the sweep can
 * take it away, and filing has only to look. What a draft no longer names is released again; what a kill leaves bound
 * although nothing names it, the integrity job releases.
 */

function faultOf(file: FileDocument | null | undefined, caseId: string): string | null {
  if (!file || file.state !== FileState.ready || file.subjectId !== caseId) return 'files.not_found';
  if (file.scan.status === ScanStatus.infected) return 'files.infected';
  return file.boundTo === caseId ? null : 'files.not_found';
}

interface BindRequest {
  caseId: string;
  fileIds: readonly string[];
}

/** Cases that bind at the same moment do it by one write and one look. */
const binderOf = perPlatform((p: Platform) =>
  createGatherer<BindRequest, Map<string, FileDocument>>(async (requests) => {
    const wanted = requests.map(({ caseId, fileIds }) => ({ _id: { $in: [...fileIds] }, subjectId: caseId }));
    const usable = { state: FileState.ready, 'scan.status': { $ne: ScanStatus.infected } };
    // `state` in the filter is the guard against a delete or a sweep at the same moment: either that one finds the file
    // bound, or this one finds it gone.
    await files(p).collection.updateMany({ $or: wanted.map((one) => ({ ...one, ...usable })) } as never, [
      { $set: { boundTo: '$subjectId', boundAt: p.time.now() } },
    ]);
    const found = (await files(p)
      .collection.find({ _id: { $in: requests.flatMap(({ fileIds }) => [...fileIds]) } } as never)
      .toArray()) as unknown as FileDocument[];
    return requests.map(
      ({ caseId }) =>
        new Map(found.filter(({ subjectId }) => subjectId === caseId).map((file) => [file._id, file])),
    );
  }),
);

/**
 * Makes files part of a case, so that they can no longer be deleted or swept. Call it before the write by which the case
 * names them. Safe to repeat.
 * @param caseId the case that they were uploaded for
 * @returns their facts, in the order given, to be stored in the case with their hashes
 * @throws files.missing_for_filing, with one problem `/files/<id>` for each that cannot be used
 */
export async function bindFiles(
  p: Platform,
  caseId: string,
  fileIds: readonly string[],
): Promise<FileFacts[]> {
  if (fileIds.length === 0) return [];
  const found = await binderOf(p)({ caseId, fileIds });
  const problems = fileIds.flatMap((id) => {
    const file = found.get(id);
    const code = faultOf(file, caseId);
    return code ? [{ pointer: `/files/${id}`, code, params: { name: file?.name ?? '' } }] : [];
  });
  if (problems.length > 0) filesErrors.fail('files.missing_for_filing', {}, problems);
  return fileIds.flatMap((id) => {
    const file = found.get(id);
    return file ? [factsOf(file)] : [];
  });
}

const finderOf = perPlatform((p: Platform) =>
  gatherFinds(() => files(p).collection as unknown as Collection<FileDocument>, '_id'),
);

/** A file as `withFiles` brings it along, for `confirmBound` alone. */
export type BroughtFile = FileDocument;

/** A stage by which a reader of something else brings the files along that it names at `path`. */
export const withFiles = (path: string, as: string) => ({
  $lookup: { from: files.declaration.collection, localField: path, foreignField: '_id', as },
});

/**
 * The facts of files that should be bound to a case already, by one look and no write. Any that is not is bound now, or
 * refused as `bindFiles` does.
 * @param brought what was read together with the case; the files are looked for where nothing was
 */
export async function confirmBound(
  p: Platform,
  caseId: string,
  fileIds: readonly string[],
  brought?: readonly BroughtFile[],
): Promise<FileFacts[]> {
  const found = brought
    ? fileIds.map((id) => brought.find(({ _id }) => _id === id) ?? null)
    : await Promise.all(fileIds.map((id) => finderOf(p)(id)));
  const whole = found.every((file) => faultOf(file, caseId) === null);
  return whole ? found.flatMap((file) => (file ? [factsOf(file)] : [])) : bindFiles(p, caseId, fileIds);
}

/** Gives files back that a case no longer names: their owner may delete them, and in time the sweep will. */
export async function releaseFiles(p: Platform, caseId: string, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  await files(p).updateMany(
    { _id: { $in: [...fileIds] }, boundTo: caseId },
    { $set: { boundTo: null, boundAt: null } },
  );
}
