import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries } from '../../../backend/modules/ledger/append.ts';
import { askWitnesses, knownWitnesses } from '../../../backend/modules/ledger/ask-witnesses.ts';
import { checkpointText } from '../../../backend/modules/ledger/checkpoint.ts';
import { hasher } from '../../../backend/modules/ledger/hash.ts';
import { ledgerModule } from '../../../backend/modules/ledger/index.ts';
import { cosignatures } from '../../../backend/modules/ledger/ledger.model.ts';
import {
  ED25519,
  keyHashOf,
  readNote,
  signNote,
  toBase64,
  verifierKeyOf,
} from '../../../backend/modules/ledger/note.ts';
import { readCheckpointNote, readLedger } from '../../../backend/modules/ledger/publish.ts';
import { signHead } from '../../../backend/modules/ledger/sign-head.ts';
import { rawPublicKey } from '../../../backend/platform/crypto/ed25519.ts';
import { sha256 } from '../../../backend/platform/crypto/sha256.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import type { WitnessTransport } from '../../../backend/platform/outside.ts';
import {
  addCheckpoint,
  readLogKeys,
  witnessKey,
  type Witness,
} from '../../../backend/witness/add-checkpoint.ts';
import { createWitnessServer } from '../../../backend/witness/serve.ts';
import { originHash, WitnessState } from '../../../backend/witness/state.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';
import { NaiveTree } from './naive-tree.ts';

const ORIGIN = 'log.example/ledger';
const keyPair = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawPublicKey(privateKey) };
};
const logKey = keyPair();
const logWord = verifierKeyOf(sha256, ORIGIN, ED25519, logKey.publicKey);

/** A log in memory, and another that went a way of its own after five entries. */
const leavesOf = (name: string, from = 0) =>
  Array.from({ length: 64 }, (_, n) => hasher.leaf(Buffer.from(`${n < from ? 'log' : name} ${n}`)));
const log = new NaiveTree(sha256, leavesOf('log'));
const fork = new NaiveTree(sha256, leavesOf('fork', 5));

const noteOf = (tree: NaiveTree, size: number, { name = ORIGIN, key = logKey } = {}) =>
  signNote(checkpointText({ origin: name, size, root: tree.root(0, size) }), [
    {
      name,
      keyHash: keyHashOf(sha256, name, ED25519, logKey.publicKey),
      sign: (text) => sign(null, text, key.privateKey),
    },
  ]);
const bodyOf = (old: number, size: number, tree = log, note = noteOf(tree, size)) => {
  const proof = old === 0 || old >= size ? [] : tree.consistency(old, size);
  return [`old ${old}`, ...proof.map(toBase64), '', note].join('\n');
};

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function newWitness(folder = newFolder(), logs = [logWord]): Witness {
  const key = keyPair();
  return {
    name: 'witness.example/w1',
    publicKey: key.publicKey,
    sign: (bytes) => sign(null, bytes, key.privateKey),
    state: new WitnessState(folder),
    logs: readLogKeys(logs),
    seconds: () => 1_780_000_000,
  };
}

describe('a witness', () => {
  it('cosigns what follows on the last, and nothing else', async () => {
    const witness = newWitness();
    const add = (body: string) => addCheckpoint(witness, body);
    const first = await add(bodyOf(0, 5));
    expect(first).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^— witness\.example\/w1 \S+\n$/) as string,
    });
    const [known] = knownWitnesses({
      config: { ledgerWitnesses: [{ url: 'http://w', key: witnessKey(witness) }] },
    } as never);
    const text = readNote(noteOf(log, 5))!.text;
    const [line] = readNote(`${text}\n${first.body}`)!.signatures;
    expect(known!.timeOf(text, line!)).toEqual(new Date(1_780_000_000_000));
    expect(known!.timeOf(text.replace('5', '6'), line!)).toBeNull();
    // The same again, and on from there.
    expect((await add(bodyOf(5, 5))).status).toBe(200);
    expect((await add(bodyOf(5, 11))).status).toBe(200);
    expect((await add(bodyOf(11, 64))).status).toBe(200);
  });

  it.each<[string, (witness: Witness) => string, number]>([
    ['no request', () => 'hello', 400],
    ['a size with a leading zero', () => bodyOf(5, 11).replace('old 5', 'old 05'), 400],
    ['a hash that is none', () => bodyOf(5, 11).replace(/\n.{4}/, '\n****'), 400],
    [
      'more hashes than there can be',
      () => bodyOf(5, 11).replace('\n\n', `\n${`${toBase64(hasher.empty)}\n`.repeat(64)}\n`),
      400,
    ],
    ['an old size above the new', () => bodyOf(11, 5), 400],
    [
      'a log that it does not know',
      () => bodyOf(5, 11, log, noteOf(log, 11, { name: 'other.example/log' })),
      404,
    ],
    ['a checkpoint by another key', () => bodyOf(5, 11, log, noteOf(log, 11, { key: keyPair() })), 403],
    ['a checkpoint of which a character was changed', () => bodyOf(5, 11).replace('\n11\n', '\n12\n'), 403],
    ['another old size than the last', () => bodyOf(4, 11), 409],
    ['nothing as the old size', () => bodyOf(0, 11), 409],
    ['a shorter log', () => bodyOf(4, 4), 409],
    ['a way that the log took after that', () => bodyOf(5, 11, fork, noteOf(fork, 11)), 200],
    ['a proof that lacks a hash', () => bodyOf(5, 11).replace(/\n.{43}=/, ''), 422],
    ['another log of the same size', () => bodyOf(5, 5, new NaiveTree(sha256, leavesOf('other'))), 422],
  ])('answers %s as the protocol says', async (_, body, status) => {
    const witness = newWitness();
    await addCheckpoint(witness, bodyOf(0, 5));
    const answer = await addCheckpoint(witness, body(witness));
    expect(answer.status).toBe(status);
    if (status === 409) expect(answer).toMatchObject({ type: 'text/x.tlog.size', body: '5\n' });
  });

  it('refuses a fork of what it cosigned, and a proof where there is nothing before', async () => {
    const witness = newWitness();
    await addCheckpoint(witness, bodyOf(0, 11));
    expect((await addCheckpoint(witness, bodyOf(11, 20, fork, noteOf(fork, 20)))).status).toBe(422);
    const fresh = newWitness();
    const withProof = bodyOf(0, 11).replace('\n\n', `\n${toBase64(hasher.empty)}\n\n`);
    expect((await addCheckpoint(fresh, withProof)).status).toBe(422);
    expect((await addCheckpoint(fresh, bodyOf(0, 11))).status).toBe(200);
  });

  it('goes on from what lies on the disk, by whichever process', async () => {
    const folder = newFolder();
    await addCheckpoint(newWitness(folder), bodyOf(0, 7));
    expect(await addCheckpoint(newWitness(folder), bodyOf(0, 9))).toMatchObject({ status: 409, body: '7\n' });
    expect((await addCheckpoint(newWitness(folder), bodyOf(7, 9))).status).toBe(200);
  });

  it('of two that ask from the same state at once, in two processes, goes on with one', async () => {
    const folder = newFolder();
    const [a, b] = [newWitness(folder), newWitness(folder)];
    await addCheckpoint(a, bodyOf(0, 1));
    let size = 1;
    for (let round = 0; round < 20; round += 1) {
      // Both have read the state before either writes.
      const both = [size + 1, size + 2].map((next) => bodyOf(size, next));
      const answers = await Promise.all([addCheckpoint(a, both[0]!), addCheckpoint(b, both[1]!)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      size += answers[0].status === 200 ? 1 : 2;
      expect(a.state.read(originHash(ORIGIN)).witnessed?.size).toBe(size);
    }
  });
});

describe('the log, with witnesses', () => {
  let platform: TestPlatform;
  let server: Server;
  let witness: Witness;
  const down: WitnessTransport = { addCheckpoint: () => Promise.reject(new Error('nobody there')) };
  const http: WitnessTransport = {
    async addCheckpoint(url, body) {
      const reply = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
      return { status: reply.status, body: await reply.text() };
    },
  };
  const open = (outside: WitnessTransport, url: string, database?: string) =>
    startPlatform({
      ...(database ? { database } : {}),
      outside: { witnesses: outside },
      config: { ledgerWitnesses: [{ url, key: witnessKey(witness) }] },
    });
  const leafOf = (entryId: string) => ({ entryId, bytes: JSON.stringify({ entryId, version: 2 }) });
  const ask = (one = platform) => askWitnesses.run(one.p, one.p.time.now());

  beforeAll(async () => {
    const probe = await startPlatform();
    const { verifierKeys } = await import('../../../backend/modules/ledger/keys.ts');
    witness = newWitness(newFolder(), verifierKeys(probe.p, 'localhost:8080/ledger'));
    await probe.close();
    server = createWitnessServer(witness);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    platform = await open(http, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await migrate(platform.p, [ledgerModule], platformModels);
  });
  afterAll(async () => {
    await platform.close();
    server.closeAllConnections();
    server.close();
  });

  it('is signed and published before anybody has cosigned, and with the line once it came', async () => {
    expect(await ask()).toBeUndefined();
    await appendEntries(platform.p, [leafOf('a'), leafOf('b')]);
    await signHead(platform.p);
    expect(await readCheckpointNote(platform.p)).not.toContain('witness.example');
    expect(await ask()).toEqual({ cosigned: 1 });
    const note = await readCheckpointNote(platform.p);
    expect(readNote(note)!.signatures.map(({ name }) => name)).toEqual([
      'localhost:8080/ledger',
      'localhost:8080/ledger/sm2',
      'witness.example/w1',
    ]);
    expect(await ask()).toEqual({ cosigned: 0 });
    for (let n = 0; n < 5; n += 1) {
      await appendEntries(platform.p, [leafOf(`c${n}`), leafOf(`d${n}`)]);
      await signHead(platform.p);
      expect(await ask()).toEqual({ cosigned: 1 });
    }
    const { witnesses } = await readLedger(platform.p);
    expect(witnesses).toEqual([
      { name: 'witness.example/w1', key: witnessKey(witness), size: 12, at: '2026-05-28T20:26:40.000Z' },
    ]);
  });

  it('finds out where a witness stands when it has forgotten that itself', async () => {
    await cosignatures(platform.p).deleteMany({});
    await appendEntries(platform.p, [leafOf('e')]);
    await signHead(platform.p);
    expect(await ask()).toEqual({ cosigned: 1 });
  });

  it('is signed all the same while a witness is away, and says that it could not be reached', async () => {
    const lonely = await open(down, 'http://127.0.0.1:9', platform.database);
    try {
      await appendEntries(lonely.p, [leafOf('f')]);
      expect((await signHead(lonely.p))?._id).toBe(14);
      expect(await ask(lonely)).toEqual({ cosigned: 0 });
      expect(lonely.logLines.join()).toContain('could not be reached');
    } finally {
      await lonely.close();
    }
    expect(await ask()).toEqual({ cosigned: 1 });
  });

  it('takes no line that is not the witness’s', async () => {
    const lying: WitnessTransport = {
      async addCheckpoint(url, body) {
        const { status, body: line } = await http.addCheckpoint(url, body);
        return { status, body: line.replace(/.{3}=*\n$/, 'AAA=\n') };
      },
    };
    const deceived = await open(
      lying,
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      platform.database,
    );
    try {
      await appendEntries(deceived.p, [leafOf('g')]);
      await signHead(deceived.p);
      expect(await ask(deceived)).toEqual({ cosigned: 0 });
      expect(await readCheckpointNote(deceived.p)).not.toContain('witness.example');
    } finally {
      await deceived.close();
    }
  });

  it('is told when a witness has seen more of it than is there', async () => {
    const ahead: WitnessTransport = {
      addCheckpoint: () => Promise.resolve({ status: 409, body: '99\n' }),
    };
    const behind = await open(ahead, 'http://127.0.0.1:9', platform.database);
    try {
      expect(await ask(behind)).toEqual({ cosigned: 0 });
      expect(behind.logLines.join()).toContain('has seen more of the ledger than is here');
    } finally {
      await behind.close();
    }
  });
});

describe('the witness as a program', () => {
  const folder = newFolder();
  const command = (...args: string[]) => ['backend/start.mjs', '--witness', ...args];
  let running: ChildProcess | null = null;
  afterAll(() => running?.kill('SIGKILL'));

  const settings = join(folder, 'witness.json');
  async function start(): Promise<string> {
    const child = spawn(process.execPath, command(settings), { stdio: ['ignore', 'pipe', 'inherit'] });
    running = child;
    let said = '';
    return new Promise((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const [, url] = /at (http\S+)/.exec(said) ?? [];
        if (url !== undefined) resolve(url);
      });
      child.once('exit', () => reject(new Error(said)));
    });
  }

  it('makes its key once, and says what is wrong with its settings', () => {
    const make = () =>
      spawnSync(process.execPath, command('new-key', 'witness.example/w2', join(folder, 'key.pem')), {
        encoding: 'utf8',
      });
    expect(make().stdout).toMatch(/^witness\.example\/w2\+[0-9a-f]{8}\+B/m);
    expect(make()).toMatchObject({ status: 1 });
    writeFileSync(
      settings,
      JSON.stringify({
        name: 'witness.example/w2',
        keyFile: 'key.pem',
        stateFolder: 'state',
        logs: ['nonsense'],
      }),
    );
    const refused = spawnSync(process.execPath, command(settings), { encoding: 'utf8' });
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no verifier key') as string,
    });
  }, 60_000);

  it('has kept whatever it answered, however it is killed', async () => {
    writeFileSync(
      settings,
      JSON.stringify({
        name: 'witness.example/w2',
        keyFile: 'key.pem',
        stateFolder: 'state',
        logs: [logWord],
        port: 0,
      }),
    );
    let told = 0;
    for (let life = 0; life < Number(process.env.WITNESS_KILLS ?? 4); life += 1) {
      const url = await start();
      const post = (body: string) => http.addCheckpoint(url, body);
      const asked = await post(bodyOf(0, 1));
      const kept = asked.status === 409 ? Number(asked.body) : 1;
      expect(kept, 'what it answered before').toBeGreaterThanOrEqual(told);
      told = Math.max(told, kept);
      const stop = new Promise((resolve) => running!.once('exit', resolve));
      setTimeout(() => running!.kill('SIGKILL'), 30 + life * 17);
      while (told < 60) {
        const answer = await post(bodyOf(told, told + 1)).catch(() => null);
        if (!answer) break;
        if (answer.status === 200) told += 1;
        else if (answer.status === 409) told = Number(answer.body);
      }
      await stop;
    }
    const state = new WitnessState(join(folder, 'state'));
    expect(state.read(originHash(ORIGIN)).witnessed!.size).toBeGreaterThanOrEqual(told);
    expect(readFileSync(settings, 'utf8')).toContain('w2');
  }, 120_000);

  const http: WitnessTransport = {
    async addCheckpoint(url, body) {
      const reply = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
      return { status: reply.status, body: await reply.text() };
    },
  };
});
