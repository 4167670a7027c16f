import type { Platform } from '../../../platform/platform.ts';
import { complaints } from './complaint.model.ts';

/** Ids of queries of which a complaint (反映) still waits: what it is about is evidence until it is answered. They are few. */
export async function findDisputedQueries(p: Platform): Promise<string[]> {
  const found = await complaints(p)
    .collection.find({ open: true, 'look.target.kind': 'query' }, { projection: { 'look.target.id': 1 } })
    .hint('waiting')
    .toArray();
  return found.flatMap(({ look }) => look.target?.id ?? []);
}
