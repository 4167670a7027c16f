import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand } from './change.ts';
import { caseEvent } from './events.ts';
import { getForStaff } from './load.ts';
import type { Viewer } from './policy.ts';

/** 归档: the file is complete and kept for good (条例9). */
export async function archive(p: Platform, viewer: Viewer, idOrNo: string): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('archive', doc, type, viewer);
  return applyChange(p, doc, type, {
    set: { status: 'archived', archivedAt: p.time.now() },
    events: [caseEvent(p, 'archived', doc, viewer.accountId)],
  });
}
