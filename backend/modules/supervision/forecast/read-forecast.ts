import type { Platform } from '../../../platform/platform.ts';
import { applications, freshRows, type ApplicationDocument } from '../../applications/index.ts';
import { getCalendar } from '../../clock/index.ts';
import type { Forecast, ForecastQuery } from '../contract.ts';
import { cursorOf } from '../../../platform/cursor.ts';
import { placeOf } from '../cursor.ts';
import { fillingOf } from '../history-fill.ts';
import { loadNames } from '../list-cases.ts';
import { withoutOwnCases, type Reader } from '../own-cases.ts';
import { stepWords } from '../summary.ts';
import { forecastRuns, forecasts, type ForecastDocument, type ForecastRun } from './forecast.model.ts';
import { reasonsOf } from './words.ts';
import { workingTime } from './working-time.ts';

const ROWS = 50;

/** Of one hall: a head of section is told of no other. */
async function countOf(p: Platform, office: string): Promise<Pick<ForecastRun, 'open' | 'likely'>> {
  const { collection } = forecasts(p);
  const [open, likely] = await Promise.all([
    collection.countDocuments({ officeId: office }, { hint: 'office' }),
    collection.countDocuments({ officeId: office, likely: true }, { hint: 'office' }),
  ]);
  return { open, likely };
}

/** Due instants by the rules of now: a forecast is up to a minute old, and no screen shows a stale date (deadlines.md). */
async function dueDatesOf(p: Platform, ids: readonly string[], now: Date): Promise<Map<string, Date | null>> {
  const rows = (await applications(p)
    .collection.find({ _id: { $in: ids as never[] }, 'work.open': true } as never, {
      projection: { typeCode: 1, work: 1 },
      hint: '_id_',
    })
    .toArray()) as unknown as Pick<ApplicationDocument, '_id' | 'typeCode' | 'work'>[];
  return new Map((await freshRows(p, rows, now)).map(({ _id, work }) => [_id, work.dueAt]));
}

/** The list of the day ahead, likeliest first; with `all`, every open case. One indexed read, and one of the cases shown. */
export async function readForecast(p: Platform, reader: Reader, query: ForecastQuery): Promise<Forecast> {
  const { type, office, all = false, cursor, limit = ROWS } = query;
  const place = cursor === undefined ? null : placeOf(cursor);
  const order = place?.at.getTime() ?? 0;
  const filter = {
    ...(all ? {} : { likely: true }),
    ...(type ? { typeCode: type } : {}),
    ...(office ? { officeId: office } : {}),
    ...(place ? { $or: [{ order: { $gt: order } }, { order, _id: { $gt: place.id } }] } : {}),
  };
  const now = p.time.now();
  const { collection } = forecasts(p);
  const [rows, run, names, filling, hall] = await Promise.all([
    collection
      .find(filter as never, { hint: all ? 'order' : 'likely' })
      .sort({ ...(all ? {} : { likely: 1 as const }), order: 1, _id: 1 })
      .limit(limit + 1)
      .toArray() as unknown as Promise<ForecastDocument[]>,
    forecastRuns(p).collection.findOne({ _id: 'latest' as never }) as unknown as Promise<ForecastRun | null>,
    loadNames(p),
    fillingOf(p),
    office === undefined ? null : countOf(p, office),
  ]);
  const read = rows.slice(0, limit);
  const last = read.at(-1);
  const shown = await withoutOwnCases(p, reader, read, ({ _id }) => _id);
  const dueDates = await dueDatesOf(
    p,
    shown.map(({ _id }) => _id),
    now,
  );
  const { types, offices } = names;
  const { minuteOf } = workingTime(await getCalendar(p));
  return {
    computedAt: run?.computedAt.toISOString() ?? null,
    filling,
    open: hall?.open ?? run?.open ?? 0,
    likely: hall?.likely ?? run?.likely ?? 0,
    backTest: run?.backTest ?? null,
    items: shown.map((row) => {
      const { _id, no, typeCode, officeId, clerk, likely, standing } = row;
      const fresh = dueDates.get(_id);
      const dueAt = fresh === undefined ? row.dueAt : fresh;
      // Paused since it was forecast: then there is nothing to break.
      const chance = dueAt === null ? null : row.chance;
      // What is left changes by the mere passing of time, so it is never kept.
      const margin = dueAt === null || dueAt <= now ? 0 : minuteOf(dueAt.getTime()) - minuteOf(now.getTime());
      const stepLabel = stepWords(types, standing.step);
      return {
        id: _id,
        no,
        type: typeCode,
        typeName: types.find(({ code }) => code === typeCode)?.name ?? { zh: typeCode, en: typeCode },
        office: officeId,
        officeName: offices.find(({ id }) => id === officeId)?.name ?? { zh: '未分配', en: 'Not assigned' },
        clerk: clerk && { id: clerk.accountId, name: clerk.name },
        step: standing.step,
        stepLabel,
        dueAt: dueAt?.toISOString() ?? null,
        chance,
        likely,
        reasons: reasonsOf({ ...row, chance, dueAt, standing: { ...standing, margin } }, stepLabel, now),
      };
    }),
    nextCursor: rows.length > limit && last ? cursorOf({ at: new Date(last.order), id: last._id }) : null,
  };
}
