import type { Platform } from '../../platform/platform.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { clocksOf } from './case-context.ts';
import { CASE_GROUPS, type CaseCardPage } from './contract.ts';
import { cursorOf } from '../../platform/cursor.ts';
import { placeOf } from './cursor.ts';
import { withAnswerDue } from './load.ts';
import type { Viewer } from './policy.ts';
import { presentCard } from './present-case.ts';
import { CLOSED } from './transitions.ts';

type Group = (typeof CASE_GROUPS)[number];

/** Large enough for any page to say a number; a bank's ten thousand closed cases are not counted one by one. */
const COUNT_LIMIT = 1_000;

/** What each group means, as a filter on the cases that the viewer may see. */
function filterOf(viewer: Viewer, group: Group | undefined): Record<string, unknown> {
  const mine = { viewers: { $in: [...viewer.keys] } };
  const closed = [...CLOSED];
  switch (group) {
    case 'closed':
      return { ...mine, status: { $in: closed } };
    case 'needsYou':
      return { ...mine, status: { $nin: closed }, waitingOn: { $in: [...viewer.keys] } };
    case 'running':
      return { ...mine, status: { $nin: closed }, waitingOn: { $nin: [...viewer.keys] } };
    default:
      return mine;
  }
}

/** 我的办件, by what they need: 等您处理 · 正在办 · 已结束; newest change first. */
export async function listMyCases(
  p: Platform,
  viewer: Viewer,
  {
    group,
    cursor,
    limit = 20,
  }: { group?: Group | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<CaseCardPage> {
  const place = cursor === undefined ? null : placeOf(cursor);
  const after = place && {
    $or: [{ updatedAt: { $lt: place.at } }, { updatedAt: place.at, _id: { $lt: place.id } }],
  };
  const rows = (await applications(p)
    .collection.find({ ...filterOf(viewer, group), ...after } as never, {
      projection: { answers: 0, outbox: 0 },
    })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit + 1)
    .hint('viewers')
    .toArray()) as unknown as ApplicationDocument[];
  const shown = await Promise.all(rows.slice(0, limit).map((doc) => withAnswerDue(p, doc)));
  const now = p.time.now();
  const items = await Promise.all(
    shown.map(async (doc) => {
      const type = await typeOf(p, doc);
      return presentCard({ doc, type, viewer, clocks: await clocksOf(p, doc, type), now });
    }),
  );
  const last = shown.at(-1);
  const [needsYou = 0, running = 0, closed = 0] = await Promise.all(
    CASE_GROUPS.map((one) =>
      applications(p).collection.countDocuments(filterOf(viewer, one), {
        limit: COUNT_LIMIT,
        hint: 'viewers',
      }),
    ),
  );
  return {
    items,
    nextCursor: rows.length > limit && last ? cursorOf({ at: last.updatedAt, id: last._id }) : null,
    counts: { needsYou, running, closed },
  };
}
