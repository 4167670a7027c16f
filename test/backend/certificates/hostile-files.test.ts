import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { block, concatBytes, toBase64Url } from '../../../backend/modules/certificates/offline/bytes.ts';
import { readAttachedBundle } from '../../../backend/modules/certificates/offline/pdf.ts';
import { unpackPayload } from '../../../backend/modules/certificates/offline/payload.ts';
import { sha256 } from '../../support/proofs.ts';

/** Files and links that are made to keep the one who checks them busy. */

const took = (act: () => unknown): number => {
  const start = performance.now();
  act();
  return performance.now() - start;
};
const PIECE = '/EmbeddedFile\n';

describe('a PDF that is made to be searched for ever', () => {
  it.each<[string, string]>([
    ['names of attachments without end', PIECE.repeat(150_000)],
    ['each with a dictionary that begins nowhere', `${PIECE}stream\n`.repeat(100_000)],
    ['each with the same far beginning', `<<${PIECE.repeat(150_000)}stream\n`],
    ['each with a content that is none', `<<${PIECE}/Length 190000\n>>stream\n`.repeat(50_000)],
    ['each deflated', `<<${PIECE}/FlateDecode/Length 190000\n>>stream\nx\x9c`.repeat(40_000)],
  ])('%s is given up at once', (_, text) => {
    const bytes = Buffer.from(`%PDF-1.7\n${text}`, 'latin1');
    expect(took(() => expect(readAttachedBundle(bytes)).toBeNull())).toBeLessThan(3_000);
  });

  it('has its bundle found behind other attachments, the last one first', () => {
    const attached = (text: string) =>
      `<<\n/Type ${PIECE}/Length ${text.length}\n>>\nstream\n${text}\nendstream\n`;
    const pdf = `%PDF-1.7\n${attached('{"a":1}')}${attached('{"a":2}')}${attached('a letter').repeat(5)}`;
    expect(readAttachedBundle(Buffer.from(pdf))).toBe('{"a":2}');
  });
});

describe('a short code that unfolds to megabytes', () => {
  it.each([300_000, 12_000_000])('of %i bytes is not unfolded', (size) => {
    const text = new TextEncoder().encode(`["","","",[["a","${'x'.repeat(size)}"]]]`);
    const body = concatBytes([
      new Uint8Array(16),
      Uint8Array.of(0, 1),
      new Uint8Array(32),
      Uint8Array.of(0, 0, 0),
    ]);
    const whole = concatBytes([body, deflateSync(text, { level: 9 })]);
    const code = toBase64Url(
      concatBytes([Uint8Array.of(1, 0), block(concatBytes([whole, sha256(whole).slice(0, 4)]))]),
    );
    expect(code.length).toBeLessThan(20_000);
    let largest = 0;
    const real = JSON.parse;
    JSON.parse = (given: string) => {
      largest = Math.max(largest, given.length);
      return real(given) as unknown;
    };
    try {
      expect(unpackPayload(code, sha256)).toBe('altered');
    } finally {
      JSON.parse = real;
    }
    expect(largest).toBeLessThanOrEqual(200_000);
  });
});
