// `npm run bench:ledger`: the log of the register's changes on an engine of its own, beside a bare driver that inserts the same rows. Appends of
// BENCH_APPENDS entries (20,000) by batches of 200 as the relay hands them over, heads signed on the way; a proof of a random entry; and the check of
// BENCH_ENTRIES entries (100,000; 1,000,000 is the full size) against a register that says the same.
import { Binary } from 'mongodb';
import { pino } from 'pino';
import { appendEntries, leafHashOf, sizeOf } from '../../backend/modules/ledger/append.ts';
import { ledgerModule } from '../../backend/modules/ledger/index.ts';
import { loggedEntries, storedTiles } from '../../backend/modules/ledger/ledger.model.ts';
import { readEntries } from '../../backend/modules/ledger/read-entries.ts';
import { readInclusion } from '../../backend/modules/ledger/publish.ts';
import { signHead } from '../../backend/modules/ledger/sign-head.ts';
import { tileId } from '../../backend/modules/ledger/tree.ts';
import type { LeafSource } from '../../backend/modules/ledger/leaf-source.ts';
import { verifyLog } from '../../backend/modules/ledger/verify-log.ts';
import { migrate } from '../../backend/platform/database/migrations.ts';
import { platformModels } from '../../backend/platform/models.ts';
import { openFreshPlatform } from '../faults/support/fresh-platform.ts';

const APPENDS = Number(process.env.BENCH_APPENDS ?? 20_000);
const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 100_000);
const BATCH = 200;
const PROOFS = 500;

/** As long as a real leaf: four salted hashes, an id and an instant. */
const leafOf = (n: number) => {
  const entryId = n.toString(16).padStart(24, '0');
  const fields = Object.fromEntries(
    ['kinds', 'revision', 'state', 'unit'].map((name) => [name, entryId.padEnd(43, name)]),
  );
  return { entryId, bytes: JSON.stringify({ at: '2026-11-30T02:00:00.000Z', entryId, fields, version: 2 }) };
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => leafOf(from + n));

const registerOf = (count: number): LeafSource => ({
  kind: 'register',
  async *leaves() {
    for (let n = 0; n < count; n += 1) yield await Promise.resolve({ ...leafOf(n), holds: null });
  },
});

const { p, close } = await openFreshPlatform('ledger', pino({ level: 'silent' }));
const seconds = (from: number) => (performance.now() - from) / 1_000;
const say = (text: string) => process.stdout.write(`${text}\n`);
try {
  await migrate(p, [ledgerModule], platformModels);
  const bare = p.database.connection.collection('bare-rows');
  let from = performance.now();
  for (let start = 0; start < APPENDS; start += BATCH)
    await bare.insertMany(
      range(start, Math.min(APPENDS, start + BATCH)).map(({ entryId, bytes }, n) => ({
        _id: (start + n) as never,
        entryId,
        bytes,
        hash: new Binary(leafHashOf(bytes)),
      })),
    );
  const bareRate = APPENDS / seconds(from);
  from = performance.now();
  for (let start = 0; start < APPENDS; start += BATCH) {
    await appendEntries(p, range(start, Math.min(APPENDS, start + BATCH)));
    await signHead(p);
  }
  const rate = APPENDS / seconds(from);
  say(
    `appends, signed every ${BATCH}: ${rate.toFixed(0)}/s, bare inserts ${bareRate.toFixed(0)}/s, ratio ${(rate / bareRate).toFixed(2)} (wanted: 2,000/s)`,
  );
  for (let start = APPENDS; start < ENTRIES; start += 5_000) {
    // Loaded as they would lie there; appending a million one batch after the other is not what is measured.
    const rows = range(start, Math.min(ENTRIES, start + 5_000)).map(({ entryId, bytes }, n) => ({
      _id: start + n,
      entryId,
      bytes,
      hash: new Binary(leafHashOf(bytes)),
    }));
    await loggedEntries(p).collection.insertMany(rows as never);
  }
  await signHead(p);
  const size = await sizeOf(p);
  /** Median and p99 of something done PROOFS times. */
  const timesOf = async (act: (n: number) => Promise<unknown>): Promise<string> => {
    const times: number[] = [];
    for (let n = 0; n < PROOFS; n += 1) {
      const began = performance.now();
      await act(n);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    return `p50 ${times[PROOFS / 2]!.toFixed(2)} ms, p99 ${times[Math.floor(PROOFS * 0.99)]!.toFixed(2)} ms`;
  };
  const tiles = storedTiles(p).collection;
  const full = Math.max(1, Math.floor(size / 256));
  const readOne = (n: number) => tiles.findOne({ _id: tileId(0, (n * 7_919) % full) as never });
  await timesOf(readOne);
  say(`one bare read of a tile: ${await timesOf(readOne)}`);
  // Every tile of entries anew, as far as there are enough; then the same again from memory.
  const prove = (n: number) => readInclusion(p, { index: (n * 256 * 7 + n) % size, size });
  say(`proof of one of ${size}, its tile not read before: ${await timesOf(prove)} (wanted: 1 ms)`);
  say(`the same, read before: ${await timesOf(prove)}`);
  // The least that any check does: every entry from the database, and its leaf hashed once.
  from = performance.now();
  let read = 0;
  for await (const batch of readEntries(p)) for (const { bytes } of batch) read += leafHashOf(bytes).length;
  const bareCheck = seconds(from);
  say(`${read / 32} entries read and hashed once, nothing compared: ${bareCheck.toFixed(1)} s`);
  from = performance.now();
  const cpu = process.cpuUsage();
  const { wrong } = await verifyLog(p, [registerOf(size)]);
  const { user, system } = process.cpuUsage(cpu);
  const check = seconds(from);
  say(
    `check of ${size} entries: ${check.toFixed(1)} s, ratio ${(check / bareCheck).toFixed(1)} (${((user + system) / 1e6).toFixed(1)} s of a processor), ${wrong.length} wrong (wanted for 1,000,000: 30 s)`,
  );
} finally {
  await close();
}
