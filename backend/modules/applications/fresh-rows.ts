import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { workOf } from './clocks.ts';
import { stampsNow } from './rules-stamps.ts';

/** What a row must carry to be looked at. */
type Row = Pick<ApplicationDocument, '_id' | 'typeCode' | 'work'>;

/**
 * Rows whose dates were made with older rules, computed again, in the order of the fresh dates: nobody sees a stale date while the
 * job is on its way (deadlines.md). Every list and page that shows kept dates goes through here.
 */
export async function freshRows<R extends Row>(p: Platform, rows: R[], now: Date): Promise<R[]> {
  const stamps = new Map((await stampsNow(p)).map(({ code, stamp }) => [code, stamp]));
  const stale = rows.filter(({ typeCode, work }) => work.calendarVersion !== stamps.get(typeCode));
  if (stale.length === 0) return rows;
  const calendar = await getCalendar(p);
  const docs = (await applications(p)
    .collection.find({ _id: { $in: stale.map(({ _id }) => _id) } } as never, {
      projection: { answers: 0, outbox: 0, materials: 0, documents: 0 },
    })
    .toArray()) as unknown as ApplicationDocument[];
  const works = new Map(
    await Promise.all(
      docs.map(async (doc) => [doc._id, workOf({ doc, type: await typeOf(p, doc), calendar, now })] as const),
    ),
  );
  return rows
    .map((row) => ({ ...row, work: works.get(row._id) ?? row.work }))
    .sort((a, b) => a.work.sortAt.getTime() - b.work.sortAt.getTime());
}
