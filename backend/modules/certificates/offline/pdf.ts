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
/** Between its first bracket and its content, and how many are looked at: a file made to be searched for ever is given up soon. */
const LONGEST_DICTIONARY = 2_000;
const MOST_ATTACHMENTS = 16;

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
  let at = text.length;
  for (let tried = 0; tried < MOST_ATTACHMENTS && at > 0; tried += 1) {
    at = text.lastIndexOf('/EmbeddedFile\n', at - 1);
    if (at < 0) break;
    const content = attachmentAt(bytes, text, at);
    if (content?.startsWith('{')) return content;
  }
  return null;
}

/** What is attached where a dictionary names it so; searched no further than a dictionary of ours is long. */
function attachmentAt(bytes: Uint8Array, text: string, at: number): string | null {
  const from = Math.max(0, at - LONGEST_DICTIONARY);
  const near = text.slice(from, at + LONGEST_DICTIONARY);
  const start = near.indexOf('stream', at - from);
  const open = near.lastIndexOf('<<', at - from);
  if (start < 0 || open < 0) return null;
  const dictionary = near.slice(open, start);
  const length = Number(/\/Length (\d{1,9})\b/.exec(dictionary)?.[1]);
  if (!(length <= LONGEST_BUNDLE)) return null;
  const begin = from + start + (near.startsWith('stream\r\n', start) ? 8 : 7);
  return contentOf(bytes.subarray(begin, begin + length), dictionary.includes('/FlateDecode'));
}

function contentOf(stream: Uint8Array, isDeflated: boolean): string | null {
  try {
    return decodeText(isDeflated ? unzlibSync(stream, { out: new Uint8Array(LONGEST_BUNDLE) }) : stream);
  } catch {
    return null;
  }
}
