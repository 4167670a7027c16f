import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createHasher,
  isSameHash,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from '../../../backend/modules/ledger/merkle.ts';
import {
  proveConsistency,
  proveInclusion,
  rootOf,
  type ReadNode,
} from '../../../backend/modules/ledger/prove.ts';
import { leafHashOf } from '../../../backend/modules/ledger/append.ts';
import { NaiveTree } from './naive-tree.ts';

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hasher = createHasher(sha256);
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
const entry = (n: number) => Buffer.from(`entry ${n}`);

/** Complete subtrees of a log that is held in memory. */
function nodesOf(count: number): ReadNode {
  const levels: Hash[][] = [Array.from({ length: count }, (_, n) => hasher.leaf(entry(n)))];
  while (levels.at(-1)!.length > 1) {
    const below = levels.at(-1)!;
    levels.push(
      Array.from({ length: Math.floor(below.length / 2) }, (_, n) =>
        hasher.node(below[2 * n]!, below[2 * n + 1]!),
      ),
    );
  }
  return (level, index) => Promise.resolve(levels[level]![index]!);
}

const MOST = 4_096;
const read = nodesOf(MOST);
const leaves = Array.from({ length: MOST }, (_, n) => hasher.leaf(entry(n)));
const naive = new NaiveTree(sha256, leaves);
/** `npm run test:ledger-properties`: every entry of every log up to 4,096, every pair of sizes up to 600, 100,000 changed proofs. */
const FULL = process.env.LEDGER_FULL === '1';

const isSameProof = (a: readonly Hash[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((hash, place) => isSameHash(hash, b[place]!));

describe('the constants of RFC 6962', () => {
  it.each([
    ['no entries', hasher.empty, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [
      'an empty entry',
      hasher.leaf(Buffer.from('')),
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    ],
    [
      'L123456',
      hasher.leaf(Buffer.from('L123456')),
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    ],
    [
      'N123 N456',
      hasher.node(Buffer.from('N123'), Buffer.from('N456')),
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    ],
  ])('%s', (_, hash, expected) => {
    expect(hex(hash)).toBe(expected);
  });
});

describe('the hash of a leaf', () => {
  it.each(['', 'abc', '聊城不动产', '\u{2F80A}𬱖', 'x'.repeat(1_364), 'x'.repeat(1_365), '登'.repeat(5_000)])(
    'is that of its text in UTF-8, however long: %#',
    (text) => {
      expect(hex(leafHashOf(text))).toBe(hex(hasher.leaf(Buffer.from(text))));
    },
  );
});

describe('proofs', () => {
  const sizes = FULL ? MOST : 200;

  it(`of inclusion hold for every entry of every log up to ${sizes}, and are those of another algorithm`, async () => {
    let proofs = 0;
    for (let size = 1; size <= sizes; size += 1) {
      const root = await rootOf(hasher, read, size);
      expect(hex(root)).toBe(hex(naive.root(0, size)));
      for (let index = 0; index < size; index += 1) {
        const proof = await proveInclusion(hasher, read, { index, size });
        const claim = { leaf: leaves[index]!, index: BigInt(index), size: BigInt(size), proof, root };
        if (!isSameProof(proof, naive.inclusion(index, size)) || !verifyInclusion(hasher, claim))
          throw new Error(`entry ${index} of ${size}`);
        proofs += 1;
      }
    }
    expect(proofs).toBe((sizes * (sizes + 1)) / 2);
  }, 7_200_000);

  it('of consistency hold between any two sizes, and are those of another algorithm', async () => {
    const most = FULL ? 600 : 90;
    for (let second = 1; second <= most; second += 1) {
      const secondRoot = await rootOf(hasher, read, second);
      for (let first = 1; first <= second; first += 1) {
        const proof = await proveConsistency(hasher, read, { first, second });
        const firstRoot = await rootOf(hasher, read, first);
        const claim = { first: BigInt(first), second: BigInt(second), firstRoot, secondRoot, proof };
        if (!isSameProof(proof, naive.consistency(first, second)) || !verifyConsistency(hasher, claim))
          throw new Error(`${first} in ${second}`);
      }
    }
  }, 7_200_000);

  it('ask for what is there', async () => {
    await expect(proveInclusion(hasher, read, { index: 5, size: 5 })).rejects.toThrow(RangeError);
    await expect(proveConsistency(hasher, read, { first: 0, second: 5 })).rejects.toThrow(RangeError);
    await expect(proveConsistency(hasher, read, { first: 6, second: 5 })).rejects.toThrow(RangeError);
  });
});

/** One change that makes another claim of it. */
type Mutation = 'bit' | 'drop' | 'double' | 'swap' | 'extend' | 'index' | 'size' | 'leaf' | 'root';
const MUTATIONS: readonly Mutation[] = [
  'bit',
  'drop',
  'double',
  'swap',
  'extend',
  'index',
  'size',
  'leaf',
  'root',
];

function flip(hash: Hash, at: number): Hash {
  const copy = Uint8Array.from(hash);
  copy[Math.floor(at / 8) % 32]! ^= 1 << (at % 8);
  return copy;
}

function mutateProof(proof: readonly Hash[], how: Mutation, at: number): Hash[] | null {
  const place = proof.length === 0 ? 0 : at % proof.length;
  switch (how) {
    case 'bit':
      return proof.length === 0 ? null : proof.with(place, flip(proof[place]!, at));
    case 'drop':
      return proof.length === 0 ? null : proof.toSpliced(place, 1);
    case 'double':
      return proof.length === 0 ? null : proof.toSpliced(place, 0, proof[place]!);
    case 'swap':
      return proof.length < 2 ? null : proof.with(place, proof[(place + 1) % proof.length]!);
    case 'extend':
      return [...proof, sha256(Buffer.from(String(at)))];
    default:
      return [...proof];
  }
}

describe('a claim with one thing changed', () => {
  const numRuns = FULL ? 50_000 : 2_000;

  it('is no proof of inclusion', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: MOST }),
        fc.nat(),
        fc.constantFrom(...MUTATIONS),
        fc.nat(),
        async (size, n, how, at) => {
          const index = n % size;
          const root = await rootOf(hasher, read, size);
          const proof = await proveInclusion(hasher, read, { index, size });
          const changed = mutateProof(proof, how, at);
          fc.pre(changed !== null);
          const claim = {
            leaf: how === 'leaf' ? flip(leaves[index]!, at) : leaves[index]!,
            index: BigInt(how === 'index' ? (index + 1 + (at % size)) % (size + 1) : index),
            size: BigInt(size),
            proof: changed,
            root: how === 'root' ? flip(root, at) : root,
          };
          // Another size may have a path of the same shape to this entry; then its root decides, which stays the same here.
          if (how === 'size') claim.size = BigInt(index);
          fc.pre(how !== 'index' || claim.index !== BigInt(index));
          expect(verifyInclusion(hasher, claim)).toBe(false);
        },
      ),
      { numRuns },
    );
  }, 7_200_000);

  it('is no proof of consistency', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: MOST }),
        fc.nat(),
        fc.constantFrom(...MUTATIONS),
        fc.nat(),
        async (second, n, how, at) => {
          const first = 1 + (n % (second - 1));
          const [firstRoot, secondRoot, proof] = await Promise.all([
            rootOf(hasher, read, first),
            rootOf(hasher, read, second),
            proveConsistency(hasher, read, { first, second }),
          ]);
          const changed = mutateProof(proof, how, at);
          fc.pre(changed !== null);
          const claim = {
            first: BigInt(how === 'index' ? 1 + (first % second) : first),
            second: BigInt(how === 'size' ? first - 1 : second),
            firstRoot: how === 'leaf' ? flip(firstRoot, at) : firstRoot,
            secondRoot: how === 'root' ? flip(secondRoot, at) : secondRoot,
            proof: changed,
          };
          fc.pre(how !== 'index' || claim.first !== BigInt(first));
          expect(verifyConsistency(hasher, claim)).toBe(false);
        },
      ),
      { numRuns },
    );
  }, 7_200_000);

  it('or with roots of another log', async () => {
    const [root, other] = await Promise.all([rootOf(hasher, read, 8), rootOf(hasher, read, 7)]);
    const claim = { first: 8n, second: 8n, firstRoot: root, secondRoot: other, proof: [] };
    expect(verifyConsistency(hasher, claim)).toBe(false);
    expect(verifyConsistency(hasher, { ...claim, secondRoot: root })).toBe(true);
    expect(isSameHash(root, other)).toBe(false);
    const empty = { first: 0n, second: 8n, firstRoot: hasher.empty, secondRoot: root, proof: [] };
    expect(verifyConsistency(hasher, empty)).toBe(false);
  });
});
