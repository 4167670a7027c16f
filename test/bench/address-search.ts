// `npm run bench:search`: the search by address at BENCH_UNITS units (1,000,000), over HTTP against the portal as it is shipped, in the writings that
// people use and in those that are worst for it; then the look-up of a holder by the blind index. Documents examined and returned
// are the database's own counts; CPU is what a search costs on a machine that is busy as well.
import type { Collection } from 'mongodb';
import { listBuildings, listedAddress } from '../../backend/modules/register/addresses/list-address.ts';
import { buildings, type BuildingDocument } from '../../backend/modules/register/addresses/address.model.ts';
import { findUnitsOfPerson } from '../../backend/modules/register/reads.ts';
import { units } from '../../backend/modules/register/unit.model.ts';
import { createCitizen } from '../support/people.ts';
import type { Client } from '../support/client.ts';
import { benchAddress, QUERIES } from './support/addresses.ts';
import { measureCpu } from './support/cpu.ts';
import { openStage, type Stage } from './support/stage.ts';

const UNITS = Number(process.env.BENCH_UNITS ?? 1_000_000);
const SEARCHES = Number(process.env.BENCH_SEARCHES ?? 280);
const BATCH = 5_000;
const WANTED_P99_MS = 50;

const say = (text: string) => process.stdout.write(`${text}\n`);
const ownerOf = (n: number) => `owner-${n}`;

/** As long as a flat with one owner is in the register, without the history that a search never reads. */
function unitOf(n: number) {
  const { unitCode, district, address } = benchAddress(n);
  const listed = listedAddress(address, district);
  const right = { id: 'r', kind: 'stateLandAndHouse', status: 'current', holders: [{ idIndex: ownerOf(n) }] };
  const document = {
    _id: unitCode,
    revision: 1,
    status: 'active',
    district,
    address,
    addressKeys: listed.addressKeys,
    natural: {},
    rights: [right],
    encumbrances: [],
    pending: [],
    acceptanceCounter: 0,
    changes: [],
    ownerIndexes: [ownerOf(n)],
    nextLapseOn: null,
    createdAt: new Date('2026-11-30T02:00:00Z'),
  };
  return { document, listed };
}

async function fill({ p }: Stage): Promise<void> {
  const from = performance.now();
  for (let start = 0; start < UNITS; start += BATCH) {
    const made = Array.from({ length: Math.min(BATCH, UNITS - start) }, (_, n) => unitOf(start + n));
    await listBuildings(
      buildings(p).collection as unknown as Collection<BuildingDocument>,
      made.map(({ listed }) => listed),
    );
    await units(p).collection.insertMany(made.map(({ document }) => document) as never[], { ordered: false });
  }
  const count = await buildings(p).collection.countDocuments({});
  say(`${UNITS} units in ${count} places, filled in ${((performance.now() - from) / 1_000).toFixed(0)} s`);
}

interface Counts {
  examined: number;
  returned: number;
}

async function countsOf({ p }: Stage): Promise<Counts> {
  const { metrics } = (await p.database.connection.db!.admin().serverStatus()) as unknown as {
    metrics: { queryExecutor: { scannedObjects: number }; document: { returned: number } };
  };
  return {
    examined: Number(metrics.queryExecutor.scannedObjects),
    returned: Number(metrics.document.returned),
  };
}

/** Somebody at an address of their own, as the proxy in front names it: accounts and addresses may search so often and no more. */
interface Searcher {
  client: Client;
  headers: Record<string, string>;
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)]!;

async function measure(stage: Stage, name: string, { client, headers }: Searcher): Promise<number> {
  const search = async (n: number) => {
    const text = QUERIES[name]!((n * 7_919 * 13) % UNITS).slice(0, 100);
    const { status, body } = await client.post('/api/register/address-searches', { text }, { headers });
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    return body.items.length as number;
  };
  for (let n = 0; n < 10; n += 1) await search(n);
  const times: number[] = [];
  let items = 0;
  const before = await countsOf(stage);
  const { cpu } = await measureCpu({ api: stage.portal.pid, db: stage.engine.pid()! }, async () => {
    for (let n = 0; n < SEARCHES; n += 1) {
      const from = performance.now();
      items += await search(n + 10);
      times.push(performance.now() - from);
    }
  });
  const after = await countsOf(stage);
  times.sort((a, b) => a - b);
  const each = (value: number) => (value / SEARCHES).toFixed(1).padStart(7);
  const cpuMs = (seconds: number | undefined) => (((seconds ?? 0) * 1_000) / SEARCHES).toFixed(2);
  say(
    `${name.padEnd(32)} p50 ${at(times, 0.5).toFixed(2).padStart(6)}  p99 ${at(times, 0.99).toFixed(2).padStart(6)} ms  examined ${each(after.examined - before.examined)}  returned ${each(after.returned - before.returned)}  shown ${each(items)}  CPU API ${cpuMs(cpu.api)} DB ${cpuMs(cpu.db)} ms`,
  );
  return at(times, 0.99);
}

async function measureHolder(stage: Stage): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < 1_000; n += 1) {
    const from = performance.now();
    await findUnitsOfPerson(stage.p, ownerOf((n * 7_919) % UNITS));
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const { executionStats } = (await units(stage.p)
    .find({ ownerIndexes: ownerOf(7_919) })
    .hint('units_by_owner')
    .explain('executionStats')) as unknown as { executionStats: { totalDocsExamined: number } };
  say(
    `holder by the blind index: p50 ${at(times, 0.5).toFixed(2)} p99 ${at(times, 0.99).toFixed(2)} ms, documents examined ${executionStats.totalDocsExamined} (wanted: 1)`,
  );
}

const stage = await openStage();
try {
  await fill(stage);
  const target = { url: stage.portal.url, p: stage.p };
  const searcher = async (n: number): Promise<Searcher> => ({
    client: (await createCitizen(target, { name: '孙晓岚' })).client,
    headers: { 'X-Forwarded-For': `10.20.30.${n + 1}` },
  });
  const worst: number[] = [];
  for (const [n, name] of Object.keys(QUERIES).entries())
    worst.push(await measure(stage, name, await searcher(n)));
  say(`worst p99 ${Math.max(...worst).toFixed(1)} ms (wanted: ${WANTED_P99_MS})`);
  const { client } = await searcher(200);
  const huge = await client.post('/api/register/address-searches', { text: '路'.repeat(33_000) });
  say(`100 KB of text: answered ${huge.status}`);
  await measureHolder(stage);
} finally {
  await stage.close();
}
