import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { FileType, type ScanStatus } from './contract.ts';
import { files, FileState, type FileDocument } from './file.model.ts';

/** What other modules know of a file; the hash is what a case is filed with. */
export interface FileFacts {
  id: string;
  ownerId: string;
  purpose: string;
  subjectId: string;
  materialCode: string;
  name: string;
  type: FileType;
  sizeBytes: number;
  sha256: string;
  pages: number;
  scan: ScanStatus;
  uploadedAt: Date;
  boundTo: string | null;
}

export function factsOf(file: FileDocument): FileFacts {
  return {
    id: file._id,
    ownerId: file.ownerId,
    purpose: file.purpose,
    subjectId: file.subjectId,
    materialCode: file.materialCode,
    name: file.name,
    type: file.type ?? FileType.pdf,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256 ?? '',
    pages: file.pages,
    scan: file.scan.status,
    uploadedAt: file.uploadedAt ?? file.startedAt,
    boundTo: file.boundTo,
  };
}

/** Facts of the files that exist, in the order asked; unknown, unfinished and removed ones are left out. */
export async function getFileFacts(p: Platform, fileIds: readonly string[]): Promise<FileFacts[]> {
  const find = finderOf(p);
  const found = await Promise.all(fileIds.map(find));
  return found.flatMap((file) => (file?.state === FileState.ready ? [factsOf(file)] : []));
}

/** Pages and acts that come together look at their files together. */
const finderOf = perPlatform((p: Platform) =>
  gatherFinds(() => files(p).collection as unknown as Collection<FileDocument>, '_id', { outbox: 0 }),
);

/** Every usable file handed in for a subject (a case), oldest first. */
export async function listFileFacts(p: Platform, purpose: string, subjectId: string): Promise<FileFacts[]> {
  const found = await files(p)
    .find({ purpose, subjectId, state: FileState.ready, slot: { $gte: 0 } })
    .lean();
  return found
    .map(factsOf)
    .sort((a, b) => a.uploadedAt.getTime() - b.uploadedAt.getTime() || (a.id < b.id ? -1 : 1));
}
