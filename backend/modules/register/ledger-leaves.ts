import type { Platform } from '../../platform/platform.ts';
import { holdsState } from './ledger-entry.ts';
import { units, type UnitDocument } from './unit.model.ts';

/** The leaf of one change, as the unit's own history has it. */
export interface RegisteredLeaf {
  entryId: string;
  bytes: string;
  /** Whether it commits to what the unit says now; null where a later change stands on it, or its salt was erased. */
  holds: boolean | null;
}

const FIELDS = { status: 1, rights: 1, encumbrances: 1, revision: 1, changes: 1 } as const;

/** Every leaf that the register handed to the ledger, unit by unit. Reads only. */
export async function* ledgerLeaves(p: Platform): AsyncGenerator<RegisteredLeaf> {
  const cursor = units(p).collection.find({ 'changes.0': { $exists: true } }, { projection: FIELDS });
  for await (const unit of cursor as unknown as AsyncIterable<UnitDocument>) {
    for (const { revision, entry } of unit.changes) {
      const holds = revision === unit.revision ? holdsState(entry, unit) : null;
      yield { entryId: entry.id, bytes: entry.bytes, holds };
    }
  }
}

/** By id: a unit has few changes, and they are read with it. */
export async function findLeaves(
  p: Platform,
  changes: readonly { unitCode: string; entryId: string }[],
): Promise<{ entryId: string; bytes: string }[]> {
  const codes = [...new Set(changes.map(({ unitCode }) => unitCode))];
  const found = (await units(p)
    .collection.find({ _id: { $in: codes as never[] } }, { projection: { changes: 1 } })
    .toArray()) as unknown as Pick<UnitDocument, '_id' | 'changes'>[];
  const byId = new Map(
    found.flatMap((unit) => unit.changes.map(({ entry }) => [entry.id, entry.bytes] as const)),
  );
  return changes.flatMap(({ entryId }) => {
    const bytes = byId.get(entryId);
    return bytes === undefined ? [] : [{ entryId, bytes }];
  });
}
