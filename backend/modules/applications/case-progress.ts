import { timingSafeEqual } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { queryCode } from './accept.ts';
import { typeOf } from './case-type.ts';
import type { CaseProgress, CaseProgressQuery } from './contract.ts';
import { errors } from './errors.ts';
import { findApplication } from './load.ts';
import { sentenceFor } from './present-case.ts';
import { legalDayOf } from '../../platform/time.ts';
import { statusWord } from './wording.ts';

/**
 * 凭受理编号和查询码查进度: for who holds the paper receipt and has no account. Says how far the case is, and nothing of whom
 * or which property; the same refusal for a wrong number and a wrong code.
 */
export async function readProgress(p: Platform, { no, code }: CaseProgressQuery): Promise<CaseProgress> {
  const doc = await findApplication(p, no);
  const expected = queryCode(p, doc ?? { _id: '', no });
  const right = timingSafeEqual(Buffer.from(expected), Buffer.from(code));
  if (!doc?.acceptance || !right) return errors.fail('applications.progress_not_found');
  const type = await typeOf(p, doc);
  const { work } = doc;
  return {
    no,
    typeName: type.name,
    statusWord: statusWord(doc.status),
    sentence: sentenceFor(doc, type, p.time.now()),
    dueOn: work.dueAt === null ? null : legalDayOf(work.dueAt),
    paused: work.paused,
  };
}
