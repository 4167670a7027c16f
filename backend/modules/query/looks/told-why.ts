import type { Platform } from '../../../platform/platform.ts';
import { legalDayOf } from '../../../platform/time.ts';
import { findUnitsByCodes, type UnitDocument } from '../../register/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';
import type { QueryKind } from '../vocabulary.ts';

/**
 * Who is told why a state organ looked: on which ground, under which number and for which purpose. That somebody is investigated is that
 * person's affair (个人信息保护法 28): co-owners and former owners are told that an organ looked, and no more.
 */

const OF_ORGANS: readonly QueryKind[] = ['organUnit', 'organPerson'];

type Asked = Pick<QueryDocument, '_id' | 'unitCode' | 'person'>;

/** Whether somebody held a right on the unit, or one that encumbers it, at that instant. */
function heldAt({ rights, encumbrances }: UnitDocument, personIndex: string, at: Date): boolean {
  const on = legalDayOf(at);
  const live = [...rights, ...encumbrances.filter(({ until }) => until === null || until >= on)].filter(
    ({ registeredAt, closedAt }) => registeredAt <= at && (closedAt === null || closedAt > at),
  );
  return live.some(({ holders }) => holders.some(({ idIndex }) => idIndex === personIndex));
}

/**
 * Of queries that were looked at, whether this reader is told why, by the instant of the look. Of a query by person only that person is;
 * of one by unit whoever held a right on it then. Of queries that no organ asked, everybody is.
 */
export async function toldWhy(
  p: Platform,
  personIndex: string,
  queryIds: readonly string[],
): Promise<(queryId: string, at: Date) => boolean> {
  const found =
    queryIds.length === 0
      ? []
      : await queries(p)
          .find(
            { _id: { $in: [...new Set(queryIds)] }, kind: { $in: [...OF_ORGANS] } },
            { unitCode: 1, 'person.idIndex': 1 },
          )
          .lean<Asked[]>();
  const codes = [...new Set(found.flatMap(({ unitCode }) => unitCode ?? []))];
  const units = new Map((await findUnitsByCodes(p, codes)).map((unit) => [unit._id, unit]));
  const asked = new Map(found.map((query) => [query._id, query]));
  return (queryId, at) => {
    const query = asked.get(queryId);
    if (!query) return true;
    if (query.person) return query.person.idIndex === personIndex;
    const unit = query.unitCode === null ? undefined : units.get(query.unitCode);
    return unit !== undefined && heldAt(unit, personIndex, at);
  };
}
