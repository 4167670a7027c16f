import { Binary } from 'mongodb';
import { sha256OfText } from '../../platform/crypto/sha256.ts';
import { createGatherer, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { loggedEntries, type LoggedEntry } from './ledger.model.ts';

/** A leaf, as it stands in the records of its kind: for a change of the register, in the unit's own history. */
export interface NewEntry {
  /** Unique in the whole log, whatever the kind. */
  entryId: string;
  /** Canonical JSON, in which `entryId` stands again and `kind`, unless it is a change of the register. Never personal data. */
  bytes: string;
}

/** Others may take the next place this often before something must be wrong. */
const ATTEMPTS = 100;
const DUPLICATE_KEY = 11_000;

/** What RFC 9162 puts before an entry. */
const LEAF = 0;
/** `hasher.leaf` of a text. */
export const leafHashOf = (bytes: string): Uint8Array => sha256OfText(LEAF, bytes);

const entriesIn = (p: Platform) => loggedEntries(p).collection;

/** Entries in the log. */
export async function sizeOf(p: Platform): Promise<number> {
  const [last] = await entriesIn(p)
    // Numbers alone: what somebody put in under another kind of key is none of the log's, and must not decide what comes next.
    .find({ _id: { $gte: 0 } as never }, { projection: { _id: 1 }, hint: '_id_' })
    .sort({ _id: -1 })
    .limit(1)
    .toArray();
  return last === undefined ? 0 : Number(last._id) + 1;
}

/** Entries of one process go out together, one command in flight. */
const appenderOf = perPlatform((p: Platform) =>
  createGatherer<NewEntry, undefined>(async (entries) => {
    await appendBatch(p, entries);
    return entries.map(() => undefined);
  }),
);

/**
 * Appends, in the order given, what is not in the log yet; durable when it resolves. Idempotent by `entryId`. Gap-free without a
 * transaction: place s + 1 is tried only after s is durable, and the unique key gives it to one of several processes.
 */
export async function appendEntries(p: Platform, entries: readonly NewEntry[]): Promise<void> {
  await Promise.all(entries.map((entry) => appenderOf(p)(entry)));
}

async function appendBatch(p: Platform, entries: readonly NewEntry[]): Promise<void> {
  let left = [...new Map(entries.map((entry) => [entry.entryId, entry])).values()];
  for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt += 1) {
    const next = await sizeOf(p);
    const rows = left.map(({ entryId, bytes }, place): LoggedEntry => ({
      _id: next + place,
      entryId,
      bytes,
      hash: new Binary(leafHashOf(bytes)),
    }));
    const failed = await insertInOrder(p, rows);
    if (failed === null) return;
    // What stands before the one that failed is in. An entry that is there already is left out, a place that is taken is tried anew.
    left = left.slice(failed.done + (failed.known ? 1 : 0));
  }
  if (left.length > 0) throw new Error('the ledger took no entry in many tries');
}

/** Null when all are in; else how many are, and whether the one after them was in the log already. */
async function insertInOrder(
  p: Platform,
  rows: readonly LoggedEntry[],
): Promise<{ done: number; known: boolean } | null> {
  try {
    await entriesIn(p).insertMany(rows as never, { ordered: true });
    return null;
  } catch (error) {
    const { code, writeErrors } = error as {
      code?: number;
      writeErrors?: { index: number; err?: { keyPattern?: Record<string, unknown> } }[] | { index: number };
    };
    const [first] = [writeErrors ?? []].flat() as {
      index: number;
      err?: { keyPattern?: Record<string, unknown> };
    }[];
    if (code !== DUPLICATE_KEY || first === undefined) throw error;
    const { entryId } = rows[first.index]!;
    const known = (await entriesIn(p).findOne({ entryId }, { projection: { _id: 1 } })) !== null;
    return { done: first.index, known };
  }
}
