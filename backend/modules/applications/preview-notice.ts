import type { Platform } from '../../platform/platform.ts';
import { authorityOf } from './authority.ts';
import { typeOf } from './case-type.ts';
import type { NoticePreview, PreviewNotice } from './contract.ts';
import { declineNotice } from './decline.ts';
import { errors } from './errors.ts';
import { getForStaff } from './load.ts';
import type { Viewer } from './policy.ts';
import { refusalNotice } from './refuse.ts';
import { DOCUMENT_TITLES } from './wording.ts';

/**
 * What the applicant would read if the clerk turned the case away like this: the very words of the notice, with its
 * article and the way to review. Reads only, and shows nothing of a person but what the clerk typed.
 */
export async function previewNotice(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { refuse, decline }: PreviewNotice,
): Promise<NoticePreview> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  if (refuse) {
    const [kind, content] = refusalNotice(doc, type, refuse);
    return { title: DOCUMENT_TITLES[kind], issuedBy: authorityOf(doc), ...content };
  }
  if (decline) {
    const [kind, content] = declineNotice(doc, type, decline);
    return { title: DOCUMENT_TITLES[kind], issuedBy: authorityOf(doc), ...content };
  }
  return errors.fail('applications.reason_needed', {}, [
    { pointer: '/refuse', code: 'applications.reason_needed' },
  ]);
}
