import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Binary, MongoClient } from 'mongodb';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { leafHashOf } from '../../../backend/modules/ledger/append.ts';
import { loadConfig } from '../../../backend/platform/config.ts';
import { startEngine } from '../../../backend/platform/database/engine.ts';
import { verifyLedger } from '../../../backend/server/verify-ledger.ts';

it('the check of the log says in a sentence that the database went away beneath it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-gone-'));
  const log = pino({ level: 'silent' });
  const engine = await startEngine({ dataDirectory: join(folder, 'data'), log });
  try {
    const client = await MongoClient.connect(engine.uri('portal'));
    const bytes = '{"entryId":"0"}';
    // Not signed: the check waits for that, and so is still at work when the engine stops.
    await client
      .db()
      .collection('ledger-entries')
      .insertOne({ _id: 0 as never, entryId: '0', bytes, hash: new Binary(leafHashOf(bytes)) });
    await client.close();
    const config = loadConfig({ MONGODB_URI: engine.uri('portal'), DATA_DIR: folder });
    const outcome = verifyLedger(config, log, undefined).catch((error: unknown) => error);
    await wait(1_000);
    await engine.stop();
    expect(await outcome).toMatchObject({
      name: 'StartupError',
      message: 'The database went away before the log was read to its end: run the command again.',
    });
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
