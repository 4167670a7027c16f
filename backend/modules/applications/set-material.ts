import type { Platform } from '../../platform/platform.ts';
import { bindFiles, getFileFacts, MATERIAL, releaseFiles } from '../files/index.ts';
import type { ApplicationDocument, CaseFile, CaseMaterial } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { demand, tryChange } from './change.ts';
import type { SetMaterial } from './contract.ts';
import { errors } from './errors.ts';
import { getForApplicant } from './load.ts';
import { openCorrection, type Viewer } from './policy.ts';
import { voidSignatures } from './save-draft.ts';

/**
 * Puts uploaded files under a material of the list, in order. Hash and size are kept in the case, so that what is
 * filed is these bytes and no others. The files are bound before the case names them and released after it no longer
 * does: whatever cuts this off, nothing that is named can be deleted.
 */
export async function setMaterial(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { revision, materialCode, fileIds }: SetMaterial,
): Promise<ApplicationDocument> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('save', doc, type, viewer);
  const stale = { pointer: `/materials/${materialCode}`, code: 'applications.field_differs' };
  if (revision !== doc.revision) errors.fail('applications.stale_draft', {}, [stale]);
  const material = type.materials.find(({ code }) => code === materialCode);
  if (!material)
    errors.fail('applications.material_unknown', {}, [
      { pointer: '/materialCode', code: 'applications.material_unknown' },
    ]);
  demandInDefects(doc, materialCode);
  const files = await filesOf(p, doc, materialCode, [...new Set(fileIds)]);
  const materials: CaseMaterial[] = [
    ...doc.materials.filter(({ code }) => code !== materialCode),
    ...(files.length > 0 ? [{ code: materialCode, files }] : []),
  ];
  await bindFiles(
    p,
    doc._id,
    files.map(({ fileId }) => fileId),
  );
  const voided = voidSignatures(p, doc, viewer);
  const back = doc.status === 'waitingConsent' ? { status: 'draft' as const } : {};
  const saved = await tryChange(p, doc, type, {
    set: { ...voided.set, ...back, materials },
    events: voided.events,
    agent: viewer,
  });
  if (!saved) return errors.fail('applications.stale_draft', {}, [stale]);
  await releaseFiles(p, doc._id, unnamed(doc, saved));
  return saved;
}

/** Files that a case named before a change and does not name after it. */
function unnamed(before: ApplicationDocument, after: ApplicationDocument): string[] {
  const idsOf = ({ materials }: ApplicationDocument) =>
    materials.flatMap(({ files }) => files.map(({ fileId }) => fileId));
  const kept = new Set(idsOf(after));
  return idsOf(before).filter((id) => !kept.has(id));
}

function demandInDefects(doc: ApplicationDocument, materialCode: string): void {
  const correction = openCorrection(doc);
  if (!correction) return;
  const listed = correction.defects.some(
    ({ target }) => 'materialCode' in target && target.materialCode === materialCode,
  );
  if (!listed) errors.fail('applications.defect_only');
}

async function filesOf(
  p: Platform,
  doc: ApplicationDocument,
  materialCode: string,
  fileIds: readonly string[],
): Promise<CaseFile[]> {
  const facts = await getFileFacts(p, fileIds);
  return fileIds.map((fileId, place) => {
    const file = facts.find(({ id }) => id === fileId);
    const usable =
      file && file.purpose === MATERIAL && file.subjectId === doc._id && file.materialCode === materialCode;
    const pointer = `/fileIds/${place}`;
    if (!usable)
      return errors.fail('applications.file_unknown', {}, [{ pointer, code: 'applications.file_unknown' }]);
    if (file.scan === 'infected') {
      return errors.fail('applications.file_unusable', { material: materialCode }, [
        { pointer, code: 'applications.file_unusable', params: { material: materialCode } },
      ]);
    }
    const { name, type: mediaType, sizeBytes: size, sha256 } = file;
    return { fileId, name, mediaType, size, sha256 };
  });
}
