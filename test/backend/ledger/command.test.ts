import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkProofJson } from '../../../backend/modules/ledger/index.ts';

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (text: string) => sha(Buffer.from([0]), Buffer.from(text));
const node = (left: Buffer, right: Buffer) => sha(Buffer.from([1]), left, right);
const [a, b] = [leaf('a'), leaf('b')];
const base64 = (hash: Buffer) => hash.toString('base64');

/** Proofs as other logs publish their test data. */
describe('a proof as JSON', () => {
  const inclusion = {
    leafIdx: 1,
    treeSize: 2,
    leafHash: base64(b),
    root: base64(node(a, b)),
    proof: [base64(a)],
    desc: 'is not looked at',
  };
  const consistency = { size1: 1, size2: 2, root1: base64(a), root2: base64(node(a, b)), proof: [base64(b)] };
  const check = (kind: 'inclusion' | 'consistency', given: object) =>
    checkProofJson(kind, JSON.stringify(given));

  it('holds, or does not', () => {
    expect(check('inclusion', inclusion)).toBe(true);
    expect(check('inclusion', { ...inclusion, leafIdx: 0 })).toBe(false);
    expect(check('inclusion', { ...inclusion, proof: null })).toBe(false);
    expect(check('consistency', consistency)).toBe(true);
    expect(check('consistency', { ...consistency, root1: base64(b) })).toBe(false);
  });

  it('keeps every digit of a number beyond 2⁵³, and leaves texts alone', () => {
    const text = JSON.stringify({ ...inclusion, desc: '18446744073709551615 "in" a text' });
    expect(checkProofJson('inclusion', text)).toBe(true);
    const huge = text.replace('"leafIdx":1', '"leafIdx":18446744073709551615');
    expect(checkProofJson('inclusion', huge)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]x'],
    ['a text', '"proof"'],
    ['a number for a hash', JSON.stringify({ ...inclusion, root: 5 })],
    ['a text for a size', JSON.stringify({ ...inclusion, treeSize: '2' })],
    ['numbers for a proof', JSON.stringify({ ...inclusion, proof: [1] })],
  ])('says what is wrong with %s', (_, text) => {
    expect(() => checkProofJson('inclusion', text)).toThrow(/.{5}/);
  });
});
