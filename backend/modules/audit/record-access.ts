import { insertAbsent } from '../../platform/database/insert-absent.ts';
import { createGatherer } from '../../platform/database/gather.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { accessEntries, type AccessDocument, type AccessReference } from './audit.model.ts';
import { noteLate } from './sealing.ts';

export interface Access {
  /** Null: somebody who is not signed in. */
  actorId: string | null;
  /** Blind indexes (purpose `id-number`) of the persons whose data is about to be shown. */
  subjectPersonIndexes: readonly string[];
  /** Closed words, as `case`, `materials`, `unit`. */
  what: readonly string[];
  /** The thing that is opened. */
  target?: { kind: string; id: string };
  /** The units that are seen of them; that of a target of kind `unit` goes without saying. */
  unitCodes?: readonly string[];
  /** Why: the act under way, as `review`; never free text of a person. */
  why: string;
  /** Numbers of the matter in the books of whoever looks, as they gave them. */
  reference?: AccessReference | undefined;
  /** Legal basis, as `条例27`. */
  basis: string;
}

type Recorder = (entry: AccessDocument) => Promise<null>;

/** One gatherer for a database: reads that happen together are recorded by one journaled write. */
const recorders = new WeakMap<object, Recorder>();

function recorderOf(p: Platform): Recorder {
  const key = p.database.connection;
  let recorder = recorders.get(key);
  if (!recorder) {
    recorder = createGatherer<AccessDocument, null>(async (entries) => {
      await insertAbsent(accessEntries(p).collection, entries);
      await noteLate(
        p,
        'access-log',
        entries.map(({ _id }) => _id),
      );
      return entries.map(() => null);
    });
    recorders.set(key, recorder);
  }
  return recorder;
}

/**
 * Records that a person's data is about to be shown. Await it before answering: what could not be recorded is not
 * shown (个人信息保护法51, 不动产登记资料查询暂行办法). One entry for a look, however many persons it concerns.
 */
export async function recordAccess(p: Platform, access: Access): Promise<void> {
  if (access.subjectPersonIndexes.length === 0) return;
  const unitCodes = access.unitCodes ?? (access.target?.kind === 'unit' ? [access.target.id] : []);
  await recorderOf(p)({
    _id: newId(),
    at: p.time.now(),
    actorId: access.actorId,
    subjects: [...new Set(access.subjectPersonIndexes)],
    what: [...access.what],
    target: access.target ?? null,
    ...(unitCodes.length > 0 ? { unitCodes: [...unitCodes] } : {}),
    why: access.why,
    ...(access.reference ? { reference: access.reference } : {}),
    basis: access.basis,
    requestId: p.requestId,
  });
}
