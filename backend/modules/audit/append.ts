import type { Platform } from '../../platform/platform.ts';
import type { DeclaredModel } from '../../platform/database/model.ts';

const DUPLICATE_KEY = 11000;

interface BulkWriteFailure {
  code?: number;
  writeErrors?: readonly { code?: number }[];
}

/**
 * Inserts entries; those that are there already stay as they are. Unordered, so that one that is there does not hold
 * up the others. Any other failure is thrown: then the batch comes again.
 */
export async function append<T extends { _id: string }>(
  p: Platform,
  model: DeclaredModel<T>,
  entries: readonly T[],
): Promise<void> {
  if (entries.length === 0) return;
  try {
    await model(p).collection.insertMany(entries as never, { ordered: false });
  } catch (error) {
    const { code, writeErrors = [] } = error as BulkWriteFailure;
    const onlyDuplicates = code === DUPLICATE_KEY && writeErrors.every((one) => one.code === DUPLICATE_KEY);
    if (!onlyDuplicates) throw error;
  }
}
