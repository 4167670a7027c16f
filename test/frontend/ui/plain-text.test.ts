import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yuanText } from '../../../frontend/i18n/format.ts';
import { fenOf, plainCode, plainNumber } from '../../../frontend/ui/plain-text.ts';

describe('what people type', () => {
  it.each([
    ['３７１５０２ 19900307–001x', '37150219900307001X'],
    ['138 0635 0123', '13806350123'],
  ])('%s is the code %s', (typed, code) => {
    expect(plainCode(typed)).toBe(code);
  });

  it('keeps the wrong letter of a number, so that the error can name it', () => {
    expect(plainNumber('１，２８０。5a')).toBe('1280.5a');
  });
});

describe('an amount', () => {
  it.each([
    ['1,280,000', 128_000_000],
    ['０.05', 5],
    ['80元', 8000],
    ['80.', 8000],
    ['80.005', null],
    ['-1', null],
    ['', null],
    ['八十', null],
  ])('%s yuan are %s fen', (typed, fen) => {
    expect(fenOf(typed)).toBe(fen);
  });

  it('comes back from how it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (fen) => {
        expect(fenOf(yuanText(fen))).toBe(fen);
      }),
    );
  });
});
