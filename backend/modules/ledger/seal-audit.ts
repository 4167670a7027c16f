import type { Job } from '../../platform/jobs/scheduler.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  forgetLate,
  idOf,
  listLate,
  readEntriesBetween,
  readEntriesById,
  SEALED_SOURCES,
  SETTLED_MS,
  type SealedSource,
} from '../audit/index.ts';
import { appendEntries } from './append.ts';
import { signOrReport } from './append-changes.ts';
import { makeSeal, numberOf, sealEntryId, sealId } from './audit-seal.ts';
import { auditSeals, loggedEntries, type AuditSeal } from './ledger.model.ts';

/** Entries in one seal: few enough that one that was altered is soon found in it, and that a seal is no large document. */
const ROWS = 2_000;
/** A run stops after this, and the next goes on: taking in a year of entries is no reason to hold up anything else. */
const RUN_MS = 1_000;
const DUPLICATE_KEY = 11_000;

const sealsIn = (p: Platform) => auditSeals(p).collection;

async function lastSeal(p: Platform, source: SealedSource): Promise<AuditSeal | null> {
  const [seal] = (await sealsIn(p)
    .find({ _id: { $gte: sealId(source, 0), $lt: `${source}/~` } as never })
    .sort({ _id: -1 })
    .limit(1)
    .toArray()) as unknown as AuditSeal[];
  return seal ?? null;
}

/** A seal is made before its leaf is logged; of a run that was cut off in between the leaf is logged now. */
async function finish(p: Platform, source: SealedSource, seal: AuditSeal): Promise<void> {
  const entryId = sealEntryId(seal._id);
  const logged = await loggedEntries(p).collection.findOne({ entryId }, { projection: { _id: 1 } });
  if (!logged) await appendEntries(p, [{ entryId, bytes: seal.bytes }]);
  if (seal.late) await forgetLate(p, source, seal.ids);
}

/** Seals one batch after `last`: what is new in the order of ids, else what came late. Null: there is nothing. */
async function sealNext(
  p: Platform,
  source: SealedSource,
  last: AuditSeal | null,
): Promise<AuditSeal | null> {
  const after = last?.through ?? '';
  const before = idOf(p.time.now().getTime() - SETTLED_MS);
  const fresh = await readEntriesBetween(p, source, { after, before, limit: ROWS });
  const rows = fresh.length > 0 ? fresh : await readEntriesById(p, source, await listLate(p, source, ROWS));
  if (rows.length === 0) return null;
  const place = {
    _id: sealId(source, last ? numberOf(last._id) + 1 : 0),
    after,
    through: fresh.at(-1)?._id ?? after,
    late: fresh.length === 0,
  };
  const salt = p.random.bytes(16).toString('base64url');
  const seal = makeSeal(place, rows, { at: p.time.now(), salt });
  await sealsIn(p).insertOne(seal as never);
  return seal;
}

/** @returns entries that were sealed */
async function sealSource(p: Platform, source: SealedSource, until: number): Promise<number> {
  let last = await lastSeal(p, source);
  if (last) await finish(p, source, last);
  let sealed = 0;
  while (performance.now() < until) {
    try {
      last = await sealNext(p, source, last);
    } catch (error) {
      // Another process made that seal; it also goes on from there.
      if ((error as { code?: number }).code === DUPLICATE_KEY) return sealed;
      throw error;
    }
    if (!last) return sealed;
    await finish(p, source, last);
    sealed += last.ids.length;
  }
  return sealed;
}

/**
 * What was done and who looked at what, chained into the log of the register (ASVS 16.4.2): within a minute of being written, an entry that is
 * edited, deleted or put in another's place is found by `npm run ledger -- verify`, and so is one that is put in afterwards. May be cut off
 * anywhere, and run twice at once.
 */
export const sealAudit: Job = {
  name: 'ledger.seal-audit',
  everyMs: 20_000,
  restFactor: 4,
  async run(p) {
    const until = performance.now() + RUN_MS;
    let sealed = 0;
    for (const source of SEALED_SOURCES) sealed += await sealSource(p, source, until);
    // Also what a run that was cut off has logged.
    await signOrReport(p);
    return { sealed };
  },
};
