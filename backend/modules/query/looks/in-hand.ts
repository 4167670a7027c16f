import type { Platform } from '../../../platform/platform.ts';
import { findLooksAtUnits, type AccessDocument } from '../../audit/index.ts';
import { queries, type QueryDocument } from '../query.model.ts';

/**
 * Which queries a clerk had in hand when they looked at one of its units at the desk. To compare an organ's letter with the register, a
 * clerk may open the unit or its certificate beside the query: that look would tell of the query, and is told when the query is.
 *
 * In hand is a query that the clerk had opened, while it waited for a decision: opening demands their desk and no interest of their own
 * (desk-scope.ts), and is recorded with the units that it showed. Who did not open it, a unit that is not among those, and a look after the
 * decision are looks like any other, told at once.
 */

/** A look, as far as it matters here. Whoever has no more of it names no look at the desk. */
export type DeskLook = Pick<AccessDocument, '_id' | 'at' | 'actorId' | 'target'> &
  Partial<Pick<AccessDocument, 'why' | 'unitCodes'>>;

export type InHand = Pick<QueryDocument, '_id' | 'notice'>;

/** What staff open by itself, outside a case and a query (register/routes.ts, certificates/reads.ts). */
const AT_THE_DESK: readonly unknown[] = ['registerLook', 'certificateLook'];

const isAtTheDesk = ({ why }: DeskLook): boolean => AT_THE_DESK.includes(why);

const PARTS = { notice: 1, decision: 1, keeping: 1, state: 1 } as const;
type Known = Pick<QueryDocument, '_id' | 'notice' | 'decision' | 'keeping' | 'state'>;

/** Queries of before have no `keeping`. */
const endOf = ({ keeping, decision }: Known): Date | null => keeping?.since ?? decision?.at ?? null;

/** By look; looks at the desk alone have any. */
export async function inHandAmong(
  p: Platform,
  looks: readonly DeskLook[],
): Promise<ReadonlyMap<string, readonly InHand[]>> {
  const direct = looks.filter(isAtTheDesk);
  const actorIds = [...new Set(direct.flatMap(({ actorId }) => actorId ?? []))];
  const unitCodes = [...new Set(direct.flatMap((look) => look.unitCodes ?? []))];
  if (actorIds.length === 0 || unitCodes.length === 0) return new Map();
  const opened = await findLooksAtUnits(p, { actorIds, unitCodes, targetKind: 'query' });
  const ids = [...new Set(opened.flatMap(({ target }) => target?.id ?? []))];
  if (ids.length === 0) return new Map();
  const found = await queries(p)
    .find({ _id: { $in: ids } }, PARTS)
    .lean<Known[]>();
  const inHand = (look: DeskLook): InHand[] =>
    found.filter((query) => {
      const end = endOf(query);
      if (end !== null && look.at >= end) return false;
      return opened.some(
        ({ at, actorId, target, unitCodes: shown = [] }) =>
          target?.id === query._id &&
          actorId === look.actorId &&
          at <= look.at &&
          shown.some((code) => look.unitCodes?.includes(code)),
      );
    });
  return new Map(direct.map((look) => [look._id, inHand(look)]));
}

/** Ids of what a look was at: the thing that was opened, and the queries in hand. */
export const targetsOf = (
  { _id, target }: DeskLook,
  inHand: ReadonlyMap<string, readonly InHand[]>,
): string[] => [...(target ? [target.id] : []), ...(inHand.get(_id) ?? []).map((query) => query._id)];
