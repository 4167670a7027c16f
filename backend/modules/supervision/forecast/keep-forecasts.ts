import { createHash } from 'node:crypto';
import type { IsHeld } from '../../../platform/jobs/scheduler.ts';
import type { Platform } from '../../../platform/platform.ts';
import { applications } from '../../applications/index.ts';
import type { Breathe } from './breathe.ts';
import { forecasts, type ForecastDocument } from './forecast.model.ts';

const BATCH = 200;

/**
 * A digest of what can be seen of a forecast. The chance counts by its whole percents, and what the clock alone takes away (the time
 * left, which is computed when it is read) not at all: otherwise every row would be written again each minute of office time.
 */
function printOf({ chance, order: _order, standing, ...rest }: Omit<ForecastDocument, 'print'>): string {
  const { margin: _margin, inStep: _inStep, need, ...seen } = standing;
  const percent = chance === null ? null : Math.round(chance * 100);
  const text = JSON.stringify([rest, percent, seen, Math.round(need)]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

type Stored = Map<string, string | undefined>;

async function storedPrints(p: Platform, breathe: Breathe): Promise<Stored> {
  const prints: Stored = new Map();
  const cursor = forecasts(p).collection.find({}, { projection: { print: 1 }, batchSize: 1_000 });
  for await (const doc of cursor) {
    const breath = breathe();
    if (breath) await breath;
    prints.set(String(doc._id), (doc as { print?: string }).print);
  }
  return prints;
}

/** Of the rows for which no forecast was made, those of cases that are still open: they were only moved while the list was read. */
async function stillOpen(p: Platform, ids: readonly string[]): Promise<Set<string>> {
  const docs = await applications(p)
    .collection.find({ _id: { $in: ids as never[] }, 'work.open': true } as never, {
      projection: { _id: 1, status: 1 },
      hint: '_id_',
    })
    .toArray();
  return new Set(docs.map(({ _id }) => String(_id)));
}

/**
 * Takes away what belongs to no open case any more. Only while the lease is held, and each row only as it was read: what another
 * process has written since is never deleted.
 */
async function removeGone(p: Platform, stored: Stored, isHeld: IsHeld): Promise<void> {
  const gone = [...stored];
  for (let start = 0; start < gone.length; start += BATCH) {
    const batch = gone.slice(start, start + BATCH);
    const kept = await stillOpen(
      p,
      batch.map(([id]) => id),
    );
    const deletions = batch.flatMap(([id, print]) =>
      kept.has(id)
        ? []
        : [{ deleteOne: { filter: { _id: id as never, print: print ?? { $exists: false } } as never } }],
    );
    if (deletions.length === 0) continue;
    if (!(await isHeld())) return;
    await forecasts(p).collection.bulkWrite(deletions, { ordered: false });
  }
}

/** Brings what is kept to these forecasts, and writes only what differs. @returns rows written */
export async function keepForecasts(
  p: Platform,
  made: Iterable<Omit<ForecastDocument, 'print'>>,
  { breathe, isHeld }: { breathe: Breathe; isHeld: IsHeld },
): Promise<number> {
  const { collection } = forecasts(p);
  const stored = await storedPrints(p, breathe);
  let written = 0;
  let batch: ForecastDocument[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    written += batch.length;
    const writes = batch.map(({ _id, ...rest }) => ({
      replaceOne: { filter: { _id: _id as never }, replacement: rest as never, upsert: true },
    }));
    batch = [];
    await collection.bulkWrite(writes, { ordered: false });
  };
  for (const one of made) {
    const breath = breathe();
    if (breath) await breath;
    const print = printOf(one);
    const same = stored.get(one._id) === print;
    stored.delete(one._id);
    if (same) continue;
    batch.push({ ...one, print });
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await removeGone(p, stored, isHeld);
  return written;
}
