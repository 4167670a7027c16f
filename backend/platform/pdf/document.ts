import PDFDocument from 'pdfkit';
import encodeQR from 'qr';
import { fontBytes, fontSources, type FontSource, type Weight } from './fonts.ts';
import { breakLines } from './line-breaks.ts';

/** Characters that no font here can draw. A document that must be exact is then not made at all. */
export class MissingGlyphError extends Error {
  override readonly name = 'MissingGlyphError';
  readonly characters: readonly string[];

  constructor(characters: readonly string[]) {
    super(`no glyph for ${characters.map((one) => `U+${one.codePointAt(0)?.toString(16)}`).join(', ')}`);
    this.characters = characters;
  }
}

export interface PdfOptions {
  title: string;
  author: string;
  /** Written into the file; with the same input the bytes are the same. */
  createdAt: Date;
  subject?: string;
  /** Points, default A4 upright, 595.28 × 841.89. */
  size?: readonly [number, number];
  /** Of a character that no font can draw: `refuse` (default) throws, `name` prints its code point, `〔U+1F600〕`. */
  missingGlyphs?: 'refuse' | 'name';
}

export interface TextStyle {
  /** Points, default 10.5 (五号). */
  size?: number;
  weight?: Weight;
  color?: string;
  align?: 'left' | 'center' | 'right';
  /** Width to break lines at; without it the text stays on one line. */
  width?: number;
  /** Height of a line as a multiple of the size, default 1.5. */
  leading?: number;
  /** Points added between characters. */
  spacing?: number;
}

interface Run {
  text: string;
  font: string;
}

/** The part of pdfkit's font that tells what it can draw; not in its type declarations. */
interface EmbeddedFont {
  font: { hasGlyphForCodePoint(codePoint: number): boolean };
}

/**
 * A PDF with Chinese text: an embedded, subset serif font, with a fall-back font character by character. pdfkit's own
 * `doc` is open for lines and shapes; text goes through `text`, which never prints a box.
 */
export interface Pdf {
  readonly doc: PDFKit.PDFDocument;
  /** Draws at (x, y = top) and returns the y below. Throws MissingGlyphError, unless such characters are named. */
  text(text: string, x: number, y: number, style?: TextStyle): number;
  /** Height that `text` would take. */
  heightOf(text: string, style?: TextStyle): number;
  widthOf(text: string, style?: TextStyle): number;
  /** A QR code with its quiet zone inside the square of `size` points; a long content is easier to scan with `low` correction. */
  qr(content: string, x: number, y: number, size: number, correction?: 'low' | 'medium'): void;
  /** Whether a character had to be named by its code point. */
  readonly named: boolean;
  /** Ends the document. */
  finish(): Promise<Buffer>;
}

/** Characters that need no glyph of their own. */
const INVISIBLE = /[\s\u200b-\u200d\ufe00-\ufe0f]/u;

export function createPdf(options: PdfOptions): Pdf {
  const { title, author, subject, createdAt, size = [595.28, 841.89], missingGlyphs = 'refuse' } = options;
  const doc = new PDFDocument({
    size: [...size],
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: title,
      Author: author,
      ...(subject ? { Subject: subject } : {}),
      CreationDate: createdAt,
      ModDate: createdAt,
    },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const fonts = registerFonts(doc);

  let named = false;
  /** The text as it will be printed: decided before lines are broken, as a code point is wider than its character. */
  const printed = (text: string, { weight = 'regular' }: TextStyle): string => {
    if (missingGlyphs === 'refuse') return text;
    const spelt = fonts.nameMissing(text, weight);
    named ||= spelt !== text;
    return spelt;
  };
  const measure = (text: string, style: TextStyle): number => {
    doc.fontSize(style.size ?? 10.5);
    const width = fonts.runs(text, style.weight ?? 'regular').reduce((sum, run) => {
      doc.font(run.font);
      return sum + doc.widthOfString(run.text);
    }, 0);
    return width + (style.spacing ?? 0) * [...text].length;
  };
  const linesOf = (text: string, style: TextStyle): string[] =>
    style.width === undefined
      ? text.split('\n')
      : breakLines(text, style.width, (part) => measure(part, style));
  const lineHeight = ({ size: points = 10.5, leading = 1.5 }: TextStyle) => points * leading;

  return {
    doc,
    text(text, x, y, style = {}) {
      let top = y;
      for (const line of linesOf(printed(text, style), style)) {
        drawLine(
          doc,
          fonts.runs(line, style.weight ?? 'regular'),
          x + indent(measure(line, style), style),
          top,
          style,
        );
        top += lineHeight(style);
      }
      return top;
    },
    heightOf: (text, style = {}) => linesOf(printed(text, style), style).length * lineHeight(style),
    widthOf: (text, style = {}) => measure(printed(text, style), style),
    get named() {
      return named;
    },
    qr: (content, x, y, side, correction = 'medium') =>
      drawQr(doc, encodeQR(content, 'raw', { ecc: correction, border: 4 }), x, y, side),
    finish() {
      doc.end();
      return ended;
    },
  };
}

function indent(lineWidth: number, { width, align = 'left' }: TextStyle): number {
  if (width === undefined || align === 'left') return 0;
  return align === 'right' ? width - lineWidth : (width - lineWidth) / 2;
}

function drawLine(
  doc: PDFKit.PDFDocument,
  runs: readonly Run[],
  x: number,
  top: number,
  style: TextStyle,
): void {
  const { size = 10.5, leading = 1.5, color = '#1c1c1a', spacing = 0 } = style;
  // One baseline for all fonts of the line: their own tops differ.
  const baseline = top + (size * leading - size) / 2 + size * 0.88;
  let left = x;
  for (const run of runs) {
    doc.font(run.font).fontSize(size).fillColor(color);
    const options = { lineBreak: false, characterSpacing: spacing, baseline: 'alphabetic' as const };
    doc.text(run.text, left, baseline, options);
    left += doc.widthOfString(run.text) + spacing * [...run.text].length;
  }
}

function registerFonts(doc: PDFKit.PDFDocument) {
  const { main, fallbacks } = fontSources();
  const ready = new Map<string, EmbeddedFont['font']>();
  const load = (source: FontSource): EmbeddedFont['font'] => {
    const known = ready.get(source.name);
    if (known) return known;
    doc.registerFont(source.name, fontBytes(source), source.face);
    doc.font(source.name);
    const { font } = (doc as unknown as { _font: EmbeddedFont })._font;
    ready.set(source.name, font);
    return font;
  };
  const fontFor = (character: string, weight: Weight): string | null => {
    const codePoint = character.codePointAt(0) ?? 0;
    const source = [main[weight], ...fallbacks].find((one) => load(one).hasGlyphForCodePoint(codePoint));
    return source?.name ?? null;
  };
  return {
    nameMissing: (text: string, weight: Weight): string =>
      [...text]
        .map((character) =>
          INVISIBLE.test(character) || fontFor(character, weight) !== null
            ? character
            : `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`,
        )
        .join(''),
    /** Splits text into stretches of one font each. */
    runs(text: string, weight: Weight): Run[] {
      const runs: Run[] = [];
      const missing: string[] = [];
      for (const character of text) {
        const last = runs.at(-1);
        const font = INVISIBLE.test(character) ? (last?.font ?? weight) : fontFor(character, weight);
        if (font === null) missing.push(character);
        else if (last?.font === font) last.text += character;
        else runs.push({ text: character, font });
      }
      if (missing.length > 0) throw new MissingGlyphError([...new Set(missing)]);
      if (runs.length > 0) load(main[weight]);
      return runs;
    },
  };
}

function drawQr(doc: PDFKit.PDFDocument, modules: boolean[][], x: number, y: number, side: number): void {
  const step = side / modules.length;
  doc.save().rect(x, y, side, side).fill('#ffffff');
  doc.fillColor('#000000');
  modules.forEach((row, down) =>
    row.forEach((dark, across) => {
      if (dark) doc.rect(x + across * step, y + down * step, step, step);
    }),
  );
  doc.fill().restore();
}
