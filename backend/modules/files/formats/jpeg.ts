/**
 * JPEG by its segments (ITU-T T.81 annex B). Kept: what decoding needs, the colour profile, and the orientation, which
 * is written anew. Dropped: EXIF with place, camera and time, XMP, IPTC, comments, thumbnails, and what phones
 * append behind the picture. Refused: anything behind the picture that is not a phone's.
 */
import { filesErrors } from '../errors.ts';
import { looksLikeMarkup, refuseHugePicture, type Cleaner } from './cleaner.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;
/** Frame headers C0–CF without DHT (C4), JPG (C8) and DAC (CC). */
const FRAME = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const ORIENTATION_TAG = 0x0112;
/** Behind the picture only this much is looked at, and nothing of it is kept. */
const TAIL_LOOKED_AT = 4096;

type State = 'start' | 'segment' | 'scan' | 'tail';

const isStandalone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

function startsWith(segment: Buffer, text: string): boolean {
  return segment.length >= text.length && segment.toString('latin1', 0, text.length) === text;
}

/** Orientation 1 to 8 of an EXIF body (after its length), or null. Reads only IFD0, within bounds. */
export function orientationOf(body: Buffer): number | null {
  if (!startsWith(body, 'Exif\0\0') || body.length < 20) return null;
  const tiff = body.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  if (!little && tiff.toString('latin1', 0, 2) !== 'MM') return null;
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = u16(directory);
  for (let index = 0; index < entries && index < 200; index += 1) {
    const entry = directory + 2 + index * 12;
    if (u16(entry) !== ORIENTATION_TAG) continue;
    const value = u16(entry + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF segment that says how to turn the picture, and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const segment = Buffer.alloc(36);
  segment.writeUInt16BE(0xffe1, 0);
  segment.writeUInt16BE(34, 2);
  segment.write('Exif\0\0MM\0*', 4, 'latin1');
  segment.writeUInt32BE(8, 14);
  segment.writeUInt16BE(1, 18);
  segment.writeUInt16BE(ORIENTATION_TAG, 20);
  segment.writeUInt16BE(3, 22);
  segment.writeUInt32BE(1, 24);
  segment.writeUInt16BE(orientation, 28);
  return segment;
}

/**
 * What phones write behind a picture: further pictures (MPF), a motion photo's video, Samsung's trailer, padding.
 * It is dropped; a document or an archive there is somebody's trick and refused.
 */
function isPhoneTrailer(tail: Buffer, last: Buffer): boolean {
  if (tail.every((byte) => byte === 0x00 || byte === 0xff || byte === 0x0a || byte === 0x0d)) return true;
  const head = tail.toString('latin1', 0, 16);
  if (head.startsWith('\xff\xd8\xff') || head.slice(4, 8) === 'ftyp') return true;
  return last.toString('latin1').endsWith('SEFT');
}

export function createJpegCleaner(): Cleaner {
  let state: State = 'start';
  let held: Buffer = Buffer.alloc(0);
  let hasFrame = false;
  let oriented = false;
  let tail: Buffer = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);

  /** What is kept of a segment; `whole` includes marker and length. */
  const keep = (marker: number, whole: Buffer): Buffer[] => {
    const body = whole.subarray(4);
    if (FRAME.has(marker)) {
      if (hasFrame || body.length < 6) filesErrors.fail('files.broken');
      hasFrame = true;
      refuseHugePicture(body.readUInt16BE(3), body.readUInt16BE(1));
    }
    if (marker === APP1 && !oriented) {
      const orientation = orientationOf(body);
      if (orientation === null) return [];
      oriented = true;
      return orientation === 1 ? [] : [orientationSegment(orientation)];
    }
    if (marker === COMMENT && looksLikeMarkup(body)) filesErrors.fail('files.mixed_content');
    if (marker === COMMENT) return [];
    const needed =
      marker < APP0 ||
      marker > APP15 ||
      (marker === APP0 && startsWith(body, 'JFIF\0') && body.length === 14) ||
      (marker === APP2 && startsWith(body, 'ICC_PROFILE\0')) ||
      (marker === APP14 && startsWith(body, 'Adobe'));
    return needed ? [whole] : [];
  };

  /** Takes one segment off the front of `held`; null when more bytes are needed. */
  const takeSegment = (): Buffer[] | null => {
    while (held.length >= 2 && held[0] === 0xff && held[1] === 0xff) held = held.subarray(1);
    if (held.length < 2) return null;
    const marker = held[1] as number;
    if (held[0] !== 0xff || marker === 0x00 || marker === SOI) filesErrors.fail('files.broken');
    if (marker === EOI || isStandalone(marker)) {
      const whole = held.subarray(0, 2);
      held = held.subarray(2);
      if (marker === EOI) state = 'tail';
      if (marker === EOI && !hasFrame) filesErrors.fail('files.broken');
      return [whole];
    }
    if (held.length < 4) return null;
    const length = held.readUInt16BE(2);
    if (length < 2) filesErrors.fail('files.broken');
    if (held.length < 2 + length) return null;
    const whole = held.subarray(0, 2 + length);
    held = held.subarray(2 + length);
    if (marker === SOS) state = 'scan';
    return keep(marker, whole);
  };

  /** Passes coded picture data on, up to the next marker that is neither stuffing nor a restart. */
  const takeScan = (): Buffer[] | null => {
    let from = 0;
    for (;;) {
      const at = held.indexOf(0xff, from);
      const next = at < 0 ? undefined : held[at + 1];
      if (next === undefined) {
        const end = at < 0 ? held.length : at;
        const passed = held.subarray(0, end);
        held = held.subarray(end);
        return passed.length > 0 ? [passed] : null;
      }
      if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) {
        const passed = held.subarray(0, at);
        held = held.subarray(at);
        state = 'segment';
        return [passed];
      }
      from = next === 0xff ? at + 1 : at + 2;
    }
  };

  const takeTail = (): null => {
    if (tail.length < TAIL_LOOKED_AT)
      tail = Buffer.concat([tail, held.subarray(0, TAIL_LOOKED_AT - tail.length)]);
    last = Buffer.concat([last, held.subarray(-4)]).subarray(-4);
    held = Buffer.alloc(0);
    return null;
  };

  const takeStart = (): Buffer[] | null => {
    if (held.length < 2) return null;
    if (held[0] !== 0xff || held[1] !== SOI) filesErrors.fail('files.broken');
    const whole = held.subarray(0, 2);
    held = held.subarray(2);
    state = 'segment';
    return [whole];
  };

  const take: Record<State, () => Buffer[] | null> = {
    start: takeStart,
    segment: takeSegment,
    scan: takeScan,
    tail: takeTail,
  };

  return {
    push(chunk) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const kept: Buffer[] = [];
      for (let taken = take[state](); taken; taken = take[state]()) kept.push(...taken);
      return kept;
    },
    end() {
      if (state !== 'tail') filesErrors.fail('files.truncated');
      if (tail.length > 0 && !isPhoneTrailer(tail, last)) filesErrors.fail('files.mixed_content');
    },
  };
}
