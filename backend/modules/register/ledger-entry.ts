import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Platform } from '../../platform/platform.ts';
import type { UnitState } from './effects/effect.ts';
import type { LedgerEntry } from './unit.model.ts';

/**
 * What the ledger will append for a change: a canonical JSON leaf that commits to the unit's new state without saying
 * it. The unit is a keyed pseudonym, the state a salted hash (trust.md §2.2, 8); whoever holds state and salt can prove
 * them, and nobody can guess them from the leaf. ID numbers enter by their blind index.
 */
export function makeLedgerEntry(
  p: Platform,
  entry: { id: string; revision: number; at: Date; kinds: readonly string[] },
  unit: UnitState,
): LedgerEntry {
  const salt = p.random.bytes(16).toString('base64url');
  const leaf = {
    version: 1,
    entryId: entry.id,
    unit: p.crypto.index.of('ledger-unit', unit._id),
    revision: entry.revision,
    at: entry.at.toISOString(),
    kinds: entry.kinds,
    state: commitState(unit, salt),
  };
  return { id: entry.id, revision: entry.revision, salt, bytes: canonicalize(leaf) ?? '' };
}

/** SHA-256 over the salt and the canonical state, base64url. */
export function commitState(unit: UnitState, salt: string): string {
  const holders = (list: UnitState['rights'][number]['holders']) =>
    list.map(({ name, idIndex, share }) => ({ name, idIndex, share }));
  const state = {
    unitCode: unit._id,
    status: unit.status,
    rights: unit.rights.map((right) => ({
      ...right,
      holders: holders(right.holders),
      registeredAt: right.registeredAt.toISOString(),
      closedAt: right.closedAt?.toISOString() ?? null,
    })),
    encumbrances: unit.encumbrances.map((encumbrance) => ({
      ...encumbrance,
      holders: holders(encumbrance.holders),
      registeredAt: encumbrance.registeredAt.toISOString(),
      closedAt: encumbrance.closedAt?.toISOString() ?? null,
    })),
  };
  return createHash('sha256')
    .update(salt)
    .update(canonicalize(state) ?? '')
    .digest('base64url');
}
