import type { Platform } from '../../platform/platform.ts';

/** Of a leaf that says none: a change of the register. */
export const REGISTER_KIND = 'register';

export interface SourcedLeaf {
  entryId: string;
  /** The leaf as its source keeps it; what the log has must be the same. */
  bytes: string;
  /** Whether the leaf commits to what its record says now; null where a later one stands on it, or its salt was erased. */
  holds: boolean | null;
  /** What is wrong in the records behind it, in words, where that can be said more closely. */
  wrong?: readonly string[];
}

/**
 * Records that put leaves of one kind into the log. Between the leaves of a kind in the log and those of its source is a bijection:
 * `verifyLog` asks for it. Which sources there are says backend/leaf-sources.ts.
 */
export interface LeafSource {
  readonly kind: string;
  /** Every leaf that the records gave to the log, in any order. Reads only. */
  leaves(p: Platform): AsyncIterable<SourcedLeaf>;
}

/** What a leaf says of itself; null where it is no leaf. */
export function readLeaf(bytes: string): { kind: string; entryId: string } | null {
  let leaf: unknown;
  try {
    leaf = JSON.parse(bytes);
  } catch {
    return null;
  }
  if (typeof leaf !== 'object' || leaf === null) return null;
  const { kind = REGISTER_KIND, entryId } = leaf as Record<string, unknown>;
  return typeof kind === 'string' && typeof entryId === 'string' ? { kind, entryId } : null;
}
