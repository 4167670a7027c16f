import { unzlibSync } from 'fflate';
import { decodeText, encodeText, fromBase64Url, toBase64Url } from './bytes.ts';

/**
 * What the office puts into a PDF beside the pages: a bundle as an attached file, and behind the end of the document a line with its
 * signature over every byte before. Readers of PDF pass over both. Pure.
 */

/** Name of the attachment. */
export const BUNDLE_NAME = 'signed-record.json';

const MARK = '\n%office-signature ';
/** A signature line is some hundred bytes; two lines of witnesses more do not make it this long. */
const LONGEST_LINE = 8_000;
/** Larger attachments are not ours; what inflates beyond this is not looked at. */
const LONGEST_BUNDLE = 200_000;

/** One byte, one character: places in the text are places in the file. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

export const isPdf = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, 1024)).includes('%PDF-');

/** The line to put behind a finished PDF. */
export const signatureLine = (note: string): Uint8Array =>
  encodeText(`${MARK}${toBase64Url(encodeText(note))}\n`);

/** The note behind a PDF and the bytes that it is about; null where there is none. */
export function readSignatureLine(bytes: Uint8Array): { note: string; covered: Uint8Array } | null {
  const from = Math.max(0, bytes.length - LONGEST_LINE);
  const tail = latin1(bytes.subarray(from));
  const at = tail.lastIndexOf(MARK);
  const encoded = at < 0 ? null : fromBase64Url(tail.slice(at + MARK.length).trimEnd());
  if (!encoded) return null;
  try {
    return { note: decodeText(encoded), covered: bytes.subarray(0, from + at) };
  } catch {
    return null;
  }
}

/**
 * The attached bundle: the last embedded file of a PDF that looks like one. Made for the files that the office writes; one that a program
 * has written anew may keep its attachments where this does not look, and null is then all that can be said.
 */
export function readAttachedBundle(bytes: Uint8Array): string | null {
  const text = latin1(bytes);
  const found: string[] = [];
  for (let at = text.indexOf('/EmbeddedFile\n'); at >= 0; at = text.indexOf('/EmbeddedFile\n', at + 1)) {
    const start = text.indexOf('stream', at);
    const dictionary = text.slice(text.lastIndexOf('<<', at), start);
    const length = Number(/\/Length (\d{1,9})\b/.exec(dictionary)?.[1]);
    const begin = start + (text.startsWith('stream\r\n', start) ? 8 : 7);
    if (start < 0 || !(length <= LONGEST_BUNDLE)) continue;
    const content = contentOf(bytes.subarray(begin, begin + length), dictionary.includes('/FlateDecode'));
    if (content?.startsWith('{')) found.push(content);
  }
  return found.at(-1) ?? null;
}

function contentOf(stream: Uint8Array, isDeflated: boolean): string | null {
  try {
    return decodeText(isDeflated ? unzlibSync(stream, { out: new Uint8Array(LONGEST_BUNDLE) }) : stream);
  } catch {
    return null;
  }
}
