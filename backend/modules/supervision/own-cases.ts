import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from '../accounts/index.ts';
import { applications } from '../applications/index.ts';

/** Who looks at a list: cases in which they are a party, or acted for one, are not in it (回避). */
export type Reader = Pick<StaffActor, 'personIndex'>;

/** A filter of cases that leaves the reader's own out. */
export const notOwn = ({ personIndex }: Reader): Record<string, unknown> =>
  personIndex === null ? {} : { partyIndexes: { $ne: personIndex }, agentIndexes: { $ne: personIndex } };

/**
 * The rows without those of the reader's own cases. For rows that do not say whose case they are of: a page is then shorter,
 * and the next begins where it would have.
 */
export async function withoutOwnCases<Row>(
  p: Platform,
  { personIndex }: Reader,
  rows: readonly Row[],
  caseIdOf: (row: Row) => string,
): Promise<Row[]> {
  if (personIndex === null || rows.length === 0) return [...rows];
  const ids = [...new Set(rows.map(caseIdOf))];
  const found = await applications(p)
    .collection.find(
      {
        _id: { $in: ids as never[] },
        $or: [{ partyIndexes: personIndex }, { agentIndexes: personIndex }],
      } as never,
      { projection: { _id: 1 }, hint: '_id_' },
    )
    .toArray();
  const own = new Set(found.map(({ _id }) => String(_id)));
  return rows.filter((row) => !own.has(caseIdOf(row)));
}
