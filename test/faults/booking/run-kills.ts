/**
 * T21: SIGKILLs of the database and of API processes under load; then what people were told is compared with what is there.
 * `npx tsx test/faults/booking/run-kills.ts [database kills] [API kills] [seed] [--sabotage no-journal]`; default 100 and 100. With a
 * guard taken away it must be red.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createPlatform } from '../../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../../backend/platform/database/connect.ts';
import { startEngine } from '../../../backend/platform/database/engine.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { systemRandom } from '../../../backend/platform/time.ts';
import { makeKeys } from '../../support/keys.ts';
import { patchDriver } from '../sabotage/preload.mjs';
import { createDice } from '../support/random.ts';
import { noFigures, runLoad, settleLoad, type Known, type Load } from './load.ts';
import { BOOKING_SABOTAGES, type BookingSabotage } from './sabotages.ts';
import { verifyBookings } from './verify.ts';
import { dropCoolTime, makeWindow, newPerson, prepareHall } from './windows.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const NOW = '2026-10-09T02:30:00.000Z';
const SEATS = 10;

export interface KillOptions {
  databaseKills: number;
  apiKills: number;
  /** Worker processes; 0: the load runs in this process, which cannot be killed. */
  workers: number;
  people: number;
  /** Acts at once in each process; default 6. */
  lanes?: number;
  windows: number;
  seed: number;
  /** Takes one guard away: the result must then be wrong. */
  sabotage?: BookingSabotage;
  /** Milliseconds between two kills. */
  everyMs: number;
}

export interface KillResult {
  figures: Record<string, number>;
  wrong: string[];
}

export async function runBookingKills(options: KillOptions): Promise<KillResult> {
  const { databaseKills, apiKills, workers, seed, everyMs, sabotage } = options;
  const mend = sabotage ? patchDriver(BOOKING_SABOTAGES[sabotage]) : () => undefined;
  const dice = createDice(seed);
  const log = pino({ level: 'silent' });
  const folder = mkdtempSync(join(tmpdir(), 'registration-booking-'));
  const engine = await startEngine({ dataDirectory: folder, log });
  const openPlatform = async (): Promise<Platform> =>
    createPlatform({
      config: { production: false, publicOrigin: 'http://localhost:8080' } as Platform['config'],
      log,
      database: await connectDatabase({ uri: engine.uri('booking'), log }),
      crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
      outside: { mail: null, textMessage: null, scanner: null },
      time: { now: () => new Date(NOW) },
    }).p;
  const p = await openPlatform();
  const figures = { ...noFigures(), databaseKills: 0, apiKills: 0 };
  try {
    await prepareHall(p);
    await dropCoolTime(p);
    const windows: string[] = [];
    for (let n = 0; n < options.windows; n += 1)
      windows.push(
        await makeWindow(
          p,
          `2026-10-12 ${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`,
          SEATS,
        ),
      );
    const people: Known[] = Array.from({ length: options.people }, () => ({
      person: newPerson(),
      booking: null,
      pending: null,
    }));
    let over = false;
    const load: Load = {
      p,
      people,
      windows,
      dice: createDice(seed + 1),
      figures,
      note: () => undefined,
      isOver: () => over,
    };
    const crew = Array.from({ length: workers }, (_, n) =>
      startWorker({
        uri: engine.uri('booking'),
        people: people.filter((_one, place) => place % workers === n),
        windows,
        seed: seed + n,
        sabotage,
      }),
    );
    const own = workers === 0 ? runLoad(load, options.lanes ?? 6) : Promise.resolve();
    await Promise.all(crew.map((worker) => worker.ready()));
    let [left, rest] = [databaseKills, apiKills];
    while (left + rest > 0) {
      await delay(everyMs * (0.5 + dice.next()));
      if (left > 0 && (rest === 0 || dice.chance(left / (left + rest)))) {
        const pid = engine.pid();
        if (pid === null) continue;
        process.kill(pid, 'SIGKILL');
        [left, figures.databaseKills] = [left - 1, figures.databaseKills + 1];
      } else {
        await dice.pick(crew).killAndRestart();
        [rest, figures.apiKills] = [rest - 1, figures.apiKills + 1];
      }
    }
    await delay(everyMs);
    over = true;
    await Promise.all([own, ...crew.map((worker) => worker.end())]);
    for (let wait = 0; engine.pid() === null && wait < 200; wait += 1) await delay(100);
    for (const { told } of crew) {
      figures.claims += told.claims;
      figures.cancels += told.cancels;
      figures.moves += told.moves;
      figures.refused += told.refused;
    }
    await settleLoad(load);
    return { figures, wrong: await verifyBookings(p, people) };
  } finally {
    mend();
    await p.database.connection.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A worker and what its people know, as far as its lines have told. */
function startWorker(options: {
  uri: string;
  people: Known[];
  windows: string[];
  seed: number;
  sabotage: BookingSabotage | undefined;
}) {
  const { uri, people, windows, sabotage } = options;
  const byPerson = new Map(people.map((known) => [known.person, known]));
  const told = noFigures();
  let child: ChildProcess;
  let ready: Promise<void>;
  let closed: Promise<void>;
  let generation = 0;
  const start = () => {
    generation += 1;
    const given = { people, windows, seed: options.seed + generation * 1_000, now: NOW, lanes: 6 };
    child = spawn(process.execPath, ['--import', 'tsx', WORKER], {
      env: {
        ...process.env,
        BOOKING_URI: uri,
        BOOKING_LOAD: JSON.stringify(given),
        ...(sabotage ? { BOOKING_SABOTAGE: sabotage } : {}),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout! });
    closed = new Promise((resolve) => lines.once('close', resolve));
    ready = new Promise((resolve) => {
      lines.on('line', (line) => {
        if (line === 'ready') return resolve();
        if (!line.endsWith('}')) return;
        const known = JSON.parse(line) as Known;
        const before = byPerson.get(known.person)!;
        const act = known.pending === null ? before.pending?.act : undefined;
        if (act === 'claim' && !known.booking) told.refused += 1;
        else if (act === 'claim') told.claims += 1;
        else if (act === 'cancel') told.cancels += 1;
        else if (act === 'move' && known.booking?.slot !== before.booking?.slot) told.moves += 1;
        else if (act === 'move') told.refused += 1;
        Object.assign(before, known);
      });
    });
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  start();
  return {
    ready: () => ready,
    told,
    async killAndRestart() {
      await kill();
      start();
      await ready;
    },
    end: kill,
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { sabotage: { type: 'string' } },
    allowPositionals: true,
  });
  const [databaseKills = 100, apiKills = 100, seed = Date.now() % 100_000] = positionals.map(Number);
  if (values.sabotage !== undefined && !Object.hasOwn(BOOKING_SABOTAGES, values.sabotage)) {
    process.stderr.write(`Choose one of ${Object.keys(BOOKING_SABOTAGES).join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  const sabotage = values.sabotage as BookingSabotage | undefined;
  process.stdout.write(`booking kills: seed ${seed}${sabotage ? `, sabotage ${sabotage}` : ''}\n`);
  const result = await runBookingKills({
    databaseKills,
    apiKills,
    seed,
    workers: 3,
    people: 180,
    windows: 20,
    everyMs: 700,
    ...(sabotage ? { sabotage } : {}),
  });
  process.stdout.write(`${JSON.stringify(result.figures)}\n`);
  for (const line of result.wrong.slice(0, 40)) process.stdout.write(`WRONG ${line}\n`);
  process.stdout.write(result.wrong.length === 0 ? 'green\n' : `RED: ${result.wrong.length}\n`);
  process.exitCode = result.wrong.length === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
