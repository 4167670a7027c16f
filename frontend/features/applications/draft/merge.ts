/**
 * Two copies of a draft, field by field: what only one side changed is taken from that side; what both changed, and
 * differently, is a conflict that the person decides.
 */

export interface Clash {
  key: string;
  mine: unknown;
  theirs: unknown;
}

export interface Merge {
  /** My changes that still apply over the newer copy. */
  mine: Record<string, unknown>;
  clashes: Clash[];
}

/** JSON values only; key order does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNothing(a) && isNothing(b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
}

/** A field that was cleared and one that never was are alike. */
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

export function mergeDrafts(
  base: Readonly<Record<string, unknown>>,
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): Merge {
  const kept: Record<string, unknown> = {};
  const clashes: Clash[] = [];
  for (const [key, value] of Object.entries(mine)) {
    if (same(value, theirs[key])) continue;
    if (!same(theirs[key], base[key])) clashes.push({ key, mine: value, theirs: theirs[key] });
    else kept[key] = value;
  }
  return { mine: kept, clashes };
}
