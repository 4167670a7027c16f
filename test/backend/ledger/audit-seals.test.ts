import { Binary } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafSources } from '../../../backend/leaf-sources.ts';
import { modules } from '../../../backend/modules.ts';
import { recordAccess, recordEvents } from '../../../backend/modules/audit/index.ts';
import { sizeOf } from '../../../backend/modules/ledger/append.ts';
import { makeSeal } from '../../../backend/modules/ledger/audit-seal.ts';
import { auditSeals, loggedEntries } from '../../../backend/modules/ledger/ledger.model.ts';
import { proveEntry } from '../../../backend/modules/ledger/index.ts';
import { sealAudit } from '../../../backend/modules/ledger/seal-audit.ts';
import { sweepAudit } from '../../../backend/modules/ledger/sweep-audit.ts';
import { verifyLog } from '../../../backend/modules/ledger/verify-log.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import type { DeliveredEvent } from '../../../backend/platform/database/outbox.ts';
import { newId } from '../../../backend/platform/ids.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

type Row = Record<string, unknown> & { _id: string };

const event = (id = newId()): DeliveredEvent => ({
  id,
  type: 'applications.accepted',
  at: new Date(),
  actorId: 'a'.repeat(24),
  requestId: 'request-1',
  data: { no: '2026100900017', days: 3 },
  source: { collection: 'applications', id: 'b'.repeat(24) },
});

let platform: TestPlatform;
const open = async (database?: string) => {
  const one = await startPlatform({ now: new Date(), ...(database ? { database } : {}) });
  await migrate(one.p, modules, platformModels);
  return one;
};
beforeAll(async () => {
  platform = await open();
});
afterAll(() => platform.close());

const act = async (count: number) => {
  platform.setNow(new Date());
  const events = Array.from({ length: count }, () => event());
  await recordEvents.handle(platform.p, events);
  return events.map(({ id }) => id);
};
const look = () =>
  recordAccess(platform.p, {
    actorId: 'c'.repeat(24),
    subjectPersonIndexes: ['person-1', 'person-2'],
    what: ['case'],
    target: { kind: 'case', id: 'd'.repeat(24) },
    why: 'review',
    basis: '条例27',
  });
/** A minute later. */
const seal = async (one = platform) => {
  one.setNow(new Date(Date.now() + 60_000));
  return sealAudit.run(one.p, one.p.time.now());
};
const wrong = async () => (await verifyLog(platform.p, leafSources)).wrong;
const rows = (name: string) => platform.p.database.connection.collection<Row>(name);

describe('the audit in the log', () => {
  let ids: string[];
  beforeAll(async () => {
    ids = await act(30);
    await Promise.all(Array.from({ length: 5 }, look));
  });

  it('is sealed once its entries have settled, and not before', async () => {
    await sealAudit.run(platform.p, platform.p.time.now());
    expect(await auditSeals(platform.p).countDocuments()).toBe(0);
    expect(await wrong()).toEqual([]);
    expect(await seal()).toEqual({ sealed: 35 });
    expect(await sizeOf(platform.p)).toBe(2);
    expect(await wrong()).toEqual([]);
  });

  it('is not sealed again, and signs nothing where nothing is new', async () => {
    expect(await seal()).toEqual({ sealed: 0 });
    expect(await sizeOf(platform.p)).toBe(2);
  });

  it('is provable, and its leaf says nothing of what was done, by whom or to whom', async () => {
    expect(await proveEntry(platform.p, 'audit:audit/000000000000')).toMatchObject({ size: 2 });
    const leaves = await loggedEntries(platform.p).find().lean();
    const text = leaves.map(({ bytes }) => bytes).join('\n');
    for (const word of ['accepted', 'aaaa', 'person', '条例', '20261009', ids[0]!])
      expect(text).not.toContain(word);
  });

  const EDITS: Record<string, [(id: string, other: string) => Promise<unknown>, RegExp]> = {
    'who acted': [
      (_id) => rows('audit').updateOne({ _id }, { $set: { actorId: 'e'.repeat(24) } }),
      /^the audit entry \w+ is not what it was when it was sealed$/,
    ],
    'a figure in the data': [
      (_id) => rows('audit').updateOne({ _id }, { $set: { 'data.days': 4 } }),
      /is not what it was/,
    ],
    'when it was': [
      (_id) => rows('audit').updateOne({ _id }, { $set: { at: new Date(0) } }),
      /is not what it was/,
    ],
    'an entry that is deleted': [(_id) => rows('audit').deleteOne({ _id }), /^the audit entry \w+ is gone$/],
    'an entry that is put in': [
      async (_id) => {
        const row = (await rows('audit').findOne({ _id }))!;
        await rows('audit').insertOne({ ...row, _id: `${_id.slice(0, 8)}${'0'.repeat(16)}` });
      },
      /^the audit entry \w+ was put in after its time$/,
    ],
    'two entries in each other’s place': [
      async (_id, other) => {
        const [a, b] = [await rows('audit').findOne({ _id }), await rows('audit').findOne({ _id: other })];
        await rows('audit').deleteMany({ _id: { $in: [_id, other] } });
        await rows('audit').insertMany([
          { ...a!, _id: other },
          { ...b!, _id, data: { no: '1' } },
        ]);
      },
      /is not what it was/,
    ],
    'a look that is deleted': [
      () => rows('access-log').deleteOne({ why: 'review' }),
      /^the access-log entry \w+ is gone$/,
    ],
    'a look at another person': [
      () => rows('access-log').updateOne({ why: 'review' }, { $set: { 'subjects.0': 'person-9' } }),
      /^the access-log entry \w+ is not what it was/,
    ],
    'what a seal says of an entry': [
      async () => {
        const found = (await rows('ledger-audit-seals').findOne({ _id: 'audit/000000000000' }))!;
        const hashes = Buffer.from((found.hashes as Binary).buffer);
        hashes[40]! ^= 1;
        await rows('ledger-audit-seals').updateOne(
          { _id: found._id },
          { $set: { hashes: new Binary(hashes) } },
        );
      },
      /is not what it was|commits to another state/,
    ],
    'the salt of a seal': [
      () =>
        rows('ledger-audit-seals').updateOne(
          { _id: 'audit/000000000000' },
          { $set: { salt: Buffer.alloc(16, 7).toString('base64url') } },
        ),
      /is not what it was|commits to another state/,
    ],
    'a seal that is deleted': [
      () => rows('ledger-audit-seals').deleteOne({ _id: 'audit/000000000000' }),
      /is in the log and not in the records of kind audit/,
    ],
    'a seal and its entries that are deleted together': [
      async () => {
        await rows('ledger-audit-seals').deleteMany({});
        await rows('audit').deleteMany({});
        await rows('access-log').deleteMany({});
      },
      /is in the log and not in the records of kind audit/,
    ],
  };

  it.each(Object.keys(EDITS))('shows %s', async (name) => {
    const [edit, words] = EDITS[name]!;
    const names = ['audit', 'access-log', 'ledger-audit-seals'];
    const before = await Promise.all(names.map((one) => rows(one).find().toArray()));
    await edit(ids[3]!, ids[4]!);
    const found = await wrong();
    for (const [place, one] of names.entries()) {
      await rows(one).deleteMany({});
      await rows(one).insertMany(before[place]!);
    }
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).toMatch(words);
    expect(await wrong()).toEqual([]);
  });
});

describe('entries that come late', () => {
  /** An id as it was made an hour ago, in what was sealed long since. */
  const idOfBefore = () => `${Math.floor(Date.now() / 1_000 - 3_600).toString(16)}${newId().slice(8)}`;

  it('as after a death, are nothing wrong, and are sealed as well', async () => {
    await act(3);
    await seal();
    platform.setNow(new Date());
    const late = event(idOfBefore());
    await recordEvents.handle(platform.p, [late]);
    expect(await wrong()).toEqual([]);
    expect(await seal()).toEqual({ sealed: 1 });
    expect(await wrong()).toEqual([]);
    expect(await rows('audit-late').countDocuments()).toBe(0);
    await rows('audit').updateOne({ _id: late.id }, { $set: { type: 'applications.refused' } });
    expect((await wrong()).join()).toContain(`the audit entry ${late.id} is not what it was`);
    await rows('audit').updateOne({ _id: late.id }, { $set: { type: late.type } });
    // Delivered once more, and so noted once more.
    await recordEvents.handle(platform.p, [late]);
    await seal();
    expect(await wrong()).toEqual([]);
  });

  it('without being noted are found again within the hour', async () => {
    const [first] = await act(2);
    await seal();
    const row = (await rows('audit').findOne({ _id: first! }))!;
    await rows('audit').insertOne({ ...row, _id: `${first!.slice(0, 8)}${'0'.repeat(15)}1` });
    expect((await wrong()).join()).toContain('was put in after its time');
    expect(await sweepAudit.run(platform.p, platform.p.time.now())).toEqual({ found: 1 });
    expect(await seal()).toEqual({ sealed: 1 });
    expect(await wrong()).toEqual([]);
  });
});

describe('sealing', () => {
  it('that was cut off before the leaf was logged is finished by the next run', async () => {
    const ids = await act(4);
    platform.setNow(new Date(Date.now() + 60_000));
    const [last] = await auditSeals(platform.p)
      .find({ _id: /^audit\// })
      .sort({ _id: -1 })
      .limit(1)
      .lean();
    const entries = await rows('audit')
      .find({ _id: { $in: ids } })
      .sort({ _id: 1 })
      .toArray();
    const number = Number(last!._id.split('/')[1]) + 1;
    const place = {
      _id: `audit/${String(number).padStart(12, '0')}`,
      after: last!.through,
      through: entries.at(-1)!._id,
      late: false,
    };
    const made = makeSeal(place, entries, {
      at: platform.p.time.now(),
      salt: Buffer.alloc(16, 3).toString('base64url'),
    });
    await auditSeals(platform.p).collection.insertOne(made as never);
    expect((await wrong()).join()).toContain('and not in the log');
    await seal();
    expect(await wrong()).toEqual([]);
  });

  it('by several processes at once seals everything once', async () => {
    const others = [await open(platform.database), await open(platform.database)];
    try {
      for (let round = 0; round < 3; round += 1) {
        await act(7);
        await look();
        await Promise.all([platform, ...others].map((one) => seal(one)));
      }
      const seals = await auditSeals(platform.p).find({ late: false }).lean();
      const ids = seals.flatMap((one) => one.ids);
      expect(new Set(ids).size).toBe(ids.length);
      expect(await wrong()).toEqual([]);
    } finally {
      await Promise.all(others.map((one) => one.close()));
    }
  });

  it('takes what is more than one seal holds in several', async () => {
    await act(2_100);
    // A run stops after a second, and the next goes on.
    for (let left = 2_100; left > 0;) left -= (await seal())?.sealed ?? 0;
    expect((await auditSeals(platform.p).find({ 'ids.1999': { $exists: true } })).length).toBeGreaterThan(0);
    expect(await wrong()).toEqual([]);
  });
});
