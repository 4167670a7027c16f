/**
 * Races of two conflicting registrations on one unit: exactly one must win each time, the loser must be told why, and the
 * unit must show one change and no half of the other. Run alone: `npx tsx test/faults/register-races.ts [races]`;
 * with `--sabotage=revision` the guard is taken away and the run must fail.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { createCryptoSuite } from '../../backend/platform/crypto/create-suite.ts';
import { TEST_COST } from '../../backend/platform/crypto/passwords.ts';
import { connectDatabase } from '../../backend/platform/database/connect.ts';
import { startEngine } from '../../backend/platform/database/engine.ts';
import { migrate } from '../../backend/platform/database/migrations.ts';
import { createPlatform } from '../../backend/platform/create-platform.ts';
import { platformModels } from '../../backend/platform/models.ts';
import type { Platform } from '../../backend/platform/platform.ts';
import { systemRandom } from '../../backend/platform/time.ts';
import { importUnits } from '../../backend/modules/register/import-units.ts';
import { lapseEncumbrances } from '../../backend/modules/register/lapse-encumbrances.ts';
import type { RecordOrder, RecordOutcome } from '../../backend/modules/register/orders.ts';
import { getUnit } from '../../backend/modules/register/reads.ts';
import { recordChange } from '../../backend/modules/register/record-change.ts';
import { units } from '../../backend/modules/register/unit.model.ts';
import { makeKeys } from '../support/keys.ts';
import {
  bank,
  certificateNo,
  codeOf,
  LI,
  recordOrder,
  saleTo,
  SUN,
  encumbrance,
  unitImport,
  ZHAO,
} from '../backend/register/units.ts';

export interface RaceFigures {
  races: number;
  /** Races in which not exactly one was recorded. */
  wrongWinners: number;
  /** Losers without a reason. */
  silentLosers: number;
  /** Units that show anything but the winner's one change. */
  wrongUnits: number;
  /** How often the first named of each pair won: both must, or it was no race. */
  firstWon: number;
  reasons: Record<string, number>;
  seconds: number;
}

const MORTGAGE_NO = certificateNo(1, '证明');
const MORTGAGE = { ...encumbrance('mortgage', { certificateNo: MORTGAGE_NO }), holders: [bank()] };

/** Pairs that cannot both be registered. */
const PAIRS: readonly ((unitCode: string, n: number) => [RecordOrder, RecordOrder])[] = [
  (unitCode, n) => [sale(unitCode, SUN, n), sale(unitCode, LI, n)],
  (unitCode, n) => [sale(unitCode, SUN, n), seizure(unitCode, n)],
  (unitCode) => [discharge(unitCode), discharge(unitCode)],
  (unitCode, n) => [sale(unitCode, SUN, n), rename(unitCode, n)],
];

function sale(unitCode: string, buyer: typeof SUN, n: number): RecordOrder {
  return recordOrder({ unitCode, effects: [saleTo(buyer, n)] });
}

function seizure(unitCode: string, n: number): RecordOrder {
  const terms = {
    court: '甲法院',
    docNo: `${n}`,
    preSeizure: false,
    termMonths: 36,
    executedName: ZHAO.name,
  };
  return recordOrder({ unitCode, request: 'seizure', effects: [{ kind: 'seizure.create', terms }] });
}

/** Of two discharges of one mortgage the second finds nothing left. */
function discharge(unitCode: string): RecordOrder {
  return recordOrder({
    unitCode,
    request: 'mortgageDischarge',
    effects: [
      {
        kind: 'mortgage.discharge',
        certificateNo: MORTGAGE_NO,
        mortgagees: [{ idNumber: bank().idNumber, share: null }],
      },
    ],
  });
}

/** The holder's number changes, so who was to sell is not the holder any more. */
function rename(unitCode: string, n: number): RecordOrder {
  return recordOrder({
    unitCode,
    request: 'rename',
    effects: [
      {
        kind: 'ownership.rename',
        of: { idNumber: ZHAO.idNumber, share: null },
        holder: { ...ZHAO, idNumber: '371502199003070027' },
        certificateNo: certificateNo(n),
      },
    ],
  });
}

/** Runs the races on a migrated platform. `width` pairs run at once, each on its own unit. */
export async function raceRegister(p: Platform, races: number, width = 16): Promise<RaceFigures> {
  const figures: RaceFigures = {
    races,
    wrongWinners: 0,
    silentLosers: 0,
    wrongUnits: 0,
    firstWon: 0,
    reasons: {},
    seconds: 0,
  };
  const started = performance.now();
  for (let start = 0; start < races; start += 500) {
    const codes = Array.from({ length: Math.min(500, races - start) }, (_, index) =>
      codeOf(1 + start + index),
    );
    await importUnits(
      p,
      codes.map((code) => unitImport(code, [ZHAO], [MORTGAGE])),
    );
    for (let at = 0; at < codes.length; at += width) {
      await Promise.all(
        codes.slice(at, at + width).map((code, index) => raceOnce(p, code, start + at + index, figures)),
      );
    }
  }
  figures.seconds = (performance.now() - started) / 1000;
  return figures;
}

async function raceOnce(p: Platform, unitCode: string, n: number, figures: RaceFigures): Promise<void> {
  const kind = n % PAIRS.length;
  const pair = PAIRS[kind]!(unitCode, n);
  // Who calls first alternates; the lapse job stirs in now and then.
  const order = n % 8 < 4 ? pair : pair.toReversed();
  const calls = order.map((one) => recordChange(p, one));
  if (n % 16 === 3) calls.push(lapseEncumbrances(p, one(pair).at).then(() => NOTHING));
  const outcomes = (await Promise.all(calls)).slice(0, 2);
  const won = outcomes.filter(({ outcome }) => outcome === 'recorded').length;
  if (won !== 1) figures.wrongWinners += 1;
  if (outcomes[order.indexOf(pair[0])]?.outcome === 'recorded') figures.firstWon += 1;
  for (const outcome of outcomes) if (outcome.outcome !== 'recorded') tellWhy(outcome, figures);
  const unit = await getUnit(p, unitCode);
  const changes = unit.changes.slice(1);
  const whole =
    changes.length === won &&
    unit.revision === 1 + won &&
    unit.rights.filter(({ status }) => status === 'current').length === 1;
  if (!whole) figures.wrongUnits += 1;
}

const NOTHING: RecordOutcome = { outcome: 'stale', revision: 0 };
const one = ([first]: readonly [RecordOrder, RecordOrder]): RecordOrder => first;

function tellWhy(outcome: RecordOutcome, figures: RaceFigures): void {
  const conflict = outcome.outcome === 'conflict' ? outcome.conflicts[0] : undefined;
  if (!conflict?.sentence.zh || !conflict.sentence.en) figures.silentLosers += 1;
  const reason = conflict?.code ?? outcome.outcome;
  figures.reasons[reason] = (figures.reasons[reason] ?? 0) + 1;
}

/** A platform of its own on a fresh engine, for as long as `use` runs. */
export async function onFreshEngine<T>(use: (p: Platform) => Promise<T>): Promise<T> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'register-races-'));
  const log = pino({ level: 'silent' });
  const engine = await startEngine({ dataDirectory, log });
  const uri = `mongodb://${encodeURIComponent(engine.socketPath)}/races?directConnection=true`;
  const database = await connectDatabase({ uri, log });
  try {
    const { p } = createPlatform({
      config: { production: false, demo: true, publicOrigin: 'http://localhost' } as Platform['config'],
      log,
      database,
      crypto: createCryptoSuite(makeKeys(), systemRandom, TEST_COST),
      outside: { mail: null, textMessage: null, scanner: null },
    });
    await migrate(p, [{ name: 'register', models: [units as never] }], platformModels);
    return await use(p);
  } finally {
    await database.connection.close();
    await engine.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** Takes the guard away, to show that these races would see it: the same suite must then be red. */
export function dropRevisionFilter(p: Platform): void {
  const { collection } = units(p);
  const updateOne = collection.updateOne.bind(collection);
  collection.updateOne = ((filter: Record<string, unknown>, update: object) => {
    const { revision: _revision, ...unguarded } = filter;
    return updateOne(unguarded, update);
  }) as typeof collection.updateOne;
}

async function main(): Promise<void> {
  const races = Number(process.argv[2] ?? 5000);
  const sabotage = process.argv.includes('--sabotage=revision');
  const figures = await onFreshEngine((p) => {
    if (sabotage) dropRevisionFilter(p);
    return raceRegister(p, races);
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  const failed = figures.wrongWinners + figures.silentLosers + figures.wrongUnits;
  const noRace = figures.firstWon === 0 || figures.firstWon === races;
  process.exitCode = failed > 0 || noRace ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
