import { Type, type Static } from 'typebox';

/** Formats taken: what a phone, a scanner and an office make, and what a browser can show safely. */
export const FileType = { jpeg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf' } as const;
export type FileType = (typeof FileType)[keyof typeof FileType];

/** `notScanned`: this deployment has no scanner. `pending` is shown to the owner only, `infected` to nobody. */
export const ScanStatus = {
  pending: 'pending',
  clean: 'clean',
  infected: 'infected',
  notScanned: 'notScanned',
} as const;
export type ScanStatus = (typeof ScanStatus)[keyof typeof ScanStatus];

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_FILES_PER_CASE = 30;
export const MAX_DAILY_BYTES = 300 * 1024 * 1024;

/** For the `accept` attribute of a file input. */
export const ACCEPTED_FILES = '.jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf';

const Id = Type.String({ pattern: '^[0-9a-f]{24}$' });
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** What the owner, a co-party or the staff on the case see of a file. */
export const FileView = Type.Object({
  id: Id,
  /** As the uploader named it, made harmless; for display only. */
  name: Type.String(),
  type: Type.Enum(Object.values(FileType)),
  sizeBytes: Type.Integer({ minimum: 1 }),
  /** Of the bytes kept, after personal metadata (place, camera, author) was taken out of a picture. */
  sha256: Sha256,
  /** Pages that `preview?page=` can show; 1 for a picture. */
  pages: Type.Integer({ minimum: 1 }),
  scan: Type.Enum(Object.values(ScanStatus)),
  /** `material`: handed in for an item of a case's material list. */
  purpose: Type.String(),
  caseId: Id,
  materialCode: Type.String(),
  uploadedAt: Type.String({ format: 'date-time' }),
  /** True once the case was filed with it; it can no longer be deleted. */
  bound: Type.Boolean(),
});
export type FileView = Static<typeof FileView>;

/**
 * `POST /api/files`, multipart/form-data, one file a request, **fields before the file**:
 * `purpose` (`material`), `caseId` (a draft is a case), `materialCode`, then the part `file`.
 */
export const UPLOAD_FIELDS = ['purpose', 'caseId', 'materialCode'] as const;
export const UPLOAD_FILE_FIELD = 'file';

export const FileParams = Type.Object({ id: Id });
export type FileParams = Static<typeof FileParams>;

export const PreviewQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
  /** Width of the picture in pixels; the height follows. */
  width: Type.Optional(Type.Integer({ minimum: 64, maximum: 2400 })),
});
export type PreviewQuery = Static<typeof PreviewQuery>;
