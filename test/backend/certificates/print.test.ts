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
import { verifyFile, weigh } from '../../../backend/modules/certificates/offline/bundle.ts';
import { readAttachedBundle } from '../../../backend/modules/certificates/offline/pdf.ts';
import { verifyPayload, type Trust } from '../../../backend/modules/certificates/offline/verify.ts';
import { ledgerVerifiers } from '../../../backend/modules/ledger/keys.ts';
import { printCertificate } from '../../../backend/modules/certificates/print.ts';
import { sha256 } from '../../support/proofs.ts';
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

const trust = (): Trust => ({
  sha256,
  verifiers: ledgerVerifiers(p, `${new URL(p.config.publicOrigin).host}/ledger`),
});

describe('the printed certificate', () => {
  it('has pages whose rows are really drawn, with subset fonts inside', async () => {
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

  it('proves itself by the code on its last page, read from a picture of it', async () => {
    const certificate = await certificateFor('孙晓岚');
    await world.relay.drain();
    const { width, height, grey } = render(await printCertificate(p, certificate), 3, 150);
    const data = new Uint8Array(width * height * 4);
    grey.forEach((value, index) => data.set([value, value, value, 255], index * 4));
    const [url = '', payload = ''] = decodeQR({ width, height, data }).split('#');
    expect(url).toBe(`${p.config.publicOrigin}/verify`);
    const verdict = await verifyPayload(payload, trust());
    expect(verdict).toMatchObject({ verdict: 'genuine', standing: { status: 'valid' } });
    expect(Object.fromEntries('fields' in verdict ? verdict.fields : [])).toEqual(
      JSON.parse(certificate.record),
    );
  });

  it('says so where the log has no entry of it yet', async () => {
    const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [SUN]);
    await issueForCase(p, caseId);
    const { leaf: _, ...certificate } = (await certificates(p).findOne({ number }, { outbox: 0 }).lean())!;
    const file = join(folder, 'early.pdf');
    writeFileSync(file, await printCertificate(p, certificate as CertificateDocument));
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
    expect(text.replace(/\s/g, '')).toContain('请过几分钟重新下载');
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

describe('the file, dropped into a page', () => {
  let pdf: Buffer;
  let bundle: { record: string; signature: string; proof: string };
  beforeAll(async () => {
    const certificate = await certificateFor('孙晓岚');
    await world.relay.drain();
    pdf = await printCertificate(p, certificate);
    bundle = JSON.parse(readAttachedBundle(pdf)!);
  });
  const verdictOf = async (bytes: Uint8Array) => {
    const verdict = await verifyFile(bytes, trust());
    return [verdict.verdict, 'why' in verdict ? verdict.why : verdict.pages].join(' ');
  };
  const signed = (value: object) => {
    const { signer } = p.crypto;
    const record = JSON.stringify(value);
    return { record, keyId: signer.keyId, signature: signer.sign(Buffer.from(record)) };
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));

  it('is whole: byte for byte what the office wrote', async () => {
    expect(await verifyFile(pdf, trust())).toMatchObject({
      verdict: 'genuine',
      pages: 'whole',
      standing: { status: 'valid' },
    });
  });

  it('is found out wherever one byte of it is changed', async () => {
    for (let at = 0; at < pdf.length; at += Math.ceil(pdf.length / 300)) {
      const changed = Buffer.from(pdf);
      changed[at]! ^= 1;
      expect(await verdictOf(changed), String(at)).not.toBe('genuine whole');
    }
  });

  it('is not taken for the office’s pages where its last line is gone, whatever was changed in them', async () => {
    const cut = pdf.subarray(0, pdf.lastIndexOf('\n%office-signature'));
    for (const more of ['', '\n% other pages\n']) {
      const bytes = Buffer.concat([cut, Buffer.from(more)]);
      expect(await verdictOf(bytes)).toBe('genuine unsigned');
      expect(weigh(await verifyFile(bytes, trust()))).toBe('contentOnly');
    }
    expect(weigh(await verifyFile(pdf, trust()))).toBe('genuine');
  });

  it('cannot borrow the last line of another file', async () => {
    const other = await printCertificate(p, await certificateFor('李建国'));
    const at = pdf.lastIndexOf('\n%office-signature');
    const line = other.subarray(other.lastIndexOf('\n%office-signature'));
    expect(await verdictOf(Buffer.concat([pdf.subarray(0, at), line]))).toBe('notGenuine fileAltered');
  });

  it.each<[string, string, () => unknown]>([
    ['as it is', 'genuine unknown', () => bundle],
    [
      'a field of the record edited',
      'notGenuine recordDiffers',
      () => ({ ...bundle, record: bundle.record.replace('98.62', '198.62') }),
    ],
    [
      'a field of the record left out',
      'notGenuine recordDiffers',
      () => ({ ...bundle, record: JSON.stringify({ ...JSON.parse(bundle.record), notes: undefined }) }),
    ],
    [
      'another signature',
      'notGenuine badSignature',
      () => ({ ...bundle, signature: bundle.signature.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) }),
    ],
    ['half a proof', 'cannotTell truncated', () => ({ ...bundle, proof: bundle.proof.slice(0, 300) })],
    ['no proof', 'signedOnly unknown', () => ({ ...bundle, proof: undefined })],
    [
      'no proof and an edited record',
      'notGenuine badSignature',
      () => ({ ...bundle, proof: undefined, record: bundle.record.replace('98.62', '198.62') }),
    ],
    [
      'something beside it, as another program may read another document there',
      'cannotTell noProof',
      () => ({ ...bundle, pages: '%PDF-1.7 1 0 obj' }),
    ],
    ['a signed receipt of a case', 'cannotTell unknownDocument', () => signed({ kind: 'acceptanceReceipt' })],
    [
      'a signed title of some fields',
      'cannotTell unknownDocument',
      () => signed({ kind: 'title', number: '1' }),
    ],
    ['numbers for texts', 'cannotTell noProof', () => ({ ...bundle, record: 5 })],
    ['a record that is no object', 'cannotTell noProof', () => ({ ...bundle, record: 'null' })],
    ['a list', 'cannotTell noProof', () => [bundle]],
    ['nothing', 'cannotTell noProof', () => null],
  ])('its bundle, %s: %s', async (_, expected, make) => {
    expect(await verdictOf(json(make()))).toBe(expected);
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a PDF of somebody else', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')],
    ['a PDF cut off', () => pdf.subarray(0, 600)],
    ['bytes of no sense', Buffer.from(sha256(Buffer.from('x')))],
  ])('%s: nothing can be said', async (_, bytes) => {
    expect(await verdictOf(typeof bytes === 'function' ? bytes() : bytes)).toBe('cannotTell noProof');
  });
});
