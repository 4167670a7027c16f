/**
 * The Merkle tree of Certificate Transparency (RFC 9162 §2.1, the same as RFC 6962 §2.1), as far as its proofs need it. Pure, and the
 * hash comes by argument: the server gives Node's, a browser its own. Sizes and indexes are `bigint` inside, so that none up
 * to 2⁶⁴ loses a digit.
 */
export type Hash = Uint8Array;
/** SHA-256 over the concatenation of its arguments; 32 bytes. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Hash;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export interface Hasher {
  /** The root of no entries at all. */
  readonly empty: Hash;
  leaf(entry: Uint8Array): Hash;
  node(left: Hash, right: Hash): Hash;
}

/** RFC 9162 §2.1.1: leaves and nodes are hashed apart, so that neither can pass for the other. */
export function createHasher(sha256: Sha256): Hasher {
  return {
    empty: sha256(),
    leaf: (entry) => sha256(LEAF, entry),
    node: (left, right) => sha256(NODE, left, right),
  };
}

/** A loop: a check of a million entries asks three times for each. */
export function isSameHash(a: Hash, b: Hash): boolean {
  if (a.length !== b.length) return false;
  for (let place = 0; place < a.length; place += 1) if (a[place] !== b[place]) return false;
  return true;
}

const HASH_BYTES = 32;
const areHashes = (hashes: readonly Hash[]): boolean => hashes.every(({ length }) => length === HASH_BYTES);

export interface InclusionClaim {
  /** Hash of the leaf, as `Hasher.leaf` gives it. */
  leaf: Hash;
  /** From 0. */
  index: bigint;
  /** Entries in the tree. */
  size: bigint;
  proof: readonly Hash[];
  root: Hash;
}

/** RFC 9162 §2.1.3.2. False for anything that is not exactly right: too long or too short a proof included. */
export function verifyInclusion(hasher: Hasher, { leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (index < 0n || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [place, last] = [index, size - 1n];
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (place % 2n === 1n || place === last) {
      hash = hasher.node(sibling, hash);
      // A right edge that has no sibling on its level stands for itself, further up.
      while (place % 2n === 0n && place !== 0n) [place, last] = [place / 2n, last / 2n];
    } else {
      hash = hasher.node(hash, sibling);
    }
    [place, last] = [place / 2n, last / 2n];
  }
  return last === 0n && isSameHash(hash, root);
}

export interface ConsistencyClaim {
  first: bigint;
  second: bigint;
  firstRoot: Hash;
  secondRoot: Hash;
  proof: readonly Hash[];
}

/**
 * RFC 9162 §2.1.4.2: that the tree of `second` entries begins with that of `first`. Equal sizes need equal roots and no proof.
 * Nothing can be said about an empty first tree, which every tree begins with: false, as RFC 9162 asks for `first` above 0.
 */
export function verifyConsistency(
  hasher: Hasher,
  { first, second, firstRoot, secondRoot, proof }: ConsistencyClaim,
): boolean {
  if (first <= 0n || first > second) return false;
  if (first === second) return proof.length === 0 && isSameHash(firstRoot, secondRoot);
  if (!areHashes([firstRoot, secondRoot, ...proof])) return false;
  // A first tree that is complete is itself the first node of the proof, and is left out of it.
  const isComplete = (first & (first - 1n)) === 0n;
  const [start, ...rest] = isComplete ? [firstRoot, ...proof] : proof;
  if (!start || proof.length === 0) return false;
  let [place, last] = [first - 1n, second - 1n];
  while (place % 2n === 1n) [place, last] = [place / 2n, last / 2n];
  let [old, now] = [start, start];
  for (const sibling of rest) {
    if (last === 0n) return false;
    if (place % 2n === 1n || place === last) {
      old = hasher.node(sibling, old);
      now = hasher.node(sibling, now);
      while (place % 2n === 0n && place !== 0n) [place, last] = [place / 2n, last / 2n];
    } else {
      now = hasher.node(now, sibling);
    }
    [place, last] = [place / 2n, last / 2n];
  }
  return last === 0n && isSameHash(old, firstRoot) && isSameHash(now, secondRoot);
}
