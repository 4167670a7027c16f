import { filesErrors } from '../errors.ts';
import { MAX_PIXELS, MAX_SIDE_PIXELS } from '../limits.ts';

/**
 * Checks the structure of one format while its bytes pass, and gives on only what the picture needs. Throws a
 * `files.*` refusal as soon as it knows; holds at most one segment (64 KiB) back.
 */
export interface Cleaner {
  /** Takes what has arrived and returns what is to be kept of it, in order. */
  push(chunk: Buffer): Buffer[];
  /** Nothing more comes: refuses a file that is not complete. */
  end(): void;
}

/** Refuses a picture that would decode to more than we can hold, from its header alone. */
export function refuseHugePicture(width: number, height: number): void {
  if (width === 0 || height === 0) filesErrors.fail('files.broken');
  if (width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS || width * height > MAX_PIXELS) {
    const limit = Math.floor(Math.sqrt(MAX_PIXELS));
    filesErrors.fail('files.picture_too_big', { width, height, limit });
  }
}

/** Text that a browser or a server would run, where a picture has no business to carry it. */
const MARKUP = /<\s*(script|html|svg|body|iframe|!doctype|\?php)/i;

export function looksLikeMarkup(bytes: Uint8Array): boolean {
  return MARKUP.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}
