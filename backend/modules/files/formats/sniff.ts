import { fileTypeFromBuffer } from 'file-type';
import { FileType } from '../contract.ts';
import { filesErrors } from '../errors.ts';
import { extensionOf, typeClaimedBy } from '../file-name.ts';
import type { Cleaner } from './cleaner.ts';
import { createJpegCleaner } from './jpeg.ts';
import { createPngCleaner } from './png.ts';

/** What file-type needs to tell the formats that it knows apart. */
export const SNIFFED_BYTES = 4100;

const ACCEPTED = new Set<string>(Object.values(FileType));
const HEIC = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']);

/** Says nothing about the content: what browsers send for a file that they do not know. */
const UNSPOKEN = new Set(['', 'application/octet-stream', 'text/plain']);

const MIME_ALIASES: Readonly<Record<string, FileType>> = {
  'image/jpg': FileType.jpeg,
  'image/pjpeg': FileType.jpeg,
};

const SHORT_NAME: Record<FileType, string> = {
  'image/jpeg': 'JPG',
  'image/png': 'PNG',
  'application/pdf': 'PDF',
};

/**
 * The type of a content by its first bytes; name and declared type must not say otherwise.
 * @param head the first SNIFFED_BYTES, or all there is
 */
export async function typeOf(head: Buffer, sentName: string, declaredMime: string): Promise<FileType> {
  if (head.length === 0) filesErrors.fail('files.empty');
  const found = await fileTypeFromBuffer(head);
  if (found && HEIC.has(found.mime)) filesErrors.fail('files.heic_not_accepted');
  const claimed = typeClaimedBy(sentName);
  if (!found || !ACCEPTED.has(found.mime)) {
    if (!claimed) return filesErrors.fail('files.type_not_accepted');
    // Without a known signature the file is damaged rather than lying.
    if (!found) return filesErrors.fail('files.broken');
    return filesErrors.fail('files.type_differs', {
      declared: SHORT_NAME[claimed],
      found: found.ext.toUpperCase(),
    });
  }
  const type = found.mime as FileType;
  const mime = declaredMime.toLowerCase().split(';')[0]?.trim() ?? '';
  const spoken = UNSPOKEN.has(mime) ? type : (MIME_ALIASES[mime] ?? mime);
  if (claimed !== undefined && claimed !== type) {
    const declared = claimed ? SHORT_NAME[claimed] : extensionOf(sentName).toUpperCase();
    return filesErrors.fail('files.type_differs', { declared, found: SHORT_NAME[type] });
  }
  if (spoken !== type) {
    const declared = ACCEPTED.has(spoken)
      ? SHORT_NAME[spoken as FileType]
      : spoken.replace(/[^\w/.+-]/g, '').slice(0, 60);
    return filesErrors.fail('files.type_differs', { declared, found: SHORT_NAME[type] });
  }
  return type;
}

/** A PDF cannot be judged in passing: it goes through as it is and is checked as a whole (pdf.ts). */
const passThrough = (): Cleaner => ({ push: (chunk) => [chunk], end: () => undefined });

export function cleanerFor(type: FileType): Cleaner {
  if (type === FileType.jpeg) return createJpegCleaner();
  if (type === FileType.png) return createPngCleaner();
  return passThrough();
}
