// The definitions of RFC 9162 §2.1 word by word, over all leaves and by recursion: another algorithm than the product's, which
// works on indexes from the bottom up and on stored subtrees. Shares no code with it.

type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

function half(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const join = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(Buffer.from('01', 'hex'), left, right);

/** MTH. `leaves` are hashes of entries. */
export function naiveRoot(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(Buffer.alloc(0));
  if (leaves.length === 1) return leaves[0]!;
  const k = half(leaves.length);
  return join(sha256, naiveRoot(sha256, leaves.slice(0, k)), naiveRoot(sha256, leaves.slice(k)));
}

/** PATH(m, D). */
export function naiveInclusion(sha256: Sha256, m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = half(leaves.length);
  return m < k
    ? [...naiveInclusion(sha256, m, leaves.slice(0, k)), naiveRoot(sha256, leaves.slice(k))]
    : [...naiveInclusion(sha256, m - k, leaves.slice(k)), naiveRoot(sha256, leaves.slice(0, k))];
}

/** SUBPROOF(m, D, b). */
function subproof(sha256: Sha256, m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(sha256, leaves)];
  const k = half(leaves.length);
  return m <= k
    ? [...subproof(sha256, m, leaves.slice(0, k), whole), naiveRoot(sha256, leaves.slice(k))]
    : [...subproof(sha256, m - k, leaves.slice(k), false), naiveRoot(sha256, leaves.slice(0, k))];
}

/** PROOF(m, D). */
export const naiveConsistency = (sha256: Sha256, m: number, leaves: readonly Uint8Array[]): Uint8Array[] =>
  subproof(sha256, m, leaves, true);
