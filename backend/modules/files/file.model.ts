import { defineModel } from '../../platform/database/model.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import type { FileType, ScanStatus } from './contract.ts';

/**
 * `receiving`: bytes are arriving, the content is not complete; `ready`: complete, checked and hashed;
 * `condemned`: the sweep asks once more whether a case names it; `removed`: the content is erased or about to be, the
 * document stays until its events are delivered.
 */
export const FileState = {
  receiving: 'receiving',
  ready: 'ready',
  condemned: 'condemned',
  removed: 'removed',
} as const;
export type FileState = (typeof FileState)[keyof typeof FileState];

export interface FileDocument {
  _id: string;
  state: FileState;
  ownerId: string;
  purpose: string;
  /** What the file was handed in for; for `material` the case. */
  subjectId: string;
  materialCode: string;
  /** 0 to 29 among the files of a subject; null once removed. */
  slot: number | null;
  name: string;
  type: FileType | null;
  sizeBytes: number;
  /** Of the bytes kept. */
  sha256: string | null;
  /** Of the bytes sent, for telling a repeated request from another one. */
  sentSha256: string | null;
  pages: number;
  scan: { status: ScanStatus; at: Date | null; signature: string | null };
  /** The case that names it among its materials, as a draft or filed. */
  boundTo: string | null;
  /** When it was last put under a material; null while nothing holds it. */
  boundAt: Date | null;
  startedAt: Date;
  uploadedAt: Date | null;
  removedAt: Date | null;
  /** When the content was last read back and compared with `sha256`. */
  verifiedAt: Date | null;
  idempotencyKey: string | null;
  reserved: { quotaId: string; bytes: number } | null;
  outbox?: OutboxEvent[];
}

export const files = defineModel<FileDocument>({
  collection: 'files',
  fields: {
    _id: String,
    state: String,
    ownerId: String,
    purpose: String,
    subjectId: String,
    materialCode: String,
    slot: Number,
    name: String,
    type: String,
    sizeBytes: Number,
    sha256: String,
    sentSha256: String,
    pages: Number,
    scan: { status: String, at: Date, signature: String },
    boundTo: String,
    boundAt: Date,
    startedAt: Date,
    uploadedAt: Date,
    removedAt: Date,
    verifiedAt: Date,
    idempotencyKey: String,
    reserved: { quotaId: String, bytes: Number },
  },
  outbox: true,
  indexes: [
    {
      key: { purpose: 1, subjectId: 1, slot: 1 },
      options: { name: 'slot', unique: true, partialFilterExpression: { slot: { $type: 'number' } } },
      because:
        'invariant: a slot of a case is taken once, so parallel uploads cannot exceed the 30 files of a case',
    },
    {
      key: { ownerId: 1, idempotencyKey: 1 },
      options: {
        name: 'upload-key',
        unique: true,
        partialFilterExpression: { idempotencyKey: { $gt: '' } },
      },
      because: 'invariant: one upload for a key, however often the request is sent',
    },
    {
      key: { state: 1, boundTo: 1, startedAt: 1 },
      options: { name: 'sweep' },
      because: 'the sweep of cut-off, unbound and removed uploads, oldest first',
    },
    {
      key: { 'scan.status': 1, startedAt: 1 },
      options: { name: 'scan' },
      because: 'the scanner takes what waits, oldest first; the administrator sees how many there are',
    },
    {
      key: { verifiedAt: 1 },
      options: { name: 'verify-next', partialFilterExpression: { boundTo: { $type: 'string' } } },
      because: 'the integrity job takes the bound file that was checked longest ago',
    },
  ],
});

interface QuotaDocument {
  /** `account|YYYY-MM-DD` (legal day). */
  _id: string;
  bytes: number;
  day: string;
}

export const uploadQuotas = defineModel<QuotaDocument>({
  collection: 'upload-quotas',
  fields: { _id: String, bytes: Number, day: String },
  indexes: [{ key: { day: 1 }, options: { name: 'day' }, because: 'the sweep of past days' }],
});

export const DamageFault = { missing: 'missing', altered: 'altered' } as const;
export type DamageFault = (typeof DamageFault)[keyof typeof DamageFault];

interface DamageDocument {
  /** `file|fault`: a damage is reported once. */
  _id: string;
  fileId: string;
  subjectId: string | null;
  fault: DamageFault;
  foundAt: Date;
  outbox?: OutboxEvent[];
}

/** Its own collection, because a file that is missing has no document to carry the event. */
export const fileDamages = defineModel<DamageDocument>({
  collection: 'file-damages',
  fields: { _id: String, fileId: String, subjectId: String, fault: String, foundAt: Date },
  outbox: true,
  indexes: [
    { key: { foundAt: -1 }, options: { name: 'found' }, because: 'the newest damages for the administrator' },
  ],
});

interface StoredFileDocument {
  _id: string;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  filename: string;
}

/** GridFS's own two collections, declared so that they exist with their indexes before the app serves. */
export const storedFiles = defineModel<StoredFileDocument>({
  collection: 'file-content.files',
  fields: { _id: String, length: Number, chunkSize: Number, uploadDate: Date, filename: String },
  indexes: [
    {
      key: { filename: 1, uploadDate: 1 },
      options: { name: 'filename_1_uploadDate_1' },
      because: 'the driver makes it on a first upload; here it is made before',
    },
  ],
});

interface StoredChunkDocument {
  _id: unknown;
  files_id: string;
  n: number;
  data: unknown;
}

export const storedChunks = defineModel<StoredChunkDocument>({
  collection: 'file-content.chunks',
  fields: { files_id: String, n: Number, data: Buffer },
  indexes: [
    {
      key: { files_id: 1, n: 1 },
      options: { name: 'files_id_1_n_1', unique: true },
      because: 'invariant of GridFS: each part of a content exists once; parts are read in order',
    },
  ],
});
