import { LRUCache } from 'lru-cache';
import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import type { CaseView } from './contract.ts';
import { isApplicant, type Viewer } from './policy.ts';
import { stampsNow, stampsText } from './rules-stamps.ts';

/**
 * Pages of cases that are being followed: the same people look again and again while nothing changes. A page is kept for
 * the revision, the reader and the minute it was made for, and every look asks the database for the revision and for
 * who may read: nobody sees an old state, and who lost access sees nothing.
 */

/** Under two names each, of about 10 KB. */
const KEPT = 4_000;
const ID_LENGTH = 24;

const HEAD = { no: 1, revision: 1, viewers: 1 } as const;
type Head = Pick<ApplicationDocument, '_id' | keyof typeof HEAD>;

const shelfOf = perPlatform((p: Platform) => {
  const collection = () => applications(p).collection as unknown as Collection<Head>;
  return {
    byId: gatherFinds<Head>(collection, '_id', HEAD),
    byNo: gatherFinds<Head>(collection, 'no', HEAD),
    pages: new LRUCache<string, Kept>({ max: KEPT }),
  };
});

/** Remaining time and words such as 今天 change with the minute. */
const MINUTE_MS = 60_000;

const minuteOf = (p: Platform): number => Math.floor(p.time.now().getTime() / MINUTE_MS);

interface Kept {
  revision: number;
  minute: number;
  rules: string;
  page: CaseView;
}

/** The rules that dates are made with: a page made under others is not shown. */
export const rulesNow = async (p: Platform): Promise<string> => stampsText(await stampsNow(p));

const keyOf = (key: string, viewer: Viewer): string => [key, viewer.kind, ...viewer.keys].join('|');

/** The page as it was made a moment ago for this reader; null when it has to be made. */
export async function findFollowedPage(p: Platform, key: string, viewer: Viewer): Promise<CaseView | null> {
  const { byId, byNo, pages } = shelfOf(p);
  const kept = pages.get(keyOf(key, viewer));
  // Nothing kept for this reader: the case is about to be read whole, and its head need not be asked for first.
  if (!kept || kept.minute !== minuteOf(p)) return null;
  const head = key.length === ID_LENGTH ? await byId(key) : await byNo(key);
  if (!head || !isApplicant(head as ApplicationDocument, viewer)) return null;
  const same = head.revision === kept.revision && kept.rules === (await rulesNow(p));
  return same ? kept.page : null;
}

/**
 * Keeps a page, unless something on it can change without the case: a file that is still being scanned. `rules` are those
 * before it was made: rules that came in meanwhile have it made again.
 */
export function keepFollowedPage(
  p: Platform,
  doc: Pick<ApplicationDocument, '_id' | 'revision' | 'no'>,
  viewer: Viewer,
  { page, rules }: { page: CaseView; rules: string },
): void {
  const settled = page.materials.every(({ state }) => state !== 'scanning');
  if (doc.no === null || !settled) return;
  const { pages } = shelfOf(p);
  const kept = { revision: doc.revision, minute: minuteOf(p), rules, page };
  // By whichever of its two names it is asked for.
  for (const key of [doc._id, doc.no]) pages.set(keyOf(key, viewer), kept);
}
