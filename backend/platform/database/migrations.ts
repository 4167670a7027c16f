import type { Db } from 'mongodb';
import { acquireLease, leases, releaseLease } from './lease.ts';
import { defineModel, type DeclaredModel, type IndexDeclaration } from './model.ts';
import type { ModuleFace } from '../module.ts';
import type { Platform } from '../platform.ts';

export interface Migration {
  /** `2026-11-23-short-name`; run once, in this order. */
  id: string;
  /** Must be safe to run again after being cut off anywhere. */
  up(db: Db): Promise<void>;
}

/**
 * A start that was killed in the middle holds up the next one for so long. Renewed while the work lasts, which may be
 * much longer.
 */
const LEASE_MS = 10_000;

interface MigrationDocument {
  _id: string;
  appliedAt: Date;
}

export const migrationRecords = defineModel<MigrationDocument>({
  collection: 'migrations',
  fields: { _id: String, appliedAt: Date },
  indexes: [],
});

const OUTBOX_INDEX: IndexDeclaration = {
  key: { 'outbox.0.id': 1 },
  options: { name: 'outbox', partialFilterExpression: { 'outbox.0': { $exists: true } } },
  because: 'the relay finds undelivered events without a scan',
};

export function indexesOf(model: DeclaredModel<never>): readonly IndexDeclaration[] {
  const { indexes, outbox } = model.declaration;
  return outbox ? [...indexes, OUTBOX_INDEX] : indexes;
}

function databaseOf(p: Platform): Db {
  return p.database.connection.db as unknown as Db;
}

/** The indexes of a model, on its collection or on one that is to take its place. */
export async function createIndexesOf(
  db: Db,
  model: DeclaredModel<never>,
  collection = model.declaration.collection,
): Promise<void> {
  const indexes = indexesOf(model).map(({ key, options }) => ({ key: key as Record<string, 1>, ...options }));
  if (indexes.length > 0) await db.collection(collection).createIndexes(indexes);
}

async function createMissing(db: Db, models: readonly DeclaredModel<never>[]): Promise<void> {
  const existing = new Set(
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  for (const model of models) {
    const { collection, validator } = model.declaration;
    if (!existing.has(collection)) {
      await db
        .createCollection(collection, validator ? { validator } : {})
        .catch((error: { code?: number }) => {
          // 48: another process created it between the listing and now.
          if (error.code !== 48) throw error;
        });
    }
    await createIndexesOf(db, model);
  }
}

/**
 * Creates every declared collection with its validator and indexes, then runs the migrations not yet recorded.
 * One process at a time, by lease; safe to cut off anywhere and to run again.
 */
export async function migrate(
  p: Platform,
  modules: readonly ModuleFace[],
  extra: readonly DeclaredModel<never>[],
): Promise<void> {
  const db = databaseOf(p);
  const holder = `migrate-${process.pid}-${p.random.bytes(4).toString('hex')}`;
  const models = [leases, migrationRecords, ...extra, ...modules.flatMap((module) => module.models ?? [])];
  while (!(await acquireLease(p, 'migrations', holder, LEASE_MS)))
    await new Promise((resolve) => setTimeout(resolve, 200));
  const renewal = setInterval(() => {
    acquireLease(p, 'migrations', holder, LEASE_MS).catch(() => undefined);
  }, LEASE_MS / 5);
  try {
    await createMissing(db, models as unknown as readonly DeclaredModel<never>[]);
    const done = new Set((await migrationRecords(p).find().lean()).map(({ _id }) => _id));
    const pending = modules
      .flatMap((module) => module.migrations ?? [])
      .filter(({ id }) => !done.has(id))
      .sort((a, b) => a.id.localeCompare(b.id));
    for (const migration of pending) {
      await migration.up(db);
      await migrationRecords(p).collection.insertOne({ _id: migration.id as never, appliedAt: p.time.now() });
      p.log.info({ migration: migration.id }, 'migration applied');
    }
  } finally {
    clearInterval(renewal);
    // Where the database is gone it runs out by itself, and the reason of the failure is what must be seen.
    await releaseLease(p, 'migrations', holder).catch(() => undefined);
  }
}

/** What is declared but missing in the database; the app refuses to serve until this is empty. */
export async function missingStructures(
  p: Platform,
  models: readonly DeclaredModel<never>[],
): Promise<string[]> {
  const db = databaseOf(p);
  const existing = new Map((await db.listCollections().toArray()).map((found) => [found.name, found]));
  const missing: string[] = [];
  for (const model of models) {
    const { collection, validator } = model.declaration;
    const found = existing.get(collection);
    if (!found) {
      missing.push(collection);
      continue;
    }
    const { options: made } = found as { options?: { validator?: object } };
    if (validator && Object.keys(made?.validator ?? {}).length === 0)
      missing.push(`${collection} (validator)`);
    const indexes = new Map((await db.collection(collection).indexes()).map((index) => [index.name, index]));
    for (const { options } of indexesOf(model)) {
      const index = indexes.get(options.name);
      if (!index) missing.push(`${collection}.${options.name}`);
      // An index that lost its uniqueness carries no invariant.
      else if (options.unique && !index.unique) missing.push(`${collection}.${options.name} (unique)`);
    }
  }
  return missing;
}
