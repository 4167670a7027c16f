/**
 * One upload, from the request's bytes to a file that a case can name. Order: right to attach → the file's document with
 * its slot (so that whatever is cut off later can be found and swept) → the day's quota → bytes into GridFS, cleaned
 * and hashed as they pass → opened once in the inspecting process → one guarded write that makes it exist for others.
 */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Principal } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { mayAttach } from './access.ts';
import { MAX_FILE_BYTES, MAX_FILES_PER_CASE, ScanStatus, type FileType } from './contract.ts';
import { openContentForWriting, readContent } from './content.ts';
import { discardUpload } from './discard.ts';
import { filesErrors } from './errors.ts';
import { displayNameOf } from './file-name.ts';
import { files, FileState, type FileDocument } from './file.model.ts';
import { checkPdf, endsAsZip } from './formats/pdf.ts';
import { cleanerFor, SNIFFED_BYTES, typeOf } from './formats/sniff.ts';
import { inspect } from './inspector.ts';
import { reserveQuota, returnQuota } from './quota.ts';
import type { Arriving } from './receive.ts';
import { scanSoon } from './scan.ts';

export interface UploadOptions {
  idempotencyKey: string | null;
  /** Of the whole body, where the sender said it; an upper bound of the file's size. */
  bodyBytes: number | null;
}

const DUPLICATE_KEY = 11000;

/**
 * Stores the arriving file for the actor and gives it as it is stored.
 * @throws files.* with one reason and one remedy; nothing is left behind then
 */
export async function upload(
  p: Platform,
  actor: Principal,
  arriving: Arriving,
  options: UploadOptions,
): Promise<FileDocument> {
  const { purpose, caseId, materialCode } = arriving.fields;
  const subject = { purpose, subjectId: caseId, materialCode };
  if (!(await mayAttach(p, actor, subject))) filesErrors.fail('files.cannot_attach');
  const earlier = await findEarlier(p, actor, options.idempotencyKey);
  if (earlier) return repeat(earlier, arriving, subject);

  const file = await claimSlot(p, actor, subject, options.idempotencyKey);
  try {
    const reserved = await reserveQuota(
      p,
      actor.accountId,
      Math.min(options.bodyBytes ?? MAX_FILE_BYTES, MAX_FILE_BYTES),
    );
    file.reserved = reserved;
    await files(p).updateOne({ _id: file._id }, { $set: { reserved } });
    const stored = await storeContent(p, file._id, arriving);
    const { pages } = await openOnce(p, file._id, stored.type, actor.accountId);
    const ready = await finish(p, actor, file, {
      ...stored,
      pages,
      name: displayNameOf(arriving.sentName, stored.type),
    });
    await returnQuota(p, reserved, reserved.bytes - stored.sentBytes);
    scanSoon(p, ready._id);
    return ready;
  } catch (error) {
    await discardUpload(p, file).catch((fault: unknown) => {
      // The sweep finds it: the document is still `receiving`.
      p.log.warn({ err: fault, file: file._id }, 'a refused upload could not be discarded yet');
    });
    throw error;
  }
}

async function findEarlier(p: Platform, actor: Principal, key: string | null): Promise<FileDocument | null> {
  if (key === null) return null;
  const earlier = await files(p).findOne({ ownerId: actor.accountId, idempotencyKey: key }).lean();
  if (earlier?.state === FileState.receiving) filesErrors.fail('files.upload_in_progress');
  return earlier?.state === FileState.ready ? earlier : null;
}

/** The same request again gives the same file; the same key with another file or place is refused. */
async function repeat(
  earlier: FileDocument,
  arriving: Arriving,
  subject: { purpose: string; subjectId: string; materialCode: string },
): Promise<FileDocument> {
  const hash = createHash('sha256');
  for await (const part of arriving.content) hash.update(part as Buffer);
  await arriving.whole;
  const same =
    hash.digest('hex') === earlier.sentSha256 &&
    earlier.purpose === subject.purpose &&
    earlier.subjectId === subject.subjectId &&
    earlier.materialCode === subject.materialCode;
  return same ? earlier : filesErrors.fail('files.key_reused');
}

/** Inserts the file's document into a free slot of its case; the unique index decides between parallel uploads. */
async function claimSlot(
  p: Platform,
  actor: Principal,
  subject: { purpose: string; subjectId: string; materialCode: string },
  idempotencyKey: string | null,
): Promise<FileDocument> {
  const place = { purpose: subject.purpose, subjectId: subject.subjectId, slot: { $gte: 0 } };
  for (;;) {
    const taken = new Set((await files(p).find(place, { slot: 1 }).lean()).map(({ slot }) => slot));
    const free = Array.from({ length: MAX_FILES_PER_CASE }, (_, slot) => slot).filter(
      (slot) => !taken.has(slot),
    );
    // Anywhere among the free ones, so that 30 parallel uploads do not all want the first.
    const slot = free[(p.random.bytes(1)[0] ?? 0) % Math.max(1, free.length)];
    if (slot === undefined) return filesErrors.fail('files.case_full', { limit: MAX_FILES_PER_CASE });
    const file = newFile(p, actor, subject, slot, idempotencyKey);
    try {
      await files(p).collection.insertOne(file as never);
      return file;
    } catch (error) {
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
      // The same key at the same moment from the same person: the other request is the upload.
      if (idempotencyKey !== null) await findEarlierOrFail(p, actor, idempotencyKey);
    }
  }
}

async function findEarlierOrFail(p: Platform, actor: Principal, key: string): Promise<void> {
  if (await findEarlier(p, actor, key)) filesErrors.fail('files.upload_in_progress');
}

function newFile(
  p: Platform,
  actor: Principal,
  subject: { purpose: string; subjectId: string; materialCode: string },
  slot: number,
  idempotencyKey: string | null,
): FileDocument {
  return {
    _id: newId(),
    state: FileState.receiving,
    ownerId: actor.accountId,
    ...subject,
    slot,
    name: '',
    type: null,
    sizeBytes: 0,
    sha256: null,
    sentSha256: null,
    pages: 0,
    scan: {
      status: p.outside.scanner ? ScanStatus.pending : ScanStatus.notScanned,
      at: null,
      signature: null,
    },
    boundTo: null,
    boundAt: null,
    startedAt: p.time.now(),
    uploadedAt: null,
    removedAt: null,
    verifiedAt: null,
    idempotencyKey,
    reserved: null,
  };
}

interface Stored {
  type: FileType;
  sizeBytes: number;
  sha256: string;
  sentSha256: string;
  sentBytes: number;
}

async function storeContent(p: Platform, id: string, arriving: Arriving): Promise<Stored> {
  const sent = createHash('sha256');
  const kept = createHash('sha256');
  let sentBytes = 0;
  let sizeBytes = 0;
  let type: FileType | null = null;

  async function* cleaned(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const counted = count(source);
    const head = await readHead(counted);
    type = await typeOf(head, arriving.sentName, arriving.declaredMime);
    const cleaner = cleanerFor(type);
    yield* keep(cleaner.push(head));
    for await (const part of counted) yield* keep(cleaner.push(part));
    if (arriving.isTooLarge()) filesErrors.fail('files.too_large', { limitMb: MAX_FILE_BYTES / 1024 / 1024 });
    cleaner.end();
  }
  async function* count(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of source) {
      sent.update(part);
      sentBytes += part.length;
      yield part;
    }
  }
  function* keep(parts: readonly Buffer[]): Generator<Buffer> {
    for (const part of parts) {
      if (part.length === 0) continue;
      kept.update(part);
      sizeBytes += part.length;
      yield part;
    }
  }
  await pipeline(arriving.content, cleaned, openContentForWriting(p, id));
  await arriving.whole;
  if (!type) return filesErrors.fail('files.empty');
  return { type, sizeBytes, sha256: kept.digest('hex'), sentSha256: sent.digest('hex'), sentBytes };
}

/** Enough of the content to tell its type, leaving the rest in the iterator. */
async function readHead(source: AsyncGenerator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  while (size < SNIFFED_BYTES) {
    const next = await source.next();
    if (next.done) break;
    parts.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(parts);
}

/** What can only be judged with the whole file at hand, read back from where it was stored. */
async function openOnce(
  p: Platform,
  id: string,
  type: FileType,
  account: string,
): Promise<{ pages: number }> {
  const load = async () => {
    const bytes = await readContent(p, id);
    if (type === 'application/pdf') await checkPdf(bytes);
    else if (endsAsZip(bytes)) filesErrors.fail('files.mixed_content');
    return bytes;
  };
  return inspect(type, load, account);
}

async function finish(
  p: Platform,
  actor: Principal,
  file: FileDocument,
  facts: Stored & { pages: number; name: string },
): Promise<FileDocument> {
  const { type, sizeBytes, sha256, sentSha256, pages, name } = facts;
  const set = {
    type,
    sizeBytes,
    sha256,
    sentSha256,
    pages,
    name,
    state: FileState.ready,
    uploadedAt: p.time.now(),
    reserved: null,
  };
  const event = p.outbox.event('files.uploaded', actor.accountId, {
    fileId: file._id,
    purpose: file.purpose,
    subjectId: file.subjectId,
    materialCode: file.materialCode,
    sha256,
  });
  // `receiving` guards against the sweep, which may have given the upload up meanwhile.
  const result = await files(p).collection.updateOne({ _id: file._id as never, state: FileState.receiving }, {
    $set: set,
    $push: { outbox: event },
  } as never);
  if (result.matchedCount === 0) filesErrors.fail('files.malformed');
  p.outbox.notify('files');
  return { ...file, ...set };
}
