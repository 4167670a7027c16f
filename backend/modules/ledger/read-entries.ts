import type { Platform } from '../../platform/platform.ts';
import { loggedEntries, type LoggedEntry } from './ledger.model.ts';

const BATCH = 4_000;

/** Every entry by its place, in batches: the next is on its way from the database while one is worked on. */
export async function* readEntries(p: Platform): AsyncGenerator<LoggedEntry[]> {
  const after = async (place: number): Promise<LoggedEntry[]> =>
    (await loggedEntries(p)
      .collection.find({ _id: { $gt: place } as never })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray()) as unknown as LoggedEntry[];
  let coming = after(-Infinity);
  for (;;) {
    const batch = await coming;
    const last = batch.at(-1);
    if (!last) return;
    coming = after(last._id);
    // Whoever stops half way through is not to be told of it as of an error that nobody caught.
    coming.catch(() => undefined);
    yield batch;
  }
}

/** All documents of the log, whatever they have for a place. */
export const countEntries = (p: Platform): Promise<number> =>
  loggedEntries(p).collection.countDocuments({}, { hint: '_id_' });
