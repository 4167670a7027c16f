import type { Collection } from 'mongodb';
import { insertAbsent } from '../../platform/database/insert-absent.ts';
import type { Platform } from '../../platform/platform.ts';
import { accessEntries, auditEntries, lateEntries } from './audit.model.ts';

/**
 * What the log of the register needs to seal the audit: entries in the order of their ids, which begin with the second in which they were
 * made. So writing an entry costs nothing more, and what is new is found without a mark on it. An entry that comes long after its id
 * was made, as after a death, is noted: whoever went over that second already has not seen it.
 */

export const SEALED_SOURCES = ['audit', 'access-log'] as const;
export type SealedSource = (typeof SEALED_SOURCES)[number];

/** An entry, whatever its shape; `_id` is text. */
export type SealedRow = { _id: string } & Record<string, unknown>;

/** Younger ones are not sealed yet: longer than clocks differ, and than an entry takes to be written without being noted as late. */
export const SETTLED_MS = 20_000;
const LATE_MS = 8_000;

const ID_SECONDS = /^[0-9a-f]{8}/;
/** Least id of a moment. */
export const idOf = (at: number): string =>
  Math.max(0, Math.floor(at / 1_000))
    .toString(16)
    .padStart(8, '0')
    .padEnd(24, '0');

function isLate(id: string, now: number): boolean {
  const [seconds] = ID_SECONDS.exec(id) ?? [];
  return seconds === undefined || Math.abs(now - Number.parseInt(seconds, 16) * 1_000) > LATE_MS;
}

const rowsOf = (p: Platform, source: SealedSource): Collection<SealedRow> =>
  (source === 'audit' ? auditEntries(p) : accessEntries(p)).collection as unknown as Collection<SealedRow>;

const lateIn = (p: Platform) => lateEntries(p).collection as unknown as Collection<{ _id: string }>;

const markOf = (source: SealedSource, id: string): string => `${source}/${id}`;

/** Called after entries were written. Entries of just now, which is nearly all, cost nothing. */
export async function noteLate(p: Platform, source: SealedSource, ids: readonly string[]): Promise<void> {
  const now = p.time.now().getTime();
  const late = ids.filter((id) => isLate(id, now));
  if (late.length > 0) await markLate(p, source, late);
}

/** Entries with ids from `after`, left out, up to `before`, left out, by id. */
export function readEntriesBetween(
  p: Platform,
  source: SealedSource,
  { after, before, limit }: { after: string; before: string; limit: number },
): Promise<SealedRow[]> {
  return rowsOf(p, source)
    .find({ _id: { $gt: after, $lt: before } }, { hint: '_id_' })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
}

export function countEntriesBetween(
  p: Platform,
  source: SealedSource,
  { after, through }: { after: string; through: string },
): Promise<number> {
  return rowsOf(p, source).countDocuments({ _id: { $gt: after, $lte: through } }, { hint: '_id_' });
}

/** By id; those that are not there are left out. */
export function readEntriesById(
  p: Platform,
  source: SealedSource,
  ids: readonly string[],
): Promise<SealedRow[]> {
  return rowsOf(p, source)
    .find({ _id: { $in: [...ids] } })
    .sort({ _id: 1 })
    .toArray();
}

/** Ids of entries that came late and are not sealed yet. */
export async function listLate(p: Platform, source: SealedSource, limit: number): Promise<string[]> {
  const found = await lateIn(p)
    .find({ _id: { $gt: markOf(source, ''), $lt: markOf(source, '~') } })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  return found.map(({ _id }) => _id.slice(source.length + 1));
}

export const isNotedLate = async (p: Platform, source: SealedSource, id: string): Promise<boolean> =>
  (await lateIn(p).findOne({ _id: markOf(source, id) })) !== null;

/** Notes entries as late, whatever their ids say. */
export const markLate = (p: Platform, source: SealedSource, ids: readonly string[]): Promise<number> =>
  insertAbsent(
    lateIn(p),
    ids.map((id) => ({ _id: markOf(source, id) })),
  );

export async function forgetLate(p: Platform, source: SealedSource, ids: readonly string[]): Promise<void> {
  await lateIn(p).deleteMany({ _id: { $in: ids.map((id) => markOf(source, id)) } });
}
