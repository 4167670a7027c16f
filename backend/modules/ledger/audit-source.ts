import { setTimeout as wait } from 'node:timers/promises';
import type { Platform } from '../../platform/platform.ts';
import {
  isNotedLate,
  readEntriesBetween,
  readEntriesById,
  type SealedRow,
  type SealedSource,
} from '../audit/index.ts';
import { AUDIT_KIND, holdsSeal, rowHash, sealedHashes, sealEntryId, sourceOf } from './audit-seal.ts';
import { auditSeals, type AuditSeal } from './ledger.model.ts';
import { isSealedLate } from './sweep-audit.ts';
import type { LeafSource, SourcedLeaf } from './leaf-source.ts';
import { isSameHash } from './merkle.ts';

const ALL = 1_000_000_000;
/** An entry that has just been written is noted as late a moment after. */
const NOTED_MS = 2_000;

/** The seals of the audit, each with the entries that it is about. */
export const auditLeaves: LeafSource = {
  kind: AUDIT_KIND,
  async *leaves(p): AsyncGenerator<SourcedLeaf> {
    const reached = new Map<SealedSource, string>();
    const cursor = auditSeals(p).collection.find({}).sort({ _id: 1 });
    for await (const seal of cursor as unknown as AsyncIterable<AuditSeal>) {
      const source = sourceOf(seal._id);
      const wrong =
        seal.after === (reached.get(source) ?? '')
          ? []
          : [`a seal of the ${source} before ${seal._id} is missing`];
      reached.set(source, seal.through);
      wrong.push(...(await differences(p, source, seal)));
      yield { entryId: sealEntryId(seal._id), bytes: seal.bytes, holds: holdsSeal(seal), wrong };
    }
  },
};

/** What of the entries is not as it was sealed. */
async function differences(p: Platform, source: SealedSource, seal: AuditSeal): Promise<string[]> {
  if (seal.salt === '') return [];
  const rows = seal.late
    ? await readEntriesById(p, source, seal.ids)
    : await readRange(p, source, seal.after, seal.through);
  const expected = sealedHashes(seal);
  const wrong: string[] = [];
  const added: string[] = [];
  for (const row of rows) {
    const hash = expected.get(row._id);
    if (!hash) added.push(row._id);
    else if (!isSameHash(hash, rowHash(seal.salt, row)))
      wrong.push(`the ${source} entry ${row._id} is not what it was when it was sealed`);
    expected.delete(row._id);
  }
  const [gone] = expected.keys();
  if (gone !== undefined) wrong.push(`the ${source} entry ${gone} is gone`);
  for (const id of added) {
    if (await isKnownLate(p, source, id)) continue;
    wrong.push(`the ${source} entry ${id} was put in after its time`);
    break;
  }
  return wrong;
}

/** Everything that has an id of the range now. */
const readRange = (p: Platform, source: SealedSource, after: string, through: string): Promise<SealedRow[]> =>
  readEntriesBetween(p, source, { after, before: `${through}\u0000`, limit: ALL });

/** Whether an entry that came late is sealed as such, or waits for it. */
async function isKnownLate(p: Platform, source: SealedSource, id: string): Promise<boolean> {
  const look = async () => (await isNotedLate(p, source, id)) || (await isSealedLate(p, id));
  if (await look()) return true;
  await wait(NOTED_MS);
  return look();
}
