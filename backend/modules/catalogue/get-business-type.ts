import { createHash } from 'node:crypto';
import { legalDayOf } from '../../platform/time.ts';
import type { Platform } from '../../platform/platform.ts';
import { businessTypes } from './business-type.model.ts';
import type { BusinessType } from './contract.ts';
import { catalogueErrors } from './errors.ts';
import { findLimitVersions } from './limit-versions.ts';
import { promiseInForce, withPromise } from './promise-line.ts';

/** A version published by another process is seen within this time; one that this process loads, at once. */
const FRESH_MS = 60_000;

interface Cached {
  /** By `_id`. The objects of unchanged versions are kept, and with them their compiled forms. */
  types: Map<string, { content: string; type: BusinessType }>;
  /** Changes with any version: part of the ETag of what is made from them. */
  digest: string;
  readAt: number;
}

const cache = new WeakMap<object, Cached>();
/** Callers that find the memory stale at the same moment share one reading. */
const reading = new WeakMap<object, Promise<Cached>>();

export function forgetTypes(p: Platform): void {
  const known = cache.get(p.database.connection);
  if (known) known.readAt = -Infinity;
  // What is being read now may be from before.
  reading.delete(p.database.connection);
}

async function allTypes(p: Platform): Promise<Cached> {
  const now = p.time.now().getTime();
  const known = cache.get(p.database.connection);
  if (known && Math.abs(now - known.readAt) < FRESH_MS) return known;
  const underWay = reading.get(p.database.connection);
  if (underWay) return underWay;
  const read = readTypes(p, known, now);
  reading.set(p.database.connection, read);
  const isNewest = () => reading.get(p.database.connection) === read;
  try {
    const fresh = await read;
    if (isNewest()) cache.set(p.database.connection, fresh);
    return fresh;
  } finally {
    if (isNewest()) reading.delete(p.database.connection);
  }
}

async function readTypes(p: Platform, known: Cached | undefined, now: number): Promise<Cached> {
  const documents = await businessTypes(p).find().sort({ _id: 1 }).lean();
  const types = new Map<string, { content: string; type: BusinessType }>();
  const hash = createHash('sha256');
  for (const { _id, content } of documents) {
    const before = known?.types.get(_id);
    types.set(
      _id,
      before?.content === content ? before : { content, type: JSON.parse(content) as BusinessType },
    );
    hash.update(content);
  }
  return { types, digest: hash.digest('base64url').slice(0, 22), readAt: now };
}

export interface TypeOptions {
  /** Exactly this version as it was loaded: what a case is handled under. */
  version?: number;
  /** The newest version in force on this legal day, with the promise made on it; default today. */
  on?: string;
}

/** A business type from the process's memory, or null. The object is shared: never change it. */
export async function findBusinessType(
  p: Platform,
  code: string,
  options: TypeOptions = {},
): Promise<BusinessType | null> {
  const { types } = await allTypes(p);
  if (options.version !== undefined) return types.get(`${code}@${options.version}`)?.type ?? null;
  const on = options.on ?? legalDayOf(p.time.now());
  let newest: BusinessType | null = null;
  for (const { type } of types.values()) {
    if (type.code === code && type.validFrom <= on && type.version > (newest?.version ?? 0)) newest = type;
  }
  return newest && withPromise(newest, promiseInForce(newest, await findLimitVersions(p, code), on));
}

/** As findBusinessType. @throws catalogue.type_unknown */
export async function getBusinessType(
  p: Platform,
  code: string,
  options: TypeOptions = {},
): Promise<BusinessType> {
  return (
    (await findBusinessType(p, code, options)) ?? catalogueErrors.fail('catalogue.type_unknown', { code })
  );
}

/** The version in force of every type, by code. */
export async function listBusinessTypes(p: Platform, { on }: { on?: string } = {}): Promise<BusinessType[]> {
  const codes = await listTypeCodes(p);
  const found = await Promise.all(
    codes.map((code) => findBusinessType(p, code, on === undefined ? {} : { on })),
  );
  return found.filter((type) => type !== null);
}

/** Codes of all types there are or were. */
export async function listTypeCodes(p: Platform): Promise<string[]> {
  const { types } = await allTypes(p);
  return [...new Set([...types.values()].map(({ type }) => type.code))].sort();
}

/** Changes when any loaded version does. */
export async function catalogueDigest(p: Platform): Promise<string> {
  return (await allTypes(p)).digest;
}
