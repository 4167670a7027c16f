import { createHash, createPublicKey, verify } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../backend/modules/ledger/checkpoint.ts';
import { hasher } from '../../../backend/modules/ledger/hash.ts';
import { sha256 } from '../../../backend/platform/crypto/sha256.ts';
import { verifyConsistency, verifyInclusion } from '../../../backend/modules/ledger/merkle.ts';
import {
  openNote,
  readVerifierKey,
  sm2PointIn,
  type NoteVerifier,
} from '../../../backend/modules/ledger/note.ts';
import { tileIndexPath } from '../../../backend/modules/ledger/tiles.ts';
import { leafSources } from '../../../backend/leaf-sources.ts';
import { verifyLog } from '../../../backend/modules/ledger/verify-log.ts';
import { importUnits, recordChange } from '../../../backend/modules/register/index.ts';
import { logEarlierChanges } from '../../../backend/modules/register/migrations.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { codeOf, recordOrder, unitImport } from '../register/units.ts';
import { naiveRoot } from './naive-tree.ts';

/** Whoever follows the log from outside: HTTP and the printed key, nothing else. */
class Follower {
  readonly #api: TestApi;
  readonly key: NoteVerifier;
  constructor(api: TestApi, word: string) {
    this.#api = api;
    const { name, keyHash, publicKey } = readVerifierKey(sha256, word);
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    this.key = { name, keyHash, verify: (text, signature) => verify(null, text, key, signature) };
  }

  async head() {
    const note = await (await this.#api.fetch('/ledger/checkpoint')).text();
    const opened = await openNote(note, [this.key]);
    return readCheckpoint(opened!.text)!;
  }

  async bytes(path: string): Promise<Buffer> {
    const reply = await this.#api.fetch(`/ledger/tile/${path}`);
    expect(reply.status, path).toBe(200);
    return Buffer.from(await reply.arrayBuffer());
  }

  /** The entries of a log of so many, as they are published. */
  async entries(size: number): Promise<Buffer[]> {
    const entries: Buffer[] = [];
    for (let begin = 0; begin < size; begin += 256) {
      const width = Math.min(256, size - begin);
      const bundle = await this.bytes(
        `entries/${tileIndexPath(begin / 256)}${width < 256 ? `.p/${width}` : ''}`,
      );
      for (let at = 0; at < bundle.length;) {
        const length = bundle.readUInt16BE(at);
        entries.push(bundle.subarray(at + 2, at + 2 + length));
        at += 2 + length;
      }
    }
    return entries;
  }

  async proof(path: string): Promise<Uint8Array[]> {
    const { proof } = (await (await this.#api.fetch(path)).json()) as { proof: string[] };
    return proof.map((hash) => Buffer.from(hash, 'base64'));
  }
}

const COUNT = 700;
const digest = (...parts: readonly Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

describe('the published log', () => {
  let api: TestApi;
  let follower: Follower;
  beforeAll(async () => {
    api = await startApi();
    expect((await api.fetch('/ledger/checkpoint')).status).toBe(404);
    const codes = Array.from({ length: COUNT }, (_, n) => unitImport(codeOf(n + 1)));
    await importUnits(api.p, codes);
    await api.settle();
    const { keys } = (await (await api.fetch('/api/ledger')).json()) as { keys: string[] };
    follower = new Follower(api, keys[0]!);
  });
  afterAll(() => api.close());

  it('holds every unit that was taken over, under a signed checkpoint that its entries make', async () => {
    const head = await follower.head();
    expect(head).toMatchObject({ origin: 'localhost:8080/ledger', size: COUNT });
    const entries = await follower.entries(COUNT);
    const leaves = entries.map((entry) => digest(Uint8Array.of(0), entry));
    expect(Buffer.from(naiveRoot(digest, leaves))).toEqual(Buffer.from(head.root));
    const tiles = [
      await follower.bytes('0/000'),
      await follower.bytes('0/001'),
      await follower.bytes('0/002.p/188'),
    ];
    expect(Buffer.concat(tiles)).toEqual(Buffer.concat(leaves));
    const above = await follower.bytes('1/000.p/2');
    const below = [0, 1].map((tile) => naiveRoot(digest, leaves.slice(tile * 256, (tile + 1) * 256)));
    expect(above).toEqual(Buffer.concat(below));
  });

  it('is signed by Ed25519 and by SM2, each under its own name, by keys that are published', async () => {
    const { keys } = (await (await api.fetch('/api/ledger')).json()) as { keys: string[] };
    const [first, second] = keys.map((word) => readVerifierKey(sha256, word));
    expect([first?.name, second?.name]).toEqual(['localhost:8080/ledger', 'localhost:8080/ledger/sm2']);
    const point = sm2PointIn(second!.algorithm, second!.publicKey)!;
    expect(Buffer.from(point)).toEqual(Buffer.from(api.p.crypto.sm2!.publicKeys.get('m1')!));
    const note = await (await api.fetch('/ledger/checkpoint')).text();
    // Verified by the library itself, as another program would: from the published point alone.
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    const outside: NoteVerifier = {
      ...second!,
      verify: (text, signature) =>
        sm2.doVerifySignature(text, hex(signature), hex(point), {
          hash: true,
          userId: '1234567812345678',
        }),
    };
    expect((await openNote(note, [outside]))?.signedBy).toEqual(['localhost:8080/ledger/sm2']);
    expect(await openNote(note.replace(/(sm2 .{20})./, '$1A'), [outside])).toBeNull();
  });

  it('says nothing of units and people, and leaves of one unit do not show that they are', async () => {
    const code = codeOf(1);
    await recordChange(api.p, recordOrder({ unitCode: code }));
    await api.settle();
    const { size } = await follower.head();
    expect(size).toBe(COUNT + 1);
    const entries = (await follower.entries(size)).map(String);
    const all = entries.join('\n');
    for (const word of [code, code.slice(0, 12), '赵明远', '孙晓岚', '聊城', 'ownership', '鲁('])
      expect(all).not.toContain(word);
    const fields = (entry: string) => Object.values((JSON.parse(entry) as { fields: object }).fields);
    const seen = entries.flatMap(fields);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('is proved to have only grown, and each entry to be in it', async () => {
    const before = await follower.head();
    await recordChange(api.p, recordOrder({ unitCode: codeOf(2) }));
    await api.settle();
    const after = await follower.head();
    const sizes = { first: BigInt(before.size), second: BigInt(after.size) };
    const proof = await follower.proof(`/api/ledger/consistency?first=${before.size}&second=${after.size}`);
    expect(
      verifyConsistency(hasher, { ...sizes, firstRoot: before.root, secondRoot: after.root, proof }),
    ).toBe(true);
    const entries = await follower.entries(after.size);
    for (const index of [0, 255, 256, 511, after.size - 1]) {
      const claim = {
        leaf: hasher.leaf(entries[index]!),
        index: BigInt(index),
        size: BigInt(after.size),
        proof: await follower.proof(`/api/ledger/inclusion?index=${index}&size=${after.size}`),
        root: after.root,
      };
      expect(verifyInclusion(hasher, claim), String(index)).toBe(true);
    }
  });

  it.each([
    '/ledger/tile/0/003',
    '/ledger/tile/0/002',
    '/ledger/tile/0/002.p/256',
    '/ledger/tile/0/002.p/0',
    '/ledger/tile/0/002.p/255',
    '/ledger/tile/0/2',
    '/ledger/tile/1/000',
    '/ledger/tile/entries/002.p/255',
    '/api/ledger/consistency?first=5&second=99999',
    '/api/ledger/consistency?first=6&second=5',
    '/api/ledger/inclusion?index=700&size=9999',
    '/api/ledger/inclusion?index=7&size=7',
  ])('has no %s, and says what to do', async (path) => {
    const reply = await api.fetch(path);
    expect(reply.status).toBe(404);
    expect(await reply.text()).toMatch(/检查点|没有/);
  });

  it.each(['/ledger/tile/64/000', '/ledger/tile/x/000', '/api/ledger/consistency?first=0&second=5'])(
    'refuses %s',
    async (path) => {
      expect([400, 404, 422]).toContain((await api.fetch(path)).status);
    },
  );

  it('lets full tiles be kept for good, and nothing else', async () => {
    const cacheOf = async (path: string) => (await api.fetch(path)).headers.get('cache-control');
    expect(await cacheOf('/ledger/tile/0/000')).toContain('immutable');
    expect(await cacheOf('/ledger/tile/entries/001')).toContain('immutable');
    expect(await cacheOf('/ledger/tile/0/002.p/100')).toBe('public, max-age=60');
    expect(await cacheOf('/ledger/checkpoint')).toBe('no-cache');
  });

  it('takes in what the register did before there was a log, once', async () => {
    const other = await startApi();
    try {
      await importUnits(other.p, [unitImport(codeOf(1)), unitImport(codeOf(2))]);
      await recordChange(other.p, recordOrder({ unitCode: codeOf(1) }));
      const units = other.p.database.connection.collection<{ _id: string }>('units');
      await units.updateMany({}, { $set: { outbox: [] } } as never);
      for (const _ of [1, 2]) await logEarlierChanges.up(other.p.database.connection.db as never);
      await other.settle();
      expect(await verifyLog(other.p, leafSources)).toMatchObject({ entries: 3, wrong: [] });
    } finally {
      await other.close();
    }
  });

  it('agrees with the register, until somebody edits a unit', async () => {
    const report = await verifyLog(api.p, leafSources);
    expect(report).toMatchObject({ entries: COUNT + 2, wrong: [] });
    const units = api.p.database.connection.collection<{ _id: string }>('units');
    const { changes } = (await units.findOne({ _id: codeOf(9) })) as never as {
      changes: { entry: { salt: string } }[];
    };
    const other = Buffer.alloc(16, 9).toString('base64url');
    await units.updateOne({ _id: codeOf(9) }, { $set: { 'changes.0.entry.salt': other } });
    expect((await verifyLog(api.p, leafSources)).wrong).toHaveLength(1);
    await units.updateOne({ _id: codeOf(9) }, { $set: { 'changes.0.entry.salt': changes[0]!.entry.salt } });
    expect((await verifyLog(api.p, leafSources)).wrong).toEqual([]);
    await units.updateOne({ _id: codeOf(9) }, { $set: { 'rights.0.holders.0.name': '李明浩' } });
    const [wrong] = (await verifyLog(api.p, leafSources)).wrong;
    expect(wrong).toMatch(/^import:[\w-]{43} commits to another state than the register has$/);
  });
});
