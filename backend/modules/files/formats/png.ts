/**
 * PNG by its chunks (ISO/IEC 15948). Kept: what decoding needs. Dropped: text, time, EXIF, profiles, animation and
 * everything private. Refused: a wrong checksum, a missing end, anything behind the end.
 */
import { crc32 } from 'node:zlib';
import { filesErrors } from '../errors.ts';
import { refuseHugePicture, type Cleaner } from './cleaner.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'pHYs',
  'sBIT',
  'bKGD',
]);
const HEADER_BODY_BYTES = 13;
const FRAME_BYTES = 8;
const CHECKSUM_BYTES = 4;

interface OpenChunk {
  kind: string;
  kept: boolean;
  /** Body bytes still to come. */
  left: number;
  checksum: number;
}

export function createPngCleaner(): Cleaner {
  let held: Buffer = Buffer.alloc(0);
  let signed = false;
  let ended = false;
  let hasData = false;
  let current: OpenChunk | null = null;
  let seen = 0;

  const takeSignature = (): Buffer[] | null => {
    if (held.length < SIGNATURE.length) return null;
    if (!held.subarray(0, SIGNATURE.length).equals(SIGNATURE)) filesErrors.fail('files.broken');
    signed = true;
    held = held.subarray(SIGNATURE.length);
    return [SIGNATURE];
  };

  const checkHeader = (kind: string, length: number): void => {
    if ((kind === 'IHDR') !== (seen === 0)) filesErrors.fail('files.broken');
    if (kind === 'IHDR') {
      if (length !== HEADER_BODY_BYTES) filesErrors.fail('files.broken');
      refuseHugePicture(held.readUInt32BE(FRAME_BYTES), held.readUInt32BE(FRAME_BYTES + 4));
    }
    if (kind === 'IEND' && (length !== 0 || !hasData)) filesErrors.fail('files.broken');
  };

  const openChunk = (): Buffer[] | null => {
    if (held.length < FRAME_BYTES) return null;
    const length = held.readUInt32BE(0);
    const kind = held.toString('latin1', 4, 8);
    if (length > 0x7fffffff || !/^[a-zA-Z]{4}$/.test(kind)) filesErrors.fail('files.broken');
    // The picture's size is refused before a single row of it is taken.
    if (kind === 'IHDR' && held.length < FRAME_BYTES + HEADER_BODY_BYTES) return null;
    checkHeader(kind, length);
    seen += 1;
    if (kind === 'IDAT') hasData = true;
    const frame = held.subarray(0, FRAME_BYTES);
    held = held.subarray(FRAME_BYTES);
    current = { kind, kept: KEPT.has(kind), left: length, checksum: crc32(frame.subarray(4)) };
    return current.kept ? [frame] : [];
  };

  const closeChunk = (chunk: OpenChunk): Buffer[] | null => {
    if (held.length < CHECKSUM_BYTES) return null;
    const stored = held.subarray(0, CHECKSUM_BYTES);
    if (stored.readUInt32BE(0) !== chunk.checksum) filesErrors.fail('files.broken');
    held = held.subarray(CHECKSUM_BYTES);
    current = null;
    if (chunk.kind === 'IEND') ended = true;
    return chunk.kept ? [stored] : [];
  };

  const takeBody = (chunk: OpenChunk): Buffer[] | null => {
    if (chunk.left === 0) return closeChunk(chunk);
    if (held.length === 0) return null;
    const body = held.subarray(0, chunk.left);
    chunk.left -= body.length;
    chunk.checksum = crc32(body, chunk.checksum);
    held = held.subarray(body.length);
    return chunk.kept ? [body] : [];
  };

  const take = (): Buffer[] | null => {
    if (!signed) return takeSignature();
    if (!ended) return current ? takeBody(current) : openChunk();
    if (held.some((byte) => byte !== 0)) filesErrors.fail('files.mixed_content');
    held = Buffer.alloc(0);
    return null;
  };

  return {
    push(chunk) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const kept: Buffer[] = [];
      for (let taken = take(); taken; taken = take()) kept.push(...taken);
      return kept;
    },
    end() {
      if (!ended) filesErrors.fail('files.truncated');
    },
  };
}
