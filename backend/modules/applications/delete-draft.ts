import type { Platform } from '../../platform/platform.ts';
import { releaseFiles } from '../files/index.ts';
import { applications } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { demand } from './change.ts';
import { errors } from './errors.ts';
import { getForApplicant } from './load.ts';
import type { Viewer } from './policy.ts';

/** Removes a draft that was never filed, with everything in it; its files are swept once no case names them. */
export async function deleteDraft(p: Platform, viewer: Viewer, idOrNo: string): Promise<void> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  demand('deleteDraft', doc, await typeOf(p, doc), viewer);
  // Status and revision in the filter: a submission at the same moment wins or loses as a whole.
  const { deletedCount } = await applications(p).collection.deleteOne({
    _id: doc._id as never,
    revision: doc.revision,
    status: doc.status,
    'outbox.0': { $exists: false },
  });
  if (deletedCount === 1) {
    const named = doc.materials.flatMap(({ files }) => files.map(({ fileId }) => fileId));
    return releaseFiles(p, doc._id, named);
  }
  // Undelivered events must reach the inbox first; the relay needs a moment.
  p.outbox.notify('applications');
  errors.fail('applications.changed_meanwhile');
}
