import type { BusinessType, Limit } from './contract.ts';

/**
 * The line of promises of one business type: the catalogue's own, then each version published after it. Pure. Which of them a case
 * is measured by is decided by `clock/promise.ts`.
 */

export interface PromiseVersion {
  /** 0: the promise of the catalogue file. */
  version: number;
  validFrom: string;
  promised: Limit;
}

export const ownPromise = ({ validFrom, limits }: Pick<BusinessType, 'validFrom' | 'limits'>) =>
  ({ version: 0, validFrom, promised: limits.promised }) satisfies PromiseVersion;

/** Those that have come into force by `on` and were not replaced before they did, oldest first. */
export function onceInForce<V extends PromiseVersion>(versions: readonly V[], on: string): V[] {
  return versions
    .filter(
      (one) =>
        one.validFrom <= on &&
        !versions.some((later) => later.version > one.version && later.validFrom <= one.validFrom),
    )
    .sort((a, b) => a.version - b.version);
}

/** The newest that has come into force on a legal day; null while none has. */
export function newestInForce<V extends PromiseVersion>(versions: readonly V[], on: string): V | null {
  return onceInForce(versions, on).at(-1) ?? null;
}

/**
 * What is promised to whoever is accepted on a legal day: the newest version in force, or the catalogue's own where a newer
 * catalogue version came after it.
 */
export function promiseInForce(
  type: Pick<BusinessType, 'validFrom' | 'limits'>,
  versions: readonly PromiseVersion[],
  on: string,
): PromiseVersion {
  const newest = newestInForce(versions, on);
  return newest && newest.validFrom >= type.validFrom ? newest : ownPromise(type);
}

const merged = new WeakMap<BusinessType, Map<string, BusinessType>>();

/** The type with this promise in the place of its own. The same object for the same promise: forms are compiled by object. */
export function withPromise(
  type: BusinessType,
  { version, validFrom, promised }: PromiseVersion,
): BusinessType {
  if (version === 0) return type;
  const made = merged.get(type) ?? new Map<string, BusinessType>();
  merged.set(type, made);
  const key = `${version} ${promised.amount} ${promised.unit}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = { ...type, limits: { ...type.limits, promised, rule: { version, validFrom } } };
  made.set(key, fresh);
  return fresh;
}
