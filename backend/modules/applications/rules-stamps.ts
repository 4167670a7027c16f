import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findLimitVersions, listTypeCodes, newestInForce } from '../catalogue/index.ts';
import { getCalendar } from '../clock/index.ts';
import { applications } from './application.model.ts';
import { stampOf } from './case-type.ts';

/** Which open cases are behind the rules of this moment: of the calendar, and of their type's promise. */

export interface TypeStamp {
  code: string;
  /** What an up-to-date open case of the type carries. */
  stamp: string;
}

export async function stampsNow(p: Platform): Promise<TypeStamp[]> {
  const today = legalDayOf(p.time.now());
  const { version } = await getCalendar(p);
  return Promise.all(
    (await listTypeCodes(p)).map(async (code) => {
      const newest = newestInForce(await findLimitVersions(p, code), today);
      return { code, stamp: stampOf(version, newest?.version) };
    }),
  );
}

/** All of them as one text: changes with any rule. */
export const stampsText = (stamps: readonly TypeStamp[]): string =>
  stamps.map(({ code, stamp }) => `${code} ${stamp}`).join(' ');

/** Answered by the index `work-rules`. */
export const behindFilter = ({ code, stamp }: TypeStamp) => ({
  'work.open': true,
  typeCode: code,
  'work.calendarVersion': { $ne: stamp },
});

/** Rules that nothing was behind any more, by database: from then on every write is made with them. */
const caughtUp = new WeakMap<object, string>();

/** No more are counted: of a million that are behind, counting all took longer than reading the page that says how many. */
const MOST_BEHIND = 10_000;

/** Open cases whose kept dates were made with older rules; 10,000 stands for that many or more. */
export async function countBehind(p: Platform): Promise<number> {
  const stamps = await stampsNow(p);
  const text = stampsText(stamps);
  const { connection } = p.database;
  if (caughtUp.get(connection) === text) return 0;
  const counts = await Promise.all(
    stamps.map((one) =>
      applications(p).collection.countDocuments(behindFilter(one), {
        hint: 'work-rules',
        limit: MOST_BEHIND,
      }),
    ),
  );
  const behind = counts.reduce((sum, count) => sum + count, 0);
  if (behind === 0) caughtUp.set(connection, text);
  return Math.min(behind, MOST_BEHIND);
}
