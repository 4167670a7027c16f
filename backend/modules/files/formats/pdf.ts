/**
 * PDF (ISO 32000) as whole bytes, after it was stored: what may run, what is locked and what is hidden is looked for
 * in the plain parts and in the compressed object streams. Rendering it is the inspecting process's work, which
 * gives a second opinion.
 */
import { inflate } from 'node:zlib';
import { promisify } from 'node:util';
import { setImmediate as breathe } from 'node:timers/promises';
import { filesErrors } from '../errors.ts';
import { MAX_PDF_OBJECT_BYTES } from '../limits.ts';

const inflateAsync = promisify(inflate) as (bytes: Uint8Array, options: object) => Promise<Buffer>;

/** Bytes looked through between two breaths of the event loop: about 3 ms. */
const WINDOW = 1024 * 1024;
const OVERLAP = 256;
const END_LOOKED_AT = 2048;

/** A PDF name may write any of its letters as `#` and two hexadecimal digits. */
function nameOf(word: string): string {
  const letters = [...word].map((letter) => {
    const hex = letter.charCodeAt(0).toString(16);
    const digits = [...hex].map((digit) =>
      /[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit,
    );
    return `(?:${letter}|#${digits.join('')})`;
  });
  return `${letters.join('')}(?![A-Za-z0-9#])`;
}

const anyName = (words: readonly string[]) => new RegExp(`/(?:${words.map(nameOf).join('|')})`, 'g');

/** Actions and contents that act by themselves or carry other files. Links (`URI`) and jumps (`GoTo`) are harmless. */
const ACTIVE = anyName([
  'JavaScript',
  'Launch',
  'RichMedia',
  'RichMediaSettings',
  'EmbeddedFile',
  'EmbeddedFiles',
  'ImportData',
  'SubmitForm',
  'Rendition',
  'GoToE',
]);
/** XFA is a form language of its own with scripts inside. Three letters, so only with a value behind it. */
const XFA = new RegExp(`/(?:${nameOf('XFA')})\\s*(?:\\[|\\d+\\s+\\d+\\s+R)`, 'g');
const LOCKED = new RegExp(`/(?:${nameOf('Encrypt')})\\s*(?:<<|\\d+\\s+\\d+\\s+R)`, 'g');
const OBJECT_STREAM = new RegExp(`/(?:${nameOf('ObjStm')})`, 'g');

function refuseIfFound(text: string): void {
  for (const [pattern, code] of [
    [LOCKED, 'files.encrypted'],
    [ACTIVE, 'files.active_content'],
    [XFA, 'files.active_content'],
  ] as const) {
    pattern.lastIndex = 0;
    if (pattern.test(text)) filesErrors.fail(code);
  }
}

/** Where the compressed bytes of the stream begin that follows `from`; -1 if none does. */
function streamStart(bytes: Buffer, from: number): number {
  const at = bytes.indexOf('stream', from, 'latin1');
  if (at < 0) return -1;
  const afterWord = at + 'stream'.length;
  if (bytes[afterWord] === 0x0d && bytes[afterWord + 1] === 0x0a) return afterWord + 2;
  return afterWord + 1;
}

/** Inflates one object stream. Filters that nobody writes there cannot be looked through, so they are refused. */
async function objectsOf(bytes: Buffer, nameAt: number, budget: number): Promise<Buffer> {
  const start = streamStart(bytes, nameAt);
  const end = start < 0 ? -1 : bytes.indexOf('endstream', start, 'latin1');
  if (end < 0) return filesErrors.fail('files.broken');
  const opening = bytes.lastIndexOf('obj', nameAt, 'latin1');
  const dictionary = bytes.toString('latin1', Math.max(opening, nameAt - 4096), start);
  if (!dictionary.includes('/Filter')) return Buffer.alloc(0);
  if (
    !/\/Filter\s*(?:\[\s*)?\/FlateDecode\s*(?:\]|\/|>>|\s)/.test(dictionary) ||
    /\/(?:Predictor|LZW|ASCII)/.test(dictionary)
  ) {
    return filesErrors.fail('files.too_complex');
  }
  try {
    return await inflateAsync(bytes.subarray(start, end), {
      maxOutputLength: Math.max(1, budget),
      finishFlush: 2,
    });
  } catch (error) {
    const bomb = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    return filesErrors.fail(bomb ? 'files.too_complex' : 'files.broken');
  }
}

/** A ZIP's end record that closes exactly at the end of the file makes the same bytes an archive as well. */
export function endsAsZip(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - 65_557);
  for (let at = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= from;) {
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true;
    if (at === 0) return false;
    at = bytes.lastIndexOf('PK\x05\x06', at - 1, 'latin1');
  }
  return false;
}

function checkFrame(bytes: Buffer): void {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8))) filesErrors.fail('files.broken');
  const end = bytes.toString('latin1', Math.max(0, bytes.length - END_LOOKED_AT));
  const marker = end.lastIndexOf('%%EOF');
  if (endsAsZip(bytes)) filesErrors.fail('files.mixed_content');
  if (marker < 0) {
    // The marker further up means that something was appended; nowhere, that the end is missing.
    filesErrors.fail(bytes.includes('%%EOF', 0, 'latin1') ? 'files.mixed_content' : 'files.truncated');
  }
  if (!/^[\s\0]*$/.test(end.slice(marker + '%%EOF'.length))) filesErrors.fail('files.mixed_content');
}

/** Refuses a PDF that is incomplete, locked, active or also something else. Pauses for the event loop. */
export async function checkPdf(bytes: Buffer): Promise<void> {
  checkFrame(bytes);
  const objectStreams: number[] = [];
  for (let from = 0; from < bytes.length; from += WINDOW) {
    const text = bytes.toString('latin1', from, from + WINDOW + OVERLAP);
    refuseIfFound(text);
    OBJECT_STREAM.lastIndex = 0;
    for (let match = OBJECT_STREAM.exec(text); match; match = OBJECT_STREAM.exec(text)) {
      if (match.index < WINDOW) objectStreams.push(from + match.index);
    }
    await breathe();
  }
  let budget = MAX_PDF_OBJECT_BYTES;
  for (const at of objectStreams) {
    const objects = await objectsOf(bytes, at, budget);
    budget -= objects.length;
    refuseIfFound(objects.toString('latin1'));
  }
}
