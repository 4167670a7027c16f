import type { Platform } from '../../platform/platform.ts';
import { worksOnCases, type Actor } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import {
  MATERIAL,
  registerFileAttacher,
  registerFileKeeper,
  registerFileReader,
  type FileReference,
} from '../files/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { findApplication } from './load.ts';
import { isApplicant, isInitiator, isRecused, openCorrection } from './policy.ts';
import { isEditable } from './transitions.ts';
import { viewerOf } from './viewer.ts';

/** Who may hand in, see and keep the materials of a case: told to the files module when the app is built. */

/** While the case can be edited, its initiator; during a correction only for the materials that the notice lists. */
async function mayAttach(
  p: Platform,
  actor: Actor,
  { subjectId, materialCode }: { subjectId: string; materialCode: string },
): Promise<boolean> {
  const doc = await findApplication(p, subjectId);
  if (!doc || !isEditable(doc.status) || !isInitiator(doc, viewerOf(p, actor))) return false;
  const correction = openCorrection(doc);
  if (!correction && doc.no !== null) return false;
  if (correction) {
    return correction.defects.some(
      ({ target }) => 'materialCode' in target && target.materialCode === materialCode,
    );
  }
  const type = await typeOf(p, doc);
  return type.materials.some(({ code }) => code === materialCode);
}

const names = (doc: ApplicationDocument, fileId: string): boolean =>
  doc.materials.some(({ files }) => files.some((file) => file.fileId === fileId));

/** Applicants of the case, and staff once it is filed: never a clerk who is a party (回避). */
async function mayRead(p: Platform, actor: Actor, file: { id: string; subjectId: string }): Promise<boolean> {
  const doc = await findApplication(p, file.subjectId);
  if (!doc || !names(doc, file.id)) return false;
  const viewer = viewerOf(p, actor);
  if (viewer.kind === 'staff') {
    if (doc.no === null || !worksOnCases(viewer) || isRecused(doc, viewer)) return false;
    // That a clerk opened somebody's papers is recorded before they are shown.
    await recordAccess(p, {
      actorId: viewer.accountId,
      subjectPersonIndexes: doc.partyIndexes,
      what: ['materials'],
      target: { kind: 'file', id: file.id },
      unitCodes: doc.unitCodes,
      why: doc.handler?.accountId === viewer.accountId ? 'handling' : 'reading',
      basis: '不动产登记暂行条例第十八条',
    });
    return true;
  }
  return isApplicant(doc, viewer);
}

type Named = Pick<ApplicationDocument, '_id' | 'materials'>;

export function registerFileAccess(): void {
  registerFileAttacher<Actor>(MATERIAL, mayAttach);
  registerFileReader<Actor>(MATERIAL, mayRead);
  registerFileKeeper(MATERIAL, {
    async named(p, fileIds) {
      const found = (await applications(p)
        .collection.find(
          { 'materials.files.fileId': { $in: [...fileIds] } },
          { projection: { materials: 1 } },
        )
        .toArray()) as unknown as Named[];
      const known = new Set(found.flatMap((doc) => referencesOf(doc).map(({ fileId }) => fileId)));
      return fileIds.filter((id) => known.has(id));
    },
    async list(p, after, limit) {
      const filter = { no: { $gt: '' }, ...(after === null ? {} : { _id: { $gt: after } }) };
      const found = (await applications(p)
        .collection.find(filter as never, { projection: { materials: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()) as unknown as Named[];
      const references = found.flatMap(referencesOf);
      return { references, next: found.length < limit ? null : (found.at(-1)?._id ?? null) };
    },
  });
}

function referencesOf(doc: Named): FileReference[] {
  return doc.materials.flatMap(({ files }) =>
    files.map(({ fileId, sha256 }) => ({ fileId, sha256, subjectId: doc._id })),
  );
}
