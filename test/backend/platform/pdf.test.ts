import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPdf, MissingGlyphError } from '../../../backend/platform/pdf/document.ts';
import { breakLines } from '../../../backend/platform/pdf/line-breaks.ts';

/** Ten points for a Han character or full-width sign, five for anything else. */
const widthOf = (text: string) =>
  [...text].reduce((sum, one) => sum + (/[\u2e80-\uffef]/u.test(one) ? 10 : 5), 0);

describe('lines of Chinese text', () => {
  it('never begin with closing punctuation nor end with an opening bracket', () => {
    const lines = breakLines('甲乙丙丁，戊己（庚辛）。', 40, widthOf);
    expect(lines).toEqual(['甲乙丙', '丁，戊己', '（庚', '辛）。']);
  });

  it('keep words and numbers whole where they fit', () => {
    expect(breakLines('面积98.62平方米', 40, widthOf)).toEqual(['面积', '98.62平', '方米']);
  });

  it('cut what is wider than a line', () => {
    expect(breakLines('ABCDEFGHIJ', 25, widthOf)).toEqual(['ABCDE', 'FGHIJ']);
  });

  it('keep paragraphs, the empty one too', () => {
    expect(breakLines('甲\n\n乙', 40, widthOf)).toEqual(['甲', '', '乙']);
  });

  it('lose no character but the spaces at a break, and stay within the width', () => {
    const text = fc.string({ unit: fc.constantFrom(...'甲乙丙丁，。（）AB12 '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 120 }), (source, width) => {
        const lines = breakLines(source, width, widthOf);
        expect(lines.join('').replace(/ /g, '')).toBe(source.replace(/ /g, ''));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('a document', () => {
  const options = { title: '试', author: '甲', createdAt: new Date('2026-10-09T00:00:00Z') };

  it('names the characters that no font can draw, each once', () => {
    const pdf = createPdf(options);
    const draw = () => pdf.text('甲\u{E001}乙\u{E001}\u{E002}', 0, 0);
    expect(draw).toThrow(MissingGlyphError);
    expect(draw).toThrow('no glyph for U+e001, U+e002');
  });

  it('that must be had names them by their code points instead, measured as they are printed', () => {
    const pdf = createPdf({ ...options, missingGlyphs: 'name' });
    expect(pdf.named).toBe(false);
    expect(pdf.widthOf('已交☑税😀')).toBe(createPdf(options).widthOf('已交〔U+2611〕税〔U+1F600〕'));
    expect(pdf.named).toBe(true);
    const style = { width: 60 };
    expect(pdf.heightOf('😀😀😀', style)).toBeGreaterThan(createPdf(options).heightOf('字字字', style));
    expect(pdf.text('\u{20BB7}\ud800\u0000❤️', 0, 0)).toBeGreaterThan(0);
  });

  it('has the same bytes for the same input', async () => {
    const make = () => {
      const pdf = createPdf(options);
      pdf.text('不动产登记', 40, 40, { width: 200, align: 'center', weight: 'bold' });
      pdf.qr('https://example.org/verify/x', 40, 80, 90);
      return pdf.finish();
    };
    expect((await make()).equals(await make())).toBe(true);
  });

  it('puts text where it was measured to go', () => {
    const pdf = createPdf(options);
    const style = { width: 100, size: 10, leading: 1.5 };
    const text = '面积九十八点六二平方米，专有七十九';
    expect(pdf.text(text, 0, 20, style)).toBe(20 + pdf.heightOf(text, style));
    expect(pdf.heightOf('甲', style)).toBe(15);
  });
});
