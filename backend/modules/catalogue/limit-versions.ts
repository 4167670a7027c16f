import { remember } from '../../platform/database/remember.ts';
import type { Platform } from '../../platform/platform.ts';
import { limitVersions, type LimitVersionDocument } from './limit-version.model.ts';

/** A version published by another process is seen within this time; one that this process publishes, at once. */
const FRESH_MS = 1_000;
const DUPLICATE_KEY = 11_000;

interface Known {
  byCode: ReadonlyMap<string, readonly LimitVersionDocument[]>;
  /** Versions are never changed once written, so their number tells whether anything is new. */
  count: number;
}

const NONE: readonly LimitVersionDocument[] = [];

const known = remember<Known>(FRESH_MS, async (p, before) => {
  const { collection } = limitVersions(p);
  if (before && (await collection.countDocuments({})) === before.count) return before;
  const documents = (await collection
    .find({}, { projection: { outbox: 0 } })
    .sort({ version: 1 })
    .toArray()) as unknown as LimitVersionDocument[];
  const byCode = new Map<string, LimitVersionDocument[]>();
  for (const one of documents) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  return { byCode, count: documents.length };
});

/** Versions of a type's promise, oldest first, those still to come included. From the process's memory. */
export async function findLimitVersions(p: Platform, code: string): Promise<readonly LimitVersionDocument[]> {
  return (await known.get(p)).byCode.get(code) ?? NONE;
}

/** Writes a version down. @returns false where somebody else has just published the one of this number */
export async function insertLimitVersion(p: Platform, document: LimitVersionDocument): Promise<boolean> {
  try {
    await limitVersions(p).collection.insertOne(document as never);
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
  known.forget(p);
  p.outbox.notify('limit-versions');
  return true;
}
