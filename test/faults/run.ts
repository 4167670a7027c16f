/**
 * `npm run faults`: the promises of reliability, tried on the real thing.
 *
 *   --kills N        SIGKILLs of server processes, and as many of the database (default 50); or N,M for each its own
 *   --minutes N      killing stops after this (default 15), even if kills are left; that is a finding
 *   --servers N      processes of the server (default 3, short 2); 0: one in this process, for kills of the database alone
 *   --short          fewer kills, races and crash points
 *   --only a,b       of kills, crash, races, gone, ledger; `ledger` alone: as `kills`, with 100 and 100 and few clients, for the times until
 *                    a registration is provable and the log beside the register
 *   --sabotage NAME  no-journal, no-revision or no-dedup: takes one guard away; the suite must then be red
 *   --seed N         the moments of the kills and the clients' choices
 */
import { parseArgs } from 'node:util';
import { printPart, type PartResult } from './support/findings.ts';
import { SABOTAGES, type Sabotage } from './support/deployment.ts';
import { runCrashes } from './parts/crash-part.ts';
import { runGone } from './parts/gone-part.ts';
import { runRaces } from './parts/race-part.ts';
import { runKills } from './kills/run-kills.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    sabotage: { type: 'string' },
    seed: { type: 'string' },
    races: { type: 'string' },
    minutes: { type: 'string', default: '15' },
    clients: { type: 'string', default: '10' },
    servers: { type: 'string' },
  },
});

const { short } = values;
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const [apiKills = 50, databaseKills = apiKills] = (values.kills ?? (short ? '4,8' : '50'))
  .split(',')
  .map(Number);
const servers = Number(values.servers ?? (short ? 2 : 3));
const sabotage = (values.sabotage ?? null) as Sabotage | null;
if (sabotage !== null && !SABOTAGES.includes(sabotage)) {
  process.stderr.write(`There is no sabotage named ${sabotage}: choose one of ${SABOTAGES.join(', ')}.\n`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const killsWith = (
  counts: { apiKills: number; databaseKills: number; judgesProofs?: boolean },
  clients: number,
) =>
  runKills({
    ...counts,
    servers,
    minutes: Number(values.minutes),
    seed,
    clients,
    sabotage,
    say,
  });

/** Enough of each to see a p99, where nothing else is said. */
const LEDGER_KILLS =
  values.kills || short ? { apiKills, databaseKills } : { apiKills: 100, databaseKills: 100 };

const PARTS: Record<string, () => Promise<PartResult>> = {
  races: () => runRaces(Number(values.races ?? (short ? 400 : 5_000)), sabotage),
  crash: () => runCrashes(short, sabotage),
  gone: () => runGone(short),
  kills: () => killsWith({ apiKills, databaseKills }, Number(values.clients)),
  ledger: () => killsWith({ ...LEDGER_KILLS, judgesProofs: true }, 4),
};

// The log is judged by `kills` as well; by itself only where it is asked for.
const chosen = values.only?.split(',') ?? Object.keys(PARTS).filter((name) => name !== 'ledger');
process.stdout.write(
  `faults: seed ${seed}, node ${process.version}${sabotage ? `, sabotage ${sabotage}` : ''}\n`,
);
let red = 0;
for (const name of chosen) {
  const part = PARTS[name];
  if (!part) throw new Error(`there is no part named ${name}`);
  const result = await part();
  printPart(result);
  red += result.findings.length;
}
process.stdout.write(red === 0 ? '\nfaults: green\n' : `\nfaults: RED, ${red} findings\n`);
process.exitCode = red === 0 ? 0 : 1;
