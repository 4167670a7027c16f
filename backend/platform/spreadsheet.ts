import { Readable } from 'node:stream';
import { Zip, ZipDeflate } from 'fflate';

/** Tables as files, row by row: a list of any length leaves without being held in memory. */

export type Cell = string | number | Date | null;

export interface Column {
  title: string;
  /** Characters. */
  width: number;
}

/**
 * A text that a spreadsheet would take for a formula is led by an apostrophe (CSV injection): =, +, -, @, tab, carriage return,
 * and their full-width forms. Numbers are written as numbers and need none.
 */
export function plainCell(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** Wall time of Asia/Shanghai, `2026-10-09 17:00`. */
const wallTime = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

function csvField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = plainCell(cell instanceof Date ? wallTime(cell) : cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a byte order mark, by which spreadsheets know that it is UTF-8. */
export function csvStream(columns: readonly Column[], rows: AsyncIterable<readonly Cell[]>): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${columns.map(({ title }) => csvField(title)).join(',')}\r\n`;
    for await (const row of rows) yield `${row.map(csvField).join(',')}\r\n`;
  }
  return Readable.from(lines(), { objectMode: false });
}

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // eslint-disable-next-line no-control-regex -- XML knows no control characters, and a file with one does not open
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

/** Letters of a column from 0: A to Z, AA, AB … */
function letters(place: number): string {
  const rest = Math.floor(place / 26);
  return (rest === 0 ? '' : letters(rest - 1)) + String.fromCharCode(65 + (place % 26));
}

/** Cells name their place: the format lets them leave it out, but not every program that opens a table does. */
function sheetCell(cell: Cell, place: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  const text = cell instanceof Date ? wallTime(cell) : cell;
  // An inline text is never a formula; the apostrophe is for whoever saves the sheet as CSV.
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(plainCell(text))}</t></is></c>`;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook that are the same for every table (ECMA-376, transitional). */
function fixedParts(sheetName: string): Record<string, string> {
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  };
}

async function* sheetXml(
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<string> {
  const widths = columns
    .map(
      ({ width }, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('');
  const names = columns.map((_, place) => letters(place));
  let number = 0;
  const row = (cells: readonly Cell[]) => {
    number += 1;
    return `<row r="${number}">${cells.map((cell, place) => sheetCell(cell, `${names[place]}${number}`)).join('')}</row>`;
  };
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  yield row(columns.map(({ title }) => title));
  for await (const cells of rows) yield row(cells);
  yield '</sheetData></worksheet>';
}

/** A workbook of one sheet, compressed as it is made. */
export function xlsxStream(
  sheetName: string,
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): Readable {
  const encoder = new TextEncoder();
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const made: Uint8Array[] = [];
    let failure: Error | null = null;
    const zip = new Zip((error, chunk) => {
      if (error) failure = error;
      else made.push(chunk);
    });
    const take = (): Uint8Array[] => {
      if (failure) throw failure;
      return made.splice(0);
    };
    for (const [name, text] of Object.entries(fixedParts(sheetName))) {
      const part = new ZipDeflate(name, { level: 6 });
      zip.add(part);
      part.push(encoder.encode(text), true);
    }
    const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
    zip.add(sheet);
    for await (const text of sheetXml(columns, rows)) {
      sheet.push(encoder.encode(text));
      yield* take();
    }
    sheet.push(new Uint8Array(), true);
    zip.end();
    yield* take();
  }
  return Readable.from(bytes(), { objectMode: false });
}

export const XLSX_TYPE = `${TYPES}.sheet`;
export const CSV_TYPE = 'text/csv; charset=utf-8';
