import { Binary, type Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries, sizeOf } from '../../../backend/modules/ledger/append.ts';
import { originIn, readCheckpoint } from '../../../backend/modules/ledger/checkpoint.ts';
import { hasher } from '../../../backend/modules/ledger/hash.ts';
import { loggedEntries, signedHeads, storedTiles } from '../../../backend/modules/ledger/ledger.model.ts';
import { ledgerModule } from '../../../backend/modules/ledger/index.ts';
import { verifyConsistency, verifyInclusion } from '../../../backend/modules/ledger/merkle.ts';
import { fromBase64, readNote } from '../../../backend/modules/ledger/note.ts';
import { proveEntry } from '../../../backend/modules/ledger/prove-entry.ts';
import { readConsistency, readInclusion } from '../../../backend/modules/ledger/publish.ts';
import { latestHead, LedgerBroken, signHead } from '../../../backend/modules/ledger/sign-head.ts';
import type { LeafSource } from '../../../backend/modules/ledger/leaf-source.ts';
import { verifyLog } from '../../../backend/modules/ledger/verify-log.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { createDice } from '../../faults/support/random.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

const leafOf = (entryId: string, more = '') => ({
  entryId,
  bytes: JSON.stringify({ entryId, state: `of ${entryId}${more}`, version: 1 }),
});

/** Records that say what was given to them. */
const recordsOf = (
  kind: string,
  leaves: readonly { entryId: string; bytes: string; holds?: boolean }[],
): LeafSource => ({
  kind,
  async *leaves() {
    for (const leaf of leaves) yield await Promise.resolve({ holds: true, ...leaf });
  },
});
const registerOf = (leaves: Parameters<typeof recordsOf>[1]) => [recordsOf('register', leaves)];

const hashesIn = (proof: readonly string[]) => proof.map((hash) => fromBase64(hash)!);

/** Whether an entry is proved to be under the newest head; `other` in its place is not. */
async function isProven(p: Platform, entryId: string, other?: string): Promise<boolean> {
  const head = (await latestHead(p))!;
  const { _id: index, bytes } = (await loggedEntries(p).findOne({ entryId }).lean())!;
  return verifyInclusion(hasher, {
    leaf: hasher.leaf(Buffer.from(other ?? bytes)),
    index: BigInt(index),
    size: BigInt(head._id),
    proof: hashesIn(await readInclusion(p, { index, size: head._id })),
    root: fromBase64(head.root)!,
  });
}

async function openLog(database?: string): Promise<TestPlatform> {
  const platform = await startPlatform(database ? { database } : {});
  await migrate(platform.p, [ledgerModule], platformModels);
  return platform;
}
const entriesOf = (p: Platform) => loggedEntries(p).collection as never as Collection<never>;

describe('the log, with several API processes', () => {
  let processes: TestPlatform[];
  beforeAll(async () => {
    const first = await openLog();
    processes = [first, await openLog(first.database), await openLog(first.database)];
  });
  afterAll(() => Promise.all(processes.map((one) => one.close())));

  it('has no gap and nothing twice, and keeps the order of each sender, while heads are signed', async () => {
    const senders = processes.flatMap((one, n) => [
      { p: one.p, own: n },
      { p: one.p, own: n + 3 },
    ]);
    await Promise.all(
      senders.map(async ({ p, own }) => {
        for (let batch = 0; batch < 12; batch += 1) {
          const fresh = Array.from({ length: 9 }, (_, n) => leafOf(`s${own}-${batch * 9 + n}`));
          // What another process is sending at the same time.
          const shared = Array.from({ length: 3 }, (_, n) => leafOf(`shared-${batch * 3 + n}`));
          await appendEntries(p, [...shared, ...fresh]);
          await signHead(p);
        }
      }),
    );
    const { p } = processes[0]!;
    const rows = (await entriesOf(p).find().sort({ _id: 1 }).toArray()) as { _id: number; entryId: string }[];
    expect(rows.map(({ _id }) => _id)).toEqual(Array.from({ length: 6 * 108 + 36 }, (_, n) => n));
    expect(new Set(rows.map(({ entryId }) => entryId)).size).toBe(rows.length);
    for (const sender of ['s0', 's1', 's2', 's3', 's4', 's5', 'shared']) {
      const own = rows.flatMap(({ entryId }) =>
        entryId.startsWith(`${sender}-`) ? [Number(entryId.split('-')[1])] : [],
      );
      expect(own, sender).toEqual([...own].sort((a, b) => a - b));
    }
    const heads = await signedHeads(p).find().sort({ _id: 1 }).lean();
    expect(heads.map(({ previous }) => previous)).toEqual([0, ...heads.slice(0, -1).map(({ _id }) => _id)]);
    expect(heads.at(-1)?._id).toBe(rows.length);
  });

  it('appended again by another process stays as it is', async () => {
    const [, second] = processes;
    const before = await sizeOf(second!.p);
    await appendEntries(second!.p, [leafOf('s0-5'), leafOf('s1-7'), leafOf('shared-1')]);
    expect(await sizeOf(second!.p)).toBe(before);
  });

  it('proves every entry under the newest head, and each head by the one before', async () => {
    const { p } = processes[1]!;
    for (let n = 0; n < 108; n += 1) {
      expect(await isProven(p, `s3-${n}`)).toBe(true);
      expect(await isProven(p, `s3-${n}`, 'another')).toBe(false);
    }
    const heads = await signedHeads(p).find().sort({ _id: 1 }).lean();
    for (const [place, { _id, root: own }] of heads.entries()) {
      const next = heads[place + 1] ?? heads.at(-1)!;
      const proof = hashesIn(await readConsistency(p, { first: _id, second: next._id }));
      const roots = { firstRoot: fromBase64(own)!, secondRoot: fromBase64(next.root)! };
      const sizes = { first: BigInt(_id), second: BigInt(next._id) };
      expect(verifyConsistency(hasher, { ...sizes, ...roots, proof }), `${_id} to ${next._id}`).toBe(true);
    }
  });

  it('keeps its name where the portal moves to another address', async () => {
    const moved = await startPlatform({
      database: processes[0]!.database,
      config: { publicOrigin: 'https://new.example' },
    });
    try {
      await appendEntries(moved.p, [leafOf('after the move')]);
      const head = (await signHead(moved.p))!;
      expect(originIn(head.note)).toBe('localhost:8080/ledger');
      const { wrong } = await verifyLog(moved.p, registerOf([]));
      expect(wrong).toEqual([expect.stringMatching(/in the log and not in the register/)]);
    } finally {
      await moved.close();
    }
  });

  it('makes tiles again that were lost', async () => {
    const fresh = await openLog(processes[0]!.database);
    try {
      await storedTiles(fresh.p).deleteMany({});
      expect(await isProven(fresh.p, 's2-50')).toBe(true);
    } finally {
      await fresh.close();
    }
  });
});

describe('a log that somebody edits in the database', () => {
  const COUNT = 600;
  const leaves = Array.from({ length: COUNT }, (_, n) => leafOf(`e${n}`));
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await openLog();
    for (let start = 0; start < COUNT; start += 150) {
      await appendEntries(platform.p, leaves.slice(start, start + 150));
      await signHead(platform.p);
    }
  });
  afterAll(() => platform.close());

  const dice = createDice(20_261_130);
  const place = () => Math.floor(dice.next() * COUNT);
  const HEADS = [150, 300, 450, 600];
  type Row = Record<string, unknown> & { _id: unknown };

  /** Takes a document of a collection out, changed, and gives back what puts it right again. */
  async function replace(
    name: string,
    _id: unknown,
    change: (row: Row) => Row | null,
  ): Promise<() => Promise<void>> {
    const collection = platform.p.database.connection.collection<Row>(name);
    const row = (await collection.findOne({ _id } as never))!;
    const next = change({ ...row });
    await collection.deleteOne({ _id } as never);
    if (next) await collection.insertOne(next as never);
    return async () => {
      if (next) await collection.deleteOne({ _id: next._id } as never);
      await collection.insertOne(row as never);
    };
  }
  const flip = (value: unknown): Binary => {
    const bytes = Buffer.from((value as Binary).buffer);
    const bit = Math.floor(dice.next() * bytes.length * 8);
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    return new Binary(bytes);
  };
  const flipText = (text: string): string => {
    const at = Math.floor(dice.next() * text.length);
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
  };

  const EDITS: Record<string, () => Promise<() => Promise<void>>> = {
    'a bit of an entry': () =>
      replace('ledger-entries', place(), (row) => ({ ...row, bytes: flipText(String(row.bytes)) })),
    'a bit of a hash': () => replace('ledger-entries', place(), (row) => ({ ...row, hash: flip(row.hash) })),
    'an entry that is filed under another id': () =>
      replace('ledger-entries', place(), (row) => ({ ...row, entryId: `x${String(row.entryId)}` })),
    'an entry that is deleted': () => replace('ledger-entries', place(), () => null),
    'an entry with bytes and hash that fit each other': () =>
      replace('ledger-entries', place(), (row) => {
        const { entryId, bytes } = leafOf(String(row.entryId), ' after all');
        return { ...row, entryId, bytes, hash: new Binary(hasher.leaf(Buffer.from(bytes))) };
      }),
    'two entries that change places': async () => {
      const [a, b] = [place(), place()];
      if (a === b) return EDITS['an entry that is deleted']!();
      const undo: (() => Promise<void>)[] = [];
      const { connection } = platform.p.database;
      const rows = connection.collection<Row>('ledger-entries');
      const [first, second] = [
        (await rows.findOne({ _id: a } as never))!,
        (await rows.findOne({ _id: b } as never))!,
      ];
      undo.push(
        await replace('ledger-entries', a, () => null),
        await replace('ledger-entries', b, () => null),
      );
      await rows.insertMany([
        { ...second, _id: a },
        { ...first, _id: b },
      ] as never);
      return async () => {
        await rows.deleteMany({ _id: { $in: [a, b] } } as never);
        for (const mend of undo) await mend();
      };
    },
    'an entry that is added': async () => {
      const { entryId, bytes } = leafOf(`added-${dice.next()}`);
      const rows = platform.p.database.connection.collection<Row>('ledger-entries');
      const hash = new Binary(hasher.leaf(Buffer.from(bytes)));
      await rows.insertOne({ _id: COUNT, entryId, bytes, hash } as never);
      return async () => void (await rows.deleteOne({ _id: COUNT } as never));
    },
    'a head with another root': () =>
      replace('ledger-heads', dice.pick(HEADS), (row) => ({ ...row, root: flipText(String(row.root)) })),
    'a note of which a character differs': () =>
      replace('ledger-heads', dice.pick(HEADS), (row) => ({ ...row, note: flipText(String(row.note)) })),
    'a note that lacks its second signature': () =>
      replace('ledger-heads', dice.pick(HEADS.slice(1)), (row) => ({
        ...row,
        note: String(row.note).replace(/— \S+\/sm2 .*\n/, ''),
      })),
    'a note whose second signature is of an unknown key': () =>
      replace('ledger-heads', dice.pick(HEADS), (row) => ({
        ...row,
        note: String(row.note).replace('/sm2 ', '/sm9 '),
      })),
    'a note that has only its second signature': () =>
      replace('ledger-heads', dice.pick(HEADS), (row) => ({
        ...row,
        note: String(row.note).replace(/— \S+\/ledger .*\n/, ''),
      })),
    'a head that is deleted': () => replace('ledger-heads', dice.pick(HEADS), () => null),
    'a head of another size': () =>
      replace('ledger-heads', dice.pick(HEADS), (row) => ({ ...row, _id: Number(row._id) - 1 })),
    'a tile': () =>
      replace('ledger-tiles', dice.pick(['0/000000000000', '0/000000000001']), (row) => ({
        ...row,
        hashes: flip(row.hashes),
      })),
    'the root of a tile': () =>
      replace('ledger-tiles', '0/000000000001', (row) => ({ ...row, root: flip(row.root) })),
    'a tile that is deleted': () => replace('ledger-tiles', '0/000000000000', () => null),
  };

  it('as it stands has nothing wrong', async () => {
    const report = await verifyLog(platform.p, registerOf(leaves));
    expect(report).toMatchObject({ entries: COUNT, heads: 4, tiles: 2, wrong: [] });
  });

  it.each(Object.keys(EDITS))('shows %s', async (name) => {
    for (let turn = 0; turn < Number(process.env.LEDGER_EDITS ?? 4); turn += 1) {
      const undo = await EDITS[name]!();
      const { wrong } = await verifyLog(platform.p, registerOf(leaves));
      await undo();
      expect(wrong.length, `${name}, turn ${turn}`).toBeGreaterThan(0);
    }
    expect((await verifyLog(platform.p, registerOf(leaves))).wrong).toEqual([]);
  });

  it('shows what was cut off together with its heads by the register, or by a head that was kept elsewhere', async () => {
    const head = (await latestHead(platform.p))!;
    const undo = [await replace('ledger-heads', COUNT, () => null)];
    for (let n = 450; n < COUNT; n += 1) undo.push(await replace('ledger-entries', n, () => null));
    undo.push(await replace('ledger-tiles', '0/000000000001', () => null));
    const report = await verifyLog(platform.p, registerOf(leaves));
    expect(report.wrong).toEqual(['e450 is in the register and not in the log']);
    const kept = { size: head._id, root: head.root };
    const hushed = await verifyLog(platform.p, registerOf(leaves.slice(0, 450)), {
      outside: kept,
    });
    expect(hushed.wrong).toEqual([`a head of 600 entries was kept elsewhere, 450 are there`]);
    for (const mend of undo) await mend();
  });

  it('shows what the register says otherwise, lacks, or no longer is', async () => {
    const others = leaves.map((leaf, n) => (n === 7 ? leafOf('e7', ' now') : leaf));
    expect((await verifyLog(platform.p, registerOf(others))).wrong).toHaveLength(1);
    expect((await verifyLog(platform.p, registerOf(leaves.slice(1)))).wrong).toEqual([
      'e0 is in the log and not in the register',
    ]);
    const altered = leaves.map((leaf) => ({ ...leaf, holds: leaf.entryId !== 'e9' }));
    expect((await verifyLog(platform.p, registerOf(altered))).wrong).toEqual([
      'e9 commits to another state than the register has',
    ]);
  });

  it.each([
    ['a new entry whose hash is not that of its bytes', 600],
    ['an old entry that was altered', 17],
  ])('is not signed any more with %s', async (_, altered) => {
    await appendEntries(platform.p, [leafOf('next')]);
    const other = leafOf('other');
    const undo = await replace('ledger-entries', altered, (row) => ({
      ...row,
      ...(altered === COUNT
        ? { bytes: other.bytes }
        : { bytes: other.bytes, hash: new Binary(hasher.leaf(Buffer.from(other.bytes))) }),
    }));
    // A process that has read nothing before, and the tiles lost: what is signed comes from the entries.
    const tiles = await Promise.all(
      ['0/000000000000', '0/000000000001'].map((id) => replace('ledger-tiles', id, () => null)),
    );
    const fresh = await openLog(platform.database);
    await expect(signHead(fresh.p)).rejects.toThrow(LedgerBroken);
    await fresh.close();
    for (const mend of [undo, ...tiles]) await mend();
    await entriesOf(platform.p).deleteOne({ _id: COUNT } as never);
  });

  it('is not signed by the process that signed before either, whatever that keeps in memory', async () => {
    const last = (await latestHead(platform.p))!;
    await readInclusion(platform.p, { index: COUNT - 1, size: last._id });
    await appendEntries(platform.p, [leafOf('next')]);
    const undo = await replace('ledger-entries', COUNT - 1, (row) => ({ ...row, hash: flip(row.hash) }));
    await expect(signHead(platform.p)).rejects.toThrow(LedgerBroken);
    await undo();
    await entriesOf(platform.p).deleteOne({ _id: COUNT } as never);
  });
});

describe('leaves of several kinds', () => {
  const kindLeaf = (kind: string, entryId: string) => ({
    entryId,
    bytes: JSON.stringify({ entryId, kind, version: 1 }),
  });
  const certificates = ['c1', 'c2', 'c3'].map((id) => kindLeaf('certificate', id));
  const changes = ['r1', 'r2'].map((id) => leafOf(id));
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await openLog();
    await appendEntries(platform.p, [...changes, ...certificates]);
    await signHead(platform.p);
  });
  afterAll(() => platform.close());
  const wrongWith = async (...sources: LeafSource[]) => (await verifyLog(platform.p, sources)).wrong;

  it('agree with the records of their kind', async () => {
    expect(await wrongWith(recordsOf('certificate', certificates), recordsOf('register', changes))).toEqual(
      [],
    );
  });

  it.each<[string, LeafSource[], string]>([
    [
      'a kind without records',
      [recordsOf('register', changes)],
      'c1 is of a kind that nothing here keeps records of: certificate',
    ],
    [
      'a record that is gone',
      [recordsOf('register', changes), recordsOf('certificate', certificates.slice(1))],
      'c1 is in the log and not in the records of kind certificate',
    ],
    [
      'a record that is not logged',
      [
        recordsOf('register', changes),
        recordsOf('certificate', [...certificates, kindLeaf('certificate', 'c4')]),
      ],
      'c4 is in the records of kind certificate and not in the log',
    ],
    [
      'a record under another kind',
      [
        recordsOf('register', [...changes, certificates[0]!]),
        recordsOf('certificate', certificates.slice(1)),
      ],
      'c1 says another thing in the register',
    ],
    [
      'a record that was altered after its leaf was made',
      [
        recordsOf('register', changes),
        recordsOf(
          'certificate',
          certificates.map((one, n) => ({ ...one, holds: n !== 1 })),
        ),
      ],
      'c2 commits to another state than the records of kind certificate has',
    ],
  ])('show %s', async (_, sources, words) => {
    expect(await wrongWith(...sources)).toEqual([words]);
  });

  it('are each proved under the newest head by their id', async () => {
    for (const { entryId, bytes } of [...changes, ...certificates]) {
      const { index, size, path, checkpoint } = (await proveEntry(platform.p, entryId))!;
      const { root } = readCheckpoint(readNote(checkpoint)!.text)!;
      const claim = { index: BigInt(index), size: BigInt(size), proof: path, root };
      expect(verifyInclusion(hasher, { ...claim, leaf: hasher.leaf(Buffer.from(bytes)) })).toBe(true);
    }
    expect(await proveEntry(platform.p, 'c4')).toBeNull();
    await appendEntries(platform.p, [kindLeaf('certificate', 'c4')]);
    expect(await proveEntry(platform.p, 'c4'), 'not signed yet').toBeNull();
    await signHead(platform.p);
    expect(await proveEntry(platform.p, 'c4')).toMatchObject({ index: 5, size: 6 });
  });

  it('that came into the log after it was read are looked for again', async () => {
    const late = kindLeaf('certificate', 'c5');
    const source: LeafSource = {
      kind: 'certificate',
      async *leaves() {
        await appendEntries(platform.p, [late]);
        for (const leaf of [...certificates, kindLeaf('certificate', 'c4'), late])
          yield { ...leaf, holds: null };
      },
    };
    expect(await wrongWith(recordsOf('register', changes), source)).toEqual([]);
  });

  it('that are on their way are waited for, and what never comes is said', async () => {
    const coming = kindLeaf('certificate', 'c6');
    const known = [...certificates, ...['c4', 'c5'].map((id) => kindLeaf('certificate', id))];
    const source = recordsOf('certificate', [...known, coming]);
    const sources = [recordsOf('register', changes), source];
    expect((await verifyLog(platform.p, sources)).wrong.join()).toContain('c6 is in the records');
    setTimeout(() => void appendEntries(platform.p, [coming]).then(() => signHead(platform.p)), 300);
    expect((await verifyLog(platform.p, sources, { graceMs: 20_000 })).wrong).toEqual([]);
    const never = recordsOf('certificate', [...known, coming, kindLeaf('certificate', 'c7')]);
    const report = await verifyLog(platform.p, [recordsOf('register', changes), never], { graceMs: 300 });
    expect(report.wrong.join()).toContain('c7 is in the records');
  });
});
