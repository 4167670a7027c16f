import { createHash } from 'node:crypto';
import { remember } from '../../platform/database/remember.ts';
import { legalDayOf } from '../../platform/time.ts';
import type { Platform } from '../../platform/platform.ts';
import { businessTypes } from './business-type.model.ts';
import type { BusinessType } from './contract.ts';
import { catalogueErrors } from './errors.ts';
import { findLimitVersions } from './limit-versions.ts';
import { promiseInForce, withPromise } from './promise-line.ts';

/** A version published by another process is seen within this time; one that this process loads, at once. */
const FRESH_MS = 60_000;

interface Known {
  /** By `_id`. The objects of unchanged versions are kept, and with them their compiled forms. */
  types: Map<string, { content: string; type: BusinessType }>;
  /** Changes with any version: part of the ETag of what is made from them. */
  digest: string;
}

const known = remember<Known>(FRESH_MS, async (p, before) => {
  const documents = await businessTypes(p).find().sort({ _id: 1 }).lean();
  const types: Known['types'] = new Map();
  const hash = createHash('sha256');
  for (const { _id, content } of documents) {
    const same = before?.types.get(_id);
    types.set(_id, same?.content === content ? same : { content, type: JSON.parse(content) as BusinessType });
    hash.update(content);
  }
  return { types, digest: hash.digest('base64url').slice(0, 22) };
});

export function forgetTypes(p: Platform): void {
  known.forget(p);
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
  const { types } = await known.get(p);
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
  const { types } = await known.get(p);
  return [...new Set([...types.values()].map(({ type }) => type.code))].sort();
}

/** Changes when any loaded version does. */
export async function catalogueDigest(p: Platform): Promise<string> {
  return (await known.get(p)).digest;
}
