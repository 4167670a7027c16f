import { gatherFinds } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { units, type Encumbrance, type Right, type UnitDocument } from './unit.model.ts';

/** What stands today, without people: enough to say whether a certificate still holds and what restricts the unit. */
export interface UnitStanding extends Pick<UnitDocument, '_id' | 'status'> {
  rights: Pick<Right, 'id' | 'status' | 'certificateNo' | 'closedAt'>[];
  encumbrances: Omit<Encumbrance, 'holders' | 'mortgage'>[];
}

const PROJECTION = {
  status: 1,
  'rights.id': 1,
  'rights.status': 1,
  'rights.certificateNo': 1,
  'rights.closedAt': 1,
  'encumbrances.id': 1,
  'encumbrances.kind': 1,
  'encumbrances.status': 1,
  'encumbrances.rank': 1,
  'encumbrances.seizure': 1,
  'encumbrances.from': 1,
  'encumbrances.until': 1,
  'encumbrances.certificateNo': 1,
  'encumbrances.closedAt': 1,
};

const readers = new WeakMap<object, (code: unknown) => Promise<UnitStanding | null>>();

/** By unit code; look-ups that arrive together travel as one. Always the newest state, never from a cache. */
export function findUnitStanding(p: Platform, unitCode: string): Promise<UnitStanding | null> {
  const { connection } = p.database;
  const known = readers.get(connection);
  if (known) return known(unitCode);
  const reader = gatherFinds(() => units(p).collection as never, '_id' as never, PROJECTION);
  readers.set(connection, reader as never);
  return reader(unitCode) as Promise<UnitStanding | null>;
}
