import type { Platform } from '../../platform/platform.ts';
import { limitVersions, type LimitVersionDocument } from './limit-version.model.ts';

/** A version published by another process is seen within this time; one that this process publishes, at once. */
const FRESH_MS = 1_000;
const DUPLICATE_KEY = 11_000;

interface Cached {
  byCode: ReadonlyMap<string, readonly LimitVersionDocument[]>;
  /** Versions are never changed once written, so their number tells whether anything is new. */
  count: number;
  readAt: number;
}

const cache = new WeakMap<object, Cached>();
const NONE: readonly LimitVersionDocument[] = [];

async function allVersions(p: Platform): Promise<Cached> {
  const now = p.time.now().getTime();
  const known = cache.get(p.database.connection);
  if (known && Math.abs(now - known.readAt) < FRESH_MS) return known;
  const { collection } = limitVersions(p);
  const count = known ? await collection.countDocuments({}) : -1;
  if (known?.count === count) {
    known.readAt = now;
    return known;
  }
  const documents = (await collection
    .find({}, { projection: { outbox: 0 } })
    .sort({ version: 1 })
    .toArray()) as unknown as LimitVersionDocument[];
  const byCode = new Map<string, LimitVersionDocument[]>();
  for (const one of documents) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  const fresh = { byCode, count: documents.length, readAt: now };
  cache.set(p.database.connection, fresh);
  return fresh;
}

/** Versions of a type's promise, oldest first, those still to come included. From the process's memory. */
export async function findLimitVersions(p: Platform, code: string): Promise<readonly LimitVersionDocument[]> {
  return (await allVersions(p)).byCode.get(code) ?? NONE;
}

/** Writes a version down. @returns false where somebody else has just published the one of this number */
export async function insertLimitVersion(p: Platform, document: LimitVersionDocument): Promise<boolean> {
  try {
    await limitVersions(p).collection.insertOne(document as never);
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
  cache.delete(p.database.connection);
  p.outbox.notify('limit-versions');
  return true;
}
