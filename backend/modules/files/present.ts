import { FileType, type FileView } from './contract.ts';
import type { FileDocument } from './file.model.ts';

/** The wire object, field by field. Only for files that are `ready`. */
export function presentFile(file: FileDocument): FileView {
  return {
    id: file._id,
    name: file.name,
    type: file.type ?? FileType.pdf,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256 ?? '',
    pages: file.pages,
    scan: file.scan.status,
    purpose: file.purpose,
    caseId: file.subjectId,
    materialCode: file.materialCode,
    uploadedAt: (file.uploadedAt ?? file.startedAt).toISOString(),
    bound: file.boundTo !== null,
  };
}
