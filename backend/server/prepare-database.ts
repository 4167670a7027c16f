import { readFileSync } from 'node:fs';
import type { Collection } from 'mongodb';
import { modules } from '../modules.ts';
import type { Config } from '../platform/config.ts';
import { migrate, migrationRecords } from '../platform/database/migrations.ts';
import type { Log } from '../platform/log.ts';
import { platformModels } from '../platform/models.ts';
import type { Platform } from '../platform/platform.ts';
import { loadDemo, loadReference } from '../../seeds/load.ts';
import { assemblePlatform } from './assemble-platform.ts';

/** Recorded beside the migrations when the demo data is complete; loading it is idempotent until then. */
const DEMO_RECORD = 'demo-data';

/** Recorded when the reference data of one build is loaded: the same build need not check and compare it again. */
const REFERENCE_RECORD = 'reference-data';

const STAMP = new URL('../../.build/stamp.json', import.meta.url);

interface LoadRecord {
  _id: string;
  appliedAt: Date;
  build?: string;
}

/** Brings the database up to date before anyone is served: structures, reference data, on a first start demo data. */
export async function prepareDatabase(config: Config, log: Log, mongodbUri: string): Promise<void> {
  const { p, close } = await assemblePlatform(config, log, mongodbUri);
  try {
    await migrate(p, modules, platformModels);
    await loadReferenceOnce(p);
    if (config.demo) await loadDemoOnce(p);
  } finally {
    await close();
  }
}

async function loadReferenceOnce(p: Platform): Promise<void> {
  const build = readBuild();
  const records = recordsOf(p);
  if (build && (await records.findOne({ _id: REFERENCE_RECORD, build }))) return;
  await loadReference(p);
  if (!build) return;
  const record = { build, appliedAt: p.time.now() };
  await records.updateOne({ _id: REFERENCE_RECORD }, { $set: record }, { upsert: true });
}

async function loadDemoOnce(p: Platform): Promise<void> {
  const records = recordsOf(p);
  if (await records.findOne({ _id: DEMO_RECORD })) return;
  const startedAt = performance.now();
  p.log.info('loading the demo data, once');
  await loadDemo(p);
  const record = { appliedAt: p.time.now() };
  await records.updateOne({ _id: DEMO_RECORD }, { $set: record }, { upsert: true });
  p.log.info({ ms: Math.round(performance.now() - startedAt) }, 'demo data loaded');
}

function recordsOf(p: Platform): Collection<LoadRecord> {
  return migrationRecords(p).collection as unknown as Collection<LoadRecord>;
}

/** Hash of what this server and its seeds were built from; null where nothing was built (sources run by a tool). */
function readBuild(): string | null {
  try {
    return (JSON.parse(readFileSync(STAMP, 'utf8')) as { server?: string }).server ?? null;
  } catch {
    return null;
  }
}
