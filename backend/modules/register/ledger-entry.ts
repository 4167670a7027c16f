import canonicalize from 'canonicalize';
import { commit } from '../../platform/crypto/commit.ts';
import type { Platform } from '../../platform/platform.ts';
import type { UnitState } from './effects/effect.ts';
import type { LedgerEntry } from './unit.model.ts';

/** What is committed to, each by itself, so that one can be shown without the others. */
interface Fields {
  unit: string;
  revision: number;
  kinds: readonly string[];
  state: unknown;
}

/**
 * What the ledger appends for a change: a canonical JSON leaf that commits to it without saying it (trust.md §2.2, 8). Unit, revision,
 * kinds and the unit's new state each stand as a salted hash; whoever holds the salt can prove any of them, nobody can guess them
 * from the leaf, and two leaves of one unit cannot be told to be that. ID numbers enter by their blind index.
 */
export function makeLedgerEntry(
  p: Platform,
  entry: { id: string; revision: number; at: Date; kinds: readonly string[] },
  unit: UnitState,
): LedgerEntry {
  const salt = p.random.bytes(16).toString('base64url');
  const { id, revision, at, kinds } = entry;
  const fields: Fields = { unit: unit._id, revision, kinds, state: stateOf(unit) };
  const leaf = {
    version: 2,
    entryId: id,
    at: at.toISOString(),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, commit(salt, name, value)]),
    ),
  };
  return { id, revision, salt, bytes: canonicalize(leaf) ?? '' };
}

/** Of a unit taken over from the earlier register: the same whenever it is made, and not its code. */
export const importEntryId = (p: Platform, unitCode: string): string =>
  `import:${p.crypto.index.of('ledger-entry', unitCode)}`;

/** Whether a leaf commits to what a unit is; null where its salt was erased or it is of an earlier form. */
export function holdsState(
  { salt, bytes }: Pick<LedgerEntry, 'salt' | 'bytes'>,
  unit: UnitState,
): boolean | null {
  if (salt === '') return null;
  try {
    const { version, fields } = JSON.parse(bytes) as { version?: unknown; fields?: Record<string, unknown> };
    if (version !== 2) return null;
    return (
      fields?.state === commit(salt, 'state', stateOf(unit)) && fields.unit === commit(salt, 'unit', unit._id)
    );
  } catch {
    return false;
  }
}

/** All that the register says of the unit, as far as it is law: what waits in its queue is not. */
function stateOf(unit: UnitState): unknown {
  const holders = (list: UnitState['rights'][number]['holders']) =>
    list.map(({ name, idIndex, share }) => ({ name, idIndex, share }));
  return {
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
}
