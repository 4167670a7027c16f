/** Files as people and attackers send them, made from nothing. */
import { deflateSync, crc32 } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import PDFDocument from 'pdfkit';

function painted(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const paint = canvas.getContext('2d');
  paint.fillStyle = '#c33';
  paint.fillRect(0, 0, width / 2, height);
  paint.fillStyle = '#33c';
  paint.fillRect(width / 2, 0, width / 2, height);
  return canvas;
}

export const jpeg = (width = 60, height = 40): Promise<Buffer> => painted(width, height).encode('jpeg');
export const png = (width = 60, height = 40): Promise<Buffer> => painted(width, height).encode('png');
export const webp = (): Promise<Buffer> => painted(20, 20).encode('webp');

/** A JPEG segment with its marker and length. */
export function segment(marker: number, body: Buffer | string): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1');
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xff00 | marker, 0);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** Puts segments right behind the start of a JPEG. */
export const withSegments = (picture: Buffer, ...segments: Buffer[]): Buffer =>
  Buffer.concat([picture.subarray(0, 2), ...segments, picture.subarray(2)]);

/** EXIF as a phone writes it: orientation 6 in IFD0, and text that stands for the place and the camera. */
export function exif(marks: string): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(6, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(marks)]));
}

export function chunk(kind: string, body: Buffer | string): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes.length, 0);
  head.write(kind, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), bytes])), 0);
  return Buffer.concat([head, bytes, sum]);
}

/** Puts chunks behind a PNG's header. */
export const withChunks = (picture: Buffer, ...chunks: Buffer[]): Buffer =>
  Buffer.concat([picture.subarray(0, 33), ...chunks, picture.subarray(33)]);

/** Only the header of a picture that would decode to `width × height`. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', ''),
  ]);
}

/** A JPEG whose frame header says `width × height`. */
export function jpegBomb(picture: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(picture);
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]));
  copy.writeUInt16BE(height, frame + 5);
  copy.writeUInt16BE(width, frame + 7);
  return copy;
}

export function pdf(pages = 1, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false, ...options });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(parts))));
  document.on('data', (part: Buffer) => parts.push(part));
  for (let page = 1; page <= pages; page += 1)
    document.addPage({ size: 'A4' }).fontSize(40).text(`Page ${page}`);
  document.end();
  return done;
}

/** A one-page PDF written by hand; `extra` are further objects, `catalog` goes into the catalogue. */
export function rawPdf({ catalog = '', extra = '' }: { catalog?: string; extra?: string } = {}): Buffer {
  const objects = [
    `1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n`,
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>\nendobj\n',
    extra,
  ];
  let text = '%PDF-1.7\n';
  const offsets: number[] = [];
  for (const object of objects) {
    if (object.startsWith('1 0') || object.startsWith('2 0') || object.startsWith('3 0'))
      offsets.push(text.length);
    text += object;
  }
  const start = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 4\n0000000000 65535 f \n${rows}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A compressed object stream holding `objects`, as PDF 1.5 and later hide their dictionaries. */
export function objectStream(objects: string): string {
  const packed = deflateSync(Buffer.from(`9 0 ${objects}`, 'latin1'));
  return `8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream\nendobj\n`;
}

/** The smallest ZIP: one stored, empty entry and the end record. */
export function zip(): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(26), end]);
}

/** The test string that every scanner knows, in two halves so that this source is not itself reported. */
export const eicar = () => 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$' + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** The first bytes of an iPhone photo. */
export const heic = (): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic\0\0\0\0heicmif1', 'latin1'),
    Buffer.alloc(64),
  ]);
