/** Integrity of the bytes that cases were filed with: a missing or altered file is found by itself. */
import type { Platform } from '../../platform/platform.ts';
import { fileKeepers, namedAmong } from './access.ts';
import { releaseFiles } from './bind-files.ts';
import { findContentHash } from './content.ts';
import { DamageFault, fileDamages, files, FileState } from './file.model.ts';

export interface FileFault {
  fileId: string;
  fault: DamageFault;
}

const DUPLICATE_KEY = 11000;
/** Bound files read back in one run, about 100 MB; every file is reached in turn, the longest unread first. */
const RUN = 50;

/**
 * Reads each file back and compares it with the hash that the case holds.
 * @returns only the faults; empty means that every byte is as it was filed
 */
export async function verifyFiles(
  p: Platform,
  references: readonly { fileId: string; sha256: string }[],
): Promise<FileFault[]> {
  const faults: FileFault[] = [];
  for (const { fileId, sha256 } of references) {
    const known = await files(p).findOne({ _id: fileId, state: FileState.ready }, { _id: 1 }).lean();
    const hash = known ? await findContentHash(p, fileId) : null;
    if (hash === null) faults.push({ fileId, fault: DamageFault.missing });
    else if (hash !== sha256) faults.push({ fileId, fault: DamageFault.altered });
  }
  return faults;
}

/** Records a damage with its event `files.damaged`, once for a file and fault. */
async function reportDamage(
  p: Platform,
  { fileId, fault }: FileFault,
  subjectId: string | null,
): Promise<boolean> {
  const event = p.outbox.event('files.damaged', null, { fileId, fault, subjectId });
  const damage = {
    _id: `${fileId}|${fault}`,
    fileId,
    subjectId,
    fault,
    foundAt: p.time.now(),
    outbox: [event],
  };
  try {
    await fileDamages(p).collection.insertOne(damage as never);
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
  p.log.error({ file: fileId, fault }, 'a filed document is damaged');
  p.outbox.notify('file-damages');
  return true;
}

/** Where the walk through what cases name has come to; a new process begins again, which only costs reading. */
const walks = new WeakMap<object, Map<string, string | null>>();

async function verifyNamed(p: Platform): Promise<{ checked: number; damaged: number }> {
  const positions = walks.get(p.database.connection) ?? new Map<string, string | null>();
  walks.set(p.database.connection, positions);
  const figures = { checked: 0, damaged: 0 };
  for (const [purpose, keeper] of fileKeepers()) {
    if (!keeper.list) continue;
    const { references, next } = await keeper.list(p, positions.get(purpose) ?? null, RUN);
    positions.set(purpose, next);
    figures.checked += references.length;
    const subjects = new Map(references.map(({ fileId, subjectId }) => [fileId, subjectId]));
    for (const fault of await verifyFiles(p, references)) {
      if (await reportDamage(p, fault, subjects.get(fault.fileId) ?? null)) figures.damaged += 1;
    }
  }
  return figures;
}

/** Long after the moment in which a case is about to name what it has just bound. */
const HELD_MS = 86_400_000;

/** Reads back the bound files that were read longest ago, and the next of those that cases name. */
export async function verifyBound(p: Platform): Promise<Record<string, number>> {
  const next = await files(p)
    .find({ boundTo: { $type: 'string' } }, { sha256: 1, subjectId: 1, purpose: 1, boundAt: 1 })
    .sort({ verifiedAt: 1 })
    .limit(RUN)
    .lean();
  const kept = await namedAmong(p, next);
  const before = p.time.now().getTime() - HELD_MS;
  let damaged = 0;
  for (const { _id, sha256, subjectId, boundAt } of next) {
    if (!kept.has(_id) && (boundAt?.getTime() ?? 0) < before) {
      await releaseFiles(p, subjectId, [_id]);
      continue;
    }
    const [fault] = await verifyFiles(p, [{ fileId: _id, sha256: sha256 ?? '' }]);
    if (fault && (await reportDamage(p, fault, subjectId))) damaged += 1;
    await files(p).updateOne({ _id }, { $set: { verifiedAt: p.time.now() } });
  }
  const named = await verifyNamed(p);
  return { checked: next.length + named.checked, damaged: damaged + named.damaged };
}
