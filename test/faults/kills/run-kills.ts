import { setTimeout as delay } from 'node:timers/promises';
import type { Finding, PartResult } from '../support/findings.ts';
import { startDeployment, type Deployment, type Sabotage } from '../support/deployment.ts';
import { createDice, type Dice } from '../support/random.ts';
import { liveCase } from './case-life.ts';
import { countActs, createHistory, type History } from './history.ts';
import { verifyWholeLog, watchLedger, type LedgerWatch } from './ledger-watch.ts';
import { createSender, type Traffic } from './http.ts';
import { populate } from './people.ts';
import { settle } from './settle.ts';
import { verify } from './verify.ts';

export interface KillOptions {
  /** SIGKILLs of server processes. */
  apiKills: number;
  databaseKills: number;
  servers: number;
  /** Killing stops here even if the machine is too slow for all kills; that is a finding. */
  minutes: number;
  seed: number;
  clients: number;
  sabotage?: Sabotage | null;
  /** Whether being provable too late is a finding: on a machine that has nothing else to do. */
  judgesProofs?: boolean;
  say?(line: string): void;
}

/** Recovery must have nothing left to do this long after the last kill was survived. */
const SETTLE_MS = 20_000;

interface KillFigures {
  api: number;
  database: number;
  both: number;
  afterAck: number;
  backMs: { api: number[]; database: number[] };
}

/** Mixed load over HTTP while server processes and the database are killed at random moments; then everything is compared. */
export async function runKills(options: KillOptions): Promise<PartResult> {
  const { seed, clients, servers, sabotage = null, say = () => undefined } = options;
  const dice = createDice(seed);
  const deployment = await startDeployment({ servers, sabotage });
  try {
    const { p, close } = await deployment.openPlatform();
    const { homes, clerks } = await populate(p, 1_500);
    await close();
    const history = createHistory();
    const ledger = watchLedger(await deployment.openPlatform());
    history.onRecorded = ({ id, unitCode }) => ledger.onRecorded(id, unitCode);
    const sender = createSender(deployment, dice);
    let over = false;
    const live = async (): Promise<void> => {
      while (!over) {
        const home = homes.pop();
        if (!home) return;
        await liveCase({ sender, dice, history, clerks, isOver: () => over }, home);
      }
    };
    say('clients at work');
    const startedAt = performance.now();
    const load = Promise.all(Array.from({ length: clients }, live));
    await delay(1_500);
    const figures = await killAtRandom(deployment, dice, sender.traffic, { ...options, ledger }, say);
    await delay(1_500);
    if (options.judgesProofs) await untilCalmIsSeen(ledger);
    over = true;
    await load;
    const seconds = (performance.now() - startedAt) / 1000;
    return await judge(deployment, history, sender.traffic, { figures, seconds, options, ledger });
  } finally {
    await deployment.close();
  }
}

/** Registrations with nothing killed, so that their time has a p99 as well; homes may run out before. */
const CALM_WANTED = 100;
const CALM_FOR_MS = 180_000;

async function untilCalmIsSeen(ledger: LedgerWatch): Promise<void> {
  const until = performance.now() + CALM_FOR_MS;
  while (ledger.calmSeen() < CALM_WANTED && performance.now() < until) await delay(250);
}

async function killAtRandom(
  deployment: Deployment,
  dice: Dice,
  traffic: Traffic,
  { apiKills, databaseKills, minutes, sabotage, ledger }: KillOptions & { ledger: LedgerWatch },
  say: (line: string) => void,
): Promise<KillFigures> {
  const figures: KillFigures = {
    api: 0,
    database: 0,
    both: 0,
    afterAck: 0,
    backMs: { api: [], database: [] },
  };
  const until = performance.now() + minutes * 60_000;
  let nextSay = 10;
  while ((figures.api < apiKills || figures.database < databaseKills) && performance.now() < until) {
    await loadCanGoOn(deployment, until);
    // Killing what does nothing proves nothing: some writes are acknowledged between two kills.
    await acknowledgements(traffic, dice.between(2, 8), 4_000);
    // What is not in the journal is in danger for a few milliseconds only: to show that, each kill has to meet them.
    if (sabotage === 'no-journal' || dice.chance(0.5)) figures.afterAck += 1;
    else await delay(dice.between(1, 400));
    const ready = deployment.servers.filter((one) => one.isReady());
    const server = ready.length > 0 ? dice.pick(ready) : undefined;
    const apiLeft = figures.api < apiKills && server !== undefined;
    const databaseLeft = figures.database < databaseKills && deployment.engine.pid() !== null;
    ledger.onKill();
    const both = apiLeft && databaseLeft && dice.chance(0.2);
    const api = both || (apiLeft && (!databaseLeft || dice.chance(0.5)));
    if (api && server) {
      server.kill();
      figures.api += 1;
      watch(() => server.isReady(), figures.backMs.api);
    }
    if (both) await delay(dice.between(0, 500));
    if (databaseLeft && (both || !api)) {
      deployment.killDatabase();
      figures.database += 1;
      watchAck(traffic, figures.backMs.database);
    }
    if (both) figures.both += 1;
    if (figures.api + figures.database >= nextSay) {
      nextSay += 10;
      say(
        `kills: ${figures.api} of a server, ${figures.database} of the database; ${traffic.acknowledged} writes`,
      );
    }
  }
  await Promise.all(
    deployment.servers.map(async (server) => {
      while (!server.isReady() && performance.now() < until) await delay(50);
    }),
  );
  return figures;
}

/**
 * Of several servers two are up, or fifteen seconds have passed: a database that is killed faster than a server starts
 * lets none start, and then nobody is served and nothing is tried.
 */
async function loadCanGoOn({ servers }: Deployment, until: number): Promise<void> {
  const patience = Math.min(until, performance.now() + 15_000);
  for (;;) {
    const ready = servers.filter((server) => server.isReady()).length;
    const now = performance.now();
    if (ready >= Math.min(2, servers.length) || (ready > 0 && now > patience) || now > until) return;
    await delay(25);
  }
}

/** Resolves right on the `count`-th acknowledgement from now, or after `forMs`. */
function acknowledgements(traffic: Traffic, count: number, forMs: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const done = (): void => {
      clearTimeout(timer);
      traffic.onAcknowledged = null;
      resolve();
    };
    const timer = setTimeout(done, forMs);
    traffic.onAcknowledged = () => {
      left -= 1;
      if (left === 0) done();
    };
  });
}

function watch(isBack: () => boolean, times: number[]): void {
  const startedAt = performance.now();
  const poll = setInterval(() => {
    if (!isBack()) return;
    clearInterval(poll);
    times.push(performance.now() - startedAt);
  }, 20).unref();
}

/** Time to the first acknowledged write after a kill of the database. */
function watchAck(traffic: Traffic, times: number[]): void {
  const before = traffic.acknowledged;
  const startedAt = performance.now();
  // Replies that were on their way count for nothing.
  setTimeout(() => {
    const then = traffic.acknowledged;
    watchFrom(() => traffic.acknowledged > Math.max(then, before), startedAt, times);
  }, 50).unref();
}

function watchFrom(isBack: () => boolean, startedAt: number, times: number[]): void {
  const poll = setInterval(() => {
    if (!isBack()) return;
    clearInterval(poll);
    times.push(performance.now() - startedAt);
  }, 10).unref();
}

async function judge(
  deployment: Deployment,
  history: History,
  traffic: Traffic,
  run: { figures: KillFigures; seconds: number; options: KillOptions; ledger: LedgerWatch },
): Promise<PartResult> {
  const { figures, seconds, options, ledger } = run;
  const { p, close } = await deployment.openPlatform();
  const findings: Finding[] = [];
  const settled = await settle(p, SETTLE_MS);
  if (settled.ms === null) {
    findings.push({
      kind: 'not-settled',
      text: `after ${SETTLE_MS / 1000} s recovery had left ${JSON.stringify(settled.left)}`,
    });
    await settle(p, 90_000);
  }
  const verdict = await verify(p, history);
  const provable = await ledger.end(options.judgesProofs ?? false);
  const log = await verifyWholeLog(p);
  await close();
  findings.push(...verdict.findings, ...provable.findings, ...log.findings);
  for (const text of traffic.defects) findings.push({ kind: 'server-error', text });
  for (const text of history.stuck) findings.push({ kind: 'not-settled', text: `stuck: ${text}` });
  if (figures.api < options.apiKills || figures.database < options.databaseKills) {
    findings.push({
      kind: 'no-exercise',
      text: `only ${figures.api} and ${figures.database} kills in ${options.minutes} min`,
    });
  }
  if (verdict.registered === 0) findings.push({ kind: 'no-exercise', text: 'no case reached the register' });
  const part = `SIGKILL under load${options.sabotage ? ` · sabotage ${options.sabotage}` : ''}`;
  return {
    part,
    findings,
    figures: {
      seed: options.seed,
      ...verdicts(findings),
      'kills of a server / the database': `${figures.api} / ${figures.database} (${figures.both} of both within 0.5 s, ${figures.afterAck} right on an acknowledgement)`,
      'clients, seconds': `${options.clients}, ${seconds.toFixed(0)}`,
      'requests / acknowledged writes': `${traffic.requests} / ${traffic.acknowledged}`,
      'unknown outcomes': traffic.unknown,
      'of those looked up': history.resolved,
      refused: traffic.refused,
      'acknowledged acts by kind': countActs(history),
      'cases begun / finished / registered': `${history.cases.length} / ${history.finished} / ${verdict.registered}`,
      'certificates, messages, audit entries': `${verdict.certificates}, ${verdict.notifications}, ${verdict.auditEntries}`,
      'acknowledged facts looked for / found': `${verdict.lookedFor} / ${verdict.found}`,
      'server ready again after a kill': spread(figures.backMs.api),
      'first write after a database kill': spread(figures.backMs.database),
      ...log.figures,
      ...provable.figures,
      'recovery had nothing left after': settled.ms === null ? 'too long' : `${settled.ms.toFixed(0)} ms`,
    },
  };
}

/** The promises in plain numbers. */
function verdicts(findings: readonly Finding[]): Record<string, number> {
  const count = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  return {
    'acknowledged writes lost': count('lost-write'),
    duplicates: count('duplicate') + count('two-winners'),
    'half-registered units': count('half-registered'),
    'wrong or duplicate numbers': count('wrong-number'),
  };
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return sorted.length === 0 ? '—' : `median ${at(0.5)} ms, p90 ${at(0.9)} ms, most ${at(1)} ms`;
}
