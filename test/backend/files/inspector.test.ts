import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawPreview, inspect } from '../../../backend/modules/files/inspector.ts';
import * as sample from './samples.ts';

const load = (bytes: Buffer) => async () => bytes;

/** A page that paints `count` large overlapping shapes: small to send, endless to draw. */
function endlessPdf(count: number): Buffer {
  const drawing = deflateSync(
    Buffer.from(
      'q 0 0 m 9000 9 l 9 9000 l b* Q /P gs 1 0 0 RG 300 w 0 0 m 99 999 777 3 5 888 c S\n'.repeat(count),
    ),
  );
  const objects = [
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n',
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9000 9000] /Contents 4 0 R >>\nendobj\n',
    `4 0 obj\n<< /Filter /FlateDecode /Length ${drawing.length} >>\nstream\n${drawing.toString('latin1')}\nendstream\nendobj\n`,
  ];
  return Buffer.from(`%PDF-1.4\n${objects.join('')}trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n`, 'latin1');
}

describe('the inspecting process', () => {
  it('says how many pages a document has', async () => {
    expect(await inspect('application/pdf', load(await sample.pdf(4)))).toEqual({ pages: 4 });
    expect(await inspect('image/png', load(await sample.png()))).toEqual({ pages: 1 });
  });

  it('may die of a file: the file is refused, the next one is opened, and we live on', async () => {
    const cut = (await sample.jpeg()).subarray(0, 300);
    await expect(inspect('image/jpeg', load(cut))).rejects.toMatchObject({ code: 'files.broken' });
    expect(await inspect('application/pdf', load(await sample.pdf()))).toEqual({ pages: 1 });
  });

  it('gives a page that takes too long up, and goes on with the next', { timeout: 120_000 }, async () => {
    await expect(drawPreview('application/pdf', 1, 2400, load(endlessPdf(1_000_000)))).rejects.toMatchObject({
      code: 'files.too_complex',
    });
    expect(await inspect('application/pdf', load(await sample.pdf()))).toEqual({ pages: 1 });
  });

  it('opens what many people send at once, one after the other', async () => {
    const pdf = await sample.pdf();
    const all = await Promise.all(Array.from({ length: 20 }, () => inspect('application/pdf', load(pdf))));
    expect(all).toEqual(Array(20).fill({ pages: 1 }));
  });

  it('tells a content that cannot be loaded from a file that cannot be opened', async () => {
    const away = async () => Promise.reject(new Error('database is away'));
    await expect(inspect('application/pdf', away)).rejects.toThrow('database is away');
    expect(await inspect('application/pdf', load(await sample.pdf()))).toEqual({ pages: 1 });
  });
});
