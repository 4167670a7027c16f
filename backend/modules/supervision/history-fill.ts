import { defineModel } from '../../platform/database/model.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * History that is still being taken over (存量办件迁入). Figures are true of what is there already, and every page that shows them says
 * how much is still to come. One document.
 */
export interface HistoryFill {
  _id: 'history';
  /** The history ends here: fixed when it was begun, so that a process that takes over goes on with the same. */
  asOf: Date;
  total: number;
  done: number;
}

export const historyFills = defineModel<HistoryFill>({
  collection: 'history-fills',
  fields: { _id: String, asOf: Date, total: Number, done: Number } as never,
  // `_id` is the invariant: one history is filled in.
  indexes: [],
});

const KEY = { _id: 'history' as never };

export async function findFill(p: Platform): Promise<HistoryFill | null> {
  return (await historyFills(p).collection.findOne(KEY)) as unknown as HistoryFill | null;
}

/** Begins, or gives what was begun before. */
export async function beginFill(
  p: Platform,
  { asOf, total }: Pick<HistoryFill, 'asOf' | 'total'>,
): Promise<HistoryFill> {
  await historyFills(p).collection.updateOne(
    KEY,
    { $setOnInsert: { asOf, total, done: 0 } },
    { upsert: true },
  );
  return (await findFill(p))!;
}

/** Never goes back: a process that was thought dead may still say what it did. */
export async function advanceFill(p: Platform, done: number): Promise<void> {
  await historyFills(p).collection.updateOne(KEY, { $max: { done } });
}

/** What pages say; null when nothing is missing. */
export async function fillingOf(p: Platform): Promise<{ done: number; total: number } | null> {
  const fill = await findFill(p);
  return fill && fill.done < fill.total ? { done: fill.done, total: fill.total } : null;
}
