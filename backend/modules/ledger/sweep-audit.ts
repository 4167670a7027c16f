import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  countEntriesBetween,
  isNotedLate,
  markLate,
  readEntriesBetween,
  SEALED_SOURCES,
  type SealedSource,
} from '../audit/index.ts';
import { sealedHashes, sealId } from './audit-seal.ts';
import { auditSeals, type AuditSeal } from './ledger.model.ts';

/** Seals looked at again: an hour of them, where one is made every twenty seconds. */
const SEALS = 180;

/** Whether an entry stands in a seal of those that came late. */
export const isSealedLate = async (p: Platform, id: string): Promise<boolean> =>
  (await auditSeals(p).collection.countDocuments({ late: true, ids: id }, { limit: 1 })) > 0;

async function sweep(p: Platform, source: SealedSource): Promise<number> {
  const seals = (await auditSeals(p)
    .collection.find({ _id: { $gte: sealId(source, 0), $lt: `${source}/~` } as never, late: false })
    .sort({ _id: -1 })
    .limit(SEALS)
    .toArray()) as unknown as AuditSeal[];
  let found = 0;
  for (const seal of seals) {
    if ((await countEntriesBetween(p, source, seal)) <= seal.ids.length) continue;
    const known = sealedHashes(seal);
    const range = { after: seal.after, before: `${seal.through}\u0000`, limit: Number.MAX_SAFE_INTEGER };
    for (const { _id } of await readEntriesBetween(p, source, range)) {
      if (known.has(_id) || (await isNotedLate(p, source, _id)) || (await isSealedLate(p, _id))) continue;
      found += await markLate(p, source, [_id]);
    }
  }
  return found;
}

/**
 * Entries that came late without being noted, because a process died between the two writes or its clock went far wrong: what an index
 * counts in the last hour's seals is set beside what they hold. Older seals are left as they are, so nothing is let in there by this.
 */
export const sweepAudit: Job = {
  name: 'ledger.sweep-audit',
  everyMs: 600_000,
  async run(p) {
    let found = 0;
    for (const source of SEALED_SOURCES) found += await sweep(p, source);
    return { found };
  },
};
