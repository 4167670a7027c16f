import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chooseWriteConcern,
  connectDatabase,
  topologyOf,
  type Database,
} from '../../../backend/platform/database/connect.ts';
import { isDatabaseUnavailable } from '../../../backend/platform/database/unavailable.ts';
import { startEngine, type EmbeddedEngine } from '../../../backend/platform/database/engine.ts';
import { createLog } from '../../../backend/platform/log.ts';

const log = pino({ level: 'silent' });

describe('the write concern', () => {
  it.each([
    ['a standalone server', { isWritablePrimary: true }, 'standalone', { w: 1, j: true }],
    ['a replica set', { setName: 'rs0', isWritablePrimary: true }, 'replicaSet', { w: 'majority', j: true }],
    ['a router of a sharded cluster', { msg: 'isdbgrid' }, 'sharded', { w: 'majority', j: true }],
  ])('of %s', (_, hello, topology, concern) => {
    expect(topologyOf(hello)).toBe(topology);
    expect(chooseWriteConcern(topologyOf(hello))).toEqual(concern);
  });
});

describe('a wrong or silent address is one sentence', () => {
  let silent: ReturnType<typeof createServer>;
  beforeAll(async () => {
    silent = createServer((socket) => setTimeout(() => socket.destroy(), 10_000).unref());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void silent.close().unref());

  it.each([
    [
      'no MongoDB address at all',
      () => 'banana',
      /^MONGODB_URI is not a usable MongoDB address \(.*\): correct it/,
    ],
    ['another scheme', () => 'http://127.0.0.1/x', /^MONGODB_URI is not a usable MongoDB address/],
    [
      'a port where nothing listens',
      () => 'mongodb://127.0.0.1:9/x',
      /^No MongoDB server answered at 127\.0\.0\.1:9/,
    ],
    [
      'a server that speaks something else',
      () => `mongodb://127.0.0.1:${(silent.address() as AddressInfo).port}/x`,
      /^No MongoDB server answered at 127\.0\.0\.1:\d+ within [\d.]+ s \(.*\): start that server or correct/,
    ],
    [
      'a socket that is not there',
      () => 'mongodb://%2Ftmp%2Fnone.sock/x',
      /answered at \/tmp\/none\.sock within/,
    ],
  ])('%s', async (_, uri, sentence) => {
    const startedAt = performance.now();
    const failure = await connectDatabase({ uri: uri(), log }).then(
      () => null,
      (error: Error) => error,
    );
    expect(failure?.name).toBe('StartupError');
    expect(failure?.message).toMatch(sentence);
    expect(failure?.message.split('\n')).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('never shows the password', async () => {
    const failure = connectDatabase({ uri: 'mongodb://clerk:s3cret@127.0.0.1:9/x', log });
    await expect(failure).rejects.toThrow(/answered at 127\.0\.0\.1:9/);
    await expect(failure).rejects.not.toThrow(/s3cret|clerk/);
  });
});

describe('a connection to the embedded engine', () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'connect-test-'));
  const lines: string[] = [];
  let engine: EmbeddedEngine;
  let database: Database;

  beforeAll(async () => {
    engine = await startEngine({ dataDirectory, log });
    database = await connectDatabase({
      uri: engine.uri(),
      log: createLog('info', { write: (line) => lines.push(line) }),
    });
  });
  afterAll(async () => {
    await database.connection.close();
    await engine.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('knows the engine and logs its choice', () => {
    expect(database).toMatchObject({ embedded: true, writeConcern: { w: 1, j: true } });
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ msg: 'database connected', writeConcern: { w: 1, j: true } }),
    );
  });

  it('asks for the journal on every write, though no call names a concern', async () => {
    const { connection } = database;
    const concerns: unknown[] = [];
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      if (['insert', 'update', 'findAndModify', 'delete'].includes(commandName))
        concerns.push(command.writeConcern);
    });
    (connection.getClient() as unknown as { monitorCommands: boolean }).monitorCommands = true;
    const items = connection.collection('items');
    await items.insertOne({ _id: 1 as never });
    await items.updateOne({ _id: 1 as never }, { $set: { a: 1 } });
    await items.findOneAndUpdate({ _id: 1 as never }, { $set: { a: 2 } });
    await items.deleteOne({ _id: 1 as never });
    expect(connection.getClient().options.writeConcern).toMatchObject({ w: 1, journal: true });
    expect(connection.getClient().options.retryWrites).toBe(false);
    for (const concern of concerns) expect(concern).toMatchObject({ w: 1, j: true });
  });

  it('fails within 2 s while the engine is gone, says so, and works again without a restart', async () => {
    const items = database.connection.collection('items');
    await items.insertOne({ before: true });
    await engine.stop();
    for (const operation of [
      () => items.findOne(),
      () => items.insertOne({ during: true }),
      () => items.insertMany([{ during: true }]),
      () => items.countDocuments(),
      () => items.bulkWrite([{ deleteMany: { filter: {} } }]),
    ]) {
      const startedAt = performance.now();
      const failure = await operation().then(
        () => null,
        (error: unknown) => error,
      );
      expect(isDatabaseUnavailable(failure)).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
    engine = await startEngine({ dataDirectory, log });
    expect(await items.countDocuments({ before: true })).toBe(1);
    expect(await items.countDocuments({ during: true })).toBe(0);
  });

  it('tells a defect or a refused write apart from an absent database', async () => {
    const items = database.connection.collection<{ _id: number }>('unique');
    await items.insertOne({ _id: 7 });
    const duplicate = await items.insertOne({ _id: 7 }).catch((error: unknown) => error);
    expect(isDatabaseUnavailable(duplicate)).toBe(false);
    expect(isDatabaseUnavailable(new Error('a defect'))).toBe(false);
    expect(isDatabaseUnavailable(null)).toBe(false);
  });

  it('knows a broken socket without its wrapping, and inside a bulk write', () => {
    const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
    expect(isDatabaseUnavailable(broken)).toBe(true);
    const bulk = Object.assign(new Error('bulk write failed'), { errorResponse: broken });
    expect(isDatabaseUnavailable(bulk)).toBe(true);
  });
});
