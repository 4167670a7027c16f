// The definitions of RFC 9162 §2.1 word by word, from the top down by recursion over ranges: another algorithm than the product's, which
// works on indexes from the bottom up and on stored subtrees. Shares no code with it.

type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

function half(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** A log that is held in memory; what a range of it hashes to is worked out once. */
export class NaiveTree {
  readonly #sha256: Sha256;
  readonly #leaves: readonly Uint8Array[];
  readonly #known = new Map<number, Uint8Array>();

  /** @param leaves hashes of entries */
  constructor(sha256: Sha256, leaves: readonly Uint8Array[]) {
    this.#sha256 = sha256;
    this.#leaves = leaves;
  }

  /** MTH(D[begin:end]). */
  root(begin: number, end: number): Uint8Array {
    if (end === begin) return this.#sha256(Buffer.alloc(0));
    if (end === begin + 1) return this.#leaves[begin]!;
    const key = begin * (this.#leaves.length + 1) + end;
    const known = this.#known.get(key);
    if (known) return known;
    const middle = begin + half(end - begin);
    const hash = this.#sha256(Buffer.from('01', 'hex'), this.root(begin, middle), this.root(middle, end));
    this.#known.set(key, hash);
    return hash;
  }

  /** PATH(m, D[begin:end]); `m` counts from the beginning of the log. */
  inclusion(m: number, end: number, begin = 0): Uint8Array[] {
    if (end === begin + 1) return [];
    const middle = begin + half(end - begin);
    return m < middle
      ? [...this.inclusion(m, middle, begin), this.root(middle, end)]
      : [...this.inclusion(m, end, middle), this.root(begin, middle)];
  }

  /** PROOF(m, D[0:end]). */
  consistency(m: number, end: number): Uint8Array[] {
    return this.#subproof(m, 0, end, true);
  }

  /** SUBPROOF(m, D[begin:end], whole). */
  #subproof(m: number, begin: number, end: number, whole: boolean): Uint8Array[] {
    if (m === end) return whole ? [] : [this.root(begin, end)];
    const middle = begin + half(end - begin);
    return m <= middle
      ? [...this.#subproof(m, begin, middle, whole), this.root(middle, end)]
      : [...this.#subproof(m, middle, end, false), this.root(begin, middle)];
  }
}

/** The root of all leaves. */
export const naiveRoot = (sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array =>
  new NaiveTree(sha256, leaves).root(0, leaves.length);
