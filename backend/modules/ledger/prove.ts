import type { Hash, Hasher } from './merkle.ts';

/** Hash of the complete subtree of 2^`level` entries that begins at entry `index` × 2^`level`. */
export type ReadNode = (level: number, index: number) => Promise<Hash>;

/** The largest power of two below `n`, as an exponent; `n` > 1. */
function splitOf(n: number): number {
  let level = 0;
  while (2 ** (level + 1) < n) level += 1;
  return level;
}

/** RFC 9162 §2.1.1 `MTH(D[begin:end])` where `begin` is a multiple of every subtree in it, as it is on each path down. */
async function hashOf(hasher: Hasher, read: ReadNode, begin: number, end: number): Promise<Hash> {
  const n = end - begin;
  if (n === 0) return hasher.empty;
  const level = Math.log2(n);
  if (Number.isInteger(level)) return read(level, begin / n);
  const middle = begin + 2 ** splitOf(n);
  const [left, right] = await Promise.all([
    hashOf(hasher, read, begin, middle),
    hashOf(hasher, read, middle, end),
  ]);
  return hasher.node(left, right);
}

/** Root of the tree of the first `size` entries. */
export const rootOf = (hasher: Hasher, read: ReadNode, size: number): Promise<Hash> =>
  hashOf(hasher, read, 0, size);

/** RFC 9162 §2.1.3.1 `PATH(index, D[0:size])`. @throws RangeError where there is no such entry */
export async function proveInclusion(
  hasher: Hasher,
  read: ReadNode,
  { index, size }: { index: number; size: number },
): Promise<Hash[]> {
  if (!(index >= 0 && index < size)) throw new RangeError('no such entry in a tree of that size');
  let [begin, end] = [0, size];
  const siblings: [number, number][] = [];
  while (end - begin > 1) {
    const middle = begin + 2 ** splitOf(end - begin);
    if (index < middle) {
      siblings.unshift([middle, end]);
      end = middle;
    } else {
      siblings.unshift([begin, middle]);
      begin = middle;
    }
  }
  return Promise.all(siblings.map(([from, to]) => hashOf(hasher, read, from, to)));
}

/** RFC 9162 §2.1.4.1 `PROOF(first, D[0:second])`. @throws RangeError unless 0 < first ≤ second */
export async function proveConsistency(
  hasher: Hasher,
  read: ReadNode,
  { first, second }: { first: number; second: number },
): Promise<Hash[]> {
  if (!(first > 0 && first <= second)) throw new RangeError('the first tree must be a part of the second');
  const nodes: [number, number][] = [];
  let [begin, end] = [0, second];
  // As long as the first tree ends inside this subtree, the half without its end is a node of the proof.
  while (end !== first) {
    const middle = begin + 2 ** splitOf(end - begin);
    if (first <= middle) {
      nodes.unshift([middle, end]);
      end = middle;
    } else {
      nodes.unshift([begin, middle]);
      begin = middle;
    }
  }
  // What is left is the end of the first tree; where that is all of it, the verifier has its root already.
  if (begin !== 0) nodes.unshift([begin, end]);
  return Promise.all(nodes.map(([from, to]) => hashOf(hasher, read, from, to)));
}
