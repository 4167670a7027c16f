import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type EmbeddedEngine } from '../../../backend/platform/database/engine.ts';

const log = pino({ level: 'silent' });
const base = mkdtempSync(join(tmpdir(), 'engine-test-'));
let count = 0;
const freshFolder = () => join(base, `d${count++}`);
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function start(
  options: { dataDirectory?: string; plannerFix?: boolean } = {},
): Promise<EmbeddedEngine> {
  const engine = await startEngine({ dataDirectory: freshFolder(), log, ...options });
  cleanups.push(() => engine.stop());
  return engine;
}

function connect(engine: EmbeddedEngine): MongoClient {
  const client = new MongoClient(engine.uri('test'), { serverSelectionTimeoutMS: 1_500, retryWrites: false });
  cleanups.push(() => client.close());
  return client;
}

/** Tries until the operation is acknowledged, as a client of the portal would. */
async function eventually<T>(operation: () => Promise<T>, withinMs: number): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function kill(engine: EmbeddedEngine): void {
  const pid = engine.pid();
  if (pid !== null) process.kill(pid, 'SIGKILL');
}

const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('an embedded engine', () => {
  it('lets nobody but its owner reach the socket or the files', async () => {
    const dataDirectory = freshFolder();
    mkdirSync(join(dataDirectory, 'run'), { recursive: true, mode: 0o755 });
    const engine = await start({ dataDirectory });
    expect(permissions(engine.socketPath)).toBe('600');
    expect(permissions(join(engine.socketPath, '..'))).toBe('700');
    expect(permissions(join(dataDirectory, 'db'))).toBe('700');
    expect(permissions(join(dataDirectory, 'db', 'WiredTiger.wt'))).toBe('600');
  });

  it('is started again after a kill, on the same socket, and drivers find it by themselves', async () => {
    const engine = await start();
    const items = connect(engine).db().collection<{ _id: number }>('items');
    await items.insertOne({ _id: 1 }, { writeConcern: { w: 1, j: true } });
    const before = engine.pid();
    kill(engine);
    await eventually(() => items.insertOne({ _id: 2 }), 5_000);
    expect(await items.countDocuments()).toBe(2);
    expect(engine.pid()).not.toBe(before);
    expect(engine.restarts()).toBe(1);
  });

  it('keeps its data over an orderly stop', async () => {
    const dataDirectory = freshFolder();
    const first = await startEngine({ dataDirectory, log });
    const client = new MongoClient(first.uri());
    await client.db().collection('items').insertOne({ kept: true });
    await client.close();
    await first.stop();
    const second = await start({ dataDirectory });
    expect(await connect(second).db('registration').collection('items').countDocuments()).toBe(1);
  });

  it('stops a process that nobody owns any more', async () => {
    const engine = await start();
    const pid = engine.pid() ?? 0;
    await engine.stop();
    expect(() => process.kill(pid, 0)).toThrow();
    expect(engine.pid()).toBeNull();
  });

  it('waits for the engine of a killed portal to let go of the folder', async () => {
    const dataDirectory = freshFolder();
    const module = new URL('../../../backend/platform/database/engine.ts', import.meta.url).href;
    const log = '{ info() {}, warn() {}, error() {} }';
    const script = `
      const { startEngine } = await import(${JSON.stringify(module)});
      await startEngine({ dataDirectory: ${JSON.stringify(dataDirectory)}, log: ${log} });
      process.stdout.write('up');`;
    const portal = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    await once(portal.stdout, 'data');
    portal.kill('SIGKILL');
    await once(portal, 'exit');
    const engine = await start({ dataDirectory });
    expect(await connect(engine).db().admin().ping()).toEqual({ ok: 1 });
  });

  it('says in one sentence that a data folder is in use', async () => {
    const dataDirectory = freshFolder();
    await start({ dataDirectory });
    await expect(startEngine({ dataDirectory, log })).rejects.toThrow(
      /^The data folder \S+ is in use by another running portal \(process \d+\): stop that one, or name another/,
    );
  });

  it('says in one sentence that a data folder cannot be made', async () => {
    const dataDirectory = freshFolder();
    writeFileSync(dataDirectory, 'a file, not a folder');
    await expect(startEngine({ dataDirectory, log })).rejects.toThrow(
      /^The data folder \S+ cannot be written \(\w+\): give this user the right/,
    );
  });

  it('finds a short place for the socket of a folder with a long path', async () => {
    const dataDirectory = join(base, 'a-long-name-'.repeat(8), 'data');
    const engine = await start({ dataDirectory });
    expect(Buffer.byteLength(engine.socketPath)).toBeLessThanOrEqual(103);
    expect(permissions(join(engine.socketPath, '..'))).toBe('700');
    expect(await connect(engine).db().admin().ping()).toEqual({ ok: 1 });
  });

  it('carries documents of 10 MB and many connections at once', async () => {
    const items = connect(await start())
      .db()
      .collection('items');
    const text = 'x'.repeat(10_000_000);
    await items.insertOne({ text });
    const sizes = await Promise.all(
      Array.from({ length: 40 }, () => items.countDocuments({ text: { $exists: true } })),
    );
    expect(new Set(sizes)).toEqual(new Set([1]));
    expect((await items.findOne())?.text).toHaveLength(text.length);
  });
});

describe('the planner fix', () => {
  let fixed: EmbeddedEngine;
  beforeAll(async () => {
    fixed = await startEngine({ dataDirectory: freshFolder(), log });
  });
  afterAll(() => fixed.stop());

  /** Several candidate indexes, each with 20,000 entries to walk and no match among them: nothing decides early. */
  async function rankedQuery(engine: EmbeddedEngine): Promise<unknown[]> {
    const client = new MongoClient(engine.uri('ranked'), { serverSelectionTimeoutMS: 5_000 });
    try {
      const cases = client.db().collection('cases');
      if ((await cases.countDocuments()) === 0) {
        const rows = Array.from({ length: 60_000 }, (_, i) => ({
          state: i % 2 === 0 ? 'done' : 'open',
          type: `t${i % 3}`,
          hall: `h${i % 3}`,
          dueAt: new Date(1_700_000_000_000 + i * 1_000),
        }));
        await cases.insertMany(rows);
        await cases.createIndex({ state: 1, dueAt: 1 });
        await cases.createIndex({ state: 1, dueAt: 1, type: 1 });
        await cases.createIndex({ hall: 1, dueAt: 1 });
      }
      const filter = { state: 'done', type: 't1', hall: 'h2' };
      return await cases.find(filter).sort({ dueAt: 1 }).limit(20).toArray();
    } finally {
      await client.close();
    }
  }

  it('answers a query that has several plans and no early match', async () => {
    expect(await rankedQuery(fixed)).toEqual([]);
  });

  it('is set again after the engine was killed', async () => {
    await rankedQuery(fixed);
    kill(fixed);
    expect(await eventually(() => rankedQuery(fixed), 5_000)).toEqual([]);
  });

  it('is needed: the same query fails on an engine started without it', async () => {
    const unfixed = await start({ plannerFix: false });
    await expect(rankedQuery(unfixed)).rejects.toThrow(
      /slot-based execution engine is not part of this build/,
    );
  });
});

describe('acknowledged writes', () => {
  it('all survive ten kills under load', async () => {
    const engine = await start();
    const items = connect(engine)
      .db()
      .collection<{ _id: number }>('items', { writeConcern: { w: 1, j: true } });
    const acknowledged: number[] = [];
    let next = 0;
    let running = true;
    const writer = async () => {
      while (running) {
        const _id = next++;
        try {
          await items.insertOne({ _id });
          acknowledged.push(_id);
        } catch {
          // Unknown, not failed: such a number may be there or not.
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    };
    const writers = Array.from({ length: 16 }, writer);
    for (let kills = 0; kills < 10; kills++) {
      const target = acknowledged.length + 200;
      while (acknowledged.length < target) await new Promise((resolve) => setTimeout(resolve, 5));
      kill(engine);
    }
    running = false;
    await Promise.all(writers);
    const found = await eventually(() => items.find({}, { projection: { _id: 1 } }).toArray(), 10_000);
    const stored = new Set(found.map(({ _id }) => _id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(engine.restarts()).toBe(10);
    process.stdout.write(`ten kills: ${acknowledged.length} acknowledged, ${stored.size} found\n`);
  }, 90_000);
});
