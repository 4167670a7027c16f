import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { mayRead } from './access.ts';
import { ScanStatus } from './contract.ts';
import { openContent, readContent } from './content.ts';
import { filesErrors } from './errors.ts';
import { files, FileState, storedFiles, type FileDocument } from './file.model.ts';
import { drawPreview } from './inspector.ts';

/** The file, if the actor may see it now. Foreign and missing are told the same way. */
async function getReadable(p: Platform, actor: Principal, fileId: string): Promise<FileDocument> {
  const file = await files(p).findOne({ _id: fileId, state: FileState.ready }).lean();
  if (!file || !(await mayRead(p, actor, file))) return filesErrors.fail('files.not_found');
  if (file.scan.status === ScanStatus.infected) filesErrors.fail('files.infected', { name: file.name });
  if (file.scan.status === ScanStatus.pending && file.ownerId !== actor.accountId)
    filesErrors.fail('files.being_scanned');
  return file;
}

/**
 * The bytes as kept.
 * @throws files.not_found, files.infected, files.being_scanned, files.damaged
 */
export async function openFile(
  p: Platform,
  actor: Principal,
  fileId: string,
): Promise<{ file: FileDocument; content: Readable }> {
  const file = await getReadable(p, actor, fileId);
  // Looked up before the answer begins: later it could only break off.
  const head = await storedFiles(p).findOne({ _id: fileId }).lean();
  if (!head || head.length !== file.sizeBytes) filesErrors.fail('files.damaged');
  return { file, content: openContent(p, fileId) };
}

/** Pictures of pages are made once and looked at often, by several people in a row. */
const pictures = new LRUCache<string, Buffer>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: (picture) => picture.length,
});

const DEFAULT_WIDTH = 1200;
/** Widths are rounded up to these, so that a page is not drawn anew for every window size. */
const WIDTHS = [160, 320, 640, 1200, 1800, 2400] as const;

/**
 * One page as a WebP picture, drawn from the file in the inspecting process: no byte of the upload reaches the browser.
 * @param width pixels; rounded up to the next of a few sizes
 * @throws as openFile, files.no_such_page, files.broken
 */
export async function previewFile(
  p: Platform,
  actor: Principal,
  fileId: string,
  page = 1,
  width: number = DEFAULT_WIDTH,
): Promise<Buffer> {
  const file = await getReadable(p, actor, fileId);
  if (page > file.pages) filesErrors.fail('files.no_such_page', { page, pages: file.pages });
  const drawn = WIDTHS.find((size) => size >= width) ?? DEFAULT_WIDTH;
  const key = `${file.sha256}|${page}|${drawn}`;
  const known = pictures.get(key);
  if (known) return known;
  if (!file.type) return filesErrors.fail('files.broken');
  const load = () => readContent(p, fileId);
  const picture = await drawPreview(file.type, page, drawn, load, actor.accountId);
  pictures.set(key, picture);
  return picture;
}
