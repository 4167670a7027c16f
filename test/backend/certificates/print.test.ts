import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  certificates,
  type CertificateDocument,
} from '../../../backend/modules/certificates/certificate.model.ts';
import { printCertificate } from '../../../backend/modules/certificates/print.ts';
import { party, SUN, ZHAO } from '../register/units.ts';
import { issueForCase, startWorld, type World } from './world.ts';

let world: World;
let p: World['p'];
const folder = mkdtempSync(join(tmpdir(), 'certificate-print-'));

beforeAll(async () => {
  world = await startWorld({ config: { demo: true } });
  p = world.p;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

async function certificateFor(name: string, idNumber = SUN.idNumber): Promise<CertificateDocument> {
  const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [party(name, idNumber)]);
  await issueForCase(p, caseId);
  return (await certificates(p).findOne({ number }, { outbox: 0 }).lean()) as CertificateDocument;
}

interface Picture {
  width: number;
  height: number;
  /** One byte a pixel, 0 black. */
  grey: Uint8Array;
}

/** Rendered, because text that extracts well may still print as an empty page (dependencies.md §0, 7). */
function render(pdf: Buffer, page: number, dpi = 110): Picture {
  const file = join(folder, 'c.pdf');
  writeFileSync(file, pdf);
  execFileSync('pdftoppm', [
    '-r',
    String(dpi),
    '-f',
    String(page),
    '-l',
    String(page),
    '-gray',
    file,
    join(folder, 'c'),
  ]);
  const name = execFileSync('ls', [folder], { encoding: 'utf8' }).match(/c-\d+\.pgm/)?.[0] ?? '';
  const bytes = readFileSync(join(folder, name));
  rmSync(join(folder, name));
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))!;
  return {
    width: Number(header[1]),
    height: Number(header[2]),
    grey: new Uint8Array(bytes.subarray(header[0].length)),
  };
}

/** Share of dark pixels in a box given in points from the top left. */
function inkIn(picture: Picture, box: { x: number; y: number; width: number; height: number }): number {
  const scale = picture.width / 595.28;
  let dark = 0;
  let all = 0;
  for (let y = Math.round(box.y * scale); y < (box.y + box.height) * scale; y += 1) {
    for (let x = Math.round(box.x * scale); x < (box.x + box.width) * scale; x += 1) {
      all += 1;
      if ((picture.grey[y * picture.width + x] ?? 255) < 110) dark += 1;
    }
  }
  return dark / all;
}

describe('the printed certificate', () => {
  it('has two pages whose rows are really drawn, with subset fonts inside', async () => {
    const pdf = await printCertificate(p, await certificateFor('孙晓岚'));
    const file = join(folder, 'fonts.pdf');
    writeFileSync(file, pdf);
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' });
    expect(fonts).toMatch(/\+NotoSerifSC-Regular .* yes yes yes/);
    expect(pdf.length).toBeLessThan(400_000);
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
    for (const words of [
      '不 动 产 权 证 书',
      '孙晓岚',
      '98.62㎡',
      '371502 001001 GB00001',
      '不具有法律效力',
    ]) {
      expect(text.replace(/\s+/g, '')).toContain(words.replace(/\s+/g, ''));
    }
    const page = render(pdf, 2);
    // The ten rows of the table: label and text of each leave ink.
    for (let row = 0; row < 9; row += 1) {
      const y = 86 + row * 42 + 10;
      expect(inkIn(page, { x: 60, y, width: 90, height: 22 })).toBeGreaterThan(0.004);
      expect(inkIn(page, { x: 165, y, width: 120, height: 22 })).toBeGreaterThan(0.004);
    }
  });

  it('carries a QR that leads to its verification and to nothing else', async () => {
    const certificate = await certificateFor('孙晓岚');
    const { width, height, grey } = render(await printCertificate(p, certificate), 1, 150);
    const data = new Uint8Array(width * height * 4);
    grey.forEach((value, index) => data.set([value, value, value, 255], index * 4));
    expect(decodeQR({ width, height, data })).toBe(`${p.config.publicOrigin}/verify/${certificate.token}`);
  });

  it('is the same file for the same certificate', async () => {
    const certificate = await certificateFor('孙晓岚');
    const [one, two] = [await printCertificate(p, certificate), await printCertificate(p, certificate)];
    expect(one.equals(two)).toBe(true);
  });

  it('is refused with the character named when no font can draw a name exactly', async () => {
    const certificate = await certificateFor('孙\u{E123}');
    await expect(printCertificate(p, certificate)).rejects.toMatchObject({
      code: 'certificates.needsManualPrinting',
      params: { characters: '\u{E123}' },
    });
  });

  it('is withheld when the stored record was touched', async () => {
    const certificate = await certificateFor('孙晓岚');
    const forged = { ...certificate, record: certificate.record.replace('98.62', '198.62') };
    await expect(printCertificate(p, forged)).rejects.toMatchObject({ code: 'certificates.signatureBroken' });
  });
});
