/**
 * Crash-point enumeration of the recording saga (登簿): the process dies after each database command of `record`, and again
 * after each command of the recovery that follows; then recovery runs to its end. Whatever the two points, the unit, the
 * case and the numbers must be as if nothing had happened. Run alone: `npx tsx test/faults/recording-crash-points.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import {
  applications,
  record,
  recoverRecordings,
  type ApplicationDocument,
} from '../../backend/modules/applications/index.ts';
import { getCalendar } from '../../backend/modules/clock/index.ts';
import { importUnits, type UnitDocument } from '../../backend/modules/register/index.ts';
import { units } from '../../backend/modules/register/unit.model.ts';
import { modules } from '../../backend/modules.ts';
import { createPlatform } from '../../backend/platform/create-platform.ts';
import { createCryptoSuite } from '../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../backend/platform/database/connect.ts';
import { startEngine } from '../../backend/platform/database/engine.ts';
import { migrate } from '../../backend/platform/database/migrations.ts';
import { numbers } from '../../backend/platform/database/numbers.ts';
import { platformModels } from '../../backend/platform/models.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { legalDayOf, systemRandom } from '../../backend/platform/time.ts';
import { loadDemoAccounts } from '../../seeds/demo/accounts.ts';
import type { DemoType } from '../../seeds/demo/cases/answers.ts';
import { homesFor } from '../../seeds/demo/cases/homes.ts';
import { cast, type Cast } from '../../seeds/demo/cases/people.ts';
import { walk } from '../../seeds/demo/cases/walk.ts';
import { generateRegister } from '../../seeds/demo/register/generate.ts';
import { loadReference } from '../../seeds/load.ts';
import { makeKeys } from '../support/keys.ts';

/** The death of the process: from here on no command of it reaches the database. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

const COUNTED = new Set(['find', 'insert', 'update', 'delete', 'findAndModify', 'aggregate', 'getMore']);

type Command = (ns: { db: string }, command: Record<string, unknown>, ...rest: unknown[]) => Promise<unknown>;

export interface CrashPoints {
  /** Dies once `commands` further commands have been carried out; null: never. */
  arm(commands: number | null): void;
  /** Commands carried out since `arm`. */
  count(): number;
  uninstall(): void;
}

function driverConnection(): { prototype: { command: Command } } {
  const driver = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
    Connection: { prototype: { command: Command } };
  };
  return driver.Connection;
}

/**
 * Sits in the driver, below mongoose and below the pool: a command is carried out by the engine, and its answer is lost
 * with the process. Every later command fails without being sent.
 */
export function installCrashPoints(database: string): CrashPoints {
  const { prototype } = driverConnection();
  const original = prototype.command;
  let limit: number | null = null;
  let done = 0;
  prototype.command = async function command(this: unknown, ns, sent, ...rest) {
    const [name = ''] = Object.keys(sent);
    const counted = ns.db === database && COUNTED.has(name);
    if (counted && limit !== null && done >= limit) throw new Crash('the process is dead');
    const answer = await original.call(this, ns, sent, ...rest);
    if (counted) done += 1;
    if (counted && limit !== null && done >= limit) throw new Crash('the process died here');
    return answer;
  };
  return {
    arm(commands) {
      limit = commands;
      done = 0;
    },
    count: () => done,
    uninstall() {
      prototype.command = original;
    },
  };
}

export interface Pause {
  /** Resolves when somebody stands still. */
  reached: Promise<void>;
  /** Lets them go on; or nobody stop, if nobody has. */
  release(): void;
}

export interface PausePoints {
  /** Holds up whoever gets the answer to the n-th counted command from now on. Those who stand still already go on standing. */
  arm(commands: number): Pause;
  /** Resolves when nobody is on the way to the database or back: whoever is not done stands still, or waits for one who does. */
  quiet(): Promise<void>;
  uninstall(): void;
}

/** Turns of the event loop without a command after which nobody is about to send one: a request over HTTP takes a few, reads that travel together up to 50 ms. */
const QUIET_TURNS = 100;

/** Stops callers at a command, so that another can get ahead of them there. */
export function installPausePoints(database: string): PausePoints {
  const { prototype } = driverConnection();
  const original = prototype.command;
  let armed: { left: number; stop(): Promise<void> } | null = null;
  let [begun, onTheWay] = [0, 0];
  const carryOut: Command = async function carryOut(this: unknown, ...given) {
    begun += 1;
    onTheWay += 1;
    try {
      return await original.call(this, ...given);
    } finally {
      onTheWay -= 1;
    }
  };
  prototype.command = async function command(this: unknown, ns, sent, ...rest) {
    const answer = await carryOut.call(this, ns, sent, ...rest);
    const pause = armed;
    if (!pause || ns.db !== database || !COUNTED.has(Object.keys(sent)[0] ?? '')) return answer;
    pause.left -= 1;
    if (pause.left > 0) return answer;
    armed = null;
    await pause.stop();
    return answer;
  };
  return {
    arm(commands) {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const reached = new Promise<void>((resolve) => {
        armed = { left: commands, stop: () => (resolve(), released) };
      });
      return { reached, release };
    },
    async quiet() {
      for (let calm = 0; calm < QUIET_TURNS;) {
        const before = begun;
        await new Promise((resolve) => setTimeout(resolve, 1));
        calm = onTheWay === 0 && begun === before ? calm + 1 : 0;
      }
    },
    uninstall() {
      prototype.command = original;
    },
  };
}

interface Snapshot {
  doc: ApplicationDocument;
  unit: UnitDocument;
}

export interface Scene {
  p: Platform;
  people: Cast;
  snapshot: Snapshot;
}

/** An approved case of a type, ready to be recorded. Needs the demo accounts; adds the home that it is about. */
export async function prepareScene(p: Platform, type: DemoType, n: number): Promise<Scene> {
  const asOf = legalDayOf(p.time.now());
  const homes = homesFor(asOf);
  const home = (type === 'DY06' ? homes.mortgaged : homes.free)[n];
  if (!home) throw new Error('the demo register has no home for this');
  await importUnits(
    p,
    generateRegister(asOf).filter(({ _id }) => _id === home.code),
  );
  const people = await cast(p);
  await walk({ type, reached: 'approved', age: 0 }, { cast: people, home, n: 9_000 + n, moment: () => p });
  const { collection } = applications(p);
  await collection.updateMany({ unitCodes: home.code }, { $set: { outbox: [] } });
  const doc = (await collection.findOne({ unitCodes: home.code })) as unknown as ApplicationDocument;
  const unit = (await units(p).collection.findOne({ _id: home.code as never })) as unknown as UnitDocument;
  return { p, people, snapshot: { doc: { ...doc, outbox: [] }, unit } };
}

/** Puts case, unit and numbers back to before the recording. */
export async function restore({ p, snapshot }: Scene): Promise<void> {
  await applications(p).collection.replaceOne({ _id: snapshot.doc._id as never }, snapshot.doc as never, {
    upsert: true,
  });
  await units(p).collection.replaceOne({ _id: snapshot.unit._id as never }, snapshot.unit as never, {
    upsert: true,
  });
  await numbers(p).collection.deleteMany({
    holder: { $gte: `${snapshot.doc._id}:`, $lt: `${snapshot.doc._id};` },
  });
}

/** What must be the same, without what is random in every run: ids, nonces, salts. */
async function finalState({ p, snapshot }: Scene): Promise<unknown> {
  const doc = (await applications(p).collection.findOne({
    _id: snapshot.doc._id as never,
  })) as unknown as ApplicationDocument;
  const unit = (await units(p).collection.findOne({
    _id: snapshot.unit._id as never,
  })) as unknown as UnitDocument;
  const held = await numbers(p)
    .collection.find(
      { holder: { $gte: `${doc._id}:`, $lt: `${doc._id};` } },
      { projection: { state: 1, serial: 1 } },
    )
    .sort({ _id: 1 })
    .toArray();
  return {
    case: {
      status: doc.status,
      revision: doc.revision,
      handler: doc.handler,
      queue: doc.queue,
      registered: doc.registration?.units.map(({ unitCode, revision, certificateNumbers }) => ({
        unitCode,
        revision,
        certificateNumbers,
      })),
      registeredAt: doc.registration?.at,
      clock: doc.clockEvents.map(({ kind, at }) => `${kind} ${at.toISOString()}`),
      events: doc.outbox.map(({ type }) => type),
      work: { ...doc.work },
    },
    unit: {
      revision: unit.revision,
      rights: unit.rights.map(({ id, status, certificateNo, holders }) => ({
        id,
        status,
        certificateNo,
        holders: holders.map(({ idIndex, share }) => ({ idIndex, share })),
      })),
      encumbrances: unit.encumbrances.map(({ id, kind, status, certificateNo }) => ({
        id,
        kind,
        status,
        certificateNo,
      })),
      pending: unit.pending,
      changes: unit.changes.map(({ caseId, revision, kinds, certificates }) => ({
        caseId,
        revision,
        kinds,
        certificates,
      })),
      events: (unit.outbox ?? []).map(({ type }) => type),
    },
    numbers: held,
  };
}

export interface CrashFindings {
  commandsOfRecording: number;
  commandsOfRecovery: number;
  runs: number;
  /** Pairs of crash points after which the state differed. */
  different: string[];
}

export interface Acts {
  record(p: Platform, scene: Scene): Promise<unknown>;
  recover(p: Platform): Promise<unknown>;
}

const ACTS: Acts = {
  record: (p, { people, snapshot }) => record(p, people.registrar.viewerAt(p), snapshot.doc._id),
  recover: (p) => recoverRecordings(p),
};

async function untilDead(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    if (error instanceof Crash || /process (died|is dead)/.test(String(error))) return true;
    throw error;
  }
}

/** A clerk who got no answer looks at the case and, where nothing has happened, records it again. */
async function finishAfterwards(scene: Scene, acts: Acts): Promise<void> {
  const { p, snapshot } = scene;
  await acts.recover(p);
  const now = await applications(p).collection.findOne(
    { _id: snapshot.doc._id as never },
    { projection: { status: 1 } },
  );
  if ((now as { status?: string } | null)?.status === 'approved') await acts.record(p, scene);
}

/** Every crash point of the recording, and with each every crash point of the recovery after it. */
export async function enumerateCrashPoints(
  scene: Scene,
  points: CrashPoints,
  acts: Acts = ACTS,
): Promise<CrashFindings> {
  const { p } = scene;
  points.arm(null);
  await restore(scene);
  await acts.record(p, scene);
  const expected = JSON.stringify(await finalState(scene));

  await restore(scene);
  points.arm(null);
  await acts.record(p, scene);
  const commandsOfRecording = points.count();
  const findings: CrashFindings = { commandsOfRecording, commandsOfRecovery: 0, runs: 0, different: [] };

  for (let first = 1; first <= commandsOfRecording; first += 1) {
    for (let second: number | null = 0; second !== null;) {
      points.arm(null);
      await restore(scene);
      points.arm(first);
      await untilDead(() => acts.record(p, scene));
      let recovered = true;
      if (second > 0) {
        points.arm(second);
        // `recoverRecordings` goes on to the next plan when one fails, so its own death shows in the count alone.
        await untilDead(() => acts.recover(p));
        recovered = points.count() < second;
        findings.commandsOfRecovery = Math.max(findings.commandsOfRecovery, points.count());
      }
      points.arm(null);
      await finishAfterwards(scene, acts);
      findings.runs += 1;
      const state = JSON.stringify(await finalState(scene));
      if (state !== expected)
        findings.different.push(`crash after ${first}, in recovery after ${second}: ${state}`);
      // Once a recovery ends before its crash point there are no more points in it.
      second = second > 0 && recovered ? null : second + 1;
    }
  }
  points.arm(null);
  return findings;
}

const TYPES: readonly DemoType[] = ['ZY02', 'DY01', 'DY06', 'BG01', 'CF01'];

async function main(): Promise<void> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'crash-points-'));
  const log = pino({ level: 'silent' });
  const engine = await startEngine({ dataDirectory, log });
  const name = 'crashes';
  const database = await connectDatabase({
    uri: `mongodb://${encodeURIComponent(engine.socketPath)}/${name}?directConnection=true`,
    log,
  });
  const now = new Date();
  const { p } = createPlatform({
    config: { production: false, publicOrigin: 'http://localhost:8080' } as never,
    log,
    database,
    crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
    outside: { mail: null, textMessage: null, scanner: null },
    time: { now: () => new Date(now) },
  });
  const points = installCrashPoints(name);
  let red = 0;
  try {
    await migrate(p, modules, platformModels);
    await loadReference(p);
    await getCalendar(p);
    await loadDemoAccounts(p);
    for (const [place, type] of TYPES.entries()) {
      const scene = await prepareScene(p, type, 60 + place);
      const { different, ...figures } = await enumerateCrashPoints(scene, points);
      red += different.length;
      process.stdout.write(
        `${type} ${JSON.stringify(figures)} ${different.length === 0 ? 'identical' : `DIFFERENT: ${different.slice(0, 3).join('\n')}`}\n`,
      );
    }
  } finally {
    points.uninstall();
    await database.connection.close();
    await engine.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
  process.exitCode = red === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
