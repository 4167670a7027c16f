// `npm run bench`: the portal against a bare Koa + driver doing the same durable write or read, side by side on one
// engine, round by round. Absolute figures belong to the machine; the ratios are what counts. The same write is the guarded
// update that turns a stored draft into a filed case; what one insert of a flat row costs is printed beside it.
import { importCertificates } from '../../backend/modules/certificates/index.ts';
import { findUnitsByCodes } from '../../backend/modules/register/index.ts';
import { attach } from '../backend/applications/scenario.ts';
import { createCitizen, createStaff } from '../support/people.ts';
import { copyDrafts, lendToBare, makeTemplate, shareAmong } from './support/cases.ts';
import { measureCpu } from './support/cpu.ts';
import { runLoad, type LoadRequest, type LoadResult } from './support/load.ts';
import { openStage, type Stage } from './support/stage.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const COUNT = Number(process.env.BENCH_COUNT ?? 1_000);
/** Reads are quicker and need no drafts: more of them are measured, so that a pause of either side weighs less. */
const READS = 4 * COUNT;
/**
 * Requests to each side before its first round. A portal that opens in the morning has run for days: what is measured is
 * compiled code, on both sides, not the engine getting to know a program.
 */
const WARM = Number(process.env.BENCH_WARM ?? 4_000);
/** Citizens who read the case pages: the limit of one account stays out of the figures. */
const READERS = Math.ceil(READS / 40);
const ONLY = process.env.BENCH_ONLY?.split(',');
/** Of the scenarios, those with this many connections. */
const CONNECTIONS = process.env.BENCH_CONNECTIONS?.split(',').map(Number);

interface Side {
  load: LoadResult;
  /** Seconds per 1,000 requests. */
  api: number;
  db: number;
}

type Which = 'portal' | 'bare' | 'whole' | 'row';

interface Scenario {
  name: string;
  /** Requests of a round; COUNT where nothing else is said. */
  count?: number;
  connections: number;
  /** What it needs, made before anything is measured. */
  prepare?(): Promise<void>;
  /** Ceilings of total CPU and of p99, floor of requests a second, against the bare server; null where none is asked. */
  pass: { cpu: number; perSecond: number | null; p99?: number };
  portal(n: number): LoadRequest;
  bare(n: number): LoadRequest;
  /** The bare server doing all that the portal must, its reads as well; nothing is judged by it. */
  whole?(n: number): LoadRequest;
  /** A simpler thing of its kind, measured beside the others for comparison; nothing is judged by it. */
  row?(n: number): LoadRequest;
}

async function side(
  stage: Stage,
  which: Which,
  scenario: Scenario,
  offset: number,
  count = scenario.count ?? COUNT,
): Promise<Side> {
  const server = stage[which === 'portal' ? 'portal' : 'bare'];
  const requestOf = scenario[which] ?? scenario.bare;
  const pids = { api: server.pid, db: stage.engine.pid()! };
  const { value, cpu } = await measureCpu(pids, async () => {
    const load = await runLoad(server.url, scenario.connections, count, (n) => requestOf(offset + n));
    // Work that a request caused but did not wait for (audit, inbox, figures) counts as its cost, to the last of it.
    await new Promise((resolve) => setTimeout(resolve, 600));
    while (which === 'portal' && (await hasUndelivered(stage)))
      await new Promise((resolve) => setTimeout(resolve, 100));
    return load;
  });
  return { load: value, api: (cpu.api! / count) * 1000, db: (cpu.db! / count) * 1000 };
}

/** Whether events of cases are still on their way; a rush gathers them for a second. */
async function hasUndelivered({ p }: Stage): Promise<boolean> {
  const waiting = { 'outbox.0': { $exists: true } } as never;
  const cases = p.database.connection.collection('applications');
  return (await cases.countDocuments(waiting, { hint: 'outbox', limit: 1 })) > 0;
}

type Measured = Record<Which, Side[]>;

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const show = (value: number, digits = 2): string => value.toFixed(digits);

function report(scenario: Scenario, { portal, bare, whole, row }: Measured): boolean {
  const cpuAgainst = (other: Side[]) =>
    median(portal.map((one, i) => (one.api + one.db) / (other[i]!.api + other[i]!.db)));
  const rateAgainst = (other: Side[]) =>
    median(portal.map((one, i) => one.load.perSecond / other[i]!.load.perSecond));
  const [cpu, rate] = [cpuAgainst(bare), rateAgainst(bare)];
  const p99 = median(portal.map((one, i) => one.load.p99Ms / bare[i]!.load.p99Ms));
  const line = (name: string, sides: Side[]) =>
    `  ${name.padEnd(7)} ${show(median(sides.map(({ load }) => load.perSecond)), 0).padStart(6)} req/s   p50 ${show(median(sides.map(({ load }) => load.p50Ms)))} ms   p99 ${show(median(sides.map(({ load }) => load.p99Ms)))} ms   CPU per 1,000: API ${show(median(sides.map(({ api }) => api)), 3)} s, DB ${show(median(sides.map(({ db }) => db)), 3)} s`;
  const failures = [...portal, ...bare, ...whole, ...row].flatMap(({ load }) =>
    Object.entries(load.failures),
  );
  const passed =
    cpu <= scenario.pass.cpu &&
    (scenario.pass.perSecond === null || rate >= scenario.pass.perSecond) &&
    (scenario.pass.p99 === undefined || p99 <= scenario.pass.p99) &&
    failures.length === 0;
  console.log(`\n${scenario.name}, ${scenario.connections} connections`);
  console.log(line('portal', portal));
  console.log(line('bare', bare));
  console.log(
    `  ratio   CPU ${show(cpu)} × (pass ≤ ${scenario.pass.cpu})   req/s ${show(rate)} ×${scenario.pass.perSecond ? ` (pass ≥ ${scenario.pass.perSecond})` : ''}   p99 ${show(p99)} ×${scenario.pass.p99 ? ` (pass ≤ ${scenario.pass.p99})` : ''}   ${passed ? 'pass' : 'MISSED'}`,
  );
  if (whole.length > 0) {
    console.log(line('whole', whole));
    console.log(
      `  against the same reads and write: CPU ${show(cpuAgainst(whole))} ×   req/s ${show(rateAgainst(whole))} × (not judged)`,
    );
  }
  if (row.length > 0) {
    console.log(line('row', row));
    console.log(
      `  against one row of 1.5 KB: CPU ${show(cpuAgainst(row))} ×   req/s ${show(rateAgainst(row))} × (not judged)`,
    );
  }
  if (failures.length > 0) console.log(`  failures ${JSON.stringify(failures)}`);
  return passed;
}

/** 1.5 KB of JSON with Chinese text, as an application of 20 fields is. */
const ROW = JSON.stringify({
  type: 'BG01',
  unit: '371502001001GB00001F00010001',
  address: '聊城市东昌府区湖滨路88号望湖苑6号楼2单元1102',
  ...Object.fromEntries(
    Array.from({ length: 18 }, (_, n) => [`field${n}`, `第${n}项填写的内容，${'登记'.repeat(8)}`]),
  ),
});

async function main(): Promise<void> {
  const stage = await openStage();
  try {
    const target = { url: stage.portal.url, p: stage.p };
    const holder = await createCitizen(target, { name: '赵明远' });
    const clerk = await createStaff(target, { name: '周敏', roles: ['acceptance', 'firstReview'] });
    const template = await makeTemplate(stage.p, holder, attach);
    const units = await findUnitsByCodes(
      stage.p,
      template.unitCodes.length > 0 ? template.unitCodes : ['371502001001GB00001F00010001'],
    );
    await importCertificates(stage.p, units);

    const needed = 3 * (2 * ROUNDS * COUNT + 1.25 * WARM) + WARM;
    console.log(`preparing ${needed} drafts …`);
    const drafts = await copyDrafts(stage.p, template, needed + 1);
    let next = 0;
    let nextBare = 0;
    const cookieOf = (client: { cookies: Map<string, string> }) =>
      [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Cookie: cookieOf(holder.client), Origin: stage.origin };
    const desk = { Cookie: cookieOf(clerk.client), Origin: stage.origin };
    const bareSubmit = (): LoadRequest => ({
      method: 'POST',
      path: `/cases/${drafts[nextBare++]}/submit`,
      body: JSON.stringify({ revision: template.revision }),
    });
    const wholeSubmit = (): LoadRequest => {
      const filing = bareSubmit();
      return { ...filing, path: filing.path.replace('/submit', '/read-and-submit') };
    };
    const rowSubmit = (): LoadRequest => ({ method: 'POST', path: '/rows', body: ROW });
    const portalSubmit = (): LoadRequest => ({
      method: 'POST',
      path: `/api/applications/${drafts[next++]}/submit`,
      headers,
      body: JSON.stringify({ revision: template.revision }),
    });
    const submit = (connections: number, pass: Scenario['pass']): Scenario => ({
      name: 'submit: validated, numbered, audited, durable',
      connections,
      pass,
      portal: portalSubmit,
      bare: bareSubmit,
      whole: wholeSubmit,
      row: rowSubmit,
    });
    const readers: Record<string, string>[] = [];
    const giveToReaders = async (): Promise<void> => {
      if (readers.length > 0) return;
      const accountIds: string[] = [];
      for (let n = 0; n < READERS; n += 1) {
        const { account, client } = await createCitizen(target, {});
        accountIds.push(account.id);
        readers.push({ Cookie: cookieOf(client), Origin: stage.origin });
      }
      await shareAmong(stage.p, drafts.slice(0, next), accountIds);
    };
    const filed = drafts[needed]!;
    const sample = await holder.client.post(`/api/applications/${filed}/submit`, {
      revision: template.revision,
    });
    if (sample.status !== 200) throw new Error(JSON.stringify(sample.body));
    await lendToBare(stage.p, filed);
    const number = units[0]?.rights[0]?.certificateNo ?? '';
    // Rows for the bare server's list and look-ups.
    const client = stage.p.database.connection.getClient();
    const rows = client.db('bare').collection('bare-rows');
    await rows.insertMany(
      Array.from({ length: 2_000 }, (_, n) => ({
        ...(JSON.parse(ROW) as object),
        _id: `seed-${n}` as never,
        no: `seed-${n}`,
        state: n % 2 ? 'listed' : 'other',
        dueAt: new Date(1_780_000_000_000 + n * 60_000),
        step: 'firstReview',
        handler: '周敏',
        acceptedAt: new Date(),
      })),
    );
    const all: Scenario[] = [
      submit(1, { cpu: 1.9, perSecond: null }),
      submit(16, { cpu: 1.25, perSecond: 0.85 }),
      submit(64, { cpu: 1.25, perSecond: null, p99: 1.2 }),
      {
        name: 'work list page of 20 rows',
        count: READS,
        connections: 16,
        pass: { cpu: 1.15, perSecond: null },
        portal: () => ({ method: 'GET', path: '/api/work-items?limit=20', headers: desk }),
        bare: () => ({ method: 'GET', path: '/cases' }),
        row: () => ({ method: 'GET', path: '/rows' }),
      },
      ...[16, 64].map((connections): Scenario => ({
        name: 'case page',
        count: READS,
        connections,
        pass: { cpu: 1.35, perSecond: null },
        prepare: giveToReaders,
        portal: (n) => ({
          method: 'GET',
          path: `/api/applications/${drafts[n % Math.max(1, next)]}`,
          headers: readers[(n % Math.max(1, next)) % readers.length]!,
        }),
        bare: (n) => ({ method: 'GET', path: `/cases/${drafts[n % Math.max(1, nextBare)]}` }),
        row: (n) => ({ method: 'GET', path: `/rows/seed-${n % 2_000}` }),
      })),
      {
        name: 'verify a certificate by number and name',
        count: READS,
        connections: 16,
        pass: { cpu: 1.35, perSecond: null },
        portal: (n) => ({
          method: 'POST',
          path: '/api/certificates/verify',
          headers: { 'X-Forwarded-For': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` },
          body: JSON.stringify({ number, holderName: '赵明远' }),
        }),
        bare: (n) => ({ method: 'POST', path: '/verify', body: JSON.stringify({ no: `seed-${n % 2_000}` }) }),
      },
    ];
    const scenarios = all.filter(
      ({ name, connections }) =>
        (!ONLY || ONLY.some((part) => name.startsWith(part))) &&
        (!CONNECTIONS || CONNECTIONS.includes(connections)),
    );

    // The case page needs filed cases, whether or not submitting is measured before it.
    if (!scenarios.some(({ portal }) => portal === portalSubmit)) {
      await runLoad(stage.bare.url, 16, WARM, bareSubmit);
      await runLoad(stage.portal.url, 16, WARM, portalSubmit);
    }
    let missed = 0;
    for (const scenario of scenarios) {
      await scenario.prepare?.();
      // Sixteen at a time, whatever is measured: one by one it would take minutes.
      const warm = { ...scenario, connections: Math.max(16, scenario.connections) };
      await side(stage, 'bare', warm, 1_000_000, WARM);
      await side(stage, 'portal', warm, 1_000_000, WARM);
      const measured: Measured = { portal: [], bare: [], whole: [], row: [] };
      for (const which of ['whole', 'row'] as const)
        if (scenario[which]) await side(stage, which, warm, 1_000_000, WARM / 4);
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const which of ['row', 'whole', 'bare', 'portal'] as const) {
          if (!scenario[which]) continue;
          measured[which].push(await side(stage, which, scenario, round * (scenario.count ?? COUNT)));
        }
      }
      if (!report(scenario, measured)) missed += 1;
    }
    console.log(`\n${scenarios.length - missed} of ${scenarios.length} within the pass column`);
    process.exitCode = missed > 0 ? 1 : 0;
  } finally {
    await stage.close();
  }
}

await main();
