import type { Platform } from '../../platform/platform.ts';
import { getFileFacts } from '../files/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { CaseType } from './case-type.ts';
import { errors } from './errors.ts';
import type { Examination } from './examine.ts';
import { filingOf } from './filed.ts';

/** Whether the stored case still gives the hash that the applicants signed. */
export function isFilingIntact(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  examination: Pick<Examination, 'answers' | 'parties'>,
): boolean {
  return doc.submission !== null && filingOf(p, doc, type, examination).hash === doc.submission.hash;
}

/** Nothing is recorded from a case that differs from what was signed, or whose files are gone or altered. */
export async function demandIntact(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  examination: Examination,
): Promise<void> {
  if (!isFilingIntact(p, doc, type, examination))
    errors.fail('applications.file_altered', { material: 'M01' });
  const attached = doc.materials.flatMap(({ code, files }) => files.map((file) => ({ code, ...file })));
  if (attached.length === 0) return;
  const facts = await getFileFacts(
    p,
    attached.map(({ fileId }) => fileId),
  );
  const altered = attached.find(
    ({ fileId, sha256 }) => facts.find(({ id }) => id === fileId)?.sha256 !== sha256,
  );
  if (altered) errors.fail('applications.file_altered', { material: altered.code });
}
