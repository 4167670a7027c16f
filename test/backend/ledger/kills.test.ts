import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allModels } from '../../../backend/app.ts';
import { leafSources } from '../../../backend/leaf-sources.ts';
import { modules } from '../../../backend/modules.ts';
import { loggedEntries } from '../../../backend/modules/ledger/ledger.model.ts';
import { proveEntry, verifyLog } from '../../../backend/modules/ledger/index.ts';
import { importUnits } from '../../../backend/modules/register/index.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { loadKeys, writeNewKeysFile } from '../../../backend/platform/crypto/keys.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { subscribers } from '../../../backend/subscriptions.ts';
import { engineSocket } from '../../support/engine-socket.ts';
import { codeOf, unitImport } from '../register/units.ts';

/** `LEDGER_KILLS=200 node test/run.mjs test/backend/ledger/kills.test.ts` is the full form; `npm run faults -- --only ledger` kills the database as well. */
const KILLS = Number(process.env.LEDGER_KILLS ?? 3);
/** 200 times that many have a code of their own. */
const UNITS_EACH = 48;

describe('the log, after processes that register were killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-kills-'));
  const keysFile = join(folder, 'keys.json');
  const uri = `mongodb://${encodeURIComponent(engineSocket())}/lk${process.pid}?directConnection=true`;
  let made: ReturnType<typeof createPlatform>;
  let p: Platform;
  let running: ChildProcess | null = null;
  beforeAll(async () => {
    writeNewKeysFile(keysFile);
    const keys = loadKeys({ production: false, keysFile, keysInline: null, dataDirectory: folder });
    const log = pino({ level: 'silent' });
    made = createPlatform({
      config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
      log,
      database: await connectDatabase({ uri, log }),
      crypto: createCryptoSuite(keys, systemRandom, TEST_COST),
      outside: { mail: null, textMessage: null, scanner: null },
    });
    p = made.p;
    await migrate(p, modules, platformModels);
  });
  afterAll(async () => {
    running?.kill('SIGKILL');
    await p.database.connection.dropDatabase();
    await p.database.connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a process until it has recorded so many changes, kills it, and gives what it said that it recorded. */
  function runAndKill(from: number, after: number, delayMs: number): Promise<string[]> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/faults/ledger/register-process.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LEDGER_URI: uri,
        LEDGER_KEYS: keysFile,
        LEDGER_FROM: String(from),
        LEDGER_TO: String(from + UNITS_EACH),
      },
    });
    running = child;
    let said = '';
    const lines = () => said.split('\n').slice(0, -1);
    return new Promise((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (lines().length >= after) setTimeout(() => child.kill('SIGKILL'), delayMs);
      });
      child.once('exit', () => resolve(lines().map((line) => line.split(' ')[1]!)));
    });
  }

  it('has each change that was acknowledged, once, in order, and nothing else', async () => {
    const recorded: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const from = 1 + kill * UNITS_EACH;
      await importUnits(
        p,
        Array.from({ length: UNITS_EACH }, (_, n) => unitImport(codeOf(from + n))),
      );
      recorded.push(...(await runAndKill(from, 3 + ((kill * 7) % 40), (kill * 13) % 90)));
    }
    expect(recorded.length).toBeGreaterThan(KILLS * 3);
    // What the last one left on its way is delivered by whoever comes next.
    made.relay.start(
      p,
      allModels,
      subscribers.filter(({ name }) => name === 'ledger.append' || name === 'audit.record-events'),
    );
    await made.relay.drain();
    const rows = await loggedEntries(p).find({}, { entryId: 1 }).sort({ _id: 1 }).lean();
    expect(rows.map(({ _id }) => _id)).toEqual(rows.map((_, place) => place));
    const { wrong } = await verifyLog(p, leafSources);
    expect(wrong).toEqual([]);
    for (const unitCode of recorded) {
      const unit = await units(p).findById(unitCode).lean();
      expect(await proveEntry(p, unit!.changes.at(-1)!.entry.id), unitCode).not.toBeNull();
    }
  }, 3_600_000);
});
