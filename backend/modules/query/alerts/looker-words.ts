import type { Platform } from '../../../platform/platform.ts';
import { findAccountFaces, maskName } from '../../accounts/index.ts';
import type { Bilingual } from '../../notifications/index.ts';

/** Whoever looked, for a message. Masked: a member of an organisation is told with it. */
export async function lookerWords(p: Platform, actorId: string | null): Promise<Bilingual | string> {
  const face = actorId === null ? undefined : (await findAccountFaces(p, [actorId])).get(actorId);
  if (!face) return { zh: '有人', en: 'Somebody' };
  const name = maskName(face.name);
  if (face.organisation) {
    return { zh: `${face.organisation.name}（${name}）`, en: `${face.organisation.name} (${name})` };
  }
  return face.kind === 'staff' ? { zh: `登记机构工作人员${name}`, en: `${name} of the office` } : name;
}
